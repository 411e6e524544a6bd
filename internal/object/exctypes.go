package object

import "unsafe"

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

// excSub has the attributes of Python subclasses where Exc has its own: nothing more is needed.
const excAttrs = unsafe.Offsetof(Exc{}.Attrs)
