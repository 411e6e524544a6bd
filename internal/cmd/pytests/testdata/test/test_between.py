"""A process that ends between methods, again and again."""

import os
import unittest


class First(unittest.TestCase):
    def test_a(self):
        pass


class Second(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os._exit(0)

    def test_a(self):
        pass
