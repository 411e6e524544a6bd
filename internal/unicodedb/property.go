package unicodedb

// property is what module unicodedata tells of a character. Names are numbers of
// categoryNames and so on, the value one of numericValues.
type property struct {
	category, bidi, width uint8
	combining             uint8
	flags                 uint8
	numeric               uint8
}

// Flags of a property. What a form changes alone is said to be wrong in it.
const (
	notNFKC = 1 << iota
	notNFC
	notNFKD
	notNFD
	mirrored
	maybeJoins // NFC may join it to the character before
)

// oldProperty is what Unicode 3.2 said of a character. Of the flags, only mirrored
// is there.
type oldProperty struct {
	property
	decimal, digit int8
}

func propertyOf(r rune) *property {
	if uint32(r) > maxRune {
		return &properties[propertyIndex[uint(propertyPages[maxRune>>7])<<7|0x7F]]
	}
	return &properties[propertyIndex[uint(propertyPages[r>>7])<<7|uint(r&127)]]
}

// oldOf returns what Unicode 3.2 said of r, or nil if that is what Unicode 16 says.
func oldOf(r rune) *oldProperty {
	if uint32(r) > maxRune {
		return nil
	}
	lo, hi := 0, len(oldRuns)
	for hi-lo > 1 {
		if m := int(uint(lo+hi) >> 1); oldRuns[m]>>8 <= uint32(r) {
			lo = m
		} else {
			hi = m
		}
	}
	if n := oldRuns[lo] & 0xFF; n != 0 {
		return &oldProperties[n]
	}
	return nil
}

// Version is a Unicode version of which module unicodedata has the database.
type Version uint8

// The versions: 16.0, and 3.2 for ucd_3_2_0.
const (
	V16 Version = iota
	V32
)

// String returns the version as unidata_version has it.
func (v Version) String() string {
	if v == V32 {
		return "3.2.0"
	}
	return "16.0.0"
}

func (v Version) of(r rune) *property {
	if v == V32 {
		if o := oldOf(r); o != nil {
			return &o.property
		}
	}
	return propertyOf(r)
}

// Category returns the two letters of r's general category.
func (v Version) Category(r rune) string { return categoryNames[v.of(r).category] }

// Bidirectional returns the name of r's bidirectional class, "" if it has none.
func (v Version) Bidirectional(r rune) string { return bidiNames[v.of(r).bidi] }

// EastAsianWidth returns the name of r's width.
func (v Version) EastAsianWidth(r rune) string { return widthNames[v.of(r).width] }

// Combining returns r's canonical combining class.
func (v Version) Combining(r rune) int { return int(v.of(r).combining) }

// Mirrored reports whether r is mirrored in text that runs from right to left.
func (v Version) Mirrored(r rune) bool { return v.of(r).flags&mirrored != 0 }

// Numeric returns the value of r as a number, and whether it has one.
func (v Version) Numeric(r rune) (value float64, ok bool) {
	n := v.of(r).numeric
	return numericValues[n], n != 0
}

// Decimal returns the value of r as a decimal digit, or -1.
func (v Version) Decimal(r rune) int {
	if v == V32 {
		if o := oldOf(r); o != nil {
			return int(o.decimal)
		}
	}
	return Decimal(r)
}

// Digit returns the value of r as a digit, or -1.
func (v Version) Digit(r rune) int {
	if v == V32 {
		if o := oldOf(r); o != nil {
			return int(o.digit)
		}
	}
	return Digit(r)
}

// unassigned reports whether r is a character later than Unicode 3.2.
func unassigned(r rune) bool {
	o := oldOf(r)
	return o != nil && o.category == 0
}
