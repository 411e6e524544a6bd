package vm

import "github.com/krait-py/krait/internal/object"

// The numbers of CALL_INTRINSIC_1 and CALL_INTRINSIC_2.
const (
	intrPrint = 1 + iota
	intrImportStar
	intrStopIterationError
	intrAsyncGenWrap
	intrUnaryPositive
	intrListToTuple
	intrTypeVar
	intrParamSpec
	intrTypeVarTuple
	intrSubscriptGeneric
	intrTypeAlias
)

const (
	intrPrepReraiseStar = 1 + iota
	intrTypeVarWithBound
	intrTypeVarWithConstraints
	intrSetFunctionTypeParams
	intrSetTypeparamDefault
)

func opIntrinsic1(t *Thread, fp ptr, w uint64) bool {
	v := *regB(fp, w)
	switch fieldX(w) {
	case intrPrint:
		hook := t.Interp.Sys.GetName("displayhook")
		if hook.P == nil {
			t.RuntimeErrorf("lost sys.displayhook")
			return false
		}
		return put(fp, w, t.CallArgs(hook, v))
	case intrImportStar:
		if !importStar(t, fp, v) {
			return false
		}
		*regA(fp, w) = object.None
		return true
	case intrStopIterationError:
		return put(fp, w, stopIterationError(t, fp, v))
	case intrAsyncGenWrap:
		return put(fp, w, wrapAsync(t, v))
	case intrUnaryPositive:
		return put(fp, w, t.Positive(v))
	case intrListToTuple:
		l := object.To[object.List](v)
		a := &aux(t).args
		if a.owns(l) && callsNext(ipOf(t), regOf(w)) {
			*regA(fp, w) = v
			return true
		}
		*regA(fp, w) = object.Of(object.NewTuple(l.V...))
		a.drop(l)
		return true
	}
	return put(fp, w, object.TypeParamIntrinsic(t, int(fieldX(w)), v))
}

func opIntrinsic2(t *Thread, fp ptr, w uint64) bool {
	a, b := *regB(fp, w), *regC(fp, w)
	switch fieldX(w) {
	case intrPrepReraiseStar:
		return put(fp, w, t.PrepReraiseStar(a, object.To[object.List](b).V))
	case intrSetFunctionTypeParams:
		object.To[object.Func](a).More().TypeParams = object.To[object.Tuple](b)
		*regA(fp, w) = a
		return true
	}
	return put(fp, w, object.TypeParamIntrinsic2(t, int(fieldX(w)), a, b))
}

// stopIterationError turns a StopIteration that leaves a generator into a RuntimeError; other exceptions stay.
func stopIterationError(t *Thread, fp ptr, v Value) Value {
	e := object.To[object.Exc](v)
	kind := "generator"
	switch f := codeOf(fp).Obj.Flags; {
	case f&0x80 != 0:
		kind = "coroutine"
	case f&0x200 != 0:
		kind = "async generator"
	}
	var msg string
	switch {
	case e.Type.IsSubtype(&object.StopIterationType):
		msg = kind + " raised StopIteration"
	case kind == "async generator" && e.Type.IsSubtype(&object.StopAsyncIterationType):
		msg = "async generator raised StopAsyncIteration"
	default:
		return v
	}
	x := t.CallArgs(object.Of(&object.RuntimeErrorType), object.MakeStr(msg))
	if x.P == nil {
		return x
	}
	n := object.To[object.Exc](x)
	n.Cause, n.Context, n.Suppress = e, e, true
	return x
}
