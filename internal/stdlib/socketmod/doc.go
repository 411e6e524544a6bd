// Package socketmod is module _socket: sockets, and names and addresses of machines. A socket is a descriptor; calls that
// may wait do so without holding the interpreter's lock, and signals are handled meanwhile.
package socketmod
