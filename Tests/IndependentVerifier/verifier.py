"""A verifier of Apus proofs that shares no code with the package; all that it knows is in Protocol.md.

    python3 verifier.py STATEMENT.json PROOF     exit 0: the proof proves the statement; exit 1: why not, on stderr
    python3 verifier.py --batch DIRECTORY        judges each NAME.N.proof as one of NAME.json: a line for each proof,
                                                 its file name, "accepted" or "refused", the stage, the reason,
                                                 with tabs between
    python3 verifier.py --sizes PRESET STATEMENT.json...
                                                 a line for each statement: its name, the numbers of columns, pieces,
                                                 opened values and queries, then the bits of work, term by term

STATEMENT.json holds what is public: "name"; "graph", the bytes of the constraint graph, and "label", both in
hexadecimal; "rows"; "public_values" and "public_rows", lists of numbers; "level", the bits of security demanded.

Python 3.8 or later, standard library alone. field.py, hashing.py, transcript.py, graph.py and soundness.py are the
parts; here are the shape of a proof, the order in which it is read, and the checks.
"""

import json
import sys
from functools import lru_cache
from pathlib import Path

from field import Element
from graph import ConstraintGraph
from hashing import BYTE_HASHES, TREE_HASHES
from soundness import PRESETS, parameters
from transcript import DIGESTS, EXTENSION_ELEMENTS, Transcript

VERSION = 1
# Digests of field elements may lack so many bits of a level.
MARGIN = 1e-6


class Refused(Exception):
    """`stage` names the check, the same for every proof that fails there."""

    def __init__(self, stage, reason):
        super().__init__(f"{stage}: {reason}")
        self.stage, self.reason = stage, reason


def demand(condition, stage, reason):
    if not condition:
        raise Refused(stage, reason)


class Statement:
    def __init__(self, json):
        self.name, self.rows, self.level = json["name"], json["rows"], json["level"]
        self.public_values, self.public_rows = json["public_values"], json["public_rows"]
        self.label = bytes.fromhex(json["label"])
        self.graph = ConstraintGraph(bytes.fromhex(json["graph"]))
        if len(self.public_values) != self.graph.public_values or len(self.public_rows) != self.graph.public_rows:
            raise ValueError("the graph speaks of another number of public values or rows")
        if not all(0 <= v < self.graph.modulus for v in self.public_values):
            raise ValueError("a public value is not canonical")


class Shape:
    """All sizes of a proof: Protocol.md, "Shape"."""

    def __init__(self, statement, preset, hash):
        graph, rows = statement.graph, statement.rows
        field = preset.field(graph.modulus)
        demand(rows in [1 << k for k in range(5, 25)], "statement", f"{rows} rows")
        demand(all(0 <= r < rows for r in statement.public_rows), "statement", "a public row outside the trace")
        demand(all(len(c) <= rows for c in graph.periodic), "statement", "a period longer than the trace")
        degree = graph.degree()
        demand(degree - 1 <= 1 << preset.log_blowup, "statement", f"degree {degree}")
        demand(hash.collision_bits + MARGIN >= preset.level, "hash strength", f"{hash.name} for {preset.level} bits")

        self.preset, self.field, self.rows = preset, field, rows
        self.log_rows = rows.bit_length() - 1
        self.log_size = self.log_rows + preset.log_blowup
        self.groups = graph.groups()
        self.columns = graph.columns
        self.pieces = 1
        while self.pieces < degree - 1:
            self.pieces *= 2
        self.quotient_columns = field.degree * self.pieces
        self.opened = sum(len(c) * len(r) for c, r in self.groups) + self.quotient_columns
        self.rotations = sorted({0}.union(*(r for _, r in self.groups)))
        self.folds, left = [], self.log_rows
        while left > preset.log_final:
            self.folds.append(min(preset.log_arity, left - preset.log_final))
            left -= self.folds[-1]
        self.final = 1 << left
        found = parameters(preset, field, self.log_rows, self.folds, len(graph.constraints), degree, self.pieces,
                           self.opened, len(self.rotations))
        demand(found, "parameters", f"{preset.level} bits are out of reach")
        self.queries, self.work = found.queries, found.work


