package flowgraph

import "github.com/krait-py/krait/instruction"

// Pass is a step of the work on a graph.
type Pass struct {
	Name string
	// Does says what it does, in a sentence.
	Does string
	run  func(*Graph)
	// needs are what the pass looks for, one of them at least: without it there is
	// nothing to do. Most units are short, and have little of all that there is.
	needs traits
}

// Constraint says that pass Before has to be done when pass After runs, and why.
type Constraint struct{ Before, After, Because string }

// The names of passes that stand in more than one place.
const (
	passReach = "unreachable"
	passLines = "lines"
)

var passes = [...]Pass{
	{"handlers", "finds the handler of each instruction and marks handlers; POP_BLOCK becomes NOP", (*Graph).labelHandlers, isSetup | isEnd},
	{"inline exits", "puts small exits, and code without lines that does not fall through, in place of the jumps to them", (*Graph).inlineExits, isUnconditional},
	{passReach, "empties blocks that nothing leads to, counts the ways to the others", (*Graph).removeUnreachable, everyTrait},
	{passLines, "gives exits without a line copies and lines of their own, spreads lines to what has none", (*Graph).resolveLines, isLineless},
	{"constant loads", "makes small integers immediate, decides tests of constants, tests for None by jumps", (*Graph).foldLoads, isConstLoad},
	{"peephole", "folds constants, threads jumps, melts tests, rearranges swaps", (*Graph).optimizeBlocks, everyTrait},
	{"nops and pairs", "removes idle NOPs, and pushes that are popped at once", (*Graph).removePairs, everyTrait},
	{passReach + " again", "empties blocks that folded tests have cut off", (*Graph).removeUnreachable, isMoved},
	{"nops and jumps", "removes idle NOPs and jumps to what follows", (*Graph).removeNopsAndJumps, isIdle | isUnconditional},
	{"unused consts", "drops constants that nothing loads; the first may be a docstring and stays", (*Graph).removeUnusedConsts, everyTrait},
	{"unbound locals", "checks loads of locals that may be unbound", (*Graph).checkLocals, isLocal},
	{"superinstructions", "joins pairs of loads and stores of locals", (*Graph).joinPairs, isLocal},
	{"cold blocks", "moves what is reached through handlers only to the end", (*Graph).moveCold, isSetup},
	{passLines + " again", "does the same for blocks that moved", (*Graph).resolveLines, isLineless},
	{"truth jumps", "spells out JUMP_IF_FALSE and JUMP_IF_TRUE", (*Graph).spellTruthJumps, isTruthJump},
	{"stack depth", "computes the depth at the top of each block and the size of the stack", (*Graph).measure, everyTrait},
	{"variables", "gives variables their slots, creates cells, and the generator", (*Graph).placeVariables, everyTrait},
	{"pseudo-instructions", "turns set-ups into NOPs, and pseudo loads and stores into what they stand for", (*Graph).dropPseudo, isPseudo | isIdle | isUnconditional},
	{"jump directions", "makes conditional jumps lead forward, marks where they are not taken", (*Graph).directJumps, isConditional},
	{"borrowed loads", "loads locals that outlive their use without a reference of their own", (*Graph).borrowLoads, isLoad},
}

// Passes returns the passes in the order they run.
func Passes() []Pass { return append([]Pass(nil), passes[:]...) }

// Constraints returns what the order of the passes has to respect.
func Constraints() []Constraint { return append([]Constraint(nil), constraints...) }

var constraints = []Constraint{
	{"handlers", "inline exits", "copied exits keep the handlers of where they were written"},
	{"handlers", passReach, "handlers that nothing leads to are marked no longer"},
	{"inline exits", passReach, "inlining takes away ways to blocks, which then may be unreachable"},
	{passReach, passLines, "exits are copied where several ways lead to them, lines spread where one does"},
	{passLines, "peephole", "NOPs may only go where no line is lost with them"},
	{"constant loads", "peephole", "folding wants constants of tests gone and integers immediate"},
	{"constant loads", passReach + " again", "decided tests cut off code"},
	{"peephole", "nops and pairs", "folded operands leave NOPs and pairs behind"},
	{"nops and pairs", "nops and jumps", "a jump to what follows shows when the NOPs between are gone"},
	{passReach + " again", "nops and jumps", "a jump over removed code leads to what follows"},
	{passReach + " again", "unused consts", "removed code loads nothing"},
	{"peephole", "unused consts", "operands of folded constants are loaded no more"},
	{passReach + " again", "unbound locals", "a deletion that nothing reaches unbinds nothing"},
	{"unbound locals", "superinstructions", "a checked load has no superinstruction"},
	{"superinstructions", "cold blocks", "pairs are joined within a block, wherever it comes to stand"},
	{"cold blocks", passLines + " again", "moving adds jumps without a line"},
	{passLines + " again", "truth jumps", "what they become takes their line"},
	{"truth jumps", "stack depth", "they are deeper than they look: a copy of the value is tested"},
	{"stack depth", "pseudo-instructions", "set-ups say how deep the stack is in their handlers"},
	{"stack depth", "variables", "the instructions that make a generator need no room"},
	{"variables", "pseudo-instructions", "LOAD_CLOSURE counts cells, the load it becomes counts slots"},
	{"cold blocks", "jump directions", "what is forward depends on the order of the blocks"},
	{"pseudo-instructions", "jump directions", "removing NOPs and jumps decides which block is next"},
	{"jump directions", "borrowed loads", "nothing may come between a borrowed load and its use that was not looked at"},
	{"pseudo-instructions", "borrowed loads", "loads and stores must be what they will be when they run"},
}

// A Hook is called after each pass; before the first with the pass "build".
type Hook func(p *Pass, g *Graph)

var buildPass = Pass{Name: "build", Does: "makes basic blocks of the instructions"}

// Optimize makes g the graph of u and runs all passes over it. The unit stays as
// it is, unless it says that it is spent. hook may be nil.
func (g *Graph) Optimize(u *instruction.Unit, hook Hook) error {
	if err := g.build(u); err != nil {
		return err
	}
	if hook != nil {
		hook(&buildPass, g)
	}
	for i, needs := range &passNeeds {
		if g.has&needs != 0 {
			passRuns[i](g)
			if g.err != nil {
				return g.err
			}
		}
		if hook != nil {
			hook(&passes[i], g)
		}
	}
	return nil
}

// passNeeds and passRuns are what Optimize wants of passes, close together: the rest of
// them would push what units are made of out of the cache.
var (
	passNeeds [len(passes)]traits
	passRuns  [len(passes)]func(*Graph)
)

func init() {
	for i := range passes {
		passNeeds[i], passRuns[i] = passes[i].needs, passes[i].run
	}
}
