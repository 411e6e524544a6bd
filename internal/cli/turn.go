package cli

import "io"

// heldOutput is how much output of an input, in bytes, is kept until its turn
// comes; the worker that has more waits.
const heldOutput = 4 << 20

// A turnWriter writes to w once it is its input's turn, that is, when turn is
// closed, and until then keeps what it is given.
type turnWriter struct {
	w     io.Writer
	turn  <-chan struct{}
	mine  bool // the turn has come
	named bool // what is written begins with a line that names the input
	held  []byte
	batch *batch
}

func (t *turnWriter) Write(p []byte) (int, error) {
	if !t.mine {
		select {
		case <-t.turn:
		default:
			if len(t.held)+len(p) <= heldOutput {
				t.held = append(t.held, p...)
				return len(p), nil
			}
		}
		if err := t.take(); err != nil {
			return 0, err
		}
	}
	return t.w.Write(p)
}

// take waits for the turn and writes what was kept, with an empty line before
// it if other output precedes it.
func (t *turnWriter) take() error {
	if t.mine {
		return nil
	}
	<-t.turn
	t.mine = true
	var err error
	if t.named && t.batch.begun {
		_, err = t.w.Write([]byte{'\n'})
	}
	if len(t.held) > 0 && err == nil {
		_, err = t.w.Write(t.held)
	}
	t.held = nil
	return err
}
