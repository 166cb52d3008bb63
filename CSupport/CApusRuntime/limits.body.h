/* The loops of apus_limits.h over one vector width: SUFFIX names it, V is its vector, and MULTIPLY(k), ADD(k) and XOR(k)
 * are its instructions on operand k. The compiler, which would see that nothing is done with the results, meets
 * assembly. */

#define NAME2(a, b) a##_##b
#define NAME1(a, b) NAME2(a, b)
#define NAME(a) NAME1(a, SUFFIX)

/* Twelve chains: two multipliers of a latency of up to six cycles, or four adders of up to three, stay busy. */
#define REPEATED(twelve)                                                                                           \
  V a, b, c, d, e, f, g, h, i, j, k, l;                                                                            \
  a = b = c = d = e = f = g = h = i = j = k = l = (V){1};                                                          \
  const V x = {3};                                                                                                 \
  for (size_t round = 0; round < rounds; round++)                                                                  \
    __asm__ volatile(twelve                                                                                        \
                     : "+x"(a), "+x"(b), "+x"(c), "+x"(d), "+x"(e), "+x"(f), "+x"(g), "+x"(h), "+x"(i), "+x"(j),   \
                       "+x"(k), "+x"(l)                                                                            \
                     : "x"(x));

static void NAME(multiply)(size_t rounds) {
  REPEATED(MULTIPLY(0) MULTIPLY(1) MULTIPLY(2) MULTIPLY(3) MULTIPLY(4) MULTIPLY(5) MULTIPLY(6) MULTIPLY(7) MULTIPLY(8)
               MULTIPLY(9) MULTIPLY(10) MULTIPLY(11))
}

static void NAME(add)(size_t rounds) {
  REPEATED(ADD(0) XOR(1) ADD(2) XOR(3) ADD(4) XOR(5) ADD(6) XOR(7) ADD(8) XOR(9) ADD(10) XOR(11))
}

static void NAME(read)(const void *from, size_t bytes) {
  const V *p = from, *end = p + bytes / sizeof(V);
  for (; p < end; p += 8)
    for (int i = 0; i < 8; i++) {
      V x = p[i];
      __asm__ volatile("" : : "x"(x));
    }
}

static void NAME(copy)(void *to, const void *from, size_t bytes) {
  const V *p = from, *end = p + bytes / sizeof(V);
  V *q = to;
  for (; p < end; p += 8, q += 8) {
    V x0 = p[0], x1 = p[1], x2 = p[2], x3 = p[3], x4 = p[4], x5 = p[5], x6 = p[6], x7 = p[7];
    /* Keeps the loop from becoming a call of memcpy, which may store past the caches. */
    __asm__ volatile("" : "+x"(x0), "+x"(x1), "+x"(x2), "+x"(x3), "+x"(x4), "+x"(x5), "+x"(x6), "+x"(x7));
    q[0] = x0, q[1] = x1, q[2] = x2, q[3] = x3, q[4] = x4, q[5] = x5, q[6] = x6, q[7] = x7;
  }
}

#undef REPEATED
#undef NAME
#undef NAME1
#undef NAME2
#undef SUFFIX
#undef V
#undef MULTIPLY
#undef ADD
#undef XOR
