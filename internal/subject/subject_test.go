package subject

import (
	"strings"
	"testing"
)

func TestWhy(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"Traceback (most recent call last):\n  File\nValueError: x\n\n", "ValueError: x"},
		{"noise\npanic: one [recovered]\n\tpanic: two\n\ngoroutine 1 [running]:\nmain.main()\n\tmain.go:5 +0x1\n", "panic: one [recovered]"},
		{"fatal error: stack overflow\n" + strings.Repeat("a frame\n", 1<<16), "fatal error: stack overflow"},
		{strings.Repeat("a line\n", 1<<16) + "panic: late\na frame\n", "panic: late"},
		{"a very long line indeed, which is cut", "a very long line ind..."},
	} {
		var w Tail
		for part := range strings.SplitAfterSeq(tt.text, "\n") {
			if n, err := w.Write([]byte(part)); n != len(part) || err != nil {
				t.Fatalf("wrote %d, %v", n, err)
			}
		}
		limit := 20
		if len(tt.want) > limit && !strings.HasSuffix(tt.want, "...") {
			limit = len(tt.want)
		}
		if got := w.Why(limit); got != tt.want {
			t.Errorf("%.40q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}
