/* apus_backend.h - the kernels behind checked calls: field arithmetic, transforms, hashes and Merkle commitments on a
 * pool of threads, for C, C++, Rust and whatever else speaks C.
 *
 * Words. BabyBear words are in Montgomery form, x * 2^32 mod p, as the kernels take them; to_montgomery and
 * from_montgomery convert. Goldilocks words are canonical integers. Every call checks that the words it reads are below
 * p, unless it says that it takes any; where that, or a word refused, stops a call, what it was to write is undefined.
 * Errors. Every call that can fail returns a status, and apus_backend_message says, for the calling thread, what was
 * expected and what was found. NULL, sizes that overflow or are absurd, misaligned words, arrays that overlap where
 * they must not, words out of range, unknown names: all are refused before anything is written but as said above. What
 * cannot be checked is the caller's part: a pointer that is not NULL points to as many values as the count beside it
 * says, and a handle is one that was not destroyed.
 * Arrays. Words are aligned to their own size. An output may be the same array as an input of the same length, unless a
 * call says otherwise; it must not overlap an input, or another output, in any other way.
 * Threads. Every call may be made from any thread, handles may be used by several at once. Calls on one backend at one
 * time take turns with its threads. Results do not depend on instruction set or threads. */
#ifndef APUS_BACKEND_H
#define APUS_BACKEND_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Errors ----------------------------------------------------------------------------------------------------- */

typedef int32_t apus_backend_status;
enum {
  APUS_BACKEND_OK = 0,
  APUS_BACKEND_NULL = 1,          /* a pointer is NULL that must not be */
  APUS_BACKEND_SIZE = 2,          /* a size, count or index is out of range, no power of two, or does not fit another */
  APUS_BACKEND_ALIGNMENT = 3,     /* a pointer to words is not aligned to their size */
  APUS_BACKEND_OVERLAP = 4,       /* arrays overlap that must not */
  APUS_BACKEND_WORD = 5,          /* a word is not below p, or zero where it must not be */
  APUS_BACKEND_UNKNOWN = 6,       /* no such instruction set or hash, or a hash that does not take this input */
  APUS_BACKEND_HANDLE = 7,        /* a handle of another type, or of another size than the call needs */
  APUS_BACKEND_UNSUPPORTED = 8,   /* this machine does not run that instruction set */
  APUS_BACKEND_NO_RESOURCES = 9,  /* memory or threads that the system does not have */
  APUS_BACKEND_NOT_COMMITTED = 10, /* the row and its path do not lead to the root */
  APUS_BACKEND_PROFILE = 11,       /* a tuning profile that cannot be read, or is none that this version knows */
  APUS_BACKEND_OTHER_PROCESSOR = 12 /* a tuning profile made on another processor, or where other CPUs were allowed */
};

/* A short text for the status, such as "overlapping arrays"; "unknown status" for a number that is none. */
const char *apus_backend_status_name(apus_backend_status status);
/* What went wrong in the last call of this thread that failed; empty if none did. Valid until the next call of this
 * thread that fails. */
const char *apus_backend_message(void);

/* The most words or bytes that an array may have: more than any machine's memory. */
#define APUS_BACKEND_MOST ((size_t)1 << 40)
/* The most columns. */
#define APUS_BACKEND_MOST_COLUMNS ((size_t)1 << 20)
/* The most threads; more than there are CPUs is allowed, and slower. */
#define APUS_BACKEND_MOST_THREADS 1024

/* ---- Backend: an instruction set and a pool of threads ------------------------------------------------------------ */

typedef struct apus_backend apus_backend;

/* An apus_isa, or the widest that this machine runs. */
#define APUS_BACKEND_WIDEST (-1)

/* threads: 0: one for each CPU that the process may use. *backend is set to NULL where the call fails. */
apus_backend_status apus_backend_create(int32_t instruction_set, size_t threads, apus_backend **backend);
/* The same with a tuning profile, as `apus tune` writes it: threads, unless given here, their places, how long they spin,
 * huge pages, and the pieces of trees. Its choices of instruction sets are left out: a backend has one.
 *
 * profile  the file's path
 * After APUS_BACKEND_OTHER_PROCESSOR apus_backend_create is the way to go on. */
apus_backend_status apus_backend_create_tuned(const char *profile, int32_t instruction_set, size_t threads,
                                              apus_backend **backend);
/* NULL does nothing; a handle of another type is left alone. No call on it may be under way. */
void apus_backend_destroy(apus_backend *backend);
/* What is in force; -1 and 0 for NULL. */
int32_t apus_backend_instruction_set(const apus_backend *backend);
size_t apus_backend_threads(const apus_backend *backend);

/* ---- Arithmetic: for 0 <= i < n, any n --------------------------------------------------------------------------- */

