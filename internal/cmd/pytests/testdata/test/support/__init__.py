"""What the driver needs of CPython's test.support."""

use_resources = None
verbose = 1
