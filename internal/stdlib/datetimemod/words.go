package datetimemod

import "github.com/krait-py/krait/internal/stdlib/native"

// library says what C's words are for the library's, and what arguments C takes.
var library = native.StandIn{
	Module: "datetime",
	Words: [][2]string{
		{"cannot compare naive and aware datetimes", "can't compare offset-naive and offset-aware datetimes"},
		{"cannot compare naive and aware times", "can't compare offset-naive and offset-aware times"},
		{"cannot mix naive and timezone-aware time", "can't subtract offset-naive and offset-aware datetimes"},
		{"tzinfo argument must be None or of a tzinfo subclass, not '*", "tzinfo argument must be None or of a tzinfo subclass, not type '*"},
		{"tzinfo subclass must override utcoffset()", "a tzinfo subclass must implement utcoffset()"},
		{"tzinfo subclass must override dst()", "a tzinfo subclass must implement dst()"},
		{"tzinfo subclass must override tzname()", "a tzinfo subclass must implement tzname()"},
		{"object of type 'int' has no len()", "strftime() argument 1 must be str, not int"},
		{"object of type 'NoneType' has no len()", "strftime() argument 1 must be str, not None"},
		{"strptime() argument 0 must be str, not <class 'int'>", "strptime() argument 1 must be str, not int"},
		{"strptime() argument 0 must be str, not <class 'NoneType'>", "strptime() argument 1 must be str, not None"},
		{"Argument must be a str", "fromisoformat: argument must be str"},
		{"offset must be a timedelta", "timezone() argument 1 must be datetime.timedelta, not %1"},
		{"name must be a string", "timezone() argument 2 must be str, not %2"},
		{"date argument must be a date instance", "combine() argument 1 must be datetime.date, not %1"},
		{"time argument must be a time instance", "combine() argument 2 must be datetime.time, not %2"},
		{"tz argument must be an instance of tzinfo", "tzinfo argument must be None or of a tzinfo subclass, not type '%1'"},
		{"utcoffset() argument must be a datetime instance or None", "utcoffset(dt) argument must be a datetime instance or None, not %1"},
		{"tzname() argument must be a datetime instance or None", "tzname(dt) argument must be a datetime instance or None, not %1"},
		{"dst() argument must be a datetime instance or None", "dst(dt) argument must be a datetime instance or None, not %1"},
	},
	Wrapped: map[string]string{
		"date":      "__new__ replace fromisoformat fromisocalendar __format__",
		"datetime":  "__new__ replace fromisoformat strptime combine astimezone __sub__ __lt__ __le__ __gt__ __ge__",
		"time":      "__new__ replace fromisoformat __lt__ __le__ __gt__ __ge__",
		"timedelta": "__new__ __truediv__ __mod__ __divmod__",
		"timezone":  "__new__ utcoffset dst tzname fromutc",
		"tzinfo":    "utcoffset dst tzname fromutc",
	},
	Calls: map[string]native.Params{
		"date.__new__":      {Names: dayNames, Min: 3, State: 4},
		"datetime.__new__":  {Names: clockNames, Min: 3, Positional: 8, State: 10},
		"time.__new__":      {Names: []string{"hour", "minute", "second", "microsecond", "tzinfo", "fold"}, Positional: 5, State: 6},
		"timedelta.__new__": {Func: "__new__", Names: spanNames},
		"timezone.__new__":  {Func: "timezone", Names: []string{"offset", "name"}, Min: 1},
		"date.replace":      {Func: "replace", Names: dayNames},
		"datetime.replace":  {Func: "replace", Names: clockNames, Positional: 8},
	},
}
