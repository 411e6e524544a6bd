package host

// System is the operating system beyond files and clocks. Its methods exist where the platform has what they need.
type System struct{}
