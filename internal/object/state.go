package object

// StateKey is the number of what a module keeps per interpreter: Interp.State for those that look it up at each call.
type StateKey int

var stateKeys StateKey

// NewStateKey returns a key. It is called while packages are initialised.
func NewStateKey() StateKey {
	stateKeys++
	return stateKeys - 1
}

// StateAt returns what has been set for a key, or nil.
func (in *Interp) StateAt(k StateKey) any {
	if int(k) < len(in.states) {
		return in.states[k]
	}
	return nil
}

// SetStateAt sets what is kept for a key.
func (in *Interp) SetStateAt(k StateKey, v any) {
	if in.states == nil {
		in.states = make([]any, stateKeys)
	}
	in.states[k] = v
}
