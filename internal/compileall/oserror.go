package compileall

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// osError returns an error of the operating system as Python prints it: class,
// number, text, path.
func osError(err error) string {
	var exists *existsError
	if errors.As(err, &exists) {
		return exists.Error()
	}
	var number syscall.Errno
	if !errors.As(err, &number) {
		return "OSError: " + err.Error()
	}
	class := "OSError"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		class = "FileNotFoundError"
	case errors.Is(err, fs.ErrPermission):
		class = "PermissionError"
	case errors.Is(err, fs.ErrExist):
		class = "FileExistsError"
	case number == syscall.ENOTDIR:
		class = "NotADirectoryError"
	case number == syscall.EISDIR:
		class = "IsADirectoryError"
	}
	text := number.Error()
	if text != "" && 'a' <= text[0] && text[0] <= 'z' {
		text = string(text[0]-'a'+'A') + text[1:]
	}
	out := fmt.Sprintf("%s: [Errno %d] %s", class, int(number), text)
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		out += ": " + repr(path.Path)
	case errors.As(err, &link):
		out += ": " + repr(link.Old) + " -> " + repr(link.New)
	}
	return out
}
