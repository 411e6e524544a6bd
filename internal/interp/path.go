package interp

import (
	"bytes"
	"runtime"
	"strings"

	"github.com/krait-py/krait/internal/host"
)

// The places of the standard library and of what comes before it in sys.path.

const (
	separator = "/"
	windows   = runtime.GOOS == "windows"
)

// listSeparator is what PYTHONPATH has between directories.
func listSeparator() string {
	if windows {
		return ";"
	}
	return ":"
}

// searchPath is sys.path but for its first entry, which depends on the program.
func (c *Config) searchPath() []string {
	var path []string
	if o := c.Options; o != nil && o.HasPath {
		path = strings.Split(o.Path, listSeparator())
	}
	if c.Lib != nil {
		path = append(path, c.Lib.Dir)
	}
	return path
}

func isAbs(path string) bool {
	if windows {
		return len(path) > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/') || strings.HasPrefix(path, `\\`)
	}
	return strings.HasPrefix(path, separator)
}

// currentDir returns the current directory, or "".
func currentDir(f host.Files) string {
	if f == nil {
		return ""
	}
	cwd, err := f.Getwd()
	if err != nil {
		return ""
	}
	return cwd
}

// absolute puts the current directory in front of a relative path and leaves the rest as it is.
func absolute(f host.Files, path string) string {
	if isAbs(path) || path == "" {
		return path
	}
	cwd := currentDir(f)
	if cwd == "" {
		return path
	}
	if !strings.HasSuffix(cwd, separator) {
		cwd += separator
	}
	return cwd + path
}

// maxLinks is how many symbolic links lead to a file at most.
const maxLinks = 40

// realpath follows all symbolic links of a path. Of one that is not there it returns ok false.
func realpath(f host.Files, path string) (real string, ok bool) {
	rest := absolute(f, path)
	links := 0
	for rest != "" {
		var part string
		part, rest, _ = strings.Cut(rest, separator)
		switch part {
		case "", ".":
			continue
		case "..":
			real = real[:max(strings.LastIndexByte(real, '/'), 0)]
			continue
		}
		next := real + separator + part
		var st host.Stat
		if err := f.Stat(host.CWD, next, false, &st); err != nil {
			return "", false
		}
		if st.Mode&host.ModeType != host.ModeLink {
			real = next
			continue
		}
		to, err := f.Readlink(host.CWD, next)
		if links++; err != nil || links > maxLinks {
			return "", false
		}
		if isAbs(to) {
			real = ""
		}
		rest = to + separator + rest
	}
	if real == "" {
		real = separator
	}
	return real, true
}

// scriptDir returns what sys.path begins with when the script is run: the directory that it is really in.
func scriptDir(f host.Files, script string) string {
	real, ok := realpath(f, script)
	if !ok {
		real = script
	}
	i := strings.LastIndexByte(real, '/')
	if windows {
		i = strings.LastIndexAny(real, `/\`)
	}
	switch {
	case i < 0:
		return ""
	case i == 0:
		return separator
	}
	return real[:i]
}

// readFile reads a whole file.
func readFile(f host.Files, name string) ([]byte, error) {
	fd, err := f.Open(host.CWD, name, host.OpenRead|host.CloseOnExec, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close(fd)
	var st host.Stat
	size := int64(0)
	if f.Fstat(fd, &st) == nil && st.Mode&host.ModeType == host.ModeRegular {
		size = st.Size
	}
	return readAll(f, fd, size)
}

// readAll reads what is left of a file of about that size.
func readAll(f host.Files, fd int, size int64) ([]byte, error) {
	data := make([]byte, 0, min(size, 1<<28)+512)
	for {
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		n, err := f.Read(fd, data[len(data):cap(data)])
		data = data[:len(data)+max(n, 0)]
		if err != nil {
			return data, err
		}
		if n <= 0 {
			return data, nil
		}
	}
}

// maxComment is the size of the longest comment that an archive ends with.
const maxComment = 1<<16 - 1

// mayBeZip reports whether data ends as an archive does. What does not is no program for zipimport.
func mayBeZip(data []byte) bool {
	const end = 22 // bytes of the record at the end, without its comment
	if len(data) < end {
		return false
	}
	tail := data[max(0, len(data)-end-maxComment):]
	return bytes.Contains(tail, []byte("PK\x05\x06"))
}
