/* Judges an input of a Bitcoin transaction as the network would: valid, not relayed, or invalid, and why.
 *
 * cc -std=c11 spend.c $(pkg-config --cflags --libs apus-script) -o spend && ./spend */
#include <apus_script.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A transaction of one input, whose witness reveals "abc" and the script OP_SHA256 <digest> OP_EQUAL; and the output
 * that it spends: OP_0 and the script's SHA-256. */
static const char transaction_digits[] =
    "0200000000010101010101010101010101010101010101010101010101010101010101010101010000000000fdffffff01e8030000000000"
    "000151020361626323a820ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad8700000000";
static const char script_digits[] =
    "0020fda561c171d06aac1b6f6c0577a563158292d6877004ae6f7da8f6a2ffb74186";

static size_t parse(const char *digits, uint8_t *bytes) {
  size_t count = strlen(digits) / 2;
  for (size_t i = 0; i < count; i++) {
    unsigned byte = 0;
    sscanf(digits + 2 * i, "%2x", &byte);
    bytes[i] = (uint8_t)byte;
  }
  return count;
}

/* Prints the verdict on input 0 under the rules of relay; returns its status. */
static apus_script_status judge(const uint8_t *bytes, size_t length, const apus_script_output *spent) {
  apus_script_report report = {.struct_size = sizeof report};
  apus_script_transaction *transaction;
  apus_script_status status = apus_script_transaction_create(bytes, length, spent, 1, &transaction, &report);
  if (status == APUS_SCRIPT_OK) status = apus_script_verify_input(transaction, 0, APUS_SCRIPT_RELAY, &report);
  apus_script_transaction_destroy(transaction);

  if (status == APUS_SCRIPT_OK)
    printf("valid: %" PRIu64 " instructions, %" PRIu64 " stack elements at most\n", report.instructions,
           report.peak_stack);
  else
    printf("%s: %s\n", apus_script_status_name(status), report.message);
  return status;
}

int main(void) {
  uint8_t bytes[sizeof transaction_digits / 2], script[sizeof script_digits / 2];
  size_t length = parse(transaction_digits, bytes);
  apus_script_output spent = {.value = 2000, .script = script, .script_length = parse(script_digits, script)};
  if (judge(bytes, length, &spent) != APUS_SCRIPT_OK) return 1;

  /* Its twin: another preimage, "bbc". */
  bytes[61] ^= 3;
  if (judge(bytes, length, &spent) != APUS_SCRIPT_INVALID) return 1;

  /* And one that is cut short. */
  return judge(bytes, length - 1, &spent) == APUS_SCRIPT_INVALID_TRANSACTION ? 0 : 1;
}
