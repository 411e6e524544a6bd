// Package fcntlmod is module fcntl: control of descriptors, and locks on files.
package fcntlmod
