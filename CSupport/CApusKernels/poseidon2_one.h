/* The permutations of one state, for the tables: BabyBear's portable ones and those of the AVX2 level, which AVX-512
 * takes too; Goldilocks' are apus_poseidon2_goldilocks8 and 12 at every level. */
#ifndef APUS_POSEIDON2_ONE_H
#define APUS_POSEIDON2_ONE_H

#include <stdint.h>

void apus_poseidon2_babybear16_one_portable(uint32_t *state);
void apus_poseidon2_babybear24_one_portable(uint32_t *state);
void apus_poseidon2_babybear16_one_avx2(uint32_t *state);
void apus_poseidon2_babybear24_one_avx2(uint32_t *state);

#endif
