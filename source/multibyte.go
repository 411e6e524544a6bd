package source

import (
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// decoder returns the decoder that a codec's patches go with.
func (p *patched) decoder() encoding.Encoding {
	switch p.codec {
	case "gbk", "gb2312":
		return simplifiedchinese.GBK
	case "gb18030":
		return simplifiedchinese.GB18030
	case "big5", "cp950", "big5hkscs":
		return traditionalchinese.Big5
	case "shift_jis", "cp932":
		return japanese.ShiftJIS
	case "euc_jp":
		return japanese.EUCJP
	}
	return korean.EUCKR
}

func (p *patched) decode(data []byte) (text, message string) {
	d := p.decoder().NewDecoder()
	var b strings.Builder
	b.Grow(len(data))
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			b.WriteByte(data[i])
			i++
			continue
		}
		n := p.size(data[i:])
		s, ok := "", false
		for size := 1; size <= n && !ok; size++ {
			if s, ok = p.one(d, data[i:i+size]); ok {
				i += size
			}
		}
		if !ok {
			reason := "illegal multibyte sequence"
			if i+1 == len(data) {
				reason = "incomplete multibyte sequence"
			}
			return "", badBytes(p.codec, data, i, 1, reason)
		}
		b.WriteString(s)
	}
	return b.String(), ""
}

// size returns how many bytes the longest character may have that data begins
// with.
func (p *patched) size(data []byte) int {
	n := 2
	switch {
	case p.codec == "euc_jp" && data[0] == 0x8F:
		n = 3
	case p.codec == "gb18030" && len(data) > 1 && data[1] >= '0' && data[1] <= '9':
		n = 4
	}
	return min(n, len(data))
}

// one returns what the sequence of bytes stands for.
func (p *patched) one(d *encoding.Decoder, seq []byte) (text string, ok bool) {
	from := uint32(0)
	for _, c := range seq {
		from = from<<8 | uint32(c)
	}
	i := sort.Search(len(p.patches), func(i int) bool { return p.patches[i].from > from })
	if i > 0 {
		if q := &p.patches[i-1]; from-q.from < uint32(q.n) {
			if q.n > 1 && q.to != "" {
				r, _ := utf8.DecodeRuneInString(q.to)
				return string(r + rune(from-q.from)), true
			}
			return q.to, q.to != ""
		}
	}
	out, err := d.Bytes(seq)
	if err != nil || len(out) == 0 || strings.ContainsRune(string(out), utf8.RuneError) || out[len(out)-1] < utf8.RuneSelf {
		return "", false
	}
	return string(out), true
}
