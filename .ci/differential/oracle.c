/* The network's own consensus code as a process of its own: libbitcoinkernel, loaded at run time, judges the cases that
 * come on standard input. It asserts on what it takes for a caller's mistake; then only this process ends, and whoever
 * wrote the cases sees which one is without an answer.
 *
 * Usage: oracle LIBRARY. All integers are little-endian.
 *
 *   batch    u32 bytes of what follows, then cases
 *   case     u32 consensus flags, u32 other flags, u32 input, u32 outputs,
 *            outputs times { i64 value, u32 bytes, script }, u32 bytes, transaction
 *   answer   u8 what the call said, u8 the error's number in the library's own list
 *
 * The calls of the library return a verdict under consensus flags alone. Inside, its script verification takes policy
 * flags too and gives a reason; it calls that function through its table of dynamic symbols, where this program's
 * function of the same name stands before it. */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum answer { INVALID, VALID, NO_TRANSACTION, BAD_FLAGS };
enum { BATCH_LIMIT = 1 << 28, OUTPUT_LIMIT = 1 << 16 };

/* MARK: What the library calls through us */

typedef bool verify_script_fn(const void *script_sig, const void *script_pubkey, const void *witness, uint64_t flags,
                              const void *checker, int32_t *error);
#define VERIFY_SCRIPT \
  "_Z12VerifyScriptRK7CScriptS1_PK14CScriptWitness19script_verify_flagsRK20BaseSignatureCheckerP13ScriptError_t"

static verify_script_fn *library_verify_script;
static uint32_t other_flags;
static int32_t last_error;

verify_script_fn verify_script __asm__(VERIFY_SCRIPT);

bool verify_script(const void *script_sig, const void *script_pubkey, const void *witness, uint64_t flags,
                   const void *checker, int32_t *error) {
  (void)error; /* the C calls ask for none */
  return library_verify_script(script_sig, script_pubkey, witness, flags | other_flags, checker, &last_error);
}

/* MARK: What we call */

static void *(*transaction_create)(const void *bytes, size_t count);
static void (*transaction_destroy)(void *transaction);
static void *(*script_create)(const void *bytes, size_t count);
static void (*script_destroy)(void *script);
static void *(*output_create)(const void *script, int64_t value);
static void (*output_destroy)(void *output);
static void *(*precomputed_create)(const void *transaction, const void **outputs, size_t count);
static void (*precomputed_destroy)(void *precomputed);
static int (*verify)(const void *script, int64_t value, const void *transaction, const void *precomputed, uint32_t input,
                     uint32_t flags, uint8_t *status);

static void *need(void *library, const char *name) {
  void *address = dlsym(library, name);
  if (address == NULL) {
    fprintf(stderr, "oracle: the library has no %s\n", name);
    exit(2);
  }
  return address;
}

static void load(const char *path) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    fprintf(stderr, "oracle: %s\n", dlerror());
    exit(2);
  }
  library_verify_script = need(library, VERIFY_SCRIPT);
  transaction_create = need(library, "btck_transaction_create");
  transaction_destroy = need(library, "btck_transaction_destroy");
  script_create = need(library, "btck_script_pubkey_create");
  script_destroy = need(library, "btck_script_pubkey_destroy");
  output_create = need(library, "btck_transaction_output_create");
  output_destroy = need(library, "btck_transaction_output_destroy");
  precomputed_create = need(library, "btck_precomputed_transaction_data_create");
  precomputed_destroy = need(library, "btck_precomputed_transaction_data_destroy");
  verify = need(library, "btck_script_pubkey_verify");
}

/* MARK: Reading */

struct reader {
  const uint8_t *bytes, *end;
};

static const uint8_t *take(struct reader *reader, size_t count) {
  if ((size_t)(reader->end - reader->bytes) < count) {
    fprintf(stderr, "oracle: a case is longer than its batch\n");
    exit(2);
  }
  const uint8_t *bytes = reader->bytes;
  reader->bytes += count;
  return bytes;
}

static uint32_t take_u32(struct reader *reader) {
  uint32_t value;
  memcpy(&value, take(reader, sizeof value), sizeof value);
  return value;
}

static int64_t take_i64(struct reader *reader) {
  int64_t value;
  memcpy(&value, take(reader, sizeof value), sizeof value);
  return value;
}

/* Whether `count` bytes came; at the end of the input none do. */
static bool read_all(void *bytes, size_t count) {
  for (size_t got = 0; got < count;) {
    ssize_t n = read(STDIN_FILENO, (uint8_t *)bytes + got, count - got);
    if (n <= 0) return false;
    got += (size_t)n;
  }
  return true;
}

/* MARK: Judging */

static uint8_t judge(struct reader *reader) {
  uint32_t flags = take_u32(reader);
  other_flags = take_u32(reader);
  uint32_t input = take_u32(reader), count = take_u32(reader);
  if (count > OUTPUT_LIMIT || input >= count) {
    fprintf(stderr, "oracle: input %u of %u\n", input, count);
    exit(2);
  }
  void **scripts = calloc(count, sizeof *scripts), **outputs = calloc(count, sizeof *outputs);
  int64_t value = 0;
  for (uint32_t i = 0; i < count; i++) {
    int64_t amount = take_i64(reader);
    uint32_t bytes = take_u32(reader);
    scripts[i] = script_create(take(reader, bytes), bytes);
    outputs[i] = output_create(scripts[i], amount);
    if (i == input) value = amount;
  }
  uint32_t bytes = take_u32(reader);
  void *transaction = transaction_create(take(reader, bytes), bytes);
  enum answer answer = NO_TRANSACTION;
  if (transaction != NULL) {
    void *precomputed = precomputed_create(transaction, (const void **)outputs, count);
    uint8_t status = 0;
    int is_valid = verify(scripts[input], value, transaction, precomputed, input, flags, &status);
    answer = status != 0 ? BAD_FLAGS : is_valid ? VALID : INVALID;
    precomputed_destroy(precomputed);
    transaction_destroy(transaction);
  }
  for (uint32_t i = 0; i < count; i++) {
    output_destroy(outputs[i]);
    script_destroy(scripts[i]);
  }
  free(outputs);
  free(scripts);
  return (uint8_t)answer;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: oracle LIBRARY\n");
    return 2;
  }
  load(argv[1]);
  uint32_t size;
  while (read_all(&size, sizeof size)) {
    if (size > BATCH_LIMIT) return 2;
    uint8_t *batch = malloc(size + 1);
    if (batch == NULL || !read_all(batch, size)) return 2;
    struct reader reader = {batch, batch + size};
    while (reader.bytes < reader.end) {
      last_error = 0xff; /* stays where no script was judged */
      uint8_t answer[2];
      answer[0] = judge(&reader);
      answer[1] = (uint8_t)last_error;
      if (write(STDOUT_FILENO, answer, sizeof answer) != sizeof answer) return 2;
    }
    free(batch);
  }
  return 0;
}
