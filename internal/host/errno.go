package host

import (
	"errors"
	"io"
	"io/fs"
	"strconv"
	"syscall"
)

// errorText is an error number with its name and its text.
type errorText struct {
	code       int
	name, text string
}

// errNotSeekable is the error of seeking in a pipe.
const errNotSeekable = syscall.ESPIPE

// Code returns the number of an error as the C library of the platform has it, and the text that goes with it. Errors
// that carry no number are EIO with a text of their own.
func Code(err error) (code int, text string) {
	if e, ok := err.(syscall.Errno); ok {
		code = errnoCode(e)
		return code, Strerror(code)
	}
	var e syscall.Errno
	switch {
	case errors.As(err, &e):
		code = errnoCode(e)
		return code, Strerror(code)
	case errors.Is(err, fs.ErrNotExist):
		code = errnoCode(syscall.ENOENT)
	case errors.Is(err, fs.ErrExist):
		code = errnoCode(syscall.EEXIST)
	case errors.Is(err, fs.ErrPermission):
		code = errnoCode(syscall.EACCES)
	case errors.Is(err, fs.ErrClosed):
		code = errnoCode(syscall.EBADF)
	case errors.Is(err, io.ErrClosedPipe):
		code = errnoCode(syscall.EPIPE)
	default:
		return errnoCode(syscall.EIO), err.Error()
	}
	return code, Strerror(code)
}

// Is reports whether err is the error number e.
func Is(err error, e syscall.Errno) bool {
	if x, ok := err.(syscall.Errno); ok {
		return x == e
	}
	return err != nil && errors.Is(err, e)
}

// Strerror returns the text of an error number.
func Strerror(code int) string {
	if code == 0 {
		return "Success"
	}
	if s := platformText(code); s != "" {
		return s
	}
	return "Unknown error " + strconv.Itoa(code)
}

// Errnos calls f with each name of an error number, the name that errno.errorcode has last.
func Errnos(f func(name string, code int)) { platformErrnos(f) }

func linuxText(code int) string {
	lo, hi := 0, len(linuxErrors)
	for lo < hi {
		m := (lo + hi) / 2
		if linuxErrors[m].code < code {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(linuxErrors) && linuxErrors[lo].code == code {
		return linuxErrors[lo].text
	}
	return ""
}
