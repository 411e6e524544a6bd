//go:build !linux

package footprint

// Mapped returns nothing where a process cannot say how files are mapped.
func Mapped() *Files { return &Files{} }

// Split does nothing where there are no files.
func (f *Files) Split() {}

func (f *Files) trim(split bool) {}
