package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
)

// reference returns what becomes of a module's methods on CPython. It is run once and
// remembered for as long as the module, its support and the driver are the same.
func reference(ctx context.Context, in *interpreter, release string, p *testPackage, module string, anew bool) (*moduleResult, error) {
	hash, err := p.hash(module)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(cacheDir(), "reference", release, module+"-"+hash+".json")
	if data, err := os.ReadFile(file); err == nil && !anew {
		m := new(moduleResult)
		if json.Unmarshal(data, m) == nil {
			return m, nil
		}
	}
	m, err := in.runModule(ctx, module, nil)
	if err != nil {
		return nil, err
	}
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, err
	}
	// In one step: two may do this at once.
	tmp, err := os.CreateTemp(filepath.Dir(file), "tmp")
	if err != nil {
		return nil, err
	}
	_, err = tmp.Write(data)
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), file)
	}
	if err != nil {
		os.Remove(tmp.Name())
		return nil, err
	}
	return m, nil
}

// passing returns the methods that pass, in their order.
func (m *moduleResult) passing() []string {
	var ids []string
	for _, id := range m.IDs {
		if m.Results[id].Outcome == pass {
			ids = append(ids, id)
		}
	}
	return ids
}
