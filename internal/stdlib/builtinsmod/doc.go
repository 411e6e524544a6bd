// Package builtinsmod is module builtins: the functions that every program has. Types and exceptions come
// from package object.
package builtinsmod
