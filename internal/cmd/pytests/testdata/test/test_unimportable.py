"""A module that cannot be imported."""

import there.nowhere
