package object

// NamespaceType is types.SimpleNamespace.
var NamespaceType Type
