"""Methods that end in every way a method can."""

import os
import sys
import unittest


class Plain(unittest.TestCase):
    def test_a_passes(self):
        print("noise on standard output")
        os.write(1, b"and without an end of line")

    def test_b_fails(self):
        self.assertEqual("é\ud800😀\"", "other")

    def test_c_raises(self):
        raise KeyError(object())

    def test_d_kills_the_process(self):
        print("Fatal Python error: made up", file=sys.stderr, flush=True)
        os._exit(3)

    def test_f_closes_everything(self):
        os.close(1)
        sys.stdout = sys.stderr = None

    @unittest.skip("for a reason")
    def test_g_skipped(self):
        pass

    @unittest.expectedFailure
    def test_h_expected(self):
        self.fail()

    @unittest.expectedFailure
    def test_i_unexpected(self):
        pass

    def test_j_parts(self):
        for i in range(3):
            with self.subTest(i):
                if i == 0:
                    self.skipTest("no 0")
                self.assertNotEqual(i, 1, "one")

    def test_k_parts_skipped(self):
        with self.subTest("a"):
            self.skipTest("all")

    def test_l_interrupted(self):
        raise KeyboardInterrupt

    def test_m_exits(self):
        sys.exit(1)


class NoClass(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise OSError("no class")

    def test_a(self):
        pass


class SkippedClass(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise unittest.SkipTest("not here")

    def test_a(self):
        pass


def load_tests(loader, tests, pattern):
    tests.addTest(unittest.FunctionTestCase(lambda: None))
    tests.addTest(unittest.FunctionTestCase(lambda: None))
    return tests
