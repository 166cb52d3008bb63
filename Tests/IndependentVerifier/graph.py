"""The constraint graph: Protocol.md, "Statements"."""

import struct

from field import EXTENSIONS
from hashing import blake3

MAGIC = b"apus constraint graph 2"
(CONSTANT, COLUMN, PUBLIC_VALUE, PERIODIC, FIRST, LAST, PUBLIC_ROW, NOT_FIRST, NOT_LAST,
 ADD, SUBTRACT, MULTIPLY) = range(12)


class ConstraintGraph:
    """`nodes` are tuples: kind, operands. A column's rotation is signed."""

    def __init__(self, data):
        self.digest = blake3([data])[0]
        self.data, self.position = data, 0
        self.demand(self.take(len(MAGIC)) == MAGIC, "it does not begin like a graph")
        self.modulus = self.number()
        self.demand(self.modulus in EXTENSIONS, "it is over an unknown field")
        self.columns, self.public_values, self.public_rows, periodic, nodes, constraints = (
            self.word() for _ in range(6))
        self.periodic = [self.periodic_column() for _ in range(periodic)]
        self.nodes = []
        for number in range(nodes):
            self.nodes.append(self.node(number))
        self.constraints = [self.below(nodes, "constraint") for _ in range(constraints)]
        self.demand(constraints > 0, "it requires nothing")
        self.demand(self.position == len(data), "bytes follow its end")

    def demand(self, condition, reason):
        if not condition:
            raise ValueError("the constraint graph is none: " + reason)

    def take(self, count):
        self.demand(self.position + count <= len(self.data), "it ends early")
        self.position += count
        return self.data[self.position - count:self.position]

    def word(self):
        return struct.unpack("<I", self.take(4))[0]

    def below(self, limit, what):
        value = self.word()
        self.demand(value < limit, f"{what} {value} is not below {limit}")
        return value

    def number(self):
        return struct.unpack("<Q", self.take(8))[0]

    def base_element(self):
        value = self.number()
        self.demand(value < self.modulus, "a constant is not canonical")
        return value

    def periodic_column(self):
        period = self.word()
        self.demand(period >= 2 and period & (period - 1) == 0, "a period is no power of two")
        return [self.base_element() for _ in range(period)]

    def node(self, number):
        kind = self.take(1)[0]
        if kind == CONSTANT:
            return kind, self.base_element()
        if kind == COLUMN:
            return kind, self.below(self.columns, "column"), struct.unpack("<i", self.take(4))[0]
        if kind == PUBLIC_VALUE:
            return kind, self.below(self.public_values, "public value")
        if kind == PERIODIC:
            return kind, self.below(len(self.periodic), "periodic column")
        if kind == PUBLIC_ROW:
            return kind, self.below(self.public_rows, "public row")
        if kind in (FIRST, LAST, NOT_FIRST, NOT_LAST):
            return (kind,)
        self.demand(kind in (ADD, SUBTRACT, MULTIPLY), f"node kind {kind}")
        return kind, self.below(number, "node"), self.below(number, "node")

    def degree(self):
        bounds = []
        for kind, *operands in self.nodes:
            if kind in (CONSTANT, PUBLIC_VALUE):
                bounds.append((0, 0))
            elif kind in (NOT_FIRST, NOT_LAST):
                bounds.append((0, 1))
            elif kind in (ADD, SUBTRACT, MULTIPLY):
                (m, e), (n, f) = (bounds[i] for i in operands)
                bounds.append((m + n, e + f) if kind == MULTIPLY else (max(m, n), max(e, f)))
            else:
                bounds.append((1, 0))
        self.demand(all(bounds[i][1] <= 1 for i in self.constraints), "a constraint has two linear factors")
        return max([1] + [max(bounds[i]) for i in self.constraints])

    def groups(self):
        """(columns, rotations), in order of the first column."""
        read = [set() for _ in range(self.columns)]
        for kind, *operands in self.nodes:
            if kind == COLUMN:
                read[operands[0]].add(operands[1])
        groups = {}
        for column, rotations in enumerate(read):
            groups.setdefault(tuple(sorted(rotations or {0})), []).append(column)
        return [(columns, list(rotations)) for rotations, columns in groups.items()]

    def constraint_values(self, z, rows, public_values, public_rows, cells):
        """Every constraint at z. `cells` has the value of (column, rotation)."""
        field, p = z.field, z.field.modulus
        g = field.root_of_unity(rows.bit_length() - 1)
        last = pow(g, rows - 1, p)
        scale = (z ** rows - 1) * field.inverse(rows)

        def selector(row):
            point = pow(g, row, p)
            return scale * point * (z - point).inverse()

        periodic = self.periodic_values(z, rows)
        fixed = {FIRST: selector(0), LAST: selector(rows - 1), NOT_FIRST: z - 1, NOT_LAST: z - last}
        selectors = [selector(row) for row in public_rows]
        values = []
        for kind, *operands in self.nodes:
            if kind == ADD:
                value = values[operands[0]] + values[operands[1]]
            elif kind == SUBTRACT:
                value = values[operands[0]] - values[operands[1]]
            elif kind == MULTIPLY:
                value = values[operands[0]] * values[operands[1]]
            elif kind == COLUMN:
                value = cells[tuple(operands)]
            elif kind == CONSTANT:
                value = field.element(operands[0])
            elif kind == PUBLIC_VALUE:
                value = field.element(public_values[operands[0]])
            elif kind == PERIODIC:
                value = periodic[operands[0]]
            elif kind == PUBLIC_ROW:
                value = selectors[operands[0]]
            else:
                value = fixed[kind]
            values.append(value)
        return [values[i] for i in self.constraints]

    def periodic_values(self, z, rows):
        """Each column by Lagrange interpolation over one period, at z^(rows / period)."""
        field, weights, values = z.field, {}, []
        for column in self.periodic:
            period = len(column)
            if period not in weights:
                y = z ** (rows // period)
                h = field.root_of_unity(period.bit_length() - 1)
                points = [pow(h, i, field.modulus) for i in range(period)]
                scale = (y ** period - 1) * field.inverse(period)
                weights[period] = [
                    scale * x * inverse for x, inverse in zip(points, field.inverses([y - x for x in points]))]
            value = field.zero
            for weight, x in zip(weights[period], column):
                if x:
                    value = value + weight * x
            values.append(value)
        return values
