/* apus_script.h - Bitcoin Script for C, C++, Rust and whatever else speaks C: may this input spend that output?
 *
 * In three steps (Examples/c/spend.c is the whole of it):
 *   1. apus_script_transaction_create with a transaction's bytes and the outputs that its inputs spend.
 *   2. apus_script_verify_input for each input, under the rules of a block or those of relay.
 *   3. APUS_SCRIPT_OK, or a report: which rule, in which script, at which opcode and byte, and a message.
 *
 * Errors. A call that can fail returns an apus_script_status and fills the caller's report. No argument makes the
 * library abort: not NULL, not an absurd length, not hostile bytes. What cannot be checked is the caller's part: a
 * pointer that is not NULL points to as many values as the count beside it says, and a handle was not destroyed.
 * Threads. Every call may be made from any thread; a transaction may be used by several at once, and is destroyed when
 * none uses it any more. The library keeps no state between calls and starts no threads.
 * Memory is bounded by the limits of consensus and the transaction's own size. */
#ifndef APUS_SCRIPT_H
#define APUS_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ---------------------------------------------------------------------------------------------------- */

#define APUS_SCRIPT_VERSION_MAJOR 1
#define APUS_SCRIPT_VERSION_MINOR 0
#define APUS_SCRIPT_VERSION_PATCH 0

/* The version of the library that runs: major << 16 | minor << 8 | patch. Within one major version, what this header
 * promises stays, every number in it included; later versions add numbers. */
uint32_t apus_script_version(void);

/* ---- Results ---------------------------------------------------------------------------------------------------- */

typedef int32_t apus_script_status;
enum {
  APUS_SCRIPT_OK = 0,
  APUS_SCRIPT_INVALID_ARGUMENT = 1,    /* NULL where it must not be, a size out of range, an unknown rule */
  APUS_SCRIPT_INVALID_TRANSACTION = 2, /* the bytes are no transaction, or one that no block can hold */
  APUS_SCRIPT_NON_STANDARD = 3,        /* a block may hold it; it breaks a rule of relay that was asked for */
  APUS_SCRIPT_INVALID = 4,             /* it breaks a rule of consensus that was asked for */
  APUS_SCRIPT_INTERNAL = 5             /* a fault of the library; please report it with the message */
};

/* A short text for the status, such as "invalid argument"; "unknown status" for a number that is none. */
const char *apus_script_status_name(apus_script_status status);

/* What an input runs, one after the other. */
enum {
  APUS_SCRIPT_STAGE_NONE = 0, /* nothing ran, or nothing is wrong */
  APUS_SCRIPT_STAGE_SCRIPT_SIG = 1,
  APUS_SCRIPT_STAGE_SCRIPT_PUBKEY = 2,
  APUS_SCRIPT_STAGE_REDEEM_SCRIPT = 3,
  APUS_SCRIPT_STAGE_WITNESS_PROGRAM = 4, /* the witness against its program, a Taproot key's signature included */
  APUS_SCRIPT_STAGE_WITNESS_SCRIPT = 5,
  APUS_SCRIPT_STAGE_TAPSCRIPT = 6
};

