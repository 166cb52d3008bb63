// Poseidon2's parameters as numbers, for those who write the permutation down themselves: as constraints, say.
#include "babybear_scalar.h"
#include "include/apus_babybear.h"
#include "include/apus_goldilocks.h"
#include "include/apus_poseidon2.h"
#include "poseidon2_constants.h"

/* The constants are Montgomery words less p, the diagonal's Montgomery words nearest to zero: below p or, as unsigned
 * words, above 2^32 - p. */
static uint64_t canonical(uint32_t word) { return babybear_reduce1(word < APUS_BABYBEAR_P ? word : word + APUS_BABYBEAR_P); }

static void babybear(apus_poseidon2_parameters *out, unsigned width, unsigned partial_rounds, const uint32_t *external,
                     const uint32_t *internal, const uint32_t *diagonal) {
  out->width = width;
  out->partial_rounds = partial_rounds;
  for (unsigned i = 0; i < 8 * width; i++) out->external[i] = canonical(external[i]);
  for (unsigned i = 0; i < partial_rounds; i++) out->internal[i] = canonical(internal[i]);
  for (unsigned i = 1; i < width; i++) out->diagonal[i] = canonical(diagonal[i]);
  out->diagonal[0] = APUS_BABYBEAR_P - 2;
}

void apus_poseidon2_babybear16_parameters(apus_poseidon2_parameters *out) {
  babybear(out, 16, 13, POSEIDON2_BABYBEAR16_EXTERNAL[0], POSEIDON2_BABYBEAR16_INTERNAL,
           POSEIDON2_BABYBEAR16_DIAGONAL[0]);
}
void apus_poseidon2_babybear24_parameters(apus_poseidon2_parameters *out) {
  babybear(out, 24, 21, POSEIDON2_BABYBEAR24_EXTERNAL[0], POSEIDON2_BABYBEAR24_INTERNAL,
           POSEIDON2_BABYBEAR24_DIAGONAL[0]);
}

#define P APUS_GOLDILOCKS_P
/* 2^-k: 2^k times p less (p - 1) / 2^k is 1. */
#define HALVED(k) (P - ((P - 1) >> (k)))

static void goldilocks(apus_poseidon2_parameters *out, unsigned width, const uint64_t *external,
                       const uint64_t *internal, const uint64_t *diagonal) {
  out->width = width;
  out->partial_rounds = 22;
  for (unsigned i = 0; i < 8 * width; i++) out->external[i] = external[i];
  for (unsigned i = 0; i < 22; i++) out->internal[i] = internal[i];
  for (unsigned i = 0; i < width; i++) out->diagonal[i] = diagonal[i];
}

void apus_poseidon2_goldilocks8_parameters(apus_poseidon2_parameters *out) {
  static const uint64_t diagonal[8] = {P - 2, 1, 2, HALVED(1), 3, P - HALVED(1), P - 3, P - 4};
  goldilocks(out, 8, POSEIDON2_GOLDILOCKS8_EXTERNAL[0], POSEIDON2_GOLDILOCKS8_INTERNAL, diagonal);
}
void apus_poseidon2_goldilocks12_parameters(apus_poseidon2_parameters *out) {
  static const uint64_t diagonal[12] = {P - 2,         1,     2,     HALVED(1), 3,             4,
                                        P - HALVED(1), P - 3, P - 4, HALVED(2), P - HALVED(2), HALVED(3)};
  goldilocks(out, 12, POSEIDON2_GOLDILOCKS12_EXTERNAL[0], POSEIDON2_GOLDILOCKS12_INTERNAL, diagonal);
}
