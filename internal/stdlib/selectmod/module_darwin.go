package selectmod

import "github.com/krait-py/krait/internal/object"

var platformConstants = []constant{{"POLLWRNORM", 4}, {"POLLWRBAND", 0x100}, {"PIPE_BUF", 512}}

func setupPlatform() {}

func platformExec(t *Thread, m *object.Module) bool { return true }
