// Package asynciomod is module _asyncio: the classes Future and Task, and what asyncio keeps of a thread's event loop and the tasks there are.
//
// A task's step resumes its coroutine directly (vm.Send). What the task waits for gets the method task_wakeup as callback, which makes the
// next step. The loop itself is a Python object, whose method call_soon is called for each of these.
package asynciomod

import (
	"github.com/krait-py/krait/internal/object"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// Module is the definition of _asyncio.
var Module = object.ModuleDef{
	Name:    "_asyncio",
	Setup:   setup,
	Doc:     "Accelerator module for asyncio",
	Types:   []*object.Type{&FutureType, &TaskType},
	Methods: functions,
}

// stateKey is where an interpreter keeps its state.
const stateKey = "_asyncio"

// state is what an interpreter keeps.
type state struct {
	imports [numImports]Value
	// tasks counts those that have got no name.
	tasks uint64
	// scheduled are the tasks that are not done.
	scheduled registry
	// foreign is a WeakSet of tasks of other classes, and eager a set of those that are in their first step.
	foreign Value
	eager   *object.Set
}

// threadState is what a thread keeps: no value for none.
type threadState struct {
	*state
	loop, task Value
}

// of returns the state of a thread.
func of(t *Thread) *threadState {
	if s, ok := t.Asyncio.(*threadState); ok {
		return s
	}
	in, _ := t.Interp.State[stateKey].(*state)
	if in == nil {
		in = &state{}
		t.Interp.State[stateKey] = in
	}
	s := &threadState{state: in}
	t.Asyncio = s
	return s
}

// imported numbers what is taken from other modules.
type imported uint8

const (
	futureRepr imported = iota
	taskRepr
	taskGetStack
	taskPrintStack
	isCoroutineFunc
	eventLoopPolicy
	cancelledError
	invalidState
	extractStack
	weakSet
	numImports
)

// sources says where they are.
var sources = [numImports]struct{ module, name *object.Str }{
	futureRepr:      from("asyncio.base_futures", "_future_repr"),
	taskRepr:        from("asyncio.base_tasks", "_task_repr"),
	taskGetStack:    from("asyncio.base_tasks", "_task_get_stack"),
	taskPrintStack:  from("asyncio.base_tasks", "_task_print_stack"),
	isCoroutineFunc: from("asyncio.coroutines", "iscoroutine"),
	eventLoopPolicy: from("asyncio.events", "_get_event_loop_policy"),
	cancelledError:  from("asyncio.exceptions", "CancelledError"),
	invalidState:    from("asyncio.exceptions", "InvalidStateError"),
	extractStack:    from("traceback", "extract_stack"),
	weakSet:         from("weakref", "WeakSet"),
}

func from(module, name string) struct{ module, name *object.Str } {
	return struct{ module, name *object.Str }{object.StaticName(module), object.StaticName(name)}
}

// get returns something of another module, which is imported when it is first needed: asyncio imports this one. No value: an exception is set.
func (s *state) get(t *Thread, i imported) Value {
	if v := s.imports[i]; v.P != nil {
		return v
	}
	m := t.ImportModule(sources[i].module)
	if m.P == nil {
		return m
	}
	v := t.GetAttr(m, sources[i].name)
	s.imports[i] = v
	return v
}

// call calls something of another module.
func (s *state) call(t *Thread, i imported, args ...Value) Value {
	f := s.get(t, i)
	if f.P == nil {
		return f
	}
	return t.CallArgs(f, args...)
}

// errInvalidState raises InvalidStateError.
func errInvalidState(t *Thread, message string) Value {
	if e := of(t).call(t, invalidState, object.MakeStr(message)); e.P != nil {
		t.RaiseValue(e)
	}
	return Value{}
}

var (
	nameCallSoon     = object.StaticName("call_soon")
	nameCancel       = object.StaticName("cancel")
	nameContext      = object.StaticName("context")
	nameDone         = object.StaticName("done")
	nameGetDebug     = object.StaticName("get_debug")
	nameGetLoop      = object.StaticName("get_loop")
	nameGetEventLoop = object.StaticName("get_event_loop")
	nameIsRunning    = object.StaticName("is_running")
	nameLoop         = object.StaticName("_loop")
	nameResult       = object.StaticName("result")
	nameAdd          = object.StaticName("add")
	nameDiscard      = object.StaticName("discard")
	nameBlocking     = object.StaticName("_asyncio_future_blocking")
	nameAddCallback  = object.StaticName("add_done_callback")
	nameCallHandler  = object.StaticName("call_exception_handler")
	nameMessage      = object.StaticName("message")
	nameException    = object.StaticName("exception")
	nameFuture       = object.StaticName("future")
	nameTask         = object.StaticName("task")
	nameSourceTrace  = object.StaticName("source_traceback")
	textPending      = object.Of(object.StaticName("PENDING"))
	textCancelled    = object.Of(object.StaticName("CANCELLED"))
	textFinished     = object.Of(object.StaticName("FINISHED"))
	contextKeyword   = object.NewTuple(object.Of(nameContext))
)

// callSoon is loop.call_soon(f, arg, context=ctx); arg and ctx may be no value.
func callSoon(t *Thread, loop, f, arg, ctx Value) bool {
	m, self := t.LoadMethod(loop, nameCallSoon)
	if m.P == nil {
		return false
	}
	mark := t.Scratch
	a := t.Push(4)
	n := 0
	for _, v := range [...]Value{self, f, arg, ctx} {
		if v.P != nil {
			a[n] = v
			n++
		}
	}
	var names *object.Tuple
	if ctx.P != nil {
		names = contextKeyword
	}
	v := t.Call(m, a[:n], names)
	t.Pop(mark, a)
	return v.P != nil
}

// eventLoop is get_event_loop().
func eventLoop(t *Thread) Value {
	s := of(t)
	if s.loop.P != nil {
		return s.loop
	}
	policy := s.call(t, eventLoopPolicy)
	if policy.P == nil {
		return policy
	}
	return t.CallMethod(policy, nameGetEventLoop)
}

// isTrue is t.IsTrue of the result of a call, which may be no value.
func isTrue(t *Thread, v Value) (res, ok bool) {
	if v.P == nil {
		return false, false
	}
	return t.IsTrue(v)
}

// noneIf is the result of a function that returns None.
func noneIf(ok bool) Value {
	if !ok {
		return Value{}
	}
	return object.None
}
