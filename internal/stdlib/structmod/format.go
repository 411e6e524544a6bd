package structmod

import (
	"math"

	"github.com/krait-py/krait/internal/object"
)

// item is a run of values of one kind in a format.
type item struct {
	code   byte
	size   int // of a value; of the whole text for s and p
	offset int
	repeat int
	// min and max are the ints that are stored as they are; there are none if min > max.
	min, max int64
}

// bounds returns the first and the last int64 that a code of ints can have, in values of the size; other codes have none.
func bounds(c byte, size int) (min, max int64) {
	switch c {
	case 'b', 'h', 'i', 'l', 'q', 'n':
		return -1 << (8*size - 1), 1<<(8*size-1) - 1
	case 'B', 'H', 'I', 'L', 'Q', 'N':
		if size < 8 {
			return 0, 1<<(8*size) - 1
		}
		return 0, math.MaxInt64
	case 'P':
		return math.MinInt64, math.MaxInt64
	}
	return 1, 0
}

// layout is a format taken apart.
type layout struct {
	items []item
	size  int
	count int // values
	big   bool
	// native says that messages and bounds are those of native formats, which name the codes n, N and P.
	native bool
}

// sizes returns the size of a code's values, and what they are aligned to.
func sizes(c byte, native bool) (size, align int) {
	if native {
		switch c {
		case 'l', 'L':
			return object.LongSize, object.LongSize
		case 'n', 'N', 'P':
			return 8, 8
		}
	} else if c == 'l' || c == 'L' {
		return 4, 1
	}
	switch c {
	case 'x', 'b', 'B', 'c', '?', 's', 'p':
		return 1, 1
	case 'h', 'H', 'e':
		size = 2
	case 'i', 'I', 'f':
		size = 4
	case 'q', 'Q', 'd':
		size = 8
	case 'F':
		size, align = 8, 4
	case 'D':
		size, align = 16, 8
	}
	if align == 0 {
		align = size
	}
	if !native {
		align = 1
	}
	return size, align
}

const maxCount = math.MaxInt

// parse takes a format apart; message is what struct.error says.
func parse(format string) (l *layout, message string) {
	const tooLong = "total struct size too long"
	l = &layout{native: true}
	align := true
	if format != "" {
		switch format[0] {
		case '@', '=', '<', '>', '!':
			align = format[0] == '@'
			l.native = align
			l.big = format[0] == '>' || format[0] == '!'
			format = format[1:]
		}
	}
	l.big = l.big || (l.native || format == "") && bigEndian && align
	for i := 0; i < len(format); {
		c := format[i]
		i++
		if c == ' ' || '\t' <= c && c <= '\r' {
			continue
		}
		n := 1
		if c-'0' < 10 {
			n = int(c - '0')
			for {
				if i == len(format) {
					return nil, "repeat count given without format specifier"
				}
				c = format[i]
				i++
				d := int(c - '0')
				if d < 0 || d > 9 {
					break
				}
				if n > (maxCount-d)/10 {
					return nil, tooLong
				}
				n = n*10 + d
			}
		}
		size, to := sizes(c, l.native)
		if size == 0 {
			return nil, "bad char in struct format"
		}
		if over := l.size % to; over > 0 {
			if l.size > maxCount-(to-over) {
				return nil, tooLong
			}
			l.size += to - over
		}
		if n > (maxCount-l.size)/size {
			return nil, tooLong
		}
		switch c {
		case 'x':
		case 's', 'p':
			l.items = append(l.items, item{code: c, size: n, offset: l.size, repeat: 1, min: 1})
			l.count++
		default:
			if n > 0 {
				min, max := bounds(c, size)
				l.items = append(l.items, item{c, size, l.size, n, min, max})
				l.count += n
			}
		}
		l.size += n * size
	}
	return l, ""
}