/* The rule that was broken, by the names of Bitcoin Core's test data. */
enum {
  APUS_SCRIPT_RULE_NONE = 0,
  APUS_SCRIPT_RULE_EVAL_FALSE = 1,
  APUS_SCRIPT_RULE_OP_RETURN = 2,
  APUS_SCRIPT_RULE_SCRIPT_SIZE = 3,
  APUS_SCRIPT_RULE_PUSH_SIZE = 4,
  APUS_SCRIPT_RULE_OP_COUNT = 5,
  APUS_SCRIPT_RULE_STACK_SIZE = 6,
  APUS_SCRIPT_RULE_SIG_COUNT = 7,
  APUS_SCRIPT_RULE_PUBKEY_COUNT = 8,
  APUS_SCRIPT_RULE_VERIFY = 9,
  APUS_SCRIPT_RULE_EQUALVERIFY = 10,
  APUS_SCRIPT_RULE_CHECKMULTISIGVERIFY = 11,
  APUS_SCRIPT_RULE_CHECKSIGVERIFY = 12,
  APUS_SCRIPT_RULE_NUMEQUALVERIFY = 13,
  APUS_SCRIPT_RULE_BAD_OPCODE = 14,
  APUS_SCRIPT_RULE_DISABLED_OPCODE = 15,
  APUS_SCRIPT_RULE_INVALID_STACK_OPERATION = 16,
  APUS_SCRIPT_RULE_INVALID_ALTSTACK_OPERATION = 17,
  APUS_SCRIPT_RULE_UNBALANCED_CONDITIONAL = 18,
  APUS_SCRIPT_RULE_SCRIPTNUM = 19,
  APUS_SCRIPT_RULE_NEGATIVE_LOCKTIME = 20,
  APUS_SCRIPT_RULE_UNSATISFIED_LOCKTIME = 21,
  APUS_SCRIPT_RULE_SIG_HASHTYPE = 22,
  APUS_SCRIPT_RULE_SIG_DER = 23,
  APUS_SCRIPT_RULE_MINIMALDATA = 24,
  APUS_SCRIPT_RULE_SIG_PUSHONLY = 25,
  APUS_SCRIPT_RULE_SIG_HIGH_S = 26,
  APUS_SCRIPT_RULE_SIG_NULLDUMMY = 27,
  APUS_SCRIPT_RULE_PUBKEYTYPE = 28,
  APUS_SCRIPT_RULE_CLEANSTACK = 29,
  APUS_SCRIPT_RULE_MINIMALIF = 30,
  APUS_SCRIPT_RULE_NULLFAIL = 31,
  APUS_SCRIPT_RULE_DISCOURAGE_UPGRADABLE_NOPS = 32,
  APUS_SCRIPT_RULE_DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM = 33,
  APUS_SCRIPT_RULE_DISCOURAGE_UPGRADABLE_TAPROOT_VERSION = 34,
  APUS_SCRIPT_RULE_DISCOURAGE_OP_SUCCESS = 35,
  APUS_SCRIPT_RULE_DISCOURAGE_UPGRADABLE_PUBKEYTYPE = 36,
  APUS_SCRIPT_RULE_DISCOURAGE_OP_CAT = 37,
  APUS_SCRIPT_RULE_WITNESS_PROGRAM_WRONG_LENGTH = 38,
  APUS_SCRIPT_RULE_WITNESS_PROGRAM_WITNESS_EMPTY = 39,
  APUS_SCRIPT_RULE_WITNESS_PROGRAM_MISMATCH = 40,
  APUS_SCRIPT_RULE_WITNESS_MALLEATED = 41,
  APUS_SCRIPT_RULE_WITNESS_MALLEATED_P2SH = 42,
  APUS_SCRIPT_RULE_WITNESS_UNEXPECTED = 43,
  APUS_SCRIPT_RULE_WITNESS_PUBKEYTYPE = 44,
  APUS_SCRIPT_RULE_SCHNORR_SIG_SIZE = 45,
  APUS_SCRIPT_RULE_SCHNORR_SIG_HASHTYPE = 46,
  APUS_SCRIPT_RULE_SCHNORR_SIG = 47,
  APUS_SCRIPT_RULE_TAPROOT_WRONG_CONTROL_SIZE = 48,
  APUS_SCRIPT_RULE_TAPSCRIPT_VALIDATION_WEIGHT = 49,
  APUS_SCRIPT_RULE_TAPSCRIPT_CHECKMULTISIG = 50,
  APUS_SCRIPT_RULE_TAPSCRIPT_MINIMALIF = 51,
  APUS_SCRIPT_RULE_TAPSCRIPT_EMPTY_PUBKEY = 52,
  APUS_SCRIPT_RULE_OP_CODESEPARATOR = 53,
  APUS_SCRIPT_RULE_SIG_FINDANDDELETE = 54
};

/* Filled by the calls below; the caller sets struct_size, and may pass NULL instead of a report. */
typedef struct apus_script_report {
  size_t struct_size;        /* sizeof(apus_script_report) */
  int32_t rule;              /* APUS_SCRIPT_RULE_…; NONE where no rule of Script is broken */
  int32_t stage;             /* APUS_SCRIPT_STAGE_…, where it was broken */
  int32_t opcode;            /* the opcode at fault, 0 to 255; -1: at a script's end, or outside of scripts */
  int32_t reserved;          /* 0 */
  int64_t index;             /* its number among the script's instructions, from 0; -1 with opcode -1 */
  int64_t position;          /* the byte at which it begins; -1 with opcode -1 */
  uint64_t instructions;     /* that ran in an input that a block may hold, in branches not taken included */
  uint64_t peak_stack;       /* the most stack elements in it at any time, the alternative stack's included */
  uint64_t signature_checks; /* signatures checked against a key in it */
  char rule_name[48];        /* such as "EQUALVERIFY"; empty where no rule is broken that has a name */
  char message[464];         /* what was expected, what was found, where: UTF-8; empty on success; cut if too long */
} apus_script_report;

/* ---- A transaction and what it spends --------------------------------------------------------------------------- */

typedef struct apus_script_output {
  int64_t value;         /* satoshi */
  const uint8_t *script; /* may be NULL if script_length is 0 */
  size_t script_length;  /* at most 4,000,000 */
} apus_script_output;

typedef struct apus_script_transaction apus_script_transaction;

/* Reads a transaction; what the signature hashes of its inputs share is computed here, once.
 *
 * bytes        as the network sends it, with its witness if it has one; at most 4,000,000
 * spent        the output that each input spends, in the inputs' order
 * spent_count  as many as there are inputs
 * transaction  to be destroyed by the caller; set to NULL on failure
 * Bytes, outputs and scripts are copied. APUS_SCRIPT_INVALID_TRANSACTION names the first byte that cannot be read. */
apus_script_status apus_script_transaction_create(const uint8_t *bytes, size_t length, const apus_script_output *spent,
                                                  size_t spent_count, apus_script_transaction **transaction,
                                                  apus_script_report *report);
