package verify

// The kinds of blocks.
const (
	blockLoop    blockKind = iota // SETUP_LOOP (to 3.7)
	blockExcept                   // SETUP_EXCEPT (to 3.7)
	blockFinally                  // SETUP_FINALLY, SETUP_WITH
	blockHandler                  // an exception is being handled (3.0 on)
	blockMaybe                    // as blockHandler, if that is why a finally block runs
)

var blockNames = [...]string{"loop", "except", "finally", "handler", "maybe handler"}

// String returns the kind in a word.
func (k blockKind) String() string { return blockNames[k] }
