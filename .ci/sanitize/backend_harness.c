// The checked door under the sanitizers: what it computes, what it refuses and with which status, and many thousands of
// calls with random garbage: NULL, misaligned and overlapping arrays, absurd sizes, words out of range, other handles.
// Whatever is called, the process lives, and the sanitizers see no access outside the arrays.
//
//   clang -fsanitize=address,undefined -O1 -g -DAPUS_CHECKS -I CSupport/CApusBackend/include \
//     -I CSupport/CApusKernels/include -I CSupport/CApusRuntime/include .ci/sanitize/backend_harness.c \
//     CSupport/CApusBackend/*.c CSupport/CApusKernels/*.c CSupport/CApusRuntime/*.c -lpthread -o harness && ./harness
//
// and the same under -fsanitize=thread, with the libraries that runtime_harness.c names.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CApusKernels.h"
#include "CApusRuntime.h"
#include "apus_backend.h"

#define REQUIRE(condition) \
  ((condition) ? (void)0 : (fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition), exit(1)))
/* The call is refused with this status, and says why. */
#define REFUSED(status, call)                                                                            \
  do {                                                                                                   \
    apus_backend_status got = (call);                                                                    \
    if (got != (status) || !*apus_backend_message()) {                                                   \
      fprintf(stderr, "%s:%d: %s: status %d, \"%s\"\n", __FILE__, __LINE__, #call, got, apus_backend_message()); \
      exit(1);                                                                                           \
    }                                                                                                    \
  } while (0)
#define DONE(call)                                                                                       \
  do {                                                                                                   \
    apus_backend_status got = (call);                                                                    \
    if (got) {                                                                                           \
      fprintf(stderr, "%s:%d: %s: status %d, \"%s\"\n", __FILE__, __LINE__, #call, got, apus_backend_message()); \
      exit(1);                                                                                           \
    }                                                                                                    \
  } while (0)

static uint64_t seed = 11;
static uint64_t next_random(void) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return seed >> 24;
}

/* --- Garbage ----------------------------------------------------------------------------------------------------- */

/* All arrays of the random calls lie in one block, so that they meet. */
enum { BLOCK = 1 << 14, MOST_COLUMNS = 5 };
static uint8_t *block;

static const size_t absurd_sizes[] = {
    SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2, SIZE_MAX / 4 + 1, SIZE_MAX / 8 + 1, SIZE_MAX / 32 + 1, (size_t)1 << 63,
    APUS_BACKEND_MOST + 1,
};
static size_t absurd_size(void) { return absurd_sizes[next_random() % (sizeof absurd_sizes / sizeof *absurd_sizes)]; }

/* A count of values of `size` bytes, of which there are `most` in every array that some_array gives. */
static size_t some_count(size_t most) { return next_random() % 16 ? next_random() % (most + 1) : absurd_size(); }

/* NULL, or an array of `bytes` bytes in the block, mostly aligned to 8. */
static void *some_array(size_t bytes) {
  if (next_random() % 24 == 0) return NULL;
  size_t place = next_random() % (BLOCK - bytes + 1);
  return block + (next_random() % 12 ? place / 8 * 8 : place);
}

static void fill_block(void) {
  for (size_t i = 0; i < BLOCK; i += 4) {
    uint32_t word = (uint32_t)next_random() % 0x78000000u;
    if (next_random() % 20000 == 0) word = 0xffffffffu;
    memcpy(block + i, &word, 4);
  }
}

static size_t statuses[APUS_BACKEND_NOT_COMMITTED + 1];
static void count(apus_backend_status status) {
  REQUIRE(status >= APUS_BACKEND_OK && status <= APUS_BACKEND_NOT_COMMITTED);
  REQUIRE(status == APUS_BACKEND_OK || *apus_backend_message());
  statuses[status]++;
}

/* --- Each field -------------------------------------------------------------------------------------------------- */

static uint64_t power_modulo(uint64_t base, uint64_t exponent, uint64_t p) {
  unsigned __int128 result = 1, b = base % p;
  for (; exponent; exponent >>= 1, b = b * b % p)
    if (exponent & 1) result = result * b % p;
  return (uint64_t)result;
}

#define WORD uint32_t
#define P APUS_BABYBEAR_P
#define F(name) babybear_##name
#define CALL(name) apus_backend_babybear_##name
#define NTT apus_backend_babybear_ntt
#define MOST_LOG APUS_BABYBEAR_TWO_ADICITY
/* The word that stands for x, and back. */
#define INTO(x) ((WORD)(((uint64_t)(x) << 32) % P))
#define OUT_OF(w) ((uint64_t)(w) * power_modulo(power_modulo(2, 32, P), P - 2, P) % P)
#include "backend_harness.body.h"

#define WORD uint64_t
#define P APUS_GOLDILOCKS_P
#define F(name) goldilocks_##name
#define CALL(name) apus_backend_goldilocks_##name
#define NTT apus_backend_goldilocks_ntt
#define MOST_LOG APUS_GOLDILOCKS_TWO_ADICITY
#define INTO(x) ((WORD)(x))
#define OUT_OF(w) (w)
#include "backend_harness.body.h"

/* The range kernels see one word out of range, wherever it is, and none where there is none. */
static void check_range(apus_isa isa) {
  const apus_range_kernels *range = apus_range_kernels_for(isa);
  static const uint64_t bounds[] = {1, 2, 0x78000001u, UINT32_MAX, 1ull << 32, APUS_GOLDILOCKS_P, 1ull << 63, UINT64_MAX};
  for (size_t n = 0; n < 40; n++) {
    uint64_t *wide = malloc(8 * n);
    uint32_t *narrow = malloc(4 * n);
    for (size_t k = 0; k < sizeof bounds / sizeof *bounds; k++) {
      uint64_t bound = bounds[k];
      int is_narrow = bound <= UINT32_MAX;
      for (size_t i = 0; i < n; i++) {
        wide[i] = i % 3 ? next_random() % bound : bound - 1;
        narrow[i] = (uint32_t)wide[i];
      }
      REQUIRE(range->below64(wide, bound, n) && (!is_narrow || range->below32(narrow, (uint32_t)bound, n)));
      for (size_t i = 0; i < n; i++) {
        uint64_t was = wide[i], beyond = i % 2 ? UINT64_MAX : bound;
        wide[i] = beyond;
        REQUIRE(!range->below64(wide, bound, n));
        wide[i] = was;
        if (!is_narrow) continue;
        narrow[i] = i % 2 ? UINT32_MAX : (uint32_t)bound;
        REQUIRE(!range->below32(narrow, (uint32_t)bound, n));
        narrow[i] = (uint32_t)was;
      }
    }
    free(wide), free(narrow);
  }
}

/* --- What belongs to no field ------------------------------------------------------------------------------------ */

static void check_conversions(const apus_backend *b) {
  uint32_t any[40], words[40], back[40];
  for (int i = 0; i < 40; i++) any[i] = i < 3 ? UINT32_MAX - (uint32_t)i : (uint32_t)next_random();
  DONE(apus_backend_babybear_to_montgomery(b, words, any, 40));
  DONE(apus_backend_babybear_from_montgomery(b, back, words, 40));
  for (int i = 0; i < 40; i++) REQUIRE(back[i] == any[i] % APUS_BABYBEAR_P);
  REFUSED(APUS_BACKEND_WORD, apus_backend_babybear_from_montgomery(b, back, any, 40));
  REFUSED(APUS_BACKEND_NULL, apus_backend_babybear_to_montgomery(NULL, back, any, 40));
  uint64_t wide[3] = {UINT64_MAX, APUS_GOLDILOCKS_P, 5}, reduced[3];
  DONE(apus_backend_goldilocks_reduce(b, reduced, wide, 3));
  REQUIRE(reduced[0] == UINT64_MAX - APUS_GOLDILOCKS_P && reduced[1] == 0 && reduced[2] == 5);
}

static void check_messages(const apus_backend *b) {
  typedef void hash_fn(uint8_t digest[32], const uint8_t *message, size_t length);
  static const struct {
    apus_backend_hash hash;
    hash_fn *one;
  } hashes[] = {{APUS_BACKEND_BLAKE3, apus_blake3},
                {APUS_BACKEND_SHA256, apus_sha256},
                {APUS_BACKEND_KECCAK256, apus_keccak256},
                {APUS_BACKEND_SHA3_256, apus_sha3_256}};
  enum { N = 1500, LENGTH = 70 };
  uint8_t *messages = malloc(N * LENGTH), *digests = malloc(32 * N), one[32];
  for (size_t i = 0; i < N * LENGTH; i++) messages[i] = (uint8_t)next_random();
  for (size_t h = 0; h < sizeof hashes / sizeof *hashes; h++) {
    DONE(apus_backend_hash_messages(b, hashes[h].hash, digests, messages, LENGTH, N));
    for (size_t i = 0; i < N; i++) {
      hashes[h].one(one, messages + LENGTH * i, LENGTH);
      REQUIRE(!memcmp(one, digests + 32 * i, 32));
    }
    DONE(apus_backend_hash_messages(b, hashes[h].hash, digests, NULL, 0, 3));
    hashes[h].one(one, NULL, 0);
    REQUIRE(!memcmp(one, digests + 64, 32));
    DONE(apus_backend_hash_messages(b, hashes[h].hash, NULL, NULL, 64, 0));
  }
  REFUSED(APUS_BACKEND_UNKNOWN, apus_backend_hash_messages(b, APUS_BACKEND_POSEIDON2, digests, messages, 64, 1));
  REFUSED(APUS_BACKEND_UNKNOWN, apus_backend_hash_messages(b, 0, digests, messages, 64, 1));
  REFUSED(APUS_BACKEND_OVERLAP, apus_backend_hash_messages(b, APUS_BACKEND_SHA256, messages, messages, 64, 3));
  REFUSED(APUS_BACKEND_SIZE, apus_backend_hash_messages(b, APUS_BACKEND_SHA256, digests, messages, SIZE_MAX, 2));
  REFUSED(APUS_BACKEND_SIZE, apus_backend_hash_messages(b, APUS_BACKEND_SHA256, digests, messages, 1u << 31, 1u << 31));
  REFUSED(APUS_BACKEND_NULL, apus_backend_hash_messages(b, APUS_BACKEND_SHA256, NULL, messages, 64, 1));
  free(messages), free(digests);
}

static void write_profile(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  REQUIRE(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

/* Profiles that are refused, and one of this machine whose pieces are the smallest: the root is the same. */
static void check_profiles(void) {
  apus_backend *b = (apus_backend *)&seed;
  char path[] = "/tmp/apus-backend-XXXXXX";
  int descriptor = mkstemp(path);
  REQUIRE(descriptor >= 0 && close(descriptor) == 0);
  REFUSED(APUS_BACKEND_NULL, apus_backend_create_tuned(NULL, APUS_BACKEND_WIDEST, 1, &b));
  REQUIRE(b == NULL);
  REFUSED(APUS_BACKEND_NULL, apus_backend_create_tuned(path, APUS_BACKEND_WIDEST, 1, NULL));
  REFUSED(APUS_BACKEND_PROFILE, apus_backend_create_tuned("/no/such/profile", APUS_BACKEND_WIDEST, 1, &b));
  REFUSED(APUS_BACKEND_PROFILE, apus_backend_create_tuned(path, APUS_BACKEND_WIDEST, 1, &b));

  apus_processor here;
  apus_processor_read(&here);
  char text[1024];
  for (int other = 1; other >= 0; other--) {
    snprintf(text, sizeof text,
             "{\"format\": \"apus tuning\", \"version\": 1, \"cpu_vendor\": \"%s\", \"cpu_family\": %u, "
             "\"cpu_model\": %u, \"cpu_stepping\": %u, \"cpu_features\": \"%s\", \"cpu_count\": %u, "
             "\"cpu_cores\": %u, \"threads\": 1, \"affinity\": \"spread\", \"spin_microseconds\": 0, "
             "\"huge_pages\": \"never\", \"subtree_leaves\": 128}",
             here.vendor, here.family, here.model + (unsigned)other, here.stepping, here.features, here.cpus,
             here.cores);
    write_profile(path, text);
    if (other) REFUSED(APUS_BACKEND_OTHER_PROCESSOR, apus_backend_create_tuned(path, APUS_BACKEND_WIDEST, 0, &b));
  }
  DONE(apus_backend_create_tuned(path, APUS_BACKEND_WIDEST, 0, &b));
  REQUIRE(apus_backend_threads(b) == 1);
  apus_backend *plain;
  DONE(apus_backend_create(APUS_BACKEND_WIDEST, 2, &plain));
  enum { ROWS = 1024 };
  static uint32_t column[ROWS];
  for (uint32_t i = 0; i < ROWS; i++) column[i] = i;
  const uint32_t *columns[1] = {column};
  uint8_t roots[2][32];
  for (int k = 0; k < 2; k++) {
    apus_backend_tree *tree;
    DONE(apus_backend_babybear_commit(k ? plain : b, APUS_BACKEND_BLAKE3, columns, 1, ROWS, &tree));
    DONE(apus_backend_tree_root(tree, roots[k]));
    apus_backend_tree_destroy(tree);
  }
  REQUIRE(memcmp(roots[0], roots[1], 32) == 0);
  apus_backend_destroy(b), apus_backend_destroy(plain);
  remove(path);
}

static void check_backends(void) {
  apus_backend *b = (apus_backend *)&seed;
  REFUSED(APUS_BACKEND_NULL, apus_backend_create(APUS_BACKEND_WIDEST, 1, NULL));
  REFUSED(APUS_BACKEND_SIZE, apus_backend_create(APUS_BACKEND_WIDEST, APUS_BACKEND_MOST_THREADS + 1, &b));
  REQUIRE(b == NULL);
  REFUSED(APUS_BACKEND_SIZE, apus_backend_create(APUS_BACKEND_WIDEST, SIZE_MAX, &b));
  REFUSED(APUS_BACKEND_UNKNOWN, apus_backend_create(3, 1, &b));
  REFUSED(APUS_BACKEND_UNKNOWN, apus_backend_create(-2, 1, &b));
  REFUSED(APUS_BACKEND_UNKNOWN, apus_backend_create(INT32_MIN, 1, &b));
  if (!apus_isa_supported(APUS_ISA_AVX512))
    REFUSED(APUS_BACKEND_UNSUPPORTED, apus_backend_create(APUS_ISA_AVX512, 1, &b));
  REQUIRE(apus_backend_instruction_set(NULL) == -1 && apus_backend_threads(NULL) == 0);
  apus_backend_destroy(NULL);
  for (int status = -1; status <= APUS_BACKEND_OTHER_PROCESSOR + 1; status++) REQUIRE(*apus_backend_status_name(status));

  check_profiles();

  /* A tree outlives its backend. */
  DONE(apus_backend_create(APUS_BACKEND_WIDEST, 2, &b));
  REQUIRE(apus_backend_threads(b) == 2 && apus_backend_instruction_set(b) >= 0);
  uint32_t words[8] = {0};
  const uint32_t *columns[1] = {words};
  apus_backend_tree *tree;
  DONE(apus_backend_babybear_commit(b, APUS_BACKEND_BLAKE3, columns, 1, 8, &tree));
  apus_backend_destroy((apus_backend *)tree); /* left alone */
  apus_backend_tree_destroy((apus_backend_tree *)b);
  apus_backend_destroy(b);
  uint8_t root[32];
  DONE(apus_backend_tree_root(tree, root));
  apus_backend_tree_destroy(tree);
}

int main(void) {
  check_backends();
  block = malloc(BLOCK);
  for (int isa = APUS_ISA_PORTABLE; isa <= APUS_ISA_AVX512; isa++) {
    if (!apus_isa_supported((apus_isa)isa)) continue;
    apus_backend *b;
    DONE(apus_backend_create(isa, 3, &b));
    check_range((apus_isa)isa);
    check_conversions(b);
    check_messages(b);
    babybear_check(b);
    goldilocks_check(b);
    babybear_garbage(b, 40000);
    goldilocks_garbage(b, 40000);
    apus_backend_destroy(b);
    printf("instruction set %d: right, and nothing moves it\n", isa);
  }
  for (int status = 0; status <= APUS_BACKEND_NOT_COMMITTED; status++)
    printf("%8zu  %s\n", statuses[status], apus_backend_status_name(status));
  /* Garbage that never got through, or always, would test nothing. */
  for (int status = 0; status <= APUS_BACKEND_HANDLE; status++) REQUIRE(statuses[status] > 0);
  free(block);
  return 0;
}
