// The statement of Examples/c/fibonacci.c in C++: handles are owned, failures are exceptions, expressions are written
// as expressions.
//
// c++ -std=c++17 fibonacci.cpp $(pkg-config --cflags --libs apus) -o fibonacci && ./fibonacci
#include <apus.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct Destroy {
  void operator()(apus_engine *engine) const { apus_engine_destroy(engine); }
  void operator()(apus_graph *graph) const { apus_graph_destroy(graph); }
  void operator()(apus_bytes *bytes) const { apus_bytes_destroy(bytes); }
};
template <class T> using Owned = std::unique_ptr<T, Destroy>;

void check(apus_status status) {
  if (status != APUS_OK) throw std::runtime_error(std::string(apus_status_name(status)) + ": " + apus_error_message());
}

struct Expression {
  apus_graph *graph;
  apus_node node;
};
Expression operator+(Expression a, Expression b) { return {a.graph, apus_graph_add(a.graph, a.node, b.node)}; }
Expression operator-(Expression a, Expression b) { return {a.graph, apus_graph_subtract(a.graph, a.node, b.node)}; }

constexpr uint32_t modulus = 2013265921;
constexpr std::size_t rows = 1 << 14;

Owned<apus_graph> fibonacci() {
  apus_graph *g = nullptr;
  check(apus_graph_create("fibonacci in C++", 2, 1, 0, &g));
  Owned<apus_graph> graph(g);
  auto column = [g](std::size_t index, int rotation) { return Expression{g, apus_graph_column(g, index, rotation)}; };
  auto equal = [g](apus_rows where, Expression a, Expression b, const char *name) {
    check(apus_graph_require_zero(g, where, (a - b).node, name));
  };
  Expression zero{g, apus_graph_constant(g, 0)}, one{g, apus_graph_constant(g, 1)};
  Expression last{g, apus_graph_public_value(g, 0)};

  equal(APUS_FIRST_ROW, column(0, 0), zero, "starts with 0");
  equal(APUS_FIRST_ROW, column(1, 0), one, "then 1");
  equal(APUS_EACH_STEP, column(0, +1), column(1, 0), "next becomes current");
  equal(APUS_EACH_STEP, column(1, +1), column(0, 0) + column(1, 0), "next is the sum");
  equal(APUS_LAST_ROW, column(1, 0), last, "ends with last");
  check(apus_graph_seal(g));
  return graph;
}

}  // namespace

int main() try {
  apus_engine *e = nullptr;
  check(apus_engine_create(nullptr, 0, &e));
  Owned<apus_engine> engine(e);

  std::vector<uint32_t> trace(2 * rows);
  for (std::size_t row = 0, x = 0, y = 1; row < rows; row++) {
    trace[row] = static_cast<uint32_t>(x);
    trace[rows + row] = static_cast<uint32_t>(y);
    std::size_t sum = (x + y) % modulus;
    x = y;
    y = sum;
  }

  Owned<apus_graph> graph = fibonacci();
  apus_claim claim{};
  claim.struct_size = sizeof claim;
  claim.graph = graph.get();
  claim.rows = rows;
  claim.public_values = &trace.back();
  claim.public_value_count = 1;

  apus_bytes *p = nullptr;
  check(apus_prove(engine.get(), &claim, trace.data(), trace.size(), nullptr, &p));
  Owned<apus_bytes> proof(p);
  check(apus_verify(&claim, apus_bytes_data(p), apus_bytes_length(p), "proven128"));
  std::printf("value number %zu is %u: proven in %zu bytes\n", rows, trace.back(), apus_bytes_length(p));

  trace.back() ^= 1;  // the claim points there
  apus_status refused = apus_verify(&claim, apus_bytes_data(p), apus_bytes_length(p), "proven128");
  std::printf("value number %zu is %u: %s\n", rows, trace.back(), apus_status_name(refused));
  return refused == APUS_INVALID_PROOF ? 0 : 1;
} catch (const std::exception &error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
