package lift

import (
	"strconv"
	"strings"
)

// MakeWord returns the word of an operation and its fields, which must have been
// scaled.
func MakeWord(op Op, x uint8, a, b, c uint16) uint64 {
	return uint64(op) | uint64(x)<<8 | uint64(a)<<16 | uint64(b)<<32 | uint64(c)<<48
}

// wide returns the word of an operation whose b and c are one number.
func wide(op Op, x uint8, a uint16, bc uint32) uint64 {
	return uint64(op) | uint64(x)<<8 | uint64(a)<<16 | uint64(bc)<<32
}

// The fields of a word.
func fieldA(w uint64) uint16 { return uint16(w >> 16) }
func fieldB(w uint64) uint16 { return uint16(w >> 32) }
func fieldC(w uint64) uint16 { return uint16(w >> 48) }
func fieldX(w uint64) uint8  { return uint8(w >> 8) }

// FormatWord returns a word as text: the name of the operation and its fields,
// registers as r and their slot, constants as k and their index, caches as ic and
// their number. Jumps show the word they go to, reckoned from word at.
func FormatWord(w uint64, at int) string {
	return format(w, at, func(slot int) string { return "r" + strconv.Itoa(slot) })
}

func format(w uint64, at int, reg func(slot int) string) string {
	op := Op(w)
	row := op.Info()
	if row.Name == "" {
		return "op" + strconv.Itoa(int(op)) + " " + strconv.FormatUint(w>>8, 16)
	}
	var b strings.Builder
	b.WriteString(row.Name)
	n := 0
	put := func(s string) {
		if n == 0 {
			b.WriteByte(' ')
		} else {
			b.WriteString(", ")
		}
		b.WriteString(s)
		n++
	}
	field := func(k Kind, v uint16) {
		bc := int(int32(w >> 32))
		switch k {
		case Reg, Dest, Both:
			put(reg(int(v) / RegSize))
		case Regs, Dests, Place:
			put(reg(int(v)/RegSize) + "…")
		case Imm:
			put(strconv.Itoa(int(int16(v))))
		case Count:
			put("#" + strconv.Itoa(int(v)))
		case Konst:
			put("k" + strconv.Itoa(int(v)/RegSize))
		case Cached:
			put("ic" + strconv.Itoa(int(v)))
		case Distance:
			put("->" + strconv.Itoa(at+1+int(int16(v))))
		case Imm32:
			put(strconv.Itoa(bc))
		case Count32:
			put("#" + strconv.Itoa(int(uint32(bc))))
		case Konst32:
			put("k" + strconv.Itoa(int(uint32(bc))/RegSize))
		case Cached32:
			put("ic" + strconv.Itoa(int(uint32(bc))))
		case Name32:
			put("n" + strconv.Itoa(int(uint32(bc))))
		case Distance32:
			put("->" + strconv.Itoa(at+1+bc))
		case Slot32:
			put("slot" + strconv.Itoa(int(uint32(bc))))
		case Count24:
			put("#" + strconv.Itoa(int(v)|int(fieldX(w))<<16))
		case Name24:
			put("n" + strconv.Itoa(int(v)|int(fieldX(w))<<16))
		}
	}
	switch x := fieldX(w); {
	case op == Reraise && x == 0 || op == Raise && x == 1:
		row.B = None
	case op == Raise && x == 0:
		row.A, row.B = None, None
	case op == Into && x < 3:
		row.C = None
		if x < 2 {
			row.B = None
		}
	case row.B == Regs && row.C == Count && fieldC(w) == 0 && !op.Has(Calls):
		row.B = None
	}
	field(row.A, fieldA(w))
	field(row.B, fieldB(w))
	field(row.C, fieldC(w))
	if row.X == Count && fieldX(w) != 0 {
		put("x=" + strconv.Itoa(int(fieldX(w))))
	}
	return b.String()
}
