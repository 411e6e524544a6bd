//go:build !((linux && (amd64 || arm64)) || (darwin && (amd64 || arm64)) || (windows && amd64))

package oracle

import "errors"

// embedded reports that go-embed-python has no interpreter for this platform.
func embedded() (string, error) {
	return "", errors.New("not made for this platform")
}
