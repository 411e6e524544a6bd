// Package resourcemod is module resource: what a process has used and what it may use.
package resourcemod
