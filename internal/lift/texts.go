package lift

// Parts of f-strings. Where the result of FORMAT_SIMPLE or FORMAT_WITH_SPEC is taken by BUILD_STRING and nobody else gets to see it, its word
// may leave the text to BuildString, which then makes no str of it. Until the BUILD_STRING comes, such results are remembered, and forgotten
// when anything is done with them, or control may come from elsewhere or go on in a handler that keeps them.

// part is an entry of the stack that a formatting word has made.
type part struct {
	entry, word int32
}

// notePart notes that the last word, whose result is on top of the stack, formats something.
func (l *lifter) notePart() {
	if !l.faithful {
		l.parts = append(l.parts, part{int32(len(l.stack) - 1), int32(len(l.words) - 1)})
	}
}

// forgetParts forgets those of the n entries from i on.
func (l *lifter) forgetParts(i, n int) {
	kept := l.parts[:0]
	for _, p := range l.parts {
		if int(p.entry) < i || int(p.entry) >= i+n {
			kept = append(kept, p)
		}
	}
	l.parts = kept
}

// joinParts tells the words that have made entries from i on, which a BUILD_STRING takes, that they are parts.
func (l *lifter) joinParts(i int) {
	for _, p := range l.parts {
		if int(p.entry) >= i {
			l.words[p.word] |= 1 << 8
		}
	}
}
