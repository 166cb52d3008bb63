"""A prime field and an extension of it, given by numbers alone: Protocol.md, "Fields and domains"."""


class Field:
    """The integers modulo `modulus`, and F = that field [X] / (X^degree - constant).

    An element of the base field is an int in [0, modulus), one of F an `Element`. `generator` generates the
    multiplicative group; an element takes `width` bytes, of whose bits `bits` hold the modulus.
    """

    def __init__(self, modulus, generator, degree, constant, width):
        self.modulus, self.generator, self.degree, self.constant, self.width = (
            modulus, generator, degree, constant, width)
        self.bits = modulus.bit_length()
        self.zero, self.one = self.element(0), self.element(1)
        self.x = Element(self, [0, 1] + [0] * (degree - 2))

    def element(self, base):
        return Element(self, [base % self.modulus] + [0] * (self.degree - 1))

    def inverse(self, a):
        return pow(a, -1, self.modulus)

    def root_of_unity(self, log):
        """Of order 2^log."""
        assert (self.modulus - 1) % (1 << log) == 0
        return pow(self.generator, (self.modulus - 1) >> log, self.modulus)

    def inverses(self, elements):
        """Of elements of F, none zero: one inversion and three products for each."""
        before, product = [], self.one
        for e in elements:
            before.append(product)
            product = product * e
        rest, result = product.inverse(), []
        for e, b in zip(reversed(elements), reversed(before)):
            result.append(rest * b)
            rest = rest * e
        return result[::-1]


class Element:
    """An element of F: its coefficients, the constant first. The other operand may be an int of the base field."""

    __slots__ = ("field", "c")

    def __init__(self, field, coefficients):
        self.field, self.c = field, coefficients

    def __eq__(self, other):
        return self.c == other.c

    def __add__(self, other):
        p = self.field.modulus
        if isinstance(other, int):
            return Element(self.field, [(self.c[0] + other) % p] + self.c[1:])
        return Element(self.field, [(a + b) % p for a, b in zip(self.c, other.c)])

    def __sub__(self, other):
        p = self.field.modulus
        if isinstance(other, int):
            return Element(self.field, [(self.c[0] - other) % p] + self.c[1:])
        return Element(self.field, [(a - b) % p for a, b in zip(self.c, other.c)])

    def __mul__(self, other):
        field, p = self.field, self.field.modulus
        if isinstance(other, int):
            return Element(field, [a * other % p for a in self.c])
        d = field.degree
        product = [0] * (2 * d - 1)
        for i, a in enumerate(self.c):
            if a:
                for j, b in enumerate(other.c, i):
                    product[j] += a * b
        # X^d = constant
        return Element(field, [(low + field.constant * high) % p for low, high in zip(product, product[d:] + [0])])

    def __pow__(self, exponent):
        result, square = self.field.one, self
        while exponent:
            if exponent & 1:
                result = result * square
            square = square * square
            exponent >>= 1
        return result

    def inverse(self):
        assert any(self.c), "zero has no inverse"
        return self ** (self.field.modulus ** self.field.degree - 2)

    def is_base(self):
        return not any(self.c[1:])


BABYBEAR = 15 * 2**27 + 1
GOLDILOCKS = 2**64 - 2**32 + 1

GOLDILOCKS_CUBIC = Field(modulus=GOLDILOCKS, generator=7, degree=3, constant=2, width=8)
# By the base field's modulus: the standard extension, and the short one.
EXTENSIONS = {
    BABYBEAR: (Field(modulus=BABYBEAR, generator=31, degree=5, constant=2, width=4),
               Field(modulus=BABYBEAR, generator=31, degree=4, constant=11, width=4)),
    GOLDILOCKS: (GOLDILOCKS_CUBIC, GOLDILOCKS_CUBIC),
}