/* out[i] = a[i] + b[i], a[i] - b[i], a[i] * b[i]. */
apus_backend_status apus_backend_babybear_add(const apus_backend *backend, uint32_t *out, const uint32_t *a,
                                              const uint32_t *b, size_t n);
apus_backend_status apus_backend_babybear_sub(const apus_backend *backend, uint32_t *out, const uint32_t *a,
                                              const uint32_t *b, size_t n);
apus_backend_status apus_backend_babybear_mul(const apus_backend *backend, uint32_t *out, const uint32_t *a,
                                              const uint32_t *b, size_t n);
/* out[i] = s * a[i]. */
apus_backend_status apus_backend_babybear_scale(const apus_backend *backend, uint32_t *out, const uint32_t *a,
                                                uint32_t s, size_t n);
/* out[i] = a[i] * b[i] + c[i]. */
apus_backend_status apus_backend_babybear_mul_add(const apus_backend *backend, uint32_t *out, const uint32_t *a,
                                                  const uint32_t *b, const uint32_t *c, size_t n);
/* out[i] = 1 / a[i], and 0 where a[i] is 0. */
apus_backend_status apus_backend_babybear_inverse(const apus_backend *backend, uint32_t *out, const uint32_t *a,
                                                  size_t n);
/* Into and out of Montgomery form; to_montgomery takes any 32-bit words, modulo p. */
apus_backend_status apus_backend_babybear_to_montgomery(const apus_backend *backend, uint32_t *out, const uint32_t *in,
                                                        size_t n);
apus_backend_status apus_backend_babybear_from_montgomery(const apus_backend *backend, uint32_t *out,
                                                          const uint32_t *in, size_t n);

apus_backend_status apus_backend_goldilocks_add(const apus_backend *backend, uint64_t *out, const uint64_t *a,
                                                const uint64_t *b, size_t n);
apus_backend_status apus_backend_goldilocks_sub(const apus_backend *backend, uint64_t *out, const uint64_t *a,
                                                const uint64_t *b, size_t n);
apus_backend_status apus_backend_goldilocks_mul(const apus_backend *backend, uint64_t *out, const uint64_t *a,
                                                const uint64_t *b, size_t n);
apus_backend_status apus_backend_goldilocks_scale(const apus_backend *backend, uint64_t *out, const uint64_t *a,
                                                  uint64_t s, size_t n);
apus_backend_status apus_backend_goldilocks_mul_add(const apus_backend *backend, uint64_t *out, const uint64_t *a,
                                                    const uint64_t *b, const uint64_t *c, size_t n);
apus_backend_status apus_backend_goldilocks_inverse(const apus_backend *backend, uint64_t *out, const uint64_t *a,
                                                    size_t n);
/* out[i] = in[i] mod p, for any 64-bit words. */
apus_backend_status apus_backend_goldilocks_reduce(const apus_backend *backend, uint64_t *out, const uint64_t *in,
                                                   size_t n);

/* ---- Transforms of many columns ---------------------------------------------------------------------------------- */

/* A size, 2^log_rows, and a coset of the subgroup of that order. Order of values and coefficients: apus_ntt.h. */
typedef struct apus_backend_babybear_ntt apus_backend_babybear_ntt;
typedef struct apus_backend_goldilocks_ntt apus_backend_goldilocks_ntt;

/* log_rows  up to 27 for BabyBear, 32 for Goldilocks
 * shift     of the coset, not zero; for the subgroup, 1 (for BabyBear in Montgomery form, 0x0ffffffe)
 * *ntt is set to NULL where the call fails. */
apus_backend_status apus_backend_babybear_ntt_create(const apus_backend *backend, size_t log_rows, uint32_t shift,
                                                     apus_backend_babybear_ntt **ntt);
apus_backend_status apus_backend_goldilocks_ntt_create(const apus_backend *backend, size_t log_rows, uint64_t shift,
                                                       apus_backend_goldilocks_ntt **ntt);
/* NULL does nothing; a handle of another type is left alone. */
void apus_backend_babybear_ntt_destroy(apus_backend_babybear_ntt *ntt);
void apus_backend_goldilocks_ntt_destroy(apus_backend_goldilocks_ntt *ntt);

/* Coefficients in bit-reversed order to values in natural order, or back, for `columns` columns of `rows` words each:
 * rows says what the caller takes the size for, and is compared. out[c] may be in[c]. */
apus_backend_status apus_backend_babybear_ntt_forward(const apus_backend *backend, const apus_backend_babybear_ntt *ntt,
                                                      uint32_t *const *out, const uint32_t *const *in, size_t columns,
                                                      size_t rows);
