package object

// FloatSub is an instance of a subclass of float.
type FloatSub struct {
	Head
	Value float64
	Attrs
}

// AsFloat returns the value of a float or an instance of a subclass.
func AsFloat(v Value) (float64, bool) {
	if v.IsFloat() {
		return v.Float(), true
	}
	if v.Type().Flags&FlagFloat != 0 {
		return To[FloatSub](v).Value, true
	}
	return 0, false
}
