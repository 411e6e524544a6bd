package object

// AddNote adds a note to an exception, as BaseException.add_note does.
func (t *Thread) AddNote(e *Exc, text string) {
	exc := t.Exc
	t.Exc = nil
	t.CallMethod(Of(e), nameAddNote, MakeStr(text))
	t.Exc = exc
}

var nameAddNote = StaticName("add_note")

// Deeper is deeper for modules. Each true needs a Leave.
func (t *Thread) Deeper(where string) bool { return t.deeper(where) }
