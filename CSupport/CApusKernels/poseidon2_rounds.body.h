/* The rounds of Poseidon2, for either field. Included by poseidon2_babybear.body.h and poseidon2_goldilocks.body.h,
 * which define external_layer(VECTOR *state, int width); poseidon2_babybear_words.h and poseidon2_goldilocks_words.h
 * define
 *
 *   WORD, VECTOR, MAXIMUM_WIDTH   a word, a vector of words, the largest width
 *   WAYS                          how many states take the partial rounds side by side
 *   add_constant(x, c)            an external or internal layer's vector and a round constant: what factor takes
 *   reduced(x)                    an external layer's vector with words in [0, p)
 *   FACTOR, factor                what products are made of; a vector as one
 *   mul, square, last_mul         products: of factors; in [0, p)
 *   ABREAST(width)                how many S-boxes go through their products side by side; divides the width */

/* States, one in each lane. */
typedef VECTOR State[MAXIMUM_WIDTH];

#define EACH UNROLLED for (int i = 0; i < n; i++)

/* x[i] = (x[i] + constants[i * step])^7 for 0 <= i < n. A product waits for the one before it, so all
 * are a product further before any goes on. */
INLINE void sboxes(VECTOR *x, int n, const WORD *constants, int step) {
  FACTOR x1[MAXIMUM_WIDTH], x2[MAXIMUM_WIDTH], x3[MAXIMUM_WIDTH], x4[MAXIMUM_WIDTH];
  EACH x1[i] = factor(add_constant(x[i], constants[i * step]));
  EACH x2[i] = square(x1[i]);
  EACH x3[i] = mul(x2[i], x1[i]);
  EACH x4[i] = square(x2[i]);
  EACH x[i] = last_mul(x3[i], x4[i]);
}

INLINE void full_round(VECTOR *s, int width, const WORD *constants) {
  UNROLLED for (int i = 0; i < width; i += ABREAST(width))
    sboxes(s + i, ABREAST(width), constants + i, 1);
  external_layer(s, width);
}

/* Loops over rounds stay loops, and what each width does in all its rounds is one function: a permutation's code,
 * unrolled, would not fit the caches of instructions, and with two copies of the full rounds it does not either. */
#define ROUNDS _Pragma("clang loop unroll(disable)") for
#define NOINLINE __attribute__((noinline))

/* Registers that do not suffice are kept on the stack, which the compiler does not align for that alone: half or all of
 * those vectors would cross cache lines, by chance of where the stack is. It does for an object that asks for it. */
#define ALIGNED_FRAME                            \
  struct {                                       \
    _Alignas(64) char start;                     \
  } frame;                                       \
  __asm__ volatile("" : "=m"(frame))

/* Four of them, from words in [0, p) to words in [0, p), in a copy that registers can hold. */
INLINE void full_rounds(VECTOR *state, int width, const WORD *constants) {
  ALIGNED_FRAME;
  State s;
  UNROLLED for (int i = 0; i < width; i++) s[i] = state[i];
  ROUNDS (int round = 0; round < 4; round++) full_round(s, width, constants + round * width);
  UNROLLED for (int i = 0; i < width; i++) state[i] = reduced(s[i]);
}

/* Permutes WAYS states by `full`, full_rounds of one, and `partial`, all partial rounds of all. `constants` are those
 * of the eight full rounds. */
#define EACH_WAY UNROLLED for (int way = 0; way < WAYS; way++)
INLINE void permute(State *states, int width, void (*full)(VECTOR *, const WORD *), void (*partial)(State *),
                    const WORD *constants) {
  EACH_WAY {
    external_layer(states[way], width);
    full(states[way], constants);
  }
  partial(states);
  EACH_WAY full(states[way], constants + 4 * width);
}