class Domain:
    """Position j * rows + i is the point shift * w^j * g^i."""

    def __init__(self, field, log_rows, log_blowup, shift):
        self.field, self.log_rows, self.log_blowup, self.shift = field, log_rows, log_blowup, shift
        self.rows = 1 << log_rows
        self.g = field.root_of_unity(log_rows)
        self.w = field.root_of_unity(log_rows + log_blowup)

    def point(self, position):
        p = self.field.modulus
        return self.shift * pow(self.w, position // self.rows, p) * pow(self.g, position % self.rows, p) % p

    def folded(self, log_arity):
        shift = pow(self.shift, 1 << log_arity, self.field.modulus)
        return Domain(self.field, self.log_rows - log_arity, self.log_blowup, shift)


class Reader:
    def __init__(self, data, position, field):
        self.data, self.position, self.field = data, position, field

    def take(self, count, part):
        left = len(self.data) - self.position
        demand(count <= left, "end of bytes in " + part, f"{count} bytes are needed, {left} are left")
        self.position += count
        return self.data[self.position - count:self.position]

    def elements(self, count, part):
        width = self.field.width
        data = self.take(width * count, part)
        values = [int.from_bytes(data[i:i + width], "little") for i in range(0, len(data), width)]
        demand(all(v < self.field.modulus for v in values), "canonical elements in " + part, "one is not below p")
        return values

    def extension_elements(self, count, part):
        d = self.field.degree
        values = self.elements(d * count, part)
        return [Element(self.field, values[i:i + d]) for i in range(0, len(values), d)]

    def digests(self, count, part):
        data = self.take(32 * count, part)
        return [data[i:i + 32] for i in range(0, len(data), 32)]


class Verification:
    """One proof of one statement, read from its first byte to its last."""

    def __init__(self, statement, proof):
        demand(proof[:4] == b"APUS", "magic", "these bytes do not start like a proof")
        demand(len(proof) >= 8, "end of bytes in the head", "a head has eight bytes")
        version, preset, hash = int.from_bytes(proof[4:6], "little"), proof[6], proof[7]
        demand(version == VERSION, "version", f"{version}, not {VERSION}")
        demand(preset in PRESETS, "preset", f"there is no preset {preset}")
        hashes = TREE_HASHES[statement.graph.modulus]
        demand(hash in hashes, "hash", f"there is no hash {hash}")
        preset = PRESETS[preset]
        demand(preset.level >= statement.level, "level", f"{preset.level} bits, {statement.level} are demanded")

        self.statement, self.hash = statement, hashes[hash]
        self.shape = Shape(statement, preset, self.hash)
        self.field = field = self.shape.field
        self.domain = Domain(field, self.shape.log_rows, preset.log_blowup, field.generator)
        self.reader = Reader(proof, 8, field)
        self.transcript = Transcript(field)
        self.absorb_statement(hash)
        self.run()

    def absorb_statement(self, hash):
        t, s, shape, preset = self.transcript, self.statement, self.shape, self.shape.preset
        t.bytes("protocol", b"apus stark %d" % VERSION)
        t.bytes("statement digest", s.graph.digest)
        t.bytes("statement name", s.name.encode())
        t.integers("preset", [preset.id, preset.level, preset.log_blowup, preset.log_arity, preset.log_final,
                              preset.work[1], hash])
        t.integers("sizes", [shape.log_rows, shape.columns, shape.pieces, shape.opened, shape.queries])
        t.integers("folds", shape.folds)
        t.integers("work", [*shape.work.values(), 0, 0])
        t.integers("public rows", s.public_rows)
        t.elements("public values", s.public_values)
        t.bytes("label", s.label)

    # Messages

    def receive_root(self, part):
        root = self.reader.digests(1, part)[0]
        self.transcript.message(DIGESTS, part, 1, root)
        return root

    def receive_values(self, count, part):
        start = self.reader.position
        values = self.reader.extension_elements(count, part)
        self.transcript.message(EXTENSION_ELEMENTS, part, count, self.reader.data[start:self.reader.position])
        return values

    def check_work(self, term):
        bits = self.shape.work[term]
        if bits:
            nonce = self.reader.take(8, "proofs of work")
            demand(self.transcript.work(term, bits, nonce), "work before " + term, f"the nonce lacks its {bits} bits")

    def challenge(self, term):
        self.check_work(term)
        return self.transcript.challenge(term)

    # The rounds

    def run(self):
        shape, transcript = self.shape, self.transcript
        trace_root = self.receive_root("trace commitment")
        alpha = self.challenge("constraint batching")
        quotient_root = self.receive_root("quotient commitment")
        self.check_work("out-of-domain point")
        z = transcript.challenge_outside_base("out-of-domain point")
        openings = self.receive_values(shape.opened, "out-of-domain values")
        self.check_constraints(openings, alpha, z)
        gamma = self.challenge("DEEP batching")

        roots, betas = [], []
        for number in range(1, len(shape.folds) + 1):
            roots.append(self.receive_root("fold commitments"))
            betas.append(self.challenge(f"FRI fold {number}"))
        final = self.receive_values(shape.final, "final polynomial")
        self.check_work("FRI queries")
        positions = transcript.positions("FRI queries", shape.queries, shape.log_size)

        trace = self.open_rows(positions, shape.columns, trace_root, "trace")
        quotient = self.open_rows(positions, shape.quotient_columns, quotient_root, "quotient")
        values = self.deep_values(positions, trace, quotient, openings, z, gamma)
        self.check_folds(positions, values, roots, betas, final)
        left = len(self.reader.data) - self.reader.position
        demand(left == 0, "trailing bytes", f"{left} bytes follow the proof's end")

    def check_constraints(self, openings, alpha, z):
        statement, shape, field = self.statement, self.shape, self.field
        cells, values = {}, iter(openings)
        for columns, rotations in shape.groups:
            for rotation in rotations:
                for column in columns:
                    cells[column, rotation] = next(values)
        constraints = statement.graph.constraint_values(
            z, shape.rows, statement.public_values, statement.public_rows, cells)
        composed, power = field.zero, field.one
        for value in constraints:
            composed = composed + power * value
            power = power * alpha

        z_to_rows = z ** shape.rows
        quotient, weight = field.zero, field.one
        for _ in range(shape.pieces):
            limb_weight = weight
            for _ in range(field.degree):
                quotient = quotient + limb_weight * next(values)
                limb_weight = limb_weight * field.x
            weight = weight * z_to_rows
        demand(composed == (z_to_rows - 1) * quotient, "constraints",
               "the opened values do not satisfy them at the out-of-domain point")

    def deep_values(self, positions, trace, quotient, openings, z, gamma):
        """D at the positions. The opened values of one group at one rotation share a denominator; of a group, all
        rotations share the sum over the row, up to a power of gamma."""
        shape, field = self.shape, self.field
        g = self.domain.g
        points = {r: z * pow(g, r, field.modulus) for r in shape.rotations}
        xs = [self.domain.point(position) for position in positions]
        denominators = field.inverses([points[r] * (field.modulus - 1) + x for r in shape.rotations for x in xs])
        inverse = {(r, k): denominators[i * len(xs) + k]
                   for i, r in enumerate(shape.rotations) for k in range(len(xs))}

        values = [field.zero] * len(positions)
        weight, opened = field.one, iter(openings)
        groups = [(columns, rotations, trace) for columns, rotations in shape.groups]
        groups.append((range(shape.quotient_columns), [0], quotient))
        for columns, rotations, rows in groups:
            powers = [field.one]
            for _ in columns:
                powers.append(powers[-1] * gamma)
            sums = [self.combined(powers, [row[c] for c in columns]) for row in rows]
            for rotation in rotations:
                claim = field.zero
                for power, _ in zip(powers, columns):
                    claim = claim + power * next(opened)
                for k, total in enumerate(sums):
                    values[k] = values[k] + weight * (total - claim) * inverse[rotation, k]
                weight = weight * powers[-1]
        return values

    def combined(self, powers, cells):
        """The sum of powers[i] * cells[i], cells of the base field."""
        return Element(self.field, [
            sum(power.c[l] * cell for power, cell in zip(powers, cells)) % self.field.modulus
            for l in range(self.field.degree)])

    def check_folds(self, positions, values, roots, betas, final):
        domain, field = self.domain, self.field
        for number, (log_arity, root, beta) in enumerate(zip(self.shape.folds, roots, betas), 1):
            arity, rows_out = 1 << log_arity, domain.rows >> log_arity
            known = dict(zip(positions, values))
            leaves = sorted({p // domain.rows * rows_out + p % rows_out for p in positions})
            fibres = []
            for leaf in leaves:
                first = leaf // rows_out * domain.rows + leaf % rows_out
                members = [first + m * rows_out for m in range(arity)]
                sent = iter(self.reader.extension_elements(sum(p not in known for p in members), "fold values"))
                fibres.append((first, [known[p] if p in known else next(sent) for p in members]))
            height = domain.log_rows + domain.log_blowup - log_arity
            self.check_tree([[c for e in fibre for c in e.c] for _, fibre in fibres], leaves, height, root,
                            "fold paths", f"opening of FRI fold {number}")
            values = [self.fold(fibre, domain.point(first), beta, log_arity) for first, fibre in fibres]
            positions, domain = leaves, domain.folded(log_arity)
        for position, value in zip(positions, values):
            x, expected = domain.point(position), field.zero
            for coefficient in reversed(final):
                expected = expected * x + coefficient
            demand(value == expected, "final polynomial", f"the last fold differs from it at position {position}")

    def fold(self, fibre, x, beta, log_arity):
        """At beta, the polynomial of degree below a with value fibre[m] at x h^m, h of order a: its coefficient k is
        the sum over m of fibre[m] h^(-k m), over a x^k."""
        field, p, arity = self.field, self.field.modulus, 1 << log_arity
        h = field.inverse(field.root_of_unity(log_arity))
        powers = [pow(h, k, p) for k in range(arity)]
        scale, inverse = field.inverse(arity), field.inverse(x)
        coefficients = []
        for k in range(arity):
            weights = [powers[k * m % arity] for m in range(arity)]
            coefficients.append(self.combined(fibre, weights) * scale)
            scale = scale * inverse % p
        result = field.zero
        for coefficient in reversed(coefficients):
            result = result * beta + coefficient
        return result

    # Trees

    def open_rows(self, positions, width, root, name):
        rows = [self.reader.elements(width, name + " rows") for _ in positions]
        self.check_tree(rows, positions, self.shape.log_size, root, name + " paths", name + " opening")
        return rows

    def check_tree(self, rows, leaves, height, root, part, stage):
        """The leaves ascend; siblings are read from the proof."""
        missing, nodes = [], leaves
        for level in range(height):
            present = set(nodes)
            missing.append([node ^ 1 for node in nodes if node ^ 1 not in present])
            nodes = sorted({node >> 1 for node in nodes})
        siblings = self.reader.digests(sum(map(len, missing)), part)
        demand(all(map(self.hash.canonical, siblings)), stage, "a sibling is no digest")

        sent = iter(siblings)
        messages = [b"".join(e.to_bytes(self.field.width, "little") for e in row) for row in rows]
        known = dict(zip(leaves, self.hash.rows(messages)))
        for lacking in missing:
            known.update((node, next(sent)) for node in lacking)
            parents = sorted({node >> 1 for node in known})
            known = dict(zip(parents, self.hash.pairs([known[2 * n] + known[2 * n + 1] for n in parents])))
        demand(known == {0: root}, stage, "the root is another")


@lru_cache
def read_statement(path):
    return Statement(json.loads(path.read_text()))


def judge(statement_path, proof_path):
    """None, or the refusal."""
    try:
        Verification(read_statement(statement_path), proof_path.read_bytes())
    except Refused as refusal:
        return refusal
    return None


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "--batch":
        directory = Path(arguments[1])
        for proof in sorted(directory.glob("*.proof")):
            refusal = judge(directory / (proof.name.split(".")[0] + ".json"), proof)
            print(proof.name, *(["refused", refusal.stage, refusal.reason] if refusal else ["accepted"]), sep="\t")
        return 0
    if len(arguments) > 2 and arguments[0] == "--sizes":
        for path in map(Path, arguments[2:]):
            shape = Shape(read_statement(path), PRESETS[int(arguments[1])], BYTE_HASHES[1])
            print(path.name, shape.columns, shape.pieces, shape.opened, shape.queries, *shape.work.values())
        return 0
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        refusal = judge(Path(arguments[0]), Path(arguments[1]))
    except KeyError as key:
        refusal = f"{arguments[0]} lacks {key}"
    except (OSError, ValueError) as error:
        refusal = error
    if refusal:
        print(refusal, file=sys.stderr)
    return 1 if refusal else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
