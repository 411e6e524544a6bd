package token

// keywords has the keyword of each hash, ENDMARKER where there is none; the
// hash has no collisions between keywords.
var keywords = func() (table [64]Kind) {
	for k := FALSE; k <= YIELD; k++ {
		s := spellings[k]
		table[hash(s)] = k
	}
	return table
}()

// hash is for texts of at least two bytes.
func hash(s string) byte {
	return (s[0]*19 + s[1]*29 + s[len(s)-1]*8 + byte(len(s))*11) % 64
}

// Keyword returns the kind of the hard keyword that text is, or NAME.
func Keyword(text string) Kind {
	if len(text) < 2 || len(text) > 8 {
		return NAME
	}
	if k := keywords[hash(text)]; spellings[k] == text {
		return k
	}
	return NAME
}
