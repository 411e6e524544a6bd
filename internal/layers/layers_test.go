package layers

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

const module = "github.com/krait-py/krait"

// forbidden lists, for the packages of a layer below limit, what they must not
// import even indirectly, and why.
var forbidden = []struct{ path, why string }{
	{"os", "packages below the command work on bytes, io and fs.FS"},
	{"net", "reading bytecode needs no network"},
	{"github.com/kluctl/go-embed-python", "an interpreter is for tests and tools only"},
	{"github.com/spf13/cobra", "the command line belongs to internal/cli"},
}

// direct imports of os are allowed nowhere below this layer.
const commandLayer = "L6"

// picture reads the layers from ARCHITECTURE.md: package path to rank, where a
// lower rank stands lower in the picture, and the layer's name.
func picture(t *testing.T) (rank map[string]int, layer map[string]string) {
	t.Helper()
	f, err := os.Open("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rank, layer = map[string]int{}, map[string]string{}
	type entry struct{ layer, path string }
	var entries []entry
	current := ""
	line := regexp.MustCompile(`^(L\d|  )  (\S+)  +\S`)
	in := false
	for sc := bufio.NewScanner(f); sc.Scan(); {
		text := sc.Text()
		if strings.HasPrefix(text, "```") {
			in = !in
			if !in && len(entries) > 0 {
				break
			}
			continue
		}
		m := line.FindStringSubmatch(text)
		if !in || m == nil {
			continue
		}
		if m[1] != "  " {
			current = m[1]
		}
		entries = append(entries, entry{current, m[2]})
	}
	if len(entries) < 5 {
		t.Fatalf("found %d packages in the picture of ARCHITECTURE.md; want at least 5", len(entries))
	}
	// Layers come top down, packages of a layer first to last.
	for i, e := range entries {
		order := int(e.layer[1]-'0') * 100
		for _, earlier := range entries[:i] {
			if earlier.layer == e.layer {
				order++
			}
		}
		rank[module+"/"+e.path] = order
		layer[module+"/"+e.path] = e.layer
	}
	return rank, layer
}

type goPackage struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "../../...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := dec.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
	return pkgs
}

func TestImportsFollowThePicture(t *testing.T) {
	rank, layer := picture(t)
	seen := map[string]bool{}
	for _, p := range listPackages(t) {
		r, ok := rank[p.ImportPath]
		if !ok {
			rest, _ := strings.CutPrefix(p.ImportPath, module)
			if rest != "/bench" && !strings.HasPrefix(rest, "/internal/") && !strings.HasPrefix(rest, "/examples/") {
				t.Errorf("%s is not in the picture of ARCHITECTURE.md", p.ImportPath)
			}
			continue
		}
		seen[p.ImportPath] = true
		library := layer[p.ImportPath] < commandLayer
		for _, imp := range p.Imports {
			if library && imp == "os" {
				t.Errorf("%s imports os: %s", p.ImportPath, forbidden[0].why)
			}
			if !strings.HasPrefix(imp, module) {
				continue
			}
			if ri, ok := rank[imp]; !ok && library {
				t.Errorf("%s imports %s, which is not in the picture", p.ImportPath, imp)
			} else if ok && ri >= r {
				t.Errorf("%s imports %s, which does not stand below it", p.ImportPath, imp)
			}
		}
		if !library {
			continue
		}
		for _, dep := range p.Deps {
			for _, f := range forbidden[1:] {
				if dep == f.path || strings.HasPrefix(dep, f.path+"/") {
					t.Errorf("%s depends on %s: %s", p.ImportPath, dep, f.why)
				}
			}
		}
	}
	for path := range rank {
		if !seen[path] {
			t.Errorf("%s is in the picture but not in the tree", path)
		}
	}
}
