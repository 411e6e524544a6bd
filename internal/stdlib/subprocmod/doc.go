// Package subprocmod is module _posixsubprocess: starting other programs for module subprocess.
package subprocmod
