// Package pyfmt turns numbers into text and text into numbers as Python 3.14
// does, and has what formats are made of: the specs of format(), the directives of
// %, the fields of str.format().
//
// It knows numbers (int64, *big.Int, float64, pairs of float64) and texts, but no
// objects: whoever has objects supplies the values and turns an *[Error] into the
// exception that it names. Texts are UTF-8 in which a surrogate is three bytes.
// What makes text appends it to a slice.
package pyfmt
