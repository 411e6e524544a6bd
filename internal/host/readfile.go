package host

// maxFile is the most that ReadFile reads.
const maxFile = 64 << 20

// ReadFile returns what is in a file.
func ReadFile(f Files, name string) ([]byte, error) {
	fd, err := f.Open(CWD, name, OpenRead, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close(fd)
	b := make([]byte, 0, 4096)
	for len(b) < maxFile {
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
		n, err := f.Read(fd, b[len(b):cap(b)])
		if err != nil {
			return nil, err
		}
		if n == 0 {
			break
		}
		b = b[:len(b)+n]
	}
	return b, nil
}
