/* A tuning: choices that change how fast work is done and never what comes out. A profile: a tuning in a file, as
 * `apus tune` writes it, with the name of the processor that it was found on. */
#ifndef APUS_TUNING_H
#define APUS_TUNING_H

#include <stddef.h>
#include <stdint.h>

#include "apus_nullability.h"
#include "apus_processor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What can be chosen. The number of a knob may change with the library's major version, its key never. */
typedef enum apus_knob {
  /* Workers of the pool; 0: one for each usable CPU. More than there are usable CPUs counts as that. */
  APUS_KNOB_THREADS,
  /* Where the pool's threads are pinned: apus_affinity. */
  APUS_KNOB_AFFINITY,
  /* How long an idle worker spins before it sleeps. */
  APUS_KNOB_SPIN_MICROSECONDS,
  /* Whether the arena asks for huge pages: 0 never, 1 by madvise. */
  APUS_KNOB_HUGE_PAGES,
  /* Rows of columns that a worker takes at a time. */
  APUS_KNOB_BLOCK_ROWS,
  /* Leaves of the Merkle subtrees that a worker takes at a time. */
  APUS_KNOB_SUBTREE_LEAVES,
  /* Work on fewer field elements than this is done by the calling thread alone. */
  APUS_KNOB_SPLIT_CELLS,
  /* The instruction set of a kernel family, for columns below APUS_TUNING_LARGE_ROWS rows and for the others: 0 the
   * widest there is, 1 portable, 2 avx2, 3 avx512. */
  APUS_KNOB_ISA_FIELD_SMALL,
  APUS_KNOB_ISA_FIELD_LARGE,
  APUS_KNOB_ISA_NTT_SMALL,
  APUS_KNOB_ISA_NTT_LARGE,
  APUS_KNOB_ISA_POSEIDON2_SMALL,
  APUS_KNOB_ISA_POSEIDON2_LARGE,
  APUS_KNOB_ISA_BLAKE3_SMALL,
  APUS_KNOB_ISA_BLAKE3_LARGE,
  APUS_KNOB_ISA_SHA256_SMALL,
  APUS_KNOB_ISA_SHA256_LARGE,
  APUS_KNOB_ISA_KECCAK256_SMALL,
  APUS_KNOB_ISA_KECCAK256_LARGE,
  APUS_KNOB_ISA_EVALUATE_SMALL,
  APUS_KNOB_ISA_EVALUATE_LARGE,
  APUS_KNOB_COUNT
} apus_knob;

#define APUS_TUNING_LARGE_ROWS 16384
#define APUS_TUNING_MAXIMUM_BYTES 16384

/* To be read and written by the functions below. The room is for later knobs. */
typedef struct apus_tuning {
  int32_t values[64];
} apus_tuning;

typedef struct apus_knob_range {
  const char *_Nonnull key;                      /* in profiles */
  int32_t least, most;
  int32_t preset;                                /* what stands where nothing was chosen */
  int power_of_two;                              /* 1: values between least and most are powers of two */
  const char *_Nonnull const *_Nullable words;   /* words[value], for most + 1 values; NULL: profiles show the number */
} apus_knob_range;

/* NULL for a number that is no knob. */
const apus_knob_range *_Nullable apus_tuning_range(apus_knob knob);
/* Every knob at its preset. */
void apus_tuning_reset(apus_tuning *_Nonnull tuning);
/* -1 for a number that is no knob. */
int32_t apus_tuning_get(const apus_tuning *_Nonnull tuning, apus_knob knob);
/* 1, or 0 and nothing is changed: no such knob, or a value outside of its range. */
int apus_tuning_set(apus_tuning *_Nonnull tuning, apus_knob knob, int32_t value);

typedef enum apus_tuning_status {
  APUS_TUNING_OK = 0,
  APUS_TUNING_INVALID_ARGUMENT = 1, /* NULL where it must not be */
  APUS_TUNING_UNREADABLE = 2,       /* the system does not give the file */
  APUS_TUNING_TOO_LARGE = 3,        /* more than APUS_TUNING_MAXIMUM_BYTES */
  APUS_TUNING_MALFORMED = 4,        /* no flat JSON object of strings and whole numbers */
  APUS_TUNING_UNKNOWN_FORMAT = 5,   /* another format, or a version that this library does not know */
  APUS_TUNING_UNKNOWN_KEY = 6,
  APUS_TUNING_DUPLICATE_KEY = 7,
  APUS_TUNING_MISSING_KEY = 8,
  APUS_TUNING_WRONG_VALUE = 9,      /* of the wrong kind, or out of range */
  APUS_TUNING_OTHER_PROCESSOR = 10  /* a sound profile, but made on another processor */
} apus_tuning_status;

typedef struct apus_tuning_error {
  size_t position;   /* of the byte that is wrong; 0 where no byte is */
  char message[256]; /* what was expected and what was found, NUL-terminated */
} apus_tuning_error;

/* Reads a profile's bytes, which may be any.
 *
 * text     length bytes; may be NULL if length is 0
 * tuning   knobs that the profile does not name are at their presets; all of them, unless the result is APUS_TUNING_OK
 * made_on  the processor it names
 * error    may be NULL; empty if the result is APUS_TUNING_OK */
apus_tuning_status apus_tuning_parse(const char *_Nullable text, size_t length, apus_tuning *_Nullable tuning,
                                     apus_processor *_Nullable made_on, apus_tuning_error *_Nullable error);
/* Reads a profile from a file and holds it against this processor; `tuning` and `error` as above. A profile of another
 * processor is APUS_TUNING_OTHER_PROCESSOR and leaves the presets: a reason to warn, and to go on. */
apus_tuning_status apus_tuning_read(const char *_Nullable path, apus_tuning *_Nullable tuning,
                                    apus_tuning_error *_Nullable error);

#ifdef __cplusplus
}
#endif
#endif
