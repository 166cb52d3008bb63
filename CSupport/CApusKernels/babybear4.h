/* The quartic extension F[X] / (X^4 - 11) of BabyBear: see babybear_extension_ops.h. */
#define DEGREE 4
#define EXTENSION_KERNELS apus_babybear4_kernels

/* 11 b without the last correction: between -p and p. The constant coefficient has three such factors, which makes it
 * (1 / 4 + 3 / 2) p^2 at most. */
INLINE D e_carried(V b, int l) {
  (void)l;
  return bb_signed_mul(d_spread(b), d_spread(v_set1(0x37ffffe9)));
}
