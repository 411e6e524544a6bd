// Package library finds the Python part of the standard library: where the environment says, in the user's cache, where it is prepared once
// from the files that the binary carries, or with an interpreter on the machine.
//
// What is prepared is a directory that appears by one renaming, so that it is whole or not there, and several processes may prepare it at once:
//
//	$XDG_CACHE_HOME/krait/python-3.14.6-1/lib/python3.14/os.py
//	                                                    /__pycache__/os.cpython-314.pyc
package library
