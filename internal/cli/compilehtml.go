package cli

import (
	"io"

	"github.com/krait-py/krait/compile"
)

func (c *compileRun) page(w io.Writer, out *outline, functions []*function, data []byte, o compile.Options) error {
	return nil
}
