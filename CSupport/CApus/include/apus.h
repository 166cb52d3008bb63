/* apus.h - the prover and verifier of Apus for C, C++, Rust and whatever else speaks C.
 *
 * In four steps (Examples/c/fibonacci.c is the whole of it):
 *   1. apus_graph_create, then one call for each column, constant, sum, product and constraint; apus_graph_seal.
 *   2. Fill an apus_claim: the graph, the number of rows, the public values.
 *   3. apus_prove with the trace's columns gives the proof's bytes.
 *   4. apus_verify with the same claim, built by whoever verifies, says whether the bytes prove it.
 *
 * Words. Field elements are BabyBear's, p = 2013265921, as canonical uint32_t below p in the machine's byte order;
 * a word that is not below p is refused.
 * Errors. A call that can fail returns an apus_status; apus_error_message says, for the calling thread, what was
 * expected and what was found. No argument makes the library abort: not NULL, not an absurd size, not hostile proof
 * bytes. What cannot be checked is the caller's part: a pointer that is not NULL points to as many values as the
 * count beside it says, and a handle is one of the stated type that was not destroyed.
 * Threads. Every call may be made from any thread. Engines, sealed graphs and bytes may be used by several threads at
 * once; they are destroyed when none uses them any more. Proofs on one engine at one time share its threads.
 * Strings are UTF-8, end in NUL, and belong to the library where it returns them; names have at most 255 bytes.
 * Outputs are written on success only; handles are set to NULL otherwise. */
#ifndef APUS_H
#define APUS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ---------------------------------------------------------------------------------------------------- */

#define APUS_VERSION_MAJOR 1
#define APUS_VERSION_MINOR 1
#define APUS_VERSION_PATCH 0

/* The version of the library that runs: major << 16 | minor << 8 | patch. Within one major version, what this header
 * promises stays: compare with APUS_VERSION_MAJOR and, for what came later, with the minor number. */
uint32_t apus_version(void);
/* The same as text, "1.1.0". */
const char *apus_version_text(void);

/* ---- Errors ----------------------------------------------------------------------------------------------------- */

typedef int32_t apus_status;
enum {
  APUS_OK = 0,
  APUS_INVALID_ARGUMENT = 1,  /* NULL where it must not be, a size or word out of range, an unknown name */
  APUS_UNSUPPORTED = 2,       /* this machine does not run that instruction set */
  APUS_NO_RESOURCES = 3,      /* memory or threads that the system does not have */
  APUS_INVALID_STATEMENT = 4, /* a graph or claim of which no proof can be made under the level asked for */
  APUS_UNSATISFIED = 5,       /* the trace breaks a constraint: the message says which, where and what it reads */
  APUS_INVALID_PROOF = 6,     /* the bytes do not prove the claim at the level demanded */
  APUS_CANCELLED = 7,         /* the progress callback said so */
  APUS_INTERNAL = 8,          /* a fault of the library; please report it with the message */
  APUS_INVALID_PROFILE = 9,   /* a tuning profile that cannot be read, or is none that this version knows */
  APUS_OTHER_PROCESSOR = 10   /* a tuning profile that was made on another processor */
};

/* A short text for the status, such as "invalid argument"; "unknown status" for a number that is none. */
const char *apus_status_name(apus_status status);
/* What went wrong in the last call of this thread that failed; empty if none did. Valid until the next call of this
 * thread that fails. */
const char *apus_error_message(void);

/* ---- Engine: an instruction set, a pool of threads, memory that is reused --------------------------------------- */

typedef struct apus_engine apus_engine;

/* instruction_set  "portable", "avx2" or "avx512"; NULL: the widest that this machine runs
 * threads          from 1 to 1024; 0: one for each CPU that the process may use (affinity and cgroup quota)
 * Proofs do not depend on either, to the byte. */
apus_status apus_engine_create(const char *instruction_set, size_t threads, apus_engine **engine);
/* The same with a tuning profile, as `apus tune` writes it; since version 1.1. instruction_set and threads, if given,
 * win over it.
 *
 * profile  the file's path, at most 4095 bytes
 * APUS_INVALID_PROFILE names the first wrong byte. APUS_OTHER_PROCESSOR says that the profile was made on another
 * processor, or where other CPUs were allowed: apus_engine_create is then the way to go on. */
