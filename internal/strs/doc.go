// Package strs has the algorithms of Python's str, bytes and codecs.
//
// A str is generalised UTF-8: characters are encoded as in UTF-8, surrogates too,
// as three bytes each (ED A0..BF 80..BF). Two that would form a pair stay
// two. Who has a str keeps the number of its characters beside it; a str with as many
// characters as bytes is ASCII. Positions are byte offsets here unless a name says
// point, which is the number of a character; [Index] translates.
//
// Searching needs no translation: no character's bytes are part of another's, so
// that package strings finds what is to be found. What this package has is what
// package strings lacks or does differently: characters instead of what is valid,
// Python's white space, lines, cases and limits.
//
// Pieces of a text are [Span]s, appended to a slice of the caller's. Errors of codecs
// are positions and reasons; what becomes of them, the caller decides.
package strs