/* NULL does nothing. */
void apus_script_transaction_destroy(apus_script_transaction *transaction);
/* 0 for NULL. */
size_t apus_script_transaction_inputs(const apus_script_transaction *transaction);

/* What must hold of a transaction by itself, whatever it spends: inputs and outputs, their values, no input twice.
 * Returns APUS_SCRIPT_OK, or APUS_SCRIPT_INVALID_TRANSACTION with a message. */
apus_script_status apus_script_transaction_check(const apus_script_transaction *transaction,
                                                 apus_script_report *report);

/* What keeps nodes from relaying a transaction, beside what its scripts do: its size and version, the kinds and values of
 * its outputs, the kinds of outputs that it spends, its witnesses' sizes and its signature operations. Judged by the
 * defaults of Bitcoin Core 30; fee rates are not judged.
 * APUS_SCRIPT_NON_STANDARD: rule_name is the name under which Bitcoin Core refuses it, such as "dust", and the message has
 * as many reasons as it has room for. APUS_SCRIPT_INVALID_TRANSACTION: no block can hold it. */
apus_script_status apus_script_transaction_check_relay(const apus_script_transaction *transaction,
                                                       apus_script_report *report);

/* ---- Verification ----------------------------------------------------------------------------------------------- */

typedef uint32_t apus_script_rules;
/* What a block must keep. */
#define APUS_SCRIPT_P2SH 0x00000001u /* BIP-16 */
#define APUS_SCRIPT_DER_SIGNATURES 0x00000002u /* BIP-66 */
#define APUS_SCRIPT_NULL_DUMMY 0x00000004u /* BIP-147 */
#define APUS_SCRIPT_CHECK_LOCK_TIME_VERIFY 0x00000008u /* BIP-65 */
#define APUS_SCRIPT_CHECK_SEQUENCE_VERIFY 0x00000010u /* BIP-112 */
#define APUS_SCRIPT_WITNESS 0x00000020u /* BIP-141, brings P2SH along */
#define APUS_SCRIPT_TAPROOT 0x00000040u /* BIP-341, BIP-342 */
/* All of them: what holds on mainnet since Taproot. */
#define APUS_SCRIPT_BLOCK 0x0000007fu
/* What nodes ask beyond that before they relay. */
#define APUS_SCRIPT_STRICT_ENCODING 0x00000100u /* signatures, keys and hash types are well-formed */
#define APUS_SCRIPT_LOW_S 0x00000200u /* S is at most half the order */
#define APUS_SCRIPT_SIGNATURE_PUSH_ONLY 0x00000400u /* the scriptSig only pushes */
#define APUS_SCRIPT_MINIMAL_DATA 0x00000800u /* pushes and numbers are minimal */
#define APUS_SCRIPT_DISCOURAGE_UPGRADABLE_NOPS 0x00001000u /* OP_NOP1 and OP_NOP4 to OP_NOP10 are not executed */
#define APUS_SCRIPT_CLEAN_STACK 0x00002000u /* one element is left at the end */
#define APUS_SCRIPT_DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM 0x00004000u /* unknown witness versions are not spent */
#define APUS_SCRIPT_MINIMAL_IF 0x00008000u /* OP_IF takes empty or 0x01 in version 0 */
#define APUS_SCRIPT_NULL_FAIL 0x00010000u /* signatures that fail are empty */
#define APUS_SCRIPT_WITNESS_PUBKEY_TYPE 0x00020000u /* keys in version 0 are compressed */
#define APUS_SCRIPT_CONSTANT_SCRIPT_CODE 0x00040000u /* nothing changes the script that is signed */
#define APUS_SCRIPT_DISCOURAGE_UPGRADABLE_TAPROOT_VERSION 0x00080000u /* unknown leaf versions are not spent */
#define APUS_SCRIPT_DISCOURAGE_OP_SUCCESS 0x00100000u /* OP_SUCCESSx is not spent */
#define APUS_SCRIPT_DISCOURAGE_UPGRADABLE_PUBKEY_TYPE 0x00200000u /* unknown kinds of keys are not used */
#define APUS_SCRIPT_DISCOURAGE_OP_CAT 0x00400000u /* OP_CAT is not relayed (BIP-347 under trial) */
/* The rules of a block, and all of these but the last. */
#define APUS_SCRIPT_RELAY 0x003fff7fu
/* Opcodes that tapscripts do not have on mainnet. */
#define APUS_SCRIPT_OP_CAT 0x10000000u /* OP_CAT joins two elements (BIP-347) */

/* Runs all scripts of one input.
 *
 * index  from 0
 * rules  any of the above, joined with |; numbers that are none of them are refused
 * APUS_SCRIPT_INVALID: a rule of consensus is broken, whatever else is. APUS_SCRIPT_NON_STANDARD: only a rule of relay
 * is. The report names the first broken rule in the order in which the network's nodes check them. */
apus_script_status apus_script_verify_input(const apus_script_transaction *transaction, size_t index,
                                            apus_script_rules rules, apus_script_report *report);

#ifdef __cplusplus
}
#endif
#endif
