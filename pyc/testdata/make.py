# Compiles sample.py into .pyc files of this version: VERSION.pyc, and from 3.7
# on VERSION-checked.pyc and VERSION-unchecked.pyc. Run in this directory with
# each version:
#
#     python make.py
import os, py_compile, sys

name = '%d.%d' % sys.version_info[:2]
os.utime('sample.py', (1700000000, 1700000000))
py_compile.compile('sample.py', name + '.pyc', 'sample.py', doraise=True)
if sys.version_info >= (3, 7):
    modes = py_compile.PycInvalidationMode
    py_compile.compile('sample.py', name + '-checked.pyc', 'sample.py', doraise=True,
                       invalidation_mode=modes.CHECKED_HASH)
    py_compile.compile('sample.py', name + '-unchecked.pyc', 'sample.py', doraise=True,
                       invalidation_mode=modes.UNCHECKED_HASH)
