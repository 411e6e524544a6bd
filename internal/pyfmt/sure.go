package pyfmt

// What specs of the builtin types themselves mean where they say nothing.
var (
	ForInt   = Defaults{"int", 'd', '>'}
	ForFloat = Defaults{"float", 0, '>'}
	ForStr   = Defaults{"str", 's', '<'}
)

// sureSize is the width and the precision up to which a text has a size that is not worth mention.
const sureSize = 1000

func (sp *Spec) small() bool { return sp.Width <= sureSize && sp.Precision <= sureSize }

// SureForInt reports whether AppendInt fails for no int64.
func (sp *Spec) SureForInt() bool {
	switch sp.Type {
	case 'd', 'n', 'b', 'o', 'x', 'X':
		return sp.small() && sp.Precision == -1 && !sp.NoNegZero
	case 0:
		return false
	}
	return sp.SureForFloat()
}

// SureForFloat reports whether AppendFloat fails for no float.
func (sp *Spec) SureForFloat() bool {
	switch sp.Type {
	case 0, 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%':
		return sp.small()
	}
	return false
}

// SureForStr reports whether AppendStr fails for no text that is not huge.
func (sp *Spec) SureForStr() bool {
	return sp.small() && sp.Type == 's' && sp.Sign == 0 && !sp.NoNegZero && !sp.Alternate && sp.Align != '='
}
