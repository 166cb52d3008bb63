// The knobs: their keys, ranges and presets, which exist here and nowhere else. Contract: include/apus_tuning.h.
#include "apus_tuning.h"

static const char *const affinities[] = {"none", "compact", "spread"};
static const char *const page_policies[] = {"never", "madvise"};
static const char *const sets[] = {"widest", "portable", "avx2", "avx512"};

#define SET(KEY) {KEY, 0, 3, 0, 0, sets}

static const apus_knob_range ranges[APUS_KNOB_COUNT] = {
    [APUS_KNOB_THREADS] = {"threads", 0, 1024, 0, 0, NULL},
    [APUS_KNOB_AFFINITY] = {"affinity", 0, 2, 0, 0, affinities},
    [APUS_KNOB_SPIN_MICROSECONDS] = {"spin_microseconds", 0, 50, 20, 0, NULL},
    [APUS_KNOB_HUGE_PAGES] = {"huge_pages", 0, 1, 1, 0, page_policies},
    [APUS_KNOB_BLOCK_ROWS] = {"block_rows", 256, 65536, 4096, 1, NULL},
    [APUS_KNOB_SUBTREE_LEAVES] = {"subtree_leaves", 128, 65536, 1024, 1, NULL},
    [APUS_KNOB_SPLIT_CELLS] = {"split_cells", 0, 1 << 24, 0, 0, NULL},
    [APUS_KNOB_ISA_FIELD_SMALL] = SET("isa_field_small"),
    [APUS_KNOB_ISA_FIELD_LARGE] = SET("isa_field_large"),
    [APUS_KNOB_ISA_NTT_SMALL] = SET("isa_ntt_small"),
    [APUS_KNOB_ISA_NTT_LARGE] = SET("isa_ntt_large"),
    [APUS_KNOB_ISA_POSEIDON2_SMALL] = SET("isa_poseidon2_small"),
    [APUS_KNOB_ISA_POSEIDON2_LARGE] = SET("isa_poseidon2_large"),
    [APUS_KNOB_ISA_BLAKE3_SMALL] = SET("isa_blake3_small"),
    [APUS_KNOB_ISA_BLAKE3_LARGE] = SET("isa_blake3_large"),
    [APUS_KNOB_ISA_SHA256_SMALL] = SET("isa_sha256_small"),
    [APUS_KNOB_ISA_SHA256_LARGE] = SET("isa_sha256_large"),
    [APUS_KNOB_ISA_KECCAK256_SMALL] = SET("isa_keccak256_small"),
    [APUS_KNOB_ISA_KECCAK256_LARGE] = SET("isa_keccak256_large"),
    [APUS_KNOB_ISA_EVALUATE_SMALL] = SET("isa_evaluate_small"),
    [APUS_KNOB_ISA_EVALUATE_LARGE] = SET("isa_evaluate_large"),
};

_Static_assert(APUS_KNOB_COUNT <= sizeof((apus_tuning *)0)->values / sizeof(int32_t), "there is room for every knob");

const apus_knob_range *apus_tuning_range(apus_knob knob) {
  return (unsigned)knob < APUS_KNOB_COUNT ? &ranges[knob] : NULL;
}

void apus_tuning_reset(apus_tuning *tuning) {
  *tuning = (apus_tuning){0};
  for (unsigned i = 0; i < APUS_KNOB_COUNT; i++) tuning->values[i] = ranges[i].preset;
}

int32_t apus_tuning_get(const apus_tuning *tuning, apus_knob knob) {
  return (unsigned)knob < APUS_KNOB_COUNT ? tuning->values[knob] : -1;
}

int apus_tuning_set(apus_tuning *tuning, apus_knob knob, int32_t value) {
  const apus_knob_range *range = apus_tuning_range(knob);
  if (!range || value < range->least || value > range->most) return 0;
  if (range->power_of_two && (value & (value - 1)) != 0) return 0;
  tuning->values[knob] = value;
  return 1;
}
