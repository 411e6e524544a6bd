//go:build !linux

package timemod

import "github.com/krait-py/krait/internal/object"

var clockIDs = []clockID{{"CLOCK_REALTIME", 0}, {"CLOCK_MONOTONIC", 6}}

var platformMethods []object.MethodDef
