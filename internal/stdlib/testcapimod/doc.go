// Package testcapimod has the modules _testcapi, _testlimitedcapi and _testinternalcapi, as far as they mean something here.
//
// CPython's own tests use them to call functions written in C in every way there is, and to look inside the
// interpreter. Functions written in Go take their arguments in the same ways, so the same tests hold for
// them; what exposes C's structures (allocators, reference counts, the specialising interpreter) is missing, and
// tests that want it fail for lack of it.
package testcapimod
