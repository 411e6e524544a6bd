package asm

import (
	"bytes"
	"io"
	"testing"
)

// The bytes per second are those of the .pyc, not of the text.
func BenchmarkPrint(b *testing.B) { benchmarkPrint(b, Options{}) }

func BenchmarkPrintExact(b *testing.B) { benchmarkPrint(b, Options{Exact: true}) }

func benchmarkPrint(b *testing.B, opts Options) {
	data := readFile(b, "../testdata/example/hello.pyc")
	f := readPyc(b, data)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := Print(io.Discard, f, opts); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) { benchmarkParse(b, Options{}) }

func BenchmarkParseExact(b *testing.B) { benchmarkParse(b, Options{Exact: true}) }

func benchmarkParse(b *testing.B, opts Options) {
	data := readFile(b, "../testdata/example/hello.pyc")
	var text bytes.Buffer
	if err := Print(&text, readPyc(b, data), opts); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, diags := Parse("bench.pyasm", text.Bytes(), opts); len(diags) > 0 {
			b.Fatal(diags)
		}
	}
}
