"""Presets, and the parameters that follow from them: Protocol.md, "Security". The only file that computes in floats."""

from math import ceil, log2, sqrt

MARGIN = 1e-6


class Preset:
    def __init__(self, id, level, log_blowup, log_arity, log_final, work):
        self.id, self.level, self.log_blowup, self.log_arity, self.log_final, self.work = (
            id, level, log_blowup, log_arity, log_final, work)


PRESETS = {
    1: Preset(1, 100, 2, 3, 5, 20),
    2: Preset(2, 128, 2, 3, 5, 20),
}


class Parameters:
    """Queries, and bits of work by term, in the table's order."""

    def __init__(self, queries, work):
        self.queries, self.work = queries, work


def parameters(preset, field, log_rows, folds, constraints, degree, pieces, opened, points):
    """Those of the regime with the fewest queries; None if the level is out of reach."""
    field_bits = field.degree * log2(field.modulus)
    rate = 1 / (1 << preset.log_blowup)
    rows = 1 << log_rows
    effective_rate = (rows + points) / (rows << preset.log_blowup)

    def regime(m):
        """m is the multiplicity, None in unique decoding."""
        if m is None:
            list_size = 1
            agreement = (1 + effective_rate) / 2
        else:
            list_size = (m + 0.5) / sqrt(rate)
            agreement = sqrt(rate) * (1 + 1 / (2 * m))
            if agreement <= sqrt(effective_rate):
                return None

        def exceptional(rows):
            length = rows << preset.log_blowup
            if m is None:
                return (1 - rate) / 2 * length + 1
            h = m + 0.5
            return length * (2 * h**5 + 3 * h * (1 - agreement) * rate) / (3 * rate * sqrt(rate)) + h / sqrt(rate)

        identity = max(degree * (rows + points - 1) + rows - 1, (pieces + 1) * rows + points - 1)
        bits = {
            "constraint batching": field_bits - log2(list_size * constraints),
            "out-of-domain point": field_bits - 2 * log2(list_size) - log2(identity),
            "DEEP batching": field_bits - log2(exceptional(rows)) - log2(max(1, opened - 1)),
        }
        left = log_rows
        for number, log_arity in enumerate(folds, 1):
            left -= log_arity
            bits[f"FRI fold {number}"] = field_bits - log2(exceptional(1 << left)) - log2((1 << log_arity) - 1)
        work = {term: max(0, ceil(preset.level + MARGIN - b)) for term, b in bits.items()}
        if max(work.values()) > preset.work:
            return None
        work["FRI queries"] = preset.work
        return Parameters(ceil((preset.level + MARGIN - preset.work) / -log2(agreement)), work)

    candidates = [c for c in map(regime, [None, *range(3, 200)]) if c]
    return min(candidates, key=lambda c: c.queries, default=None)
