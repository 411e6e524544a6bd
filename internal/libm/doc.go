// Package libm has the elementary functions of floats as good C libraries
// give them: rounded correctly but for a few results in ten thousand or less, which
// package math does not aim at.
//
// A function reduces its argument to something small by a table, and adds a
// short series; both in pairs of floats whose sum has about 100 bits. The
// result is the sum, rounded once. Tables are made by gentables.
//
// What C libraries do not agree on, the less usual functions, follows glibc
// 2.36, which is what CPython's results are compared with.
package libm

//go:generate go run ./gentables
