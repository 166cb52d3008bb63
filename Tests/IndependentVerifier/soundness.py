"""Presets, and the parameters that follow from them: Protocol.md, "Security". The only file that computes in floats."""

from math import ceil, log2, sqrt

from field import EXTENSIONS

MARGIN = 1e-6


class Preset:
    """`queries` is None where a level decides; `work` is what log2 of the rows plus three is cut to."""

    def __init__(self, id, level, is_short, log_blowup, log_arity, log_final, queries, work):
        self.id, self.level, self.is_short, self.log_blowup, self.log_arity, self.log_final, self.queries, self.work = (
            id, level, is_short, log_blowup, log_arity, log_final, queries, work)

    def field(self, modulus):
        """The extension that challenges are drawn from."""
        return EXTENSIONS[modulus][self.is_short]

    def largest_work(self, log_rows):
        return min(self.work[1], max(self.work[0], log_rows + 3))


PRESETS = {
    1: Preset(1, 100, False, 2, 3, 5, None, (20, 20)),
    2: Preset(2, 128, False, 2, 3, 8, None, (20, 24)),
    3: Preset(3, 128, False, 3, 3, 8, None, (20, 24)),
    4: Preset(4, 0, True, 1, 3, 0, 100, (16, 16)),
}


class Parameters:
    """Queries, and bits of work by term, in the table's order."""

    def __init__(self, queries, work):
        self.queries, self.work = queries, work

    @property
    def cost(self):
        return self.queries, sum(1 << bits for bits in self.work.values() if bits)


def parameters(preset, field, log_rows, folds, constraints, degree, pieces, opened, points):
    """Those of the regime with the fewest queries and then the least work; None if the level is out of reach."""
    if preset.queries:
        terms = ["constraint batching", "out-of-domain point", "DEEP batching"]
        terms += [f"FRI fold {number}" for number, _ in enumerate(folds, 1)]
        return Parameters(preset.queries, {**dict.fromkeys(terms, 0), "FRI queries": preset.work[1]})

    field_bits = field.degree * log2(field.modulus)
    rate = 1 / (1 << preset.log_blowup)
    rows = 1 << log_rows
    opened_rate = (rows + points) / (rows << preset.log_blowup)
    largest = preset.largest_work(log_rows)
    identity = max(degree * (rows + points - 1) + rows - 1, (pieces + 1) * rows + points - 1)

    def lifting(bits):
        return max(0, ceil(preset.level + MARGIN - bits))

    def regime(m):
        """m is the multiplicity, None in unique decoding."""
        if m is None:
            list_size = 1
            agreement = (1 + opened_rate) / 2
        else:
            list_size = (m + 0.5) / sqrt(opened_rate)
            agreement = sqrt(opened_rate) * (1 + 1 / (2 * m))
        if agreement >= 1:
            return None

        def exceptional(rows):
            length = rows << preset.log_blowup
            if m is None:
                return (1 - rate) / 2 * length + 1
            t = max(3, min(m, ceil(sqrt(rate) / (2 * (agreement - sqrt(rate)))))) + 0.5
            return length * (2 * t**5 + 3 * t * (1 - agreement) * rate) / (3 * rate * sqrt(rate)) + t / sqrt(rate)

        bits = {
            "constraint batching": field_bits - log2(list_size * constraints),
            "out-of-domain point": field_bits - 2 * log2(list_size) - log2(identity),
            "DEEP batching": field_bits - log2(exceptional(rows)) - log2(max(1, opened - 1)),
        }
        left = log_rows
        for number, log_arity in enumerate(folds, 1):
            left -= log_arity
            bits[f"FRI fold {number}"] = field_bits - log2(exceptional(1 << left)) - log2((1 << log_arity) - 1)
        work = {term: lifting(b) for term, b in bits.items()}
        if max(work.values()) > largest:
            return None
        query = -log2(agreement)
        queries = max(1, ceil((preset.level + MARGIN - largest) / query))
        work["FRI queries"] = lifting(queries * query)
        return Parameters(queries, work)

    candidates = [c for c in map(regime, [None, *range(3, 1001)]) if c]
    return min(candidates, key=lambda c: c.cost, default=None)
