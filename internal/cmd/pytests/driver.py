"""Run the test methods of one module and report on each as a JSON line.

    driver.py TESTROOT MODULE [only|skip FILE]

TESTROOT is the directory that holds the package test. FILE names methods, one a line: those to
run, or those not to run. Each line of the report follows a byte 0x1e, so that a reader finds it
among whatever else the tests print.
"""

import os
import sys

# Tests replace and close sys.stdout and the first descriptors.
try:
    output = os.dup(1)
except (AttributeError, OSError):
    output = 1


def quote(text):
    """Return a JSON string; json may not work where this runs."""
    out = []
    for c in text:
        n = ord(c)
        if n > 0xFFFF:
            n -= 0x10000
            out.append("\\u%04x\\u%04x" % (0xD800 + (n >> 10), 0xDC00 + (n & 0x3FF)))
        elif 32 <= n < 127 and c not in '"\\':
            out.append(c)
        else:
            out.append("\\u%04x" % n)
    return '"' + "".join(out) + '"'


def emit(kind, **fields):
    text = '\x1e{"kind":' + quote(kind)
    for name, value in fields.items():
        if isinstance(value, list):
            value = "[" + ",".join([quote(v) for v in value]) + "]"
        else:
            value = quote(value)
        text += "," + quote(name) + ":" + value
    data = (text + "}\n").encode("ascii")
    while data:
        data = data[os.write(output, data):]


def describe(error):
    """Return an exception as one line."""
    try:
        lines = [line.strip() for line in str(error).splitlines()]
        text = " ".join([line for line in lines if line][:3])
    except BaseException as wrong:
        text = "str() raises " + type(wrong).__name__
    name = type(error).__name__
    return (name + ": " + text if text else name)[:300]


def stand_in():
    """Make a module _testlimitedcapi where there is none.

    test_bytes as a whole is skipped without it, for four methods that call operations of sequences
    through C. Where there is no C, these are the operators.
    """
    try:
        import _testlimitedcapi
    except ImportError:
        import codecs
        import operator

        m = type(sys)("_testlimitedcapi")
        m.sequence_getitem = operator.getitem
        m.sequence_setitem = operator.setitem
        m.sequence_delitem = operator.delitem
        m.codec_incrementalencoder = lambda name, errors="strict": codecs.getincrementalencoder(name)(errors)
        m.codec_incrementaldecoder = lambda name, errors="strict": codecs.getincrementaldecoder(name)(errors)
        sys.modules["_testlimitedcapi"] = m


def stand_in_for_extension():
    """Make an empty module _testsinglephase where there is none.

    Whatever needs test_importlib.util as a whole is skipped without it, for the few methods that
    load this extension. Those fail as they should.
    """
    try:
        import _testsinglephase
    except ImportError:
        sys.modules["_testsinglephase"] = type(sys)("_testsinglephase")


def import_module(module):
    """Import a module of tests."""
    try:
        __import__(module)
    except NameError as error:
        # Some files of 3.13 write to a module's __annotations__, which 3.14 makes
        # only when it is asked for.
        if error.name != "__annotations__":
            raise
        import builtins

        builtins.__annotations__ = {}
        try:
            __import__(module)
        finally:
            del builtins.__annotations__


def main():
    root, module = sys.argv[1:3]
    sys.path.insert(0, root)
    sys.argv[1:] = []
    try:
        import unittest
        import unittest.suite
        from unittest.case import _SubTest
        from unittest.suite import _ErrorHolder
    except BaseException as error:
        emit("import", reason="unittest: " + describe(error))
        return

    class Result(unittest.TestResult):
        """Reports what happens as it happens."""

        def startTest(self, test):
            self.outcome = self.reason = ""
            self.parts_skipped = False
            emit("start", id=names[id(test)])

        def stopTest(self, test):
            if not self.outcome:
                # One whose parts are skipped has no success; neither has one interrupted.
                self.outcome = "pass" if self.parts_skipped else "fail"
                self.reason = "" if self.parts_skipped else "interrupted"
            emit("done", id=names[id(test)], outcome=self.outcome, reason=self.reason)

        def note(self, test, outcome, reason):
            if isinstance(test, _ErrorHolder):
                emit("fixture", id=str(test), outcome=outcome, reason=reason)
            elif self.outcome != "fail":
                self.outcome, self.reason = outcome, reason

        def addSuccess(self, test):
            self.note(test, "pass", "")

        def addError(self, test, err):
            self.note(test, "fail", describe(err[1]))

        def addFailure(self, test, err):
            self.note(test, "fail", describe(err[1]))

        def addSubTest(self, test, subtest, err):
            if err is not None:
                self.note(test, "fail", describe(err[1]))

        def addSkip(self, test, reason):
            if isinstance(test, _SubTest):
                self.parts_skipped = True
            else:
                self.note(test, "skip", str(reason))

        def addExpectedFailure(self, test, err):
            self.note(test, "pass", "")

        def addUnexpectedSuccess(self, test):
            self.note(test, "fail", "unexpected success")

        def addDuration(self, test, elapsed):
            pass

    def flatten(suite):
        for test in suite:
            if isinstance(test, unittest.TestSuite):
                yield from flatten(test)
            else:
                yield test

    try:
        from test import support

        # No resources: no network, nothing that takes long, no large files.
        support.use_resources = []
        support.verbose = 0
        # Files of 3.13 ask for a setting by a function that 3.14 lacks; it is always on.
        support.requires_debug_ranges = lambda reason="": lambda test: test
        loader = unittest.TestLoader()
        stand_in()
        stand_in_for_extension()
        import_module(module)
        tests = list(flatten(loader.loadTestsFromModule(sys.modules[module])))
        if loader.errors:
            emit("import", reason=describe(Exception(loader.errors[0])))
            return
    except BaseException as error:
        emit("import", reason=describe(error))
        return

    names, seen = {}, {}
    for test in tests:
        name = " ".join(test.id().removeprefix(module + ".").split())
        seen[name] = seen.get(name, 0) + 1
        names[id(test)] = name if seen[name] == 1 else "%s#%d" % (name, seen[name])
    emit("tests", ids=[names[id(test)] for test in tests])
    if chosen is not None:
        tests = [test for test in tests if (names[id(test)] in chosen) == (how == "only")]
    unittest.TestSuite(tests).run(Result())
    emit("end")


how, chosen = "", None
if len(sys.argv) > 4:
    how = sys.argv[3]
    with open(sys.argv[4], encoding="utf-8", errors="surrogateescape") as file:
        chosen = set(file.read().split("\n"))
main()
sys.stdout = sys.stderr = None
os._exit(0)
