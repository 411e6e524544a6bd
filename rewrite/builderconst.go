package rewrite

import (
	"fmt"
	"math/big"
	"unicode/utf8"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// constant returns a Go value as a Python value.
func constant(v any, ver pyver.Version) (code.Value, error) {
	switch v := v.(type) {
	case nil:
		return code.None, nil
	case bool:
		if v {
			return code.True, nil
		}
		return code.False, nil
	case int:
		return &code.Int{V: int64(v)}, nil
	case int64:
		return &code.Int{V: v}, nil
	case *big.Int:
		if v.IsInt64() {
			return &code.Int{V: v.Int64()}, nil
		}
		return &code.Int{Big: new(big.Int).Set(v)}, nil
	case float64:
		return &code.Float{V: v}, nil
	case complex128:
		return &code.Complex{Re: real(v), Im: imag(v)}, nil
	case string:
		if !utf8.ValidString(v) {
			return nil, fmt.Errorf("string %.40q is not valid UTF-8", v)
		}
		if ver.Major() == 2 {
			return &code.Bytes{S: v, Interned: isIdentifier(v)}, nil
		}
		return &code.Str{S: v, Interned: isIdentifier(v)}, nil
	case []byte:
		return &code.Bytes{S: string(v)}, nil
	case []string:
		t := &code.Tuple{}
		for _, s := range v {
			item, err := constant(s, ver)
			if err != nil {
				return nil, err
			}
			t.Items = append(t.Items, item)
		}
		return t, nil
	case []any:
		t := &code.Tuple{}
		for _, i := range v {
			item, err := constant(i, ver)
			if err != nil {
				return nil, err
			}
			t.Items = append(t.Items, item)
		}
		return t, nil
	case code.Value:
		return v, nil
	}
	return nil, fmt.Errorf("a %T", v)
}

// isIdentifier reports whether compilers intern a string constant.
func isIdentifier(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if s[i] != '_' && (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}
