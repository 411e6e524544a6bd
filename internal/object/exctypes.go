package object

// The exception types.
var (
	BaseExceptionType, ExceptionType, BaseExceptionGroupType, ExceptionGroupType Type
	GeneratorExitType, KeyboardInterruptType, SystemExitType                     Type
	ArithmeticErrorType, FloatingPointErrorType, OverflowErrorType               Type
	ZeroDivisionErrorType, AssertionErrorType, AttributeErrorType                Type
	BufferErrorType, EOFErrorType, ImportErrorType, ModuleNotFoundErrorType      Type
	LookupErrorType, IndexErrorType, KeyErrorType, MemoryErrorType               Type
	NameErrorType, UnboundLocalErrorType, OSErrorType, BlockingIOErrorType       Type
	ChildProcessErrorType, ConnectionErrorType, BrokenPipeErrorType              Type
	ConnectionAbortedErrorType, ConnectionRefusedErrorType                       Type
	ConnectionResetErrorType, FileExistsErrorType, FileNotFoundErrorType         Type
	InterruptedErrorType, IsADirectoryErrorType, NotADirectoryErrorType          Type
	PermissionErrorType, ProcessLookupErrorType, TimeoutErrorType                Type
	ReferenceErrorType, RuntimeErrorType, NotImplementedErrorType                Type
	PythonFinalizationErrorType, RecursionErrorType, StopAsyncIterationType      Type
	StopIterationType, SyntaxErrorType, IndentationErrorType, TabErrorType       Type
	IncompleteInputErrorType, SystemErrorType, TypeErrorType, ValueErrorType     Type
	UnicodeErrorType, UnicodeDecodeErrorType, UnicodeEncodeErrorType             Type
	UnicodeTranslateErrorType, WarningType, BytesWarningType                     Type
	DeprecationWarningType, EncodingWarningType, FutureWarningType               Type
	ImportWarningType, PendingDeprecationWarningType, ResourceWarningType        Type
	RuntimeWarningType, SyntaxWarningType, UnicodeWarningType, UserWarningType   Type
)

// ExceptionTypes lists all of them in the order in which they were defined: bases first. It is not to be changed.
func ExceptionTypes() []*Type { return excTypes }

var excTypes []*Type

// defineExc defines an exception type with the given fields beyond those of its base.
func defineExc(s *Type, name string, base *Type, doc string, spec TypeSpec, fields ...string) {
	for i := 0; i+1 < len(fields); i += 2 {
		spec.GetSets = append(spec.GetSets, excMember(fields[i], fields[i+1], excFields(base)+i/2))
	}
	n := excFields(base) + len(fields)/2
	spec.Name, spec.Base, spec.Doc = name, base, doc
	spec.Flags |= FlagBase
	spec.Private = &excLayout{fields: n}
	if n == 0 && spec.Init == nil {
		spec.Make = excNew // excInit would find nothing left to do
	}
	Define(s, spec)
	excTypes = append(excTypes, s)
}

// excMember describes the attribute that field i is.
func excMember(name, doc string, i int) GetSetDef {
	return GetSetDef{Name: name, Doc: doc, Member: true,
		Get: func(t *Thread, v Value) Value { return To[Exc](v).Field(i) },
		Set: func(t *Thread, v, x Value) bool { To[Exc](v).SetField(i, x); return true }}
}

