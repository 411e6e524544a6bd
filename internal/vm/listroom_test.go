package vm

import (
	"testing"

	"github.com/krait-py/krait/internal/object"
)

func TestRoomFor(t *testing.T) {
	at := func(index, n int) object.Value {
		it := &object.ListIter{List: object.MakeList(n), Index: index}
		it.Type = &object.ListIterType
		return object.Of(it)
	}
	for _, c := range []struct {
		have  int
		iters []object.Value
		want  int
	}{
		{0, nil, 0},
		{0, []object.Value{{}}, 0},
		{0, []object.Value{object.MakeInt(3)}, 0},
		{0, []object.Value{at(1, 3)}, 3},
		{0, []object.Value{at(1, 3), at(1, 3)}, 9},
		{0, []object.Value{at(1, 1000)}, maxFirst},
		{0, []object.Value{at(100, 101)}, 2},
		{0, []object.Value{at(100, 200)}, minFirst},
		{16, []object.Value{at(17, 20)}, 20},
		{16, []object.Value{at(17, 100)}, 100},
		{16, []object.Value{at(34, 100)}, 56},
		{16, []object.Value{at(17, 1000)}, 16 * maxGrowth},
		{16, []object.Value{at(20, 20)}, 17},
	} {
		if got := roomFor(c.have, c.iters); got != c.want {
			t.Errorf("roomFor(%d, %d iterators) = %d; want %d", c.have, len(c.iters), got, c.want)
		}
	}
}
