/* Columns of zeros and ones, as bits - compiled by bits_portable.c, bits_avx2.c, bits_avx512.c.
 *
 * A block is 32 rows of 16 words; bit k of packed word w is 1 where word w of row k is one. So a packed vector gives a
 * bit of each lane to each row, on vectors of any length up to 16. */

enum { BLOCK = APUS_BITS_BLOCK, ROW = 16 };

typedef struct Ones {
  uint32_t words[ROW];
} Ones;

INLINE Ones ones_of(uint64_t one) {
  Ones ones;
  for (size_t i = 0; i < ROW; i++) ones.words[i] = (uint32_t)(i % 2 ? one >> 32 : one);
  return ones;
}

INLINE int pack_block(uint32_t *bits, const uint32_t *words, const Ones *ones) {
  V beyond = v_set1(0);
  for (size_t lane = 0; lane < ROW; lane += LANES) {
    V packed = v_set1(0), one = v_load(ones->words + lane);
    for (size_t row = BLOCK / ROW; row-- > 0;) {
      V x = v_load(words + ROW * row + lane);
      /* An upper half of a 64-bit one is zero, and so is its bit. */
      V bit = v_min(v_and(x, one), v_set1(1));
      beyond = v_or(beyond, v_xor(x, v_and(v_sub(v_set1(0), bit), one)));
      packed = v_add(v_add(packed, packed), bit);
    }
    v_store(bits + lane, packed);
  }
  uint32_t lanes[LANES], any = 0;
  v_store(lanes, beyond);
  for (size_t i = 0; i < LANES; i++) any |= lanes[i];
  return any == 0;
}

INLINE void unpack_block(uint32_t *words, const uint32_t *bits, const Ones *ones) {
  for (size_t lane = 0; lane < ROW; lane += LANES) {
    V packed = v_load(bits + lane), one = v_load(ones->words + lane);
    for (size_t row = 0; row < BLOCK / ROW; row++) {
      V bit = v_and(packed, v_set1(1));
      v_store(words + ROW * row + lane, v_and(v_sub(v_set1(0), bit), one));
      packed = v_shr(packed, 1);
    }
  }
}

static int pack(uint32_t *bits, const uint32_t *words, uint64_t one, size_t n) {
  const Ones ones = ones_of(one);
  for (; n >= BLOCK; n -= BLOCK, words += BLOCK, bits += ROW)
    if (!pack_block(bits, words, &ones)) return 0;
  if (n == 0) return 1;
  uint32_t rest[BLOCK] = {0};
  memcpy(rest, words, n * sizeof *rest);
  return pack_block(bits, rest, &ones);
}

static void unpack(uint32_t *words, const uint32_t *bits, uint64_t one, size_t n) {
  const Ones ones = ones_of(one);
  for (; n >= BLOCK; n -= BLOCK, words += BLOCK, bits += ROW) unpack_block(words, bits, &ones);
  if (n == 0) return;
  uint32_t rest[BLOCK];
  unpack_block(rest, bits, &ones);
  memcpy(words, rest, n * sizeof *rest);
}

const apus_bits_kernels LEVELED(apus_bits_kernels) = {pack, unpack};
