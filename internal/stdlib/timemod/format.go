package timemod

import (
	"strconv"
	"strings"
	"time"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/strs"
)

var (
	days   = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	months = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
)

func strftime(t *Thread, args []Value, names *object.Tuple) Value {
	if !maxArgs(t, "strftime", args, names, min(len(args), 1)|1, 2) {
		return Value{}
	}
	if !args[0].IsStr() {
		return t.TypeErrorf("strftime() argument 1 must be str, not %s", object.ArgName(args[0]))
	}
	f := args[0].Str()
	if !f.IsASCII() && strs.HasSurrogate(f.S) >= 0 {
		return t.Encode(f, "utf-8", "strict")
	}
	s := stateOf(t)
	var b broken
	ok := false
	if len(args) == 1 {
		b, ok = breakArg(t, "strftime", nil, nil, s.zone)
	} else if b, ok = tupleArg(t, args[1], "strftime"); ok {
		ok = b.check(t)
	}
	if !ok {
		return Value{}
	}
	if !b.hasZone && b.dst >= 0 {
		b.zone = s.names[min(b.dst, 1)]
	}
	p := printer{b: &b, zone: s.zone}
	p.format(f.S)
	return object.MakeStr(string(p.out))
}

// printer writes times as the C library of Linux does in the locale C.
type printer struct {
	b    *broken
	zone *time.Location
	out  []byte

	// The flags of the conversion being done.
	pad   byte // '_', '0', '-' or 0
	width int  // -1: none
	upper bool
	swap  bool
}

func (p *printer) format(f string) {
	for {
		i := strings.IndexByte(f, '%')
		if i < 0 {
			p.out = append(p.out, f...)
			return
		}
		p.out = append(p.out, f[:i]...)
		f = f[i:]
		n := p.conversion(f)
		f = f[n:]
	}
}

// conversion does the conversion that f begins with, and returns its length.
func (p *printer) conversion(f string) int {
	outer := *p
	defer func() { p.pad, p.width, p.upper, p.swap = outer.pad, outer.width, outer.upper, outer.swap }()
	p.pad, p.width, p.upper, p.swap = 0, -1, false, false
	i := 1
flags:
	for ; i < len(f); i++ {
		switch f[i] {
		case '_', '-', '0':
			p.pad = f[i]
		case '^':
			p.upper = true
		case '#':
			p.swap = true
		default:
			break flags
		}
	}
	for ; i < len(f) && f[i]-'0' < 10; i++ {
		p.width = min(max(p.width, 0)*10+int(f[i]-'0'), 1<<16)
	}
	var modifier byte
	if i < len(f) && (f[i] == 'E' || f[i] == 'O') {
		modifier = f[i]
		i++
	}
	if i >= len(f) {
		p.text(f)
		return len(f)
	}
	c := f[i]
	if modifier == 'E' && strings.IndexByte("cCxXyY", c) < 0 || modifier == 'O' && strings.IndexByte("deHIkmlMSuUVwWy", c) < 0 || !p.convert(c) {
		p.text(f[:i+1])
	}
	return i + 1
}

// text writes s in the field.
func (p *printer) text(s string) {
	fill := byte(' ')
	if p.pad == '0' {
		fill = '0'
	}
	for n := len(s); n < p.width; n++ {
		p.out = append(p.out, fill)
	}
	if p.upper {
		s = strings.ToUpper(s)
	}
	p.out = append(p.out, s...)
}

// number writes n with at least the given number of digits.
func (p *printer) number(n, digits int) {
	neg := n < 0
	if neg {
		n = -n
	}
	s := strconv.Itoa(n)
	if p.pad != '-' {
		fill := "0"
		if p.pad == '_' {
			fill = " "
		}
		w := max(digits, p.width)
		if neg {
			w--
		}
		if k := w - len(s); k > 0 {
			s = strings.Repeat(fill, k) + s
		}
	}
	if neg {
		s = "-" + s
	}
	if p.pad == 0 || p.pad == '-' {
		w := p.width
		p.width = max(w, 0)
		p.text(s)
		p.width = w
		return
	}
	p.out = append(p.out, s...)
}

