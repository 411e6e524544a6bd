// Package layers holds the test that keeps the imports of the tree to the
// picture in ARCHITECTURE.md. It has no code of its own.
package layers
