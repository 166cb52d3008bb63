/* Keccak-f[1600] (FIPS 202, section 3) and its sponge with a capacity of 512 bits. Lane (x, y) of the state is word
 * x + 5 * y. */
#ifndef APUS_KECCAK_CONSTANTS_H
#define APUS_KECCAK_CONSTANTS_H

#include <stdint.h>

enum { KECCAK_ROUNDS = 24, KECCAK_RATE = 136, KECCAK_RATE_WORDS = 17 };

/* The byte that follows the message: the padding's first bit, after the bits 01 that tell SHA-3 from the original. */
enum { KECCAK_SUFFIX = 0x01, SHA3_SUFFIX = 0x06 };

/* What the step rho turns each lane by: (t + 1) * (t + 2) / 2 for the t-th lane on pi's orbit of (1, 0). */
static const uint8_t KECCAK_ROTATION[25] = {
    0,  1,  62, 28, 27, /* y = 0 */
    36, 44, 6,  55, 20, /* y = 1 */
    3,  10, 43, 25, 39, /* y = 2 */
    41, 45, 15, 21, 8,  /* y = 3 */
    18, 2,  61, 56, 14, /* y = 4 */
};

/* The step iota's constants: bits 2^j - 1 are the output of the standard's shift register. */
static const uint64_t KECCAK_ROUND[KECCAK_ROUNDS] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

#endif
