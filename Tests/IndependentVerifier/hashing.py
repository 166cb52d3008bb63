"""The hashes, from their definitions: BLAKE3, SHA-256 (the library's), Keccak-256, Poseidon2.

Each takes a list of messages of one length and gives the list of their digests. BLAKE3 and Keccak work on all messages
at once: one long integer holds a word of each, 64 bits apart, so that one addition in Python adds all of them.
"""

import hashlib
import struct
from functools import lru_cache
from math import log2

from field import BABYBEAR, GOLDILOCKS


def transposed(messages, word):
    """For messages of one length: one integer for each word of theirs ("I" or "Q"), with 64 bits for each message."""
    size = struct.calcsize("<" + word)
    per = len(messages[0]) // size
    words = struct.unpack(f"<{per * len(messages)}{word}", b"".join(messages))
    return [int.from_bytes(struct.pack(f"<{len(messages)}Q", *words[k::per]), "little") for k in range(per)]


def messages_of(columns, count, word):
    """The inverse of `transposed`."""
    lanes = [struct.unpack(f"<{count}Q", column.to_bytes(8 * count, "little")) for column in columns]
    return [struct.pack(f"<{len(columns)}{word}", *row) for row in zip(*lanes)]


@lru_cache(maxsize=4096)
def every(value, count):
    """The value in each of `count` places of 64 bits."""
    return int.from_bytes(struct.pack("<Q", value) * count, "little")


# BLAKE3, after its specification: https://github.com/BLAKE3-team/BLAKE3-specs

BLAKE3_IV = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
BLAKE3_PERMUTATION = (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
CHUNK_START, CHUNK_END, PARENT, ROOT = 1, 2, 4, 8
COLUMNS_AND_DIAGONALS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                         (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))


def blake3_compress(chaining, block, counter, length, flags, count):
    """The new chaining value of `count` states. The counter is a column, since chunks differ in it."""
    mask = every(0xFFFFFFFF, count)
    v = list(chaining) + [every(x, count) for x in BLAKE3_IV[:4]] + [
        counter & mask, (counter >> 32) & mask, every(length, count), every(flags, count)]
    m = block

    def mix(a, b, c, d, x, y):
        va = (v[a] + v[b] + x) & mask
        t = v[d] ^ va
        vd = (t >> 16 | t << 16) & mask
        vc = (v[c] + vd) & mask
        t = v[b] ^ vc
        vb = (t >> 12 | t << 20) & mask
        v[a] = va = (va + vb + y) & mask
        t = vd ^ va
        v[d] = vd = (t >> 8 | t << 24) & mask
        v[c] = vc = (vc + vd) & mask
        t = vb ^ vc
        v[b] = (t >> 7 | t << 25) & mask

    for _ in range(7):
        for k, place in enumerate(COLUMNS_AND_DIAGONALS):
            mix(*place, m[2 * k], m[2 * k + 1])
        m = [m[i] for i in BLAKE3_PERMUTATION]
    return [v[i] ^ v[i + 8] for i in range(8)]


def blake3_chunks(chunks, counters, is_root):
    """The chaining values, as bytes, of chunks of one length, at most 1024 bytes."""
    count, length = len(chunks), len(chunks[0])
    counter = int.from_bytes(struct.pack(f"<{count}Q", *counters), "little")
    chaining = [every(x, count) for x in BLAKE3_IV]
    starts = range(0, max(1, length), 64)
    for start in starts:
        size = min(64, length - start)
        block = transposed([chunk[start:start + size].ljust(64, b"\0") for chunk in chunks], "I")
        flags = CHUNK_START * (start == 0)
        if start == starts[-1]:
            flags |= CHUNK_END | ROOT * is_root
        chaining = blake3_compress(chaining, block, counter, size, flags, count)
    return messages_of(chaining, count, "I")


