/* The Poseidon2 permutations over BabyBear, lane = state, words in [0, p) throughout - compiled by
 * poseidon2_babybear_portable.c, poseidon2_babybear_avx2.c, poseidon2_babybear_avx512.c. */
#include "poseidon2_babybear_words.h"
#include "poseidon2_constants.h"

#include "poseidon2_mix.body.h"

INLINE void external_layer(V *s, int width) { mix(s, width); }

#include "poseidon2_rounds.body.h"

#include "poseidon2_babybear_partial.body.h"

static NOINLINE void full16(V *state, const uint32_t *constants) { full_rounds(state, 16, constants); }
static NOINLINE void full24(V *state, const uint32_t *constants) { full_rounds(state, 24, constants); }
static NOINLINE void partial16(State *states) { partial_rounds(states[0], 16, POSEIDON2_BABYBEAR16_INTERNAL, 13); }
static NOINLINE void partial24(State *states) { partial_rounds(states[0], 24, POSEIDON2_BABYBEAR24_INTERNAL, 21); }

static void permute16(State *states) { permute(states, 16, full16, partial16, POSEIDON2_BABYBEAR16_EXTERNAL[0]); }
static void permute24(State *states) { permute(states, 24, full24, partial24, POSEIDON2_BABYBEAR24_EXTERNAL[0]); }
