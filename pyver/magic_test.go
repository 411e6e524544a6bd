package pyver

import "testing"

func TestMagicOf(t *testing.T) {
	// What each interpreter's importlib.util.MAGIC_NUMBER (imp.get_magic)
	// says; 3.0 to 3.5 as in their sources.
	want := map[Version]uint16{
		Py27: 62211, Py30: 3131, Py31: 3151, Py32: 3180, Py33: 3230, Py34: 3310, Py35: 3351,
		Py36: 3379, Py37: 3394, Py38: 3413, Py39: 3425, Py310: 3439, Py311: 3495,
		Py312: 3531, Py313: 3571, Py314: 3627, Py315: 3666,
	}
	for _, v := range All() {
		m, ok := MagicOf(v)
		if !ok || m.Number != want[v] || m.Version != v || !m.Table || !m.Readable() {
			t.Errorf("%v: got %+v, want %d", v, m, want[v])
		}
	}
	if m, ok := MagicOf(Make(3, 99)); ok {
		t.Errorf("3.99: got %+v", m)
	}
}

func TestByMagic(t *testing.T) {
	tests := []struct {
		number   uint16
		version  Version
		release  string
		readable bool
	}{
		{62211, Py27, "2.7", true},
		{62212, Py27, "2.7 -U", true},
		{62201, Py27, "2.7a0", false},
		{62161, Make(2, 6), "2.6", false},
		{20121, Make(1, 5), "1.5", false},
		{3111, Py30, "3.0a4", false},
		{3350, Py35, "3.5.0 to 3.5.2", true},
		{3351, Py35, "3.5.3 and later", true},
		{3393, Py37, "3.7b1", true},
		{3392, Py37, "3.7a4", false},
		{3626, Py314, "3.14rc2", true},
		{3660, Py315, "3.15 alpha or beta", false},
		{3666, Py315, "3.15", true},
	}
	for _, tt := range tests {
		m, ok := ByMagic(tt.number)
		if !ok || m.Version != tt.version || m.Release != tt.release || m.Readable() != tt.readable {
			t.Errorf("%d: got %+v, %v", tt.number, m, ok)
		}
	}
	for _, n := range []uint16{0, 1, 2999, 3132, 3999, 65535} {
		if m, ok := ByMagic(n); ok {
			t.Errorf("%d: got %+v", n, m)
		}
	}
}

func TestNearest(t *testing.T) {
	tests := []struct {
		number uint16
		want   []uint16
	}{
		{3531, []uint16{3531}},
		{3532, []uint16{3531, 3550}},
		{3700, []uint16{3666, 20121}},
		{1, []uint16{3000}},
		{65535, []uint16{62211}},
	}
	for _, tt := range tests {
		got := Nearest(tt.number)
		if len(got) != len(tt.want) {
			t.Errorf("%d: got %+v, want %v", tt.number, got, tt.want)
			continue
		}
		for i, m := range got {
			if m.Number != tt.want[i] {
				t.Errorf("%d: got %+v, want %v", tt.number, got, tt.want)
			}
		}
	}
}

func TestMagicTable(t *testing.T) {
	seen := make(map[uint16]bool)
	finals := make(map[Version]int)
	var last Version
	for m := range Magics() {
		if seen[m.Number] {
			t.Errorf("%d is there twice", m.Number)
		}
		seen[m.Number] = true
		if m.Version < last {
			t.Errorf("%d: %v comes after %v", m.Number, m.Version, last)
		}
		last = m.Version
		if m.Final {
			finals[m.Version]++
		}
		if m.Version >= Py311 && (int(m.Number) < 2900+50*m.Version.Minor() || int(m.Number) >= 2950+50*m.Version.Minor()) {
			t.Errorf("%d is out of the range of %v", m.Number, m.Version)
		}
	}
	for _, v := range All() {
		want := 1
		if v == Py35 {
			want = 2 // 3.5.3 changed it
		}
		if finals[v] != want {
			t.Errorf("%v has %d final numbers, want %d", v, finals[v], want)
		}
	}
}

func TestToken(t *testing.T) {
	m, _ := MagicOf(Py314)
	if got, want := m.Token(), uint32(0x0a0d0e2b); got != want {
		t.Errorf("got %#x, want %#x", got, want)
	}
}
