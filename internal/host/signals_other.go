//go:build !linux

package host

func systemDefault(sig int) {}
func runtimeAction(sig int) {}
