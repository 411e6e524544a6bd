package interp

import (
	"strings"
	"testing"
)

// TestRoom asks for more memory than there is, in all ways that grow by large pieces.
func TestRoom(t *testing.T) {
	const src = `
def add(x):
    while True: x += x
def times(x):
    while True: x *= 2
def new(x):
    while True: x = x + x
def extend(x):
    while True: x.extend(x)
def join(x):
    while True: x = x[:0].join([x, x])
def shift(x):
    while True: x <<= 2 ** 30
for f, x in ((add, 'a'), (add, 'é'), (add, b'a'), (add, [1]), (add, (1,)), (times, 'a'), (times, b'a'), (times, bytearray(b'a')), (times, [1]), (times, (1,)),
             (new, 'a'), (new, [1]), (new, bytearray(b'a')), (extend, [1]), (extend, bytearray(b'a')), (join, 'a'), (shift, 1),
             (list, range(10 ** 12)), (bytes, 10 ** 8), (bytearray, 10 ** 8)):
    try: f(x)
    except MemoryError as e: pass
    except BufferError: pass # a bytearray does not take itself
    else: print(f.__name__, type(x), 'no error')
print('end', len('a' * 10 ** 7), len([0] * 10 ** 6))
`
	var out, errs strings.Builder
	asked := 0
	room := func(int) bool { asked++; return false }
	if status := Run(Config{Stdout: &out, Stderr: &errs, Room: room}, "room.py", []byte(src)); status != 0 || out.String() != "end 10000000 1000000\n" || asked < 15 {
		t.Errorf("status %d, asked %d times: %s%s", status, asked, out.String(), errs.String())
	}
}