apus_status apus_engine_create_tuned(const char *profile, const char *instruction_set, size_t threads,
                                     apus_engine **engine);
/* NULL does nothing. */
void apus_engine_destroy(apus_engine *engine);
/* What is in force; NULL and 0 for a NULL engine. */
const char *apus_engine_instruction_set(const apus_engine *engine);
size_t apus_engine_threads(const apus_engine *engine);

/* ---- Constraint graph: what must hold on the rows of a trace ---------------------------------------------------- */

typedef struct apus_graph apus_graph;
/* An expression of one graph. Equal expressions get equal numbers. */
typedef uint32_t apus_node;
/* What a call returns that could not give an expression. */
#define APUS_NO_NODE ((apus_node)0)

/* Rows on which a constraint holds. */
typedef uint32_t apus_rows;
enum {
  APUS_EVERY_ROW = 0,
  APUS_FIRST_ROW = 1,
  APUS_LAST_ROW = 2,
  APUS_EACH_STEP = 3,       /* all rows but the last: there, rotation 1 is the next row */
  APUS_EACH_AFTER_FIRST = 4 /* all rows but the first: there, rotation -1 is the row before */
};

/* An empty graph, to be filled by the calls below and then sealed.
 *
 * name           names the statement; proofs are bound to it
 * columns        of the trace, 1 to 65,536
 * public_values  0 to 1,048,576
 * public_rows    0 to 65,536
 * The same calls give the same graph, and so the same digest. The numbers of public values and rows are part of it,
 * the values themselves are not: one graph serves every claim of its kind. */
apus_status apus_graph_create(const char *name, size_t columns, size_t public_values, size_t public_rows,
                              apus_graph **graph);
void apus_graph_destroy(apus_graph *graph);

/* The calls below nest: APUS_NO_NODE in gives APUS_NO_NODE out. A graph remembers the first call that failed, and
 * apus_graph_seal returns it: looking at the result of each call is not needed. On a sealed graph they fail. */

/* The column's value on the row at hand, or `rotation` rows further on (backwards if negative), cyclic. */
apus_node apus_graph_column(apus_graph *graph, size_t column, int32_t rotation);
apus_node apus_graph_constant(apus_graph *graph, uint32_t value);
apus_node apus_graph_public_value(apus_graph *graph, size_t index);
/* A column that all know and that repeats `values`; count is a power of two from 2 to the trace's rows. Each call makes
 * a new one. */
apus_node apus_graph_periodic(apus_graph *graph, const char *name, const uint32_t *values, size_t count);
/* 1 on the row that the claim names under that index, 0 on all others. */
apus_node apus_graph_public_row(apus_graph *graph, size_t index);
apus_node apus_graph_add(apus_graph *graph, apus_node a, apus_node b);
apus_node apus_graph_subtract(apus_graph *graph, apus_node a, apus_node b);
apus_node apus_graph_multiply(apus_graph *graph, apus_node a, apus_node b);

/* Requires the expression to be zero on these rows. A constant is refused: it would hold always, or never.
 *
 * name  appears in messages; NULL: the constraint's number
 * A product of d columns has degree d; a selector (first, last, public row) and a periodic column count as one more.
 * Degrees up to 5 can be proven. */
apus_status apus_graph_require_zero(apus_graph *graph, apus_rows rows, apus_node expression, const char *name);

/* Ends the building. Returns the first failure of any call on this graph, or APUS_OK; a second call returns the same.
 * Only a graph that was sealed without failure can be proven, verified or digested. */
apus_status apus_graph_seal(apus_graph *graph);

/* The graph's fingerprint: two graphs of one digest have the same constraints over the same columns, public values
 * and rows (names of constraints apart). A verifier that got a graph from elsewhere compares this. */
apus_status apus_graph_digest(const apus_graph *graph, uint8_t digest[32]);
/* Number of constraints and largest degree; either may be NULL. */
apus_status apus_graph_measure(const apus_graph *graph, size_t *constraints, size_t *degree);

/* ---- Claims, proofs --------------------------------------------------------------------------------------------- */

