// Package image keeps modules of the library in the form in which they run, lifted already, so that nothing has to be
// parsed, verified or lifted: a file is a few tables that are used where they lie.
//
//	header | modules | code objects | strings | constants | numbers | words | handlers | caches | points | text
//
// An image belongs to the krait that wrote it: the tables are Go structs as they are in memory, words are what this build's machine
// takes. Whoever keeps images gives those of each build another name. A checksum tells damaged ones.
package image
