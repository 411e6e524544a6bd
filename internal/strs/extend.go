package strs

// Extend returns the index of s, which has n characters, given that of a text that s
// begins with. It may use x's memory.
func (x Index) Extend(s string, n int) Index {
	if len(x) < 2 {
		return MakeIndex(s, n)
	}
	at := x[len(x)-1]
	rest := MakeIndex(s[at:], n-(len(x)-1)*Stride)
	for _, i := range rest[1:] {
		x = append(x, at+i)
	}
	return x
}
