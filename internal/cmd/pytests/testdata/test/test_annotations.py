"""What files of 3.13 do on the top level."""

import unittest
from test import support

__annotations__["x"] = 1


class T(unittest.TestCase):
    @support.requires_debug_ranges("why")
    def test_a(self):
        self.assertEqual(support.use_resources, [])
        with self.assertRaises(NameError):
            eval("__annotations__", {})
