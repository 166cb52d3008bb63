/* A statement described through the C ABI, proven and verified: there is a sequence that starts 0, 1, in which each
 * value is the sum of the two before it, and whose value number 65,536 is the one printed.
 *
 * cc -std=c11 fibonacci.c $(pkg-config --cflags --libs apus) -o fibonacci && ./fibonacci */
#include <apus.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { CURRENT, NEXT, COLUMNS };
enum { ROWS = 1 << 16 };
static const uint32_t P = 2013265921; /* BabyBear's modulus */

static void check(apus_status status, const char *what) {
  if (status == APUS_OK) return;
  fprintf(stderr, "%s: %s: %s\n", what, apus_status_name(status), apus_error_message());
  exit(1);
}

/* The constraints. Prover and verifier each build them: a graph is never taken from a proof. */
static apus_graph *fibonacci(void) {
  apus_graph *g = NULL;
  check(apus_graph_create("fibonacci in C", COLUMNS, 1, 0, &g), "graph");
  apus_node current = apus_graph_column(g, CURRENT, 0), next = apus_graph_column(g, NEXT, 0);
  apus_node current_after = apus_graph_column(g, CURRENT, +1), next_after = apus_graph_column(g, NEXT, +1);
  apus_node one = apus_graph_constant(g, 1), last = apus_graph_public_value(g, 0);

  apus_graph_require_zero(g, APUS_FIRST_ROW, current, "starts with 0");
  apus_graph_require_zero(g, APUS_FIRST_ROW, apus_graph_subtract(g, next, one), "then 1");
  apus_graph_require_zero(g, APUS_EACH_STEP, apus_graph_subtract(g, current_after, next), "next becomes current");
  apus_graph_require_zero(g, APUS_EACH_STEP, apus_graph_subtract(g, next_after, apus_graph_add(g, current, next)),
                          "next is the sum");
  apus_graph_require_zero(g, APUS_LAST_ROW, apus_graph_subtract(g, next, last), "ends with last");
  check(apus_graph_seal(g), "graph"); /* reports whatever went wrong above */
  return g;
}

static int32_t show(void *context, const char *stage, uint32_t index, uint32_t count) {
  fprintf(context, "  %" PRIu32 "/%" PRIu32 " %s\n", index + 1, count, stage);
  return 0; /* anything else cancels */
}

int main(void) {
  apus_engine *engine = NULL;
  check(apus_engine_create(NULL, 0, &engine), "engine");
  printf("apus %s on %s, %zu threads\n", apus_version_text(), apus_engine_instruction_set(engine),
         apus_engine_threads(engine));

  uint32_t *trace = malloc(sizeof *trace * COLUMNS * ROWS);
  if (!trace) return 1;
  uint32_t x = 0, y = 1;
  for (size_t row = 0; row < ROWS; row++) {
    trace[CURRENT * ROWS + row] = x;
    trace[NEXT * ROWS + row] = y;
    uint32_t sum = (x + y) % P; /* below 2^32: both are below 2^31 */
    x = y;
    y = sum;
  }
  uint32_t last = trace[NEXT * ROWS + ROWS - 1];

  apus_graph *graph = fibonacci();
  apus_claim claim = {.struct_size = sizeof claim, .graph = graph, .rows = ROWS, .public_values = &last,
                      .public_value_count = 1};
  apus_prove_options options = {.struct_size = sizeof options, .progress = show, .context = stdout};
  apus_bytes *proof = NULL;
  check(apus_prove(engine, &claim, trace, (size_t)COLUMNS * ROWS, &options, &proof), "proof");
  check(apus_verify(&claim, apus_bytes_data(proof), apus_bytes_length(proof), "proven128"), "verification");
  printf("value number %d is %" PRIu32 ": proven in %zu bytes\n", ROWS, last, apus_bytes_length(proof));

  /* The same bytes do not prove another value. */
  last ^= 1;
  apus_status refused = apus_verify(&claim, apus_bytes_data(proof), apus_bytes_length(proof), "proven128");
  printf("value number %d is %" PRIu32 ": %s (%s)\n", ROWS, last, apus_status_name(refused), apus_error_message());

  apus_bytes_destroy(proof);
  apus_graph_destroy(graph);
  apus_engine_destroy(engine);
  free(trace);
  return refused == APUS_INVALID_PROOF ? 0 : 1;
}
