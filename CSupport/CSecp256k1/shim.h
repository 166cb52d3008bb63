#include <secp256k1.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_schnorrsig.h>

/* Enough for everything that knows no secret. The library's own name is a variable, which Swift does not share between
 * threads. */
static inline const secp256k1_context *_Nonnull apus_secp256k1_public_context(void) { return secp256k1_context_static; }

/* Overwrites a secret; the barrier keeps the compiler from leaving it out. */
static inline void apus_secp256k1_wipe(void *bytes, size_t count) {
  __builtin_memset(bytes, 0, count);
  __asm__ volatile("" : : "r"(bytes) : "memory");
}
