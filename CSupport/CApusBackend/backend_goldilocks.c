// The checked calls over Goldilocks.
#include "trees.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define WORD uint64_t
#define MODULUS APUS_GOLDILOCKS_P
#define ONE 1
#define FIELD goldilocks
#define FIELD_NAME "Goldilocks"
#define KERNELS apus_goldilocks_kernels
#define BELOW(backend, words, n) (backend)->range->below64(words, MODULUS, n)
#define CALL(name) apus_backend_goldilocks_##name

#include "elementwise.body.h"

apus_backend_status apus_backend_goldilocks_reduce(const apus_backend *backend, uint64_t *out, const uint64_t *in,
                                                   size_t n) {
  TRY(check_handle(backend, "backend", BACKEND_TAG));
  return run(backend, (Task){.operation = CONVERT, .convert = backend->goldilocks->reduce, .takes_any = true, .out = out,
                             .a = in, .n = n});
}

#define NTT apus_backend_goldilocks_ntt
#define NTT_TAG GOLDILOCKS_NTT_TAG
#define PLAN apus_goldilocks_ntt_plan
#define COSET apus_goldilocks_ntt_coset
#define RAW(name) apus_goldilocks_ntt_##name
#define TWO_ADICITY APUS_GOLDILOCKS_TWO_ADICITY

#include "transforms.body.h"

#define HASH_WORDS words64
#define COLUMN_WORDS words64
#define HASH(name, isa) \
  ((apus_merkle_hash){  \
      .words64 = (name) == APUS_BACKEND_POSEIDON2 ? apus_poseidon2_goldilocks_wide_hash_kernels_for(isa) : NULL})

#include "commitments.body.h"
