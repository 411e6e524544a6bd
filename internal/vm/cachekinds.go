package vm

// The kinds of inline caches.
const (
	cacheEmpty       = iota
	cacheGlobal      // Globals entry Count, while Globals.Version is Version
	cacheBuiltin     // Builtins entry Count, while also Builtins.Version is Offset
	cacheSlot        // inline slot at Offset of instances with Shape
	cacheMember      // slot of __slots__ at Offset
	cacheClassValue  // Value, found in the type, of objects that cannot hide it
	cacheMethod      // Value is a function found in the type, of objects without a dict
	cacheMethodShape // the same, of objects with Shape in Attrs at Offset
	cacheClassShape  // Value, found in the type, of objects with Shape in Attrs at Offset
	cacheModule      // entry Count of the dict of module Value, while the dict's Version is Offset
	cacheProperty    // Value is the getter of a property
	cacheClass       // Value, found in the class whose version is Offset; Version is its metaclass's
	cacheClassMethod // the same; Value is called with the class
	cacheGetSet      // Value is a descriptor of a builtin type's field
	cacheGetter      // Value is a data descriptor of another type
	cacheVariable    // entry Count of the dict of class Value, of objects with Shape or without a dict
	cacheClassVar    // the same, found in the class whose version is Offset; Version is its metaclass's
	cacheBound       // Value is a Python function, or a method of a builtin type, to bind to objects with Shape or without a dict
	cacheFar         // slot Count of instances with Shape in Attrs at Offset, which need not be inline
	cacheDict        // in the real dict of the instance, if it has one, where entry Count may be it; or else Value, found in the type, if that is known
	cacheStatic      // Value is called with the class, or with nothing if Count is 0, instead of objects with Shape or without a dict
)