def blake3(messages):
    if not messages:
        return []
    length = len(messages[0])
    if length <= 1024:
        return blake3_chunks(messages, [0] * len(messages), True)
    # For each message its nodes, left to right: all whole chunks at once, then the last ones.
    whole = length // 1024
    numbers = list(range(whole))
    values = blake3_chunks([m[1024 * k:1024 * k + 1024] for m in messages for k in numbers], numbers * len(messages),
                           False)
    nodes = [values[i * whole:(i + 1) * whole] for i in range(len(messages))]
    if length % 1024:
        tails = blake3_chunks([m[1024 * whole:] for m in messages], [whole] * len(messages), False)
        for row, tail in zip(nodes, tails):
            row.append(tail)
    # Neighbours become a parent, one left over moves up: the left subtree is the largest complete one.
    while len(nodes[0]) > 1:
        pairs = len(nodes[0]) // 2
        blocks = [row[2 * k] + row[2 * k + 1] for row in nodes for k in range(pairs)]
        flags = PARENT | ROOT * (len(nodes[0]) == 2)
        count = len(blocks)
        parents = messages_of(
            blake3_compress([every(x, count) for x in BLAKE3_IV], transposed(blocks, "I"), 0, 64, flags, count),
            count, "I")
        nodes = [parents[i * pairs:(i + 1) * pairs] + row[2 * pairs:] for i, row in enumerate(nodes)]
    return [row[0] for row in nodes]


def sha256(messages):
    return [hashlib.sha256(m).digest() for m in messages]


# Keccak-256, after FIPS 202 but for the padding, in which Keccak's authors had no domain bits.


def keccak_constants():
    """The round constants, by their shift register, and the rotations, by their walk over the lanes."""
    constants, register = [], 1
    for _ in range(24):
        constant = 0
        for j in range(7):
            if register & 1:
                constant |= 1 << ((1 << j) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    rotations, x, y = [0] * 25, 1, 0
    for t in range(24):
        rotations[x + 5 * y] = (t + 1) * (t + 2) // 2 % 64
        x, y = y, (2 * x + 3 * y) % 5
    return constants, rotations


KECCAK_ROUNDS, KECCAK_ROTATIONS = keccak_constants()


def keccak_permute(a, count):
    ones = every(2**64 - 1, count)

    def rotated(x, n):
        if n == 0:
            return x
        return (x << n) & every((2**64 - 1 << n) & (2**64 - 1), count) | (x >> 64 - n) & every((1 << n) - 1, count)

    for constant in KECCAK_ROUNDS:
        c = [a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] for x in range(5)]
        d = [c[(x + 4) % 5] ^ rotated(c[(x + 1) % 5], 1) for x in range(5)]
        b = [0] * 25
        for x in range(5):
            for y in range(5):
                b[y + 5 * ((2 * x + 3 * y) % 5)] = rotated(a[x + 5 * y] ^ d[x], KECCAK_ROTATIONS[x + 5 * y])
        a = [b[i] ^ (ones ^ b[i - i % 5 + (i + 1) % 5]) & b[i - i % 5 + (i + 2) % 5] for i in range(25)]
        a[0] ^= every(constant, count)
    return a


