/* The quintic extension F[X] / (X^5 - 2) of BabyBear: see babybear_extension_ops.h. */
#define DEGREE 5
#define EXTENSION_KERNELS apus_babybear5_kernels

/* Twice a centred word is at most p - 1 in size, but 2 b_1 is centred again: so the constant coefficient's five
 * products, a_0 b_0 + a_4 2b_1 and three with other doubles, come to at most (2 / 4 + 3 / 2) p^2 = 2 p^2. */
INLINE D e_carried(V b, int l) {
  V centred = bb_centred(b);
  return d_spread(l == 1 ? bb_centred(bb_double(b)) : v_add(centred, centred));
}
