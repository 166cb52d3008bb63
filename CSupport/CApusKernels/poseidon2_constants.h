/* Poseidon2's round constants: EXTERNAL for the eight full rounds in their order, four before and four after the
 * partial ones, one word a lane; INTERNAL for the partial rounds, added to lane 0. BabyBear's are Montgomery words less
 * p, so that a word plus a constant is a signed word in [-p, p), and a zero follows the INTERNAL ones; Goldilocks' are
 * canonical. */
#ifndef APUS_POSEIDON2_CONSTANTS_H
#define APUS_POSEIDON2_CONSTANTS_H

#include <stdint.h>

extern const uint32_t POSEIDON2_BABYBEAR16_EXTERNAL[8][16], POSEIDON2_BABYBEAR16_INTERNAL[14];
extern const uint32_t POSEIDON2_BABYBEAR24_EXTERNAL[8][24], POSEIDON2_BABYBEAR24_INTERNAL[22];
/* What the internal layers multiply words with, 0 for word 0: Montgomery words nearest to zero, and those times p^-1
 * modulo 2^32. */
extern const uint32_t POSEIDON2_BABYBEAR16_DIAGONAL[2][16], POSEIDON2_BABYBEAR24_DIAGONAL[2][24];
extern const uint64_t POSEIDON2_GOLDILOCKS8_EXTERNAL[8][8], POSEIDON2_GOLDILOCKS8_INTERNAL[22];
extern const uint64_t POSEIDON2_GOLDILOCKS12_EXTERNAL[8][12], POSEIDON2_GOLDILOCKS12_INTERNAL[22];

#endif
