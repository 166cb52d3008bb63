"""The transcript: Protocol.md, "Transcript"."""

import struct

from field import Element
from hashing import blake3

BYTES, INTEGERS, ELEMENTS, EXTENSION_ELEMENTS, DIGESTS, CHALLENGE = range(1, 7)


class Transcript:
    def __init__(self, field):
        self.field = field
        self.state = bytes(32)
        self.pending = b""
        self.stream = iter(())

    def message(self, kind, label, count, payload):
        label = label.encode()
        self.pending += struct.pack("<BQ", kind, len(label)) + label + struct.pack("<Q", count) + payload

    def bytes(self, label, payload):
        self.message(BYTES, label, len(payload), payload)

    def integers(self, label, values):
        self.message(INTEGERS, label, len(values), b"".join(v.to_bytes(8, "little", signed=True) for v in values))

    def elements(self, label, values):
        width = self.field.width
        self.message(ELEMENTS, label, len(values), b"".join(v.to_bytes(width, "little") for v in values))

    def begin(self, label):
        self.message(CHALLENGE, label, 0, b"")
        self.state = blake3([self.state + b"\0" + self.pending])[0]
        self.pending = b""
        self.stream = self.words()

    def words(self):
        counter = 0
        while True:
            yield from struct.unpack("<8I", blake3([self.state + b"\1" + struct.pack("<Q", counter)])[0])
            counter += 1

    def element(self):
        """Drawn from the challenge's words: for a coefficient as many as hold its bits, the low one first."""
        bits = self.field.bits
        coefficients = []
        while len(coefficients) < self.field.degree:
            candidate = sum(next(self.stream) << shift for shift in range(0, bits, 32)) & ((1 << bits) - 1)
            if candidate < self.field.modulus:
                coefficients.append(candidate)
        return Element(self.field, coefficients)

    def challenge(self, label):
        self.begin(label)
        return self.element()

    def challenge_outside_base(self, label):
        element = self.challenge(label)
        while element.is_base():
            element = self.element()
        return element

    def positions(self, label, count, log):
        self.begin(label)
        return sorted({next(self.stream) & ((1 << log) - 1) for _ in range(count)})

    def work(self, term, bits, nonce):
        """Whether the nonce, eight bytes, does the work. It is absorbed."""
        self.integers("work " + term, [bits])
        self.begin("work " + term)
        digest = blake3([self.state + b"\2" + nonce])[0]
        self.bytes("nonce " + term, nonce)
        return int.from_bytes(digest[:8], "little") & ((1 << bits) - 1) == 0
