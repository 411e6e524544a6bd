# python >= 3.15
lazy import json
lazy import os.path as p
lazy from sys import path, argv as a
lazy = 1
import lazy
