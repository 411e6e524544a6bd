"""A method that does not end, between two that do."""

import time
import unittest


class T(unittest.TestCase):
    def test_a(self):
        pass

    def test_b(self):
        time.sleep(600)

    def test_c(self):
        pass
