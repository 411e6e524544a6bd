"""Trees made, walked and dropped: many small objects, short-lived and long-lived."""

import sys


class Node:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right

    def count(self):
        if self.left is None:
            return 1
        return 1 + self.left.count() + self.right.count()


class Tree:
    """The same with a dict for its attributes."""

    def __init__(self, key, left=None, right=None):
        self.key = key
        self.left = left
        self.right = right


def slotted(depth):
    if depth == 0:
        return Node(None, None)
    return Node(slotted(depth - 1), slotted(depth - 1))


def tuples(depth):
    return (tuples(depth - 1), tuples(depth - 1)) if depth else (None, None)


def count_tuples(tree):
    left, right = tree
    return 1 + count_tuples(left) + count_tuples(right) if left else 1


def insert(root, key):
    while True:
        if key < root.key:
            if root.left is None:
                root.left = Tree(key)
                return
            root = root.left
        else:
            if root.right is None:
                root.right = Tree(key)
                return
            root = root.right


def height(tree):
    return 1 + max(height(tree.left), height(tree.right)) if tree else 0


def main(depth):
    kept = slotted(depth)
    total = 0
    for small in range(4, depth + 1, 3):
        for _ in range(1 << (depth - small)):
            total += slotted(small).count() + count_tuples(tuples(small))
    root, key = Tree(1 << 15), 1
    for _ in range(1 << (depth - 1)):
        key = key * 25173 + 13849 & 0xFFFF
        insert(root, key)
    print(f"binarytrees {depth} {kept.count()} {total} {height(root)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 17)
