package object

// NewInterpolation returns an Interpolation of a template.
func NewInterpolation(value, expr, conv, spec Value) Value { return None }

// NewTemplate returns a Template.
func NewTemplate(strings, interpolations Value) Value { return None }
