// Package footprint keeps the memory of a process that runs a program small. [Pace] sets how often the collector runs,
// [Files] how much of the program's file is resident: its pages count as the process's own. [Stack] is for the start.
package footprint

import (
	"os"
	"slices"
	"sync"
	"time"
	"unsafe"
)

// Files are files that are mapped to be read, the program's own above all. They must stay mapped. A Files may be used by several goroutines.
type Files struct {
	mu    sync.Mutex
	spans []span
	began time.Time // when TrimSoon was called
}

// span is where one of them is, or neighbours.
type span struct{ from, to uintptr }

// TrimSoon gives back, when the program has run for some time, what only the start needed. The time is that of a short program: giving
// back takes about 0.5 ms, on another processor, and what is over before does not pay for it. Imports are the start of a longer program:
// so it is done again a few times, and programs change what they do. What is resident by then is what the program needs, and is mapped in
// smaller parts. It is done, too, when p, if there is one, lets the process become larger.
func (f *Files) TrimSoon(p *Pacer) {
	f.mu.Lock()
	f.began = time.Now()
	f.mu.Unlock()
	if p != nil {
		p.files.Store(f)
	}
	f.trimAfter(firstTrim)
}

// TrimAtEnd gives back what the program needed, when it has ended but not the process: what there is to do then, files to flush and objects to
// finalize, needs other 1.5 MB of the program's file, and the heap is still as large as it became. A program that has not got beyond its imports
// has a small heap, and does not pay for it.
func (f *Files) TrimAtEnd() {
	f.mu.Lock()
	began := f.began
	f.mu.Unlock()
	if !began.IsZero() && time.Since(began) >= endTrim {
		f.trim(false)
	}
}

const (
	firstTrim = 4 * time.Millisecond
	oftenTrim = 64 * time.Millisecond // from then on twice as often: it costs little beside what has been done
	lastTrim  = 1024 * time.Millisecond
	endTrim   = 5 * firstTrim // what has run for so long has been trimmed twice
)

func (f *Files) trimAfter(d time.Duration) {
	time.AfterFunc(d, func() {
		f.trim(d > firstTrim)
		switch {
		case d < oftenTrim:
			f.trimAfter(4 * d)
		case d < lastTrim:
			f.trimAfter(2 * d)
		}
	})
}

// Add adds a file that is mapped at data.
func (f *Files) Add(data []byte) {
	from, page := uintptr(unsafe.Pointer(unsafe.SliceData(data))), uintptr(os.Getpagesize())
	f.add(from, (from+uintptr(len(data))+page-1)&^(page-1))
}

// add adds a mapping to the files. Neighbours may be parts of one file.
func (f *Files) add(from, to uintptr) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := len(f.spans); n > 0 && f.spans[n-1].to == from {
		f.spans[n-1].to = to
		return
	}
	f.spans = append(f.spans, span{from, to})
}

// all returns where the files are.
func (f *Files) all() []span {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.spans)
}
