package dis

import "github.com/krait-py/krait/pyver"

// A manner says how one version's dis lays out a listing and names operands.
// The zero values are the oldest behaviour; each field notes when it changed.
// Read off Lib/dis.py of each version and checked against the interpreters.
type manner struct {
	v pyver.Version

	pad         bool // 2.7: opname keeps its trailing blanks, rows end where printing ended
	longArgs    bool // 2.7: an oparg with EXTENDED_ARG is a long and shows its L
	emptyNames  bool // 2.7: a name that is empty (from . import x) still has its parentheses
	wideLine    bool // 3.7: the line column grows with the largest line
	wideOffset  bool // 3.7: the offset column grows with the largest offset
	noLines     bool // 3.10: without line starts there is no line column
	absTargets  bool // 3.10: absolute jumps show their target too
	funcFlags   bool // 3.8: MAKE_FUNCTION's flags are spelled out
	onlyLoads   bool // 3.11 only: the constant of KW_NAMES does not show
	quickCaches bool // 3.11 only: values of cache entries show for specialized instructions alone
	nullBehind  bool // 3.13: "print + NULL"; 3.11 and 3.12 say "NULL + print"
	labels      bool // 3.13: labels instead of offsets
	cacheStuck  bool // 3.13 only: every cache entry shows the bytes behind the instruction
	overflow    bool // 3.13: a long opname takes room from the oparg's column
	isNames     bool // 3.14: IS_OP and CONTAINS_OP are spelled out
}

func mannerOf(v pyver.Version) *manner {
	return &manner{
		v:           v,
		pad:         v < pyver.Py30,
		longArgs:    v < pyver.Py30,
		emptyNames:  v < pyver.Py30,
		wideLine:    v >= pyver.Py37,
		wideOffset:  v >= pyver.Py37,
		noLines:     v >= pyver.Py310,
		absTargets:  v >= pyver.Py310,
		funcFlags:   v >= pyver.Py38,
		onlyLoads:   v == pyver.Py311,
		quickCaches: v == pyver.Py311,
		nullBehind:  v >= pyver.Py313,
		labels:      v >= pyver.Py313,
		cacheStuck:  v == pyver.Py313,
		overflow:    v >= pyver.Py313,
		isNames:     v >= pyver.Py314,
	}
}
