package vm

import (
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// opFunc does one operation whole. The registers are saved in t, IP behind the word. To
// jump it changes t.IP, to call a Python function it pushes a frame; the word's result is then
// delivered when that returns. False: an exception is set.
type opFunc func(t *Thread, fp ptr, w uint64) bool

// slow has the function of every operation.
var slow [256]opFunc

func init() { object.OnFirst(setOperations) }

// setOperations fills slow.
func setOperations() {
	for i := range slow {
		slow[i] = opInvalid
	}
	for op, f := range map[lift.Op]opFunc{
		lift.Nop: opNop, lift.Move: opMove, lift.MoveClear: opMoveClear,
		lift.LoadCommon: opLoadCommon, lift.LoadBuildClass: opLoadBuildClass, lift.LoadLocals: opLoadLocals,
		lift.LoadFar: opLoadFar, lift.StoreFar: opStoreFar, lift.CheckBound: opCheckBound, lift.DeleteFast: opDeleteFast,
		lift.MakeCell: opMakeCell, lift.CopyFreeVars: opCopyFreeVars, lift.LoadDeref: opLoadDeref,
		lift.DeleteDeref: opDeleteDeref, lift.LoadDictOrDeref: opLoadDictOrDeref,
		lift.LoadName: opLoadName, lift.StoreName: opStoreName, lift.DeleteName: opDeleteName,
		lift.LoadGlobal: opLoadGlobal, lift.StoreGlobal: opStoreGlobal, lift.DeleteGlobal: opDeleteGlobal,
		lift.LoadDictOrGlobal: opLoadDictOrGlobal, lift.SetupAnnotations: opSetupAnnotations,
		lift.ImportName: opImportName, lift.ImportFrom: opImportFrom,
		lift.LoadAttr: opLoadAttr, lift.LoadMethod: opLoadMethod, lift.StoreAttr: opStoreAttr, lift.DeleteAttr: opDeleteAttr,
		lift.SuperAttr: opSuperAttr, lift.LoadSpecial: opLoadSpecial,
		lift.Subscr: opSubscr, lift.Neg: opNeg, lift.Invert: opInvert, lift.Not: opNot, lift.ToBool: opToBool,
		lift.Is: opIs, lift.Contains: opContains, lift.ContainsK: opContainsK,
		lift.StoreSubscr: opStoreSubscr, lift.DeleteSubscr: opDeleteSubscr, lift.Slice: opSlice, lift.StoreSlice: opStoreSlice,
		lift.SubscrI: opSubscrI, lift.SubscrK: opSubscrK, lift.StoreSubscrI: opStoreSubscrI, lift.StoreSubscrK: opStoreSubscrK,
		lift.BuildTuple: opBuildTuple, lift.BuildList: opBuildList, lift.SizedList: opSizedList, lift.BuildSet: opBuildSet, lift.BuildMap: opBuildMap,
		lift.BuildString: opBuildString, lift.BuildSlice: opBuildSlice, lift.BuildInterpolation: opBuildInterpolation,
		lift.BuildTemplate: opBuildTemplate, lift.ListAppend: opListAppend, lift.ListExtend: opListExtend,
		lift.SetAdd: opSetAdd, lift.SetUpdate: opSetUpdate, lift.MapAdd: opMapAdd, lift.DictUpdate: opDictUpdate,
		lift.DictMerge: opDictMerge, lift.Unpack: opUnpack, lift.Unpack2: opUnpack2, lift.UnpackTo: opUnpackTo, lift.UnpackEx: opUnpackEx, lift.Tuple2: opTuple2,
		lift.ConvertValue: opConvertValue, lift.FormatSimple: opFormatSimple, lift.FormatSpec: opFormatSpec,
		lift.MakeFunction: opMakeFunction, lift.MakeClosure: opMakeClosure, lift.SetFuncAttr: opSetFuncAttr,
		lift.Call: opCall, lift.CallMethod: opCallMethod, lift.CallGen: opCall, lift.CallMethodGen: opCallMethod,
		lift.CallKw: opCallKw, lift.CallMethodKw: opCallMethodKw, lift.CallEx: opCallEx, lift.Intrinsic1: opIntrinsic1, lift.Intrinsic2: opIntrinsic2,
		lift.JumpFar: opJumpFar, lift.JumpTrue: opJumpTrue, lift.JumpFalse: opJumpFalse,
		lift.GetIter: opGetIter, lift.ForIter: opForIter, lift.ForIterBack: opForIter, lift.DropIter: opDropIter,
		lift.Send: opSend, lift.GetYieldFromIter: opGetYieldFromIter, lift.GetAwaitable: opGetAwaitable,
		lift.GetAiter: opGetAiter, lift.GetAnext: opGetAnext, lift.EndAsyncFor: opEndAsyncFor, lift.CleanupThrow: opCleanupThrow,
		lift.PushExc: opPushExc, lift.PopExcept: opPopExcept, lift.ExcMatch: opExcMatch, lift.EgMatch: opEgMatch,
		lift.JumpExc: opJumpExc, lift.JumpNotExc: opJumpExc,
		lift.Reraise: opReraise, lift.Raise: opRaise, lift.WithExceptStart: opWithExceptStart,
		lift.GetLen: opGetLen, lift.MatchMapping: opMatchMapping, lift.MatchSequence: opMatchSequence,
		lift.MatchKeys: opMatchKeys, lift.MatchClass: opMatchClass,
		lift.JumpIn: opJumpIn, lift.JumpNotIn: opJumpIn, lift.JumpInK: opJumpIn, lift.JumpNotInK: opJumpIn,
		lift.LoopTrue: opLoopTrue, lift.LoopFalse: opLoopFalse, lift.LoopNotNone: opLoopNotNone,
		lift.Event: opEvent, lift.Resume: opNop,
	} {
		slow[op] = f
	}
	for _, op := range []lift.Op{lift.Binary, lift.Add, lift.Sub, lift.Mul, lift.TrueDiv, lift.FloorDiv, lift.Mod, lift.Pow,
		lift.And, lift.Or, lift.Xor, lift.Lshift, lift.Rshift} {
		slow[op] = opBinary
	}
	for _, op := range []lift.Op{lift.AddI, lift.SubI, lift.ISub, lift.MulI, lift.TrueDivI, lift.FloorDivI, lift.ModI, lift.PowI,
		lift.AndI, lift.OrI, lift.XorI, lift.LshiftI, lift.ILshift, lift.RshiftI} {
		slow[op], rightOf[op] = opBinaryI, immediate
	}
	for _, op := range []lift.Op{lift.AddK, lift.SubK, lift.MulK, lift.TrueDivK} {
		slow[op], rightOf[op] = opBinaryK, constant
	}
	for _, op := range []lift.Op{lift.Lt, lift.Le, lift.Eq, lift.Ne, lift.Gt, lift.Ge} {
		slow[op] = opCompare
	}
	setupBranches()
}

func opInvalid(t *Thread, fp ptr, w uint64) bool {
	t.SystemErrorf("unknown operation %s", lift.Op(w))
	return false
}

func opNop(t *Thread, fp ptr, w uint64) bool { return true }

// put stores the result of an operation in register a; no value: an exception is set.
func put(fp ptr, w uint64, v Value) bool {
	if v.P == nil {
		return false
	}
	*regA(fp, w) = v
	return true
}