/* What is proven: there is a trace of `rows` rows that satisfies the graph for these public values. */
typedef struct apus_claim {
  size_t struct_size;            /* sizeof(apus_claim); fields that a later version adds are then known to be absent */
  const apus_graph *graph;       /* sealed */
  size_t rows;                   /* of the trace: a power of two from 32 to 16,777,216 */
  const uint32_t *public_values; /* as many as the graph has; NULL if none */
  size_t public_value_count;
  const size_t *public_rows;     /* as many as the graph has, each below rows; NULL if none */
  size_t public_row_count;
  const uint8_t *label;          /* up to 65,536 further bytes that a proof is bound to; NULL if none */
  size_t label_length;
} apus_claim;

/* Called on the thread that called apus_prove as each of `count` stages begins, the first having index 0. Must not
 * unwind through the library. Returns 0 to go on, anything else to cancel.
 *
 * stage  "extension", "commitment", "quotient", "openings", "FRI", "queries", "verification" */
typedef int32_t apus_progress(void *context, const char *stage, uint32_t index, uint32_t count);

/* How to prove. Zero in every field but the first, or a NULL pointer instead, is a good choice. */
typedef struct apus_prove_options {
  size_t struct_size;      /* sizeof(apus_prove_options) */
  const char *security;    /* "proven128", "proven128-small", "proven100" or "peers"; NULL: "proven128" */
  const char *hash;        /* "blake3", "sha256", "keccak256" or "poseidon2"; NULL: "blake3" */
  apus_progress *progress; /* NULL: none */
  void *context;           /* handed to progress */
} apus_prove_options;

/* Bytes that the library owns. */
typedef struct apus_bytes apus_bytes;
/* NULL and 0 for NULL. */
const uint8_t *apus_bytes_data(const apus_bytes *bytes);
size_t apus_bytes_length(const apus_bytes *bytes);
void apus_bytes_destroy(apus_bytes *bytes);

/* Proves a claim.
 *
 * trace  columns one after the other, `claim->rows` words each: word [column * rows + row]; not modified
 * words  their number: columns * rows
 * proof  to be destroyed by the caller
 * The same claim, trace, security and hash give the same bytes on every engine and machine. */
apus_status apus_prove(const apus_engine *engine, const apus_claim *claim, const uint32_t *trace, size_t words,
                       const apus_prove_options *options, apus_bytes **proof);

/* APUS_OK if the bytes prove the claim with the security demanded (as in apus_prove_options) or more;
 * APUS_INVALID_PROOF with the reason otherwise. A proof names its parameters; whether they suffice is decided here. */
apus_status apus_verify(const apus_claim *claim, const uint8_t *proof, size_t length, const char *security);

/* ---- Bitcoin headers -------------------------------------------------------------------------------------------- */

/* `count` headers, each linked to the one before, lead from the block after `previous` to `last`; each has proof of
 * work for `bits`, and a time after the median of the 11 times before; these are the first's time and the last's.
 * Whether this chain has the most work, whether the times before its first header are those of its ancestors, and the
 * rules that a header proof does not speak of, are not proven. Hashes are in the order of headers' bytes: reversed, they
 * read as block explorers print them. */
typedef struct apus_header_claim {
  size_t struct_size;      /* sizeof(apus_header_claim), set by the caller */
  uint8_t previous[32];
  uint8_t last[32];
  uint32_t bits;
  uint32_t first_time;
  uint32_t last_time;
  uint32_t times_before[11]; /* of the blocks before the first, the oldest first, as the prover says; 0: not given */
  uint32_t last_times[11]; /* of the blocks up to the last, the oldest first; of blocks before where they are fewer */
  uint32_t count;          /* 1 to 2016 */
  int64_t start_height;    /* what the prover says, for no header holds its height; -1: nothing */
  uint8_t target[32];      /* what bits stands for, little-endian */
  uint8_t work[32];        /* of all headers, little-endian */
  uint32_t proven_bits;    /* of the proof's own level */
} apus_header_claim;

/* Verifies a proof file as `apus prove headers` writes it, and says what it proves. `claim` may be NULL. */
apus_status apus_verify_headers(const uint8_t *file, size_t length, const char *security, apus_header_claim *claim);

#ifdef __cplusplus
}
#endif
#endif
