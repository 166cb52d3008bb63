// The checked calls over BabyBear.
#include "trees.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define WORD uint32_t
#define MODULUS APUS_BABYBEAR_P
#define ONE 0x0ffffffeu /* in Montgomery form */
#define FIELD babybear
#define FIELD_NAME "BabyBear"
#define KERNELS apus_babybear_kernels
#define BELOW(backend, words, n) (backend)->range->below32(words, MODULUS, n)
#define CALL(name) apus_backend_babybear_##name

#include "elementwise.body.h"

apus_backend_status apus_backend_babybear_to_montgomery(const apus_backend *backend, uint32_t *out, const uint32_t *in,
                                                        size_t n) {
  TRY(check_handle(backend, "backend", BACKEND_TAG));
  return run(backend, (Task){.operation = CONVERT, .convert = backend->babybear->to_montgomery, .takes_any = true,
                             .out = out, .a = in, .n = n});
}
apus_backend_status apus_backend_babybear_from_montgomery(const apus_backend *backend, uint32_t *out,
                                                          const uint32_t *in, size_t n) {
  TRY(check_handle(backend, "backend", BACKEND_TAG));
  return run(backend, (Task){.operation = CONVERT, .convert = backend->babybear->from_montgomery, .out = out, .a = in,
                             .n = n});
}

#define NTT apus_backend_babybear_ntt
#define NTT_TAG BABYBEAR_NTT_TAG
#define PLAN apus_babybear_ntt_plan
#define COSET apus_babybear_ntt_coset
#define RAW(name) apus_babybear_ntt_##name
#define TWO_ADICITY APUS_BABYBEAR_TWO_ADICITY

#include "transforms.body.h"

#define HASH_WORDS words32
#define COLUMN_WORDS words32
#define HASH(hash, isa) ((apus_merkle_hash){.words32 = hash_kernels(hash, isa)})

#include "commitments.body.h"