func setupExceptions() {
	setupBaseException()
	// Those with arguments and a message only. A type whose own field is false takes __new__ from its base.
	simple := func(s *Type, name string, base *Type, doc string) {
		defineExc(s, name, base, doc, TypeSpec{Slots: Slots{New: excNew}})
	}
	simple(&ExceptionType, "Exception", &BaseExceptionType, "Common base class for all non-exit exceptions.")
	simple(&GeneratorExitType, "GeneratorExit", &BaseExceptionType, "Request that a generator exit.")
	simple(&KeyboardInterruptType, "KeyboardInterrupt", &BaseExceptionType, "Program interrupted by user.")
	for _, d := range []struct {
		s         *Type
		name, doc string
	}{
		{&ArithmeticErrorType, "ArithmeticError", "Base class for arithmetic errors."},
		{&AssertionErrorType, "AssertionError", "Assertion failed."},
		{&BufferErrorType, "BufferError", "Buffer error."},
		{&EOFErrorType, "EOFError", "Read beyond end of file."},
		{&LookupErrorType, "LookupError", "Base class for lookup errors."},
		{&MemoryErrorType, "MemoryError", "Out of memory."},
		{&ReferenceErrorType, "ReferenceError", "Weak ref proxy used after referent went away."},
		{&RuntimeErrorType, "RuntimeError", "Unspecified run-time error."},
		{&StopAsyncIterationType, "StopAsyncIteration", "Signal the end from iterator.__anext__()."},
		{&SystemErrorType, "SystemError", "Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, along with the traceback,\nthe Python version, and the hardware/OS platform and version."},
		{&TypeErrorType, "TypeError", "Inappropriate argument type."},
		{&ValueErrorType, "ValueError", "Inappropriate argument value (of correct type)."},
		{&WarningType, "Warning", "Base class for warning categories."},
	} {
		simple(d.s, d.name, &ExceptionType, d.doc)
	}
	simple(&FloatingPointErrorType, "FloatingPointError", &ArithmeticErrorType, "Floating-point operation failed.")
	simple(&OverflowErrorType, "OverflowError", &ArithmeticErrorType, "Result too large to be represented.")
	simple(&ZeroDivisionErrorType, "ZeroDivisionError", &ArithmeticErrorType, "Second argument to a division or modulo operation was zero.")
	simple(&IndexErrorType, "IndexError", &LookupErrorType, "Sequence index out of range.")
	simple(&NotImplementedErrorType, "NotImplementedError", &RuntimeErrorType, "Method or function hasn't been implemented yet.")
	simple(&PythonFinalizationErrorType, "PythonFinalizationError", &RuntimeErrorType, "Operation blocked during Python finalization.")
	simple(&RecursionErrorType, "RecursionError", &RuntimeErrorType, "Recursion limit exceeded.")
	for _, d := range []struct {
		s         *Type
		name, doc string
	}{
		{&BytesWarningType, "BytesWarning", "Base class for warnings about bytes and buffer related problems, mostly\nrelated to conversion from str or comparing to str."},
		{&DeprecationWarningType, "DeprecationWarning", "Base class for warnings about deprecated features."},
		{&EncodingWarningType, "EncodingWarning", "Base class for warnings about encodings."},
		{&FutureWarningType, "FutureWarning", "Base class for warnings about constructs that will change semantically\nin the future."},
		{&ImportWarningType, "ImportWarning", "Base class for warnings about probable mistakes in module imports"},
		{&PendingDeprecationWarningType, "PendingDeprecationWarning", "Base class for warnings about features which will be deprecated\nin the future."},
		{&ResourceWarningType, "ResourceWarning", "Base class for warnings about resource usage."},
		{&RuntimeWarningType, "RuntimeWarning", "Base class for warnings about dubious runtime behavior."},
		{&SyntaxWarningType, "SyntaxWarning", "Base class for warnings about dubious syntax."},
		{&UnicodeWarningType, "UnicodeWarning", "Base class for warnings about Unicode related problems, mostly\nrelated to conversion problems."},
		{&UserWarningType, "UserWarning", "Base class for warnings generated by user code."},
	} {
		simple(d.s, d.name, &WarningType, d.doc)
	}
	defineExc(&KeyErrorType, "KeyError", &LookupErrorType, "Mapping key not found.", TypeSpec{Slots: Slots{Str: keyErrorStr}})
	setupFieldExceptions()
	setupOSError()
	setupUnicodeErrors()
	setupExceptionGroups()
}
