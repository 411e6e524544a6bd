package cli

// colored reports whether text output is to be coloured. NO_COLOR (any value;
// https://no-color.org) and a dumb terminal speak against it.
func (o *options) colored() bool {
	if o.json() {
		return false
	}
	switch o.color.value {
	case "always":
		return true
	case "never":
		return false
	}
	return isTerminal(o.env.Stdout) && o.env.getenv("NO_COLOR") == "" && o.env.getenv("TERM") != "dumb"
}
