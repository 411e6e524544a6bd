package cli

import (
	"errors"

	"github.com/krait-py/krait/internal/pycdump"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// dumpJSON is the document of krait pyc --dump; see docs/json.md.
type dumpJSON struct {
	Schema string        `json:"schema"`
	File   text          `json:"file"`
	Python string        `json:"python"`
	Rows   []dumpRowJSON `json:"rows"`
	Error  text          `json:"error,omitempty"`
}

type dumpRowJSON struct {
	Offset int    `json:"offset"`
	Size   int    `json:"size"`
	Depth  int    `json:"depth"`
	Part   string `json:"part"`
	Field  string `json:"field,omitempty"`
	Text   text   `json:"text"`
}

// dump prints what each byte of a file is for. A damaged file is shown up to
// the damage, which is then the error.
func (r *runner) dump(in *input, data []byte) error {
	if isBare(data) {
		return hintf(errors.New("no header: the file begins with a code object"), "krait dis and krait show read it, with --python")
	}
	d, err := pycdump.New(data, pyc.Options{Version: pyver.Version(r.opts.python)})
	if d == nil {
		return r.opts.explain(err, isBare(data))
	}
	if !r.opts.json() {
		r.begin(in)
		if werr := pycdump.Fprint(r.out, d.Rows); werr != nil {
			return werr
		}
		return err
	}
	doc := dumpJSON{Schema: "krait.dump/1", File: text(in.name), Python: d.Version.String(), Rows: []dumpRowJSON{}}
	for _, row := range d.Rows {
		doc.Rows = append(doc.Rows, dumpRowJSON{row.Offset, len(row.Bytes), row.Depth, string(row.Part), row.Field, text(row.Text)})
	}
	if err != nil {
		doc.Error = text(err.Error())
	}
	if werr := writeJSON(r.out, doc); werr != nil {
		return werr
	}
	return shown(err)
}
