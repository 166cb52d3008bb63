/* A commitment to a table with libapus-kernels: the tree over its rows, the path of one row, and its verification, under
 * two hashes.
 *
 * cc -std=c11 merkle.c $(pkg-config --cflags --libs apus-kernels) -o merkle && ./merkle */
#include <apus_kernels.h>

#include <stdio.h>
#include <stdlib.h>

enum { LOG_ROWS = 14, ROWS = 1 << LOG_ROWS, COLUMNS = 24, ROW = 4711 };

static uint32_t table[COLUMNS][ROWS];

/* Ends the program where a call fails, with the library's own words. */
static void check(apus_backend_status status) {
  if (status == APUS_BACKEND_OK) return;
  fprintf(stderr, "%s: %s\n", apus_backend_status_name(status), apus_backend_message());
  exit(1);
}

static void commit_and_open(const apus_backend *backend, apus_backend_hash hash, const char *name) {
  const uint32_t *columns[COLUMNS];
  for (size_t c = 0; c < COLUMNS; c++) columns[c] = table[c];
  apus_backend_tree *tree;
  check(apus_backend_babybear_commit(backend, hash, columns, COLUMNS, ROWS, &tree));
  uint8_t root[32], path[32 * LOG_ROWS];
  check(apus_backend_tree_root(tree, root));
  check(apus_backend_tree_path(tree, ROW, path, sizeof path));
  apus_backend_tree_destroy(tree);

  printf("%s root of %d rows: ", name, ROWS);
  for (size_t i = 0; i < sizeof root; i++) printf("%02x", root[i]);
  printf("\n");

  /* Who has the root needs the row and the path, nothing else. */
  uint32_t row[COLUMNS];
  for (size_t c = 0; c < COLUMNS; c++) row[c] = table[c][ROW];
  check(apus_backend_babybear_verify(hash, root, row, COLUMNS, ROW, ROWS, path, sizeof path));
  row[3] = row[4];
  if (apus_backend_babybear_verify(hash, root, row, COLUMNS, ROW, ROWS, path, sizeof path) !=
      APUS_BACKEND_NOT_COMMITTED) {
    fprintf(stderr, "another row was accepted\n");
    exit(1);
  }
  printf("  its own row is accepted, another refused: %s\n", apus_backend_message());
}

int main(void) {
  apus_backend *backend;
  check(apus_backend_create(APUS_BACKEND_WIDEST, 0, &backend));
  for (size_t c = 0; c < COLUMNS; c++) {
    for (size_t i = 0; i < ROWS; i++) table[c][i] = (uint32_t)(1000 * c + i);
    check(apus_backend_babybear_to_montgomery(backend, table[c], table[c], ROWS));
  }
  commit_and_open(backend, APUS_BACKEND_BLAKE3, "BLAKE3");
  commit_and_open(backend, APUS_BACKEND_POSEIDON2, "Poseidon2");
  apus_backend_destroy(backend);
  return 0;
}