def keccak256(messages):
    if not messages:
        return []
    count, rate = len(messages), 136
    padding = rate - len(messages[0]) % rate
    tail = b"\x81" if padding == 1 else b"\x01" + bytes(padding - 2) + b"\x80"
    words = transposed([m + tail for m in messages], "Q")
    state = [0] * 25
    for start in range(0, len(words), rate // 8):
        for i in range(rate // 8):
            state[i] ^= words[start + i]
        state = keccak_permute(state, count)
    return messages_of(state[:4], count, "Q")


# Poseidon2 with S-box x^7: Protocol.md, "Hashes and trees".


class Poseidon2:
    def __init__(self, modulus, partial_rounds, diagonal):
        self.p, self.width = modulus, len(diagonal)
        # A fraction a / 2^k stands as (a, k).
        self.diagonal = [a * pow(2, -k, modulus) % modulus for a, k in diagonal]
        draw = self.constants(partial_rounds)
        self.first = [[next(draw) for _ in range(self.width)] for _ in range(4)]
        self.partial = [next(draw) for _ in range(partial_rounds)]
        self.last = [[next(draw) for _ in range(self.width)] for _ in range(4)]

    def constants(self, partial_rounds):
        size = self.p.bit_length()
        bits = []
        for value, count in ((1, 2), (0, 4), (size, 12), (self.width, 12), (8, 10), (partial_rounds, 10),
                             (2**30 - 1, 30)):
            bits += [value >> i & 1 for i in reversed(range(count))]

        def step():
            bits.append(bits[62] ^ bits[51] ^ bits[38] ^ bits[23] ^ bits[13] ^ bits[0])
            del bits[0]
            return bits[-1]

        for _ in range(160):
            step()
        while True:
            candidate, drawn = 0, 0
            while drawn < size:
                first, second = step(), step()
                if first:
                    candidate, drawn = candidate << 1 | second, drawn + 1
            if candidate < self.p:
                yield candidate

    def mix_external(self, s):
        t = []
        for i in range(0, self.width, 4):
            a, b, c, d = s[i:i + 4]
            total = a + b + c + d
            t += [total + a + 2 * b, total + b + 2 * c, total + c + 2 * d, total + d + 2 * a]
        sums = [sum(t[k::4]) for k in range(4)]
        return [(x + sums[i % 4]) % self.p for i, x in enumerate(t)]

    def full_round(self, s, constants):
        return self.mix_external([pow(x + c, 7, self.p) for x, c in zip(s, constants)])

    def permute(self, s):
        p = self.p
        s = self.mix_external(s)
        for constants in self.first:
            s = self.full_round(s, constants)
        for constant in self.partial:
            s[0] = pow(s[0] + constant, 7, p)
            total = sum(s)
            s = [(total + v * x) % p for v, x in zip(self.diagonal, s)]
        for constants in self.last:
            s = self.full_round(s, constants)
        return s


class TreeHash:
    """What a tree hashes with: rows and pairs of digests, as bytes. `canonical`: whether 32 bytes can be a digest."""

    def __init__(self, name, rows, pairs, collision_bits, canonical=lambda digest: True):
        self.name, self.rows, self.pairs, self.collision_bits, self.canonical = (
            name, rows, pairs, collision_bits, canonical)


class Poseidon2Tree(TreeHash):
    """`word` is the format of an element's bytes; a digest has as many as 32 bytes hold."""

    def __init__(self, sponge, rate, compression, word):
        self.sponge, self.rate, self.compression, self.word = sponge, rate, compression, word
        self.digest_count = 32 // struct.calcsize("<" + word)
        super().__init__("Poseidon2", self.hash_rows, self.hash_pairs, self.digest_count * log2(sponge.p) / 2,
                         self.is_canonical)

    def elements(self, message):
        return [element for element, in struct.iter_unpack("<" + self.word, message)]

    def digest(self, state):
        return struct.pack(f"<{self.digest_count}{self.word}", *state[:self.digest_count])

    def hash_rows(self, messages):
        digests = []
        for message in messages:
            elements, state = self.elements(message), [0] * self.sponge.width
            for start in range(0, len(elements), self.rate):
                block = elements[start:start + self.rate]
                state = self.sponge.permute(block + state[len(block):])
            digests.append(self.digest(state))
        return digests

    def hash_pairs(self, messages):
        return [self.digest(self.compression.permute(self.elements(message))) for message in messages]

    def is_canonical(self, digest):
        return all(element < self.sponge.p for element in self.elements(digest))


POSEIDON2_16 = Poseidon2(BABYBEAR, 13, [
    (-2, 0), (1, 0), (2, 0), (1, 1), (3, 0), (4, 0), (-1, 1), (-3, 0), (-4, 0), (1, 8), (1, 2), (1, 3), (1, 27),
    (-1, 8), (-1, 4), (-1, 27)])
POSEIDON2_24 = Poseidon2(BABYBEAR, 21, [
    (-2, 0), (1, 0), (2, 0), (1, 1), (3, 0), (4, 0), (-1, 1), (-3, 0), (-4, 0), (1, 8), (1, 2), (1, 3), (1, 4),
    (1, 7), (1, 9), (1, 27), (-1, 8), (-1, 2), (-1, 3), (-1, 4), (-1, 5), (-1, 6), (-1, 7), (-1, 27)])

POSEIDON2_8 = Poseidon2(GOLDILOCKS, 22, [(-2, 0), (1, 0), (2, 0), (1, 1), (3, 0), (-1, 1), (-3, 0), (-4, 0)])
POSEIDON2_12 = Poseidon2(GOLDILOCKS, 22, [
    (-2, 0), (1, 0), (2, 0), (1, 1), (3, 0), (4, 0), (-1, 1), (-3, 0), (-4, 0), (1, 2), (-1, 2), (1, 3)])

BYTE_HASHES = {
    1: TreeHash("BLAKE3", blake3, blake3, 128),
    2: TreeHash("SHA-256", sha256, sha256, 128),
    4: TreeHash("Keccak-256", keccak256, keccak256, 128),
}
# By the base field's modulus, then by id.
TREE_HASHES = {
    BABYBEAR: {**BYTE_HASHES, 3: Poseidon2Tree(POSEIDON2_24, 16, POSEIDON2_16, "I")},
    GOLDILOCKS: {**BYTE_HASHES, 3: Poseidon2Tree(POSEIDON2_12, 8, POSEIDON2_8, "Q")},
}
