"""A package of tests."""

import os
import unittest


def load_tests(loader, tests, pattern):
    here = os.path.dirname(__file__)
    top = os.path.dirname(os.path.dirname(here))
    tests.addTests(loader.discover(start_dir=here, top_level_dir=top, pattern="test*"))
    return tests
