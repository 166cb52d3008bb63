/* What a call refuses before it works: each check sets the thread's message and gives the status to return. */
#ifndef APUS_BACKEND_ARGUMENTS_H
#define APUS_BACKEND_ARGUMENTS_H

#include "apus_backend.h"

#include "CApusKernels.h"
#include "CApusRuntime.h"

/* Returns from the calling function what `call` returns unless that is APUS_BACKEND_OK. */
#define TRY(call)                                          \
  do {                                                     \
    apus_backend_status status_of_call = (call);           \
    if (status_of_call != APUS_BACKEND_OK) return status_of_call; \
  } while (0)

/* Handles begin with a word that tells their types apart. */
enum {
  BACKEND_TAG = 0x4b434142,
  BABYBEAR_NTT_TAG = 0x4e324242,
  GOLDILOCKS_NTT_TAG = 0x4e344c47,
  TREE_TAG = 0x45455254,
};

/* Where trees lie; lives until the backend and its last tree are gone. */
typedef struct Memory {
  _Atomic size_t owners;
  apus_arena *arena;
} Memory;
void release_memory(Memory *memory);

struct apus_backend {
  uint32_t tag;
  apus_isa isa;
  apus_pool *pool;
  Memory *memory;
  uint64_t machine_bytes; /* of memory that the process may use; 0: unknown */
  unsigned subtree_log;   /* of the leaves of the subtrees that a thread takes at a time */
  const apus_range_kernels *range;
  const apus_babybear_kernels *babybear;
  const apus_goldilocks_kernels *goldilocks;
};

/* Stores the message, cut to what there is room for; returns the status. */
apus_backend_status refuse(apus_backend_status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* `handle` is not NULL, aligned, and has the tag. */
apus_backend_status check_handle(const void *handle, const char *name, uint32_t tag);
/* `bytes` of memory are no more than half of the machine's. The system promises more than it has, and stops the process
 * that uses it. */
apus_backend_status check_memory(const apus_backend *backend, const char *what, uint64_t bytes);
apus_backend_status check_not_null(const void *pointer, const char *name);
/* `count` is at most `most`. */
apus_backend_status check_count(size_t count, const char *name, size_t most);
/* `rows` is a power of two up to 2^most_log. */
apus_backend_status check_power_of_two(size_t rows, const char *name, unsigned most_log);
/* An array of `count` values of `size` bytes, aligned to `alignment`, that does not wrap around; NULL only if it is
 * empty. */
apus_backend_status check_array(const void *array, const char *name, size_t count, size_t size, size_t alignment);

/* An array that a call reads or writes. */
typedef struct Extent {
  const void *start;
  size_t bytes;
  const char *name;
} Extent;

/* `out` overlaps `in` not at all, or is it. */
apus_backend_status check_same_or_apart(Extent out, Extent in);
/* `out` does not overlap `in`. */
apus_backend_status check_apart(Extent out, Extent in);
/* `count` pointers to columns of `rows` words of `size` bytes, each as in check_array. */
apus_backend_status check_columns(const void *const *columns, const char *name, size_t count, size_t rows, size_t size);
/* Columns of `bytes` bytes: out[c] is in[c], or overlaps no column of either; none overlaps the arrays of pointers. `in`
 * may be `out`. */
apus_backend_status check_columns_apart(const void *const *out, const void *const *in, size_t count, size_t bytes);

/* Whether a word that some worker refused stopped the call: set by workers, read when all are done. */
typedef struct Refused {
  _Atomic int any;
} Refused;
apus_backend_status check_words_accepted(Refused *refused, const char *what, const char *field);

#endif
