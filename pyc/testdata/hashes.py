# Prints the source hashes of this version for sources of several lengths, the
# bytes 0, 1, 2 ... Run with each version from 3.7 on:
#
#     python hashes.py >> hashes.txt
import importlib.util, sys

print('# %d.%d.%d: python hashes.py' % sys.version_info[:3])
for n in 0, 1, 7, 8, 9, 15, 16, 100, 256:
    print('%d.%d' % sys.version_info[:2], n, importlib.util.source_hash(bytes(range(n))).hex())
