// Package selectmod is module select: waiting for descriptors.
package selectmod
