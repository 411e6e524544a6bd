//go:build !unix

package main

import "os/exec"

func ownGroup(*exec.Cmd) {}

// killGroup kills a process; those that it has started live on.
func killGroup(cmd *exec.Cmd) { cmd.Process.Kill() }