apus_backend_status apus_backend_babybear_ntt_inverse(const apus_backend *backend, const apus_backend_babybear_ntt *ntt,
                                                      uint32_t *const *out, const uint32_t *const *in, size_t columns,
                                                      size_t rows);
apus_backend_status apus_backend_goldilocks_ntt_forward(const apus_backend *backend,
                                                        const apus_backend_goldilocks_ntt *ntt, uint64_t *const *out,
                                                        const uint64_t *const *in, size_t columns, size_t rows);
apus_backend_status apus_backend_goldilocks_ntt_inverse(const apus_backend *backend,
                                                        const apus_backend_goldilocks_ntt *ntt, uint64_t *const *out,
                                                        const uint64_t *const *in, size_t columns, size_t rows);
/* Exchanges bit-reversed and natural order of columns of any words, in place. */
apus_backend_status apus_backend_babybear_ntt_bit_reverse(const apus_backend *backend,
                                                          const apus_backend_babybear_ntt *ntt,
                                                          uint32_t *const *columns, size_t count, size_t rows);
apus_backend_status apus_backend_goldilocks_ntt_bit_reverse(const apus_backend *backend,
                                                            const apus_backend_goldilocks_ntt *ntt,
                                                            uint64_t *const *columns, size_t count, size_t rows);

/* ---- Hashes to 32 bytes ------------------------------------------------------------------------------------------ */

typedef int32_t apus_backend_hash;
enum {
  APUS_BACKEND_BLAKE3 = 1,
  APUS_BACKEND_SHA256 = 2,
  APUS_BACKEND_POSEIDON2 = 3, /* of rows only; over Goldilocks the only one */
  APUS_BACKEND_KECCAK256 = 4,
  APUS_BACKEND_SHA3_256 = 5
};

/* digests[32 * i ..] = the hash of message i of n, `length` bytes each, one after the other. digests overlaps no message,
 * not even as the same array: threads write where others read. */
apus_backend_status apus_backend_hash_messages(const apus_backend *backend, apus_backend_hash hash, uint8_t *digests,
                                               const uint8_t *messages, size_t length, size_t n);
/* digests[32 * i ..] = the hash of row i of `columns` columns, 0 <= i < rows. What is hashed: apus_hash.h, and
 * apus_poseidon2.h (the wide tables). digests overlaps no column. */
apus_backend_status apus_backend_babybear_hash_rows(const apus_backend *backend, apus_backend_hash hash,
                                                    uint8_t *digests, const uint32_t *const *columns, size_t count,
                                                    size_t rows);
apus_backend_status apus_backend_goldilocks_hash_rows(const apus_backend *backend, apus_backend_hash hash,
                                                      uint8_t *digests, const uint64_t *const *columns, size_t count,
                                                      size_t rows);

/* ---- Merkle commitments ------------------------------------------------------------------------------------------ */

/* All levels of a tree over the rows of a matrix; keeps no column. A leaf is the hash of a row, a node that of its two
 * children's 64 bytes. */
typedef struct apus_backend_tree apus_backend_tree;

/* rows: a power of two up to 2^32. *tree is set to NULL where the call fails. */
apus_backend_status apus_backend_babybear_commit(const apus_backend *backend, apus_backend_hash hash,
                                                 const uint32_t *const *columns, size_t count, size_t rows,
                                                 apus_backend_tree **tree);
apus_backend_status apus_backend_goldilocks_commit(const apus_backend *backend, apus_backend_hash hash,
                                                   const uint64_t *const *columns, size_t count, size_t rows,
                                                   apus_backend_tree **tree);
/* NULL does nothing; a handle of another type is left alone. */
void apus_backend_tree_destroy(apus_backend_tree *tree);
apus_backend_status apus_backend_tree_root(const apus_backend_tree *tree, uint8_t root[32]);
/* The siblings of leaf `row`, from the leaves to below the root: log2(rows) digests of 32 bytes; `bytes` is the room at
 * `path`, and is compared. */
apus_backend_status apus_backend_tree_path(const apus_backend_tree *tree, size_t row, uint8_t *path, size_t bytes);

/* APUS_BACKEND_OK if a matrix of `rows` rows with this root holds `words` as row `row`; APUS_BACKEND_NOT_COMMITTED if
 * not. `path` as above, `bytes` long. Computed on the calling thread. */
apus_backend_status apus_backend_babybear_verify(apus_backend_hash hash, const uint8_t root[32], const uint32_t *words,
                                                 size_t count, size_t row, size_t rows, const uint8_t *path,
                                                 size_t bytes);
apus_backend_status apus_backend_goldilocks_verify(apus_backend_hash hash, const uint8_t root[32],
                                                   const uint64_t *words, size_t count, size_t row, size_t rows,
                                                   const uint8_t *path, size_t bytes);

#ifdef __cplusplus
}
#endif
#endif
