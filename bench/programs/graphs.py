"""Graphs of objects with cycles: components, ranks, spanning trees; garbage that refers to itself."""

import sys


class Node:
    def __init__(self, name):
        self.name = name
        self.edges = []
        self.rank = 1.0
        self.parent = self
        self.mark = None

    def link(self, other, weight):
        edge = Edge(self, other, weight)
        self.edges.append(edge)
        other.edges.append(edge)
        return edge

    def root(self):
        """The representative of the node's tree, with the way to it made shorter."""
        node = self
        while node.parent is not node:
            node.parent = node.parent.parent
            node = node.parent
        return node


class Edge:
    def __init__(self, a, b, weight):
        self.a, self.b, self.weight = a, b, weight

    def other(self, node):
        return self.b if node is self.a else self.a


def build(count, degree, seed):
    nodes = [Node(f"n{i}") for i in range(count)]
    edges = []
    for node in nodes:
        for _ in range(degree):
            seed = (seed * 48271) % 2147483647
            edges.append(node.link(nodes[seed % count], seed % 1000))
    return nodes, edges


def visit(start, mark):
    """Mark all nodes that hang together with start and return how many they are."""
    stack, count = [start], 0
    start.mark = mark
    while stack:
        node = stack.pop()
        count += 1
        for edge in node.edges:
            near = edge.other(node)
            if near.mark is not mark:
                near.mark = mark
                stack.append(near)
    return count


def components(nodes):
    mark = object()
    return sorted(visit(node, mark) for node in nodes if node.mark is not mark)


def spanning(edges):
    total = 0
    for edge in sorted(edges, key=lambda e: e.weight):
        a, b = edge.a.root(), edge.b.root()
        if a is not b:
            a.parent = b
            total += edge.weight
    return total


def rank(nodes, turns):
    for _ in range(turns):
        new = {}
        for node in nodes:
            share = node.rank * 0.85 / len(node.edges) if node.edges else 0.0
            for edge in node.edges:
                near = edge.other(node)
                new[near] = new.get(near, 0.15) + share
        for node in nodes:
            node.rank = new.get(node, 0.15)
    return max(nodes, key=lambda n: (n.rank, n.name))


def main(count):
    checks = []
    for turn in range(1, 7):
        nodes, edges = build(count, 1 + turn % 3, turn * 17)
        parts = components(nodes)
        best = rank(nodes, 3)
        checks.append(f"{len(parts)}:{parts[-1]}:{spanning(edges)}:{best.name}:{best.rank:.6f}")
    print("graphs", *checks)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 14000)
