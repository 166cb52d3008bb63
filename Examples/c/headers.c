/* Verifies a proof of Bitcoin headers, made by `apus prove headers --output FILE`, and says what it proves.
 *
 * cc -std=c11 headers.c $(pkg-config --cflags --libs apus) -o headers && ./headers headers.proof */
#include <apus.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { LARGEST = 16 << 20 };

/* Hashes are shown backwards; numbers, little-endian here, read from their last byte too. */
static void print_backwards(const char *name, const uint8_t bytes[32]) {
  printf("%-10s ", name);
  for (int i = 31; i >= 0; i--) printf("%02x", bytes[i]);
  printf("\n");
}

int main(int argc, char **argv) {
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  uint8_t *bytes = malloc(LARGEST);
  if (!file || !bytes) {
    fprintf(stderr, "usage: headers FILE\n");
    return 2;
  }
  size_t length = fread(bytes, 1, LARGEST, file);
  fclose(file);

  apus_header_claim claim = {.struct_size = sizeof claim};
  apus_status status = apus_verify_headers(bytes, length, "proven128", &claim);
  free(bytes);
  if (status != APUS_OK) {
    fprintf(stderr, "%s: %s: %s\n", argv[1], apus_status_name(status), apus_error_message());
    return 1;
  }
  printf("%" PRIu32 " headers, nBits %08" PRIx32 ", times %" PRIu32 " to %" PRIu32 ", %" PRIu32 " proven bits\n",
         claim.count, claim.bits, claim.first_time, claim.last_time, claim.proven_bits);
  if (claim.start_height >= 0) printf("said to start at height %" PRId64 "\n", claim.start_height);
  int unknown = 0;
  for (int i = 0; i < 11; i++) unknown += claim.times_before[i] == 0;
  if (unknown && claim.start_height != 0) printf("%d of the 11 times before are not given\n", unknown);
  print_backwards("after", claim.previous);
  print_backwards("up to", claim.last);
  print_backwards("target", claim.target);
  print_backwards("work", claim.work);
  return 0;
}
