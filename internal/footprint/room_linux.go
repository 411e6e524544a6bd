package footprint

import (
	"bytes"
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"

	"golang.org/x/sys/unix"
)

// Room reports whether the process can have n bytes of memory in one piece, under the limit of its address space and with what the machine has left. It is
// for requests of many megabytes: a small one costs less than the question.
func Room(n int) bool {
	if n < 0 {
		return false
	}
	want := uint64(n) + uint64(n)/32 + roomSlack
	if free, ok := available(); ok && want > free {
		runtime.GC() // What is garbage is given back, or used for this.
		if free, ok = available(); ok && want > free+idle()/4 {
			return false
		}
	}
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_AS, &limit) != nil || limit.Cur == unix.RLIM_INFINITY {
		return true
	}
	fits := func() bool {
		size, ok := addressSpace()
		return !ok || size+want <= limit.Cur
	}
	if fits() {
		return true
	}
	// Go does not give back addresses, but uses them again. How much of the free memory is in one piece is not known:
	// a quarter of it is believed to be. With half of it a doubling list of 512 MB found no piece in 1.1 GB.
	runtime.GC()
	return want < idle()/4
}

// roomSlack is what Go takes for itself when the heap grows: an arena of 64 MB that is not used up, and what it keeps about it.
const roomSlack = 96 << 20

// idle is the memory that Go's heap has and does not use.
func idle() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/free:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() + s[1].Value.Uint64()
}

// addressSpace is the size of the process's address space.
func addressSpace() (uint64, bool) {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, false
	}
	pages, _, _ := bytes.Cut(data, []byte(" "))
	n, err := strconv.ParseUint(string(pages), 10, 64)
	return n * uint64(os.Getpagesize()), err == nil
}

// available is what the machine can give: free memory, and room to swap.
func available() (n uint64, ok bool) {
	data, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0, false
	}
	for line := range bytes.Lines(data) {
		f := bytes.Fields(line)
		if len(f) < 2 {
			continue
		}
		switch string(f[0]) {
		case "MemAvailable:":
			ok = true
		case "SwapFree:":
		default:
			continue
		}
		kb, err := strconv.ParseUint(string(f[1]), 10, 64)
		if err != nil {
			return 0, false
		}
		n += kb << 10
	}
	return n, ok
}