// spaced is number for what is padded with spaces.
func (p *printer) spaced(n, digits int) {
	if p.pad == 0 {
		p.pad = '_'
	}
	p.number(n, digits)
}

// sub writes what another format makes, in the field.
func (p *printer) sub(f string) {
	q := printer{b: p.b, zone: p.zone}
	q.format(f)
	p.text(string(q.out))
}

func (p *printer) convert(c byte) bool {
	b := p.b
	switch c {
	case '%', 'n', 't':
		p.text(map[byte]string{'%': "%", 'n': "\n", 't': "\t"}[c])
	case 'a', 'A', 'b', 'B', 'h':
		s := days[b.wday]
		if c != 'a' && c != 'A' {
			s = months[b.month-1]
		}
		if c == 'a' || c == 'b' || c == 'h' {
			s = s[:3]
		}
		p.upper = p.upper || p.swap
		p.text(s)
	case 'c':
		p.sub("%a %b %e %H:%M:%S %Y")
	case 'x', 'D':
		p.sub("%m/%d/%y")
	case 'X', 'T':
		p.sub("%H:%M:%S")
	case 'r':
		p.sub("%I:%M:%S %p")
	case 'R':
		p.sub("%H:%M")
	case 'F':
		p.sub("%Y-%m-%d")
	case 'C':
		century := b.year / 100
		if b.year%100 < 0 {
			century--
		}
		p.number(century, 1)
	case 'd':
		p.number(b.day, 2)
	case 'e':
		p.spaced(b.day, 2)
	case 'H':
		p.number(b.hour, 2)
	case 'k':
		p.spaced(b.hour, 2)
	case 'I', 'l':
		h := (b.hour + 11) % 12
		if c == 'l' {
			p.spaced(h+1, 2)
		} else {
			p.number(h+1, 2)
		}
	case 'j':
		p.number(b.yday+1, 3)
	case 'm':
		p.number(b.month, 2)
	case 'M':
		p.number(b.min, 2)
	case 'S':
		p.number(b.sec, 2)
	case 'p', 'P':
		s := "AM"
		if b.hour > 11 {
			s = "PM"
		}
		if c == 'P' || p.swap {
			s = strings.ToLower(s)
		}
		p.text(s)
	case 's':
		p.number(int(b.seconds(p.zone)), 1)
	case 'u':
		p.number((b.wday+6)%7+1, 1)
	case 'w':
		p.number(b.wday, 1)
	case 'U':
		p.number((b.yday-b.wday+7)/7, 2)
	case 'W':
		p.number((b.yday-(b.wday+6)%7+7)/7, 2)
	case 'V', 'G', 'g':
		year, week := b.isoWeek()
		switch c {
		case 'V':
			p.number(week, 2)
		case 'G':
			p.number(year, 1)
		default:
			p.number((year%100+100)%100, 2)
		}
	case 'y':
		p.number((b.year%100+100)%100, 2)
	case 'Y':
		p.number(b.year, 1)
	case 'z':
		if b.dst < 0 {
			return true
		}
		off, sign := b.off, "+"
		if off < 0 {
			off, sign = -off, "-"
		}
		pad := p.pad
		if pad == '-' {
			p.pad = 0
		}
		w := p.width
		p.text(sign)
		p.pad, p.width = pad, w
		off /= 60
		p.number(off/60*100+off%60, 4)
	case 'Z':
		s := b.zone
		if p.swap {
			s = strings.ToLower(s)
		}
		p.text(s)
	default:
		return false
	}
	return true
}

// isoWeek is the week of the year as ISO 8601 counts, and the year it belongs to.
func (b *broken) isoWeek() (year, week int) {
	// daysIn is the number of days from the first Monday of week 1 to the day, for the year that begins with it.
	daysIn := func(yday int) int {
		const big = 54 * 7 // so that the remainder is of something positive
		return yday - (yday-b.wday+4+big)%7 + 4 - 1
	}
	leap := func(y int) int {
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 366
		}
		return 365
	}
	year = b.year
	d := daysIn(b.yday)
	if d < 0 {
		year--
		d = daysIn(b.yday + leap(year))
	} else if e := daysIn(b.yday - leap(year)); e >= 0 {
		year++
		d = e
	}
	return year, d/7 + 1
}
