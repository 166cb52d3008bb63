/* Fixed texts and numbers: the version, and a name for each status. */
#include "apus_script.h"

uint32_t apus_script_version(void) {
  return (uint32_t)APUS_SCRIPT_VERSION_MAJOR << 16 | (uint32_t)APUS_SCRIPT_VERSION_MINOR << 8 |
         (uint32_t)APUS_SCRIPT_VERSION_PATCH;
}

const char *apus_script_status_name(apus_script_status status) {
  switch (status) {
  case APUS_SCRIPT_OK: return "success";
  case APUS_SCRIPT_INVALID_ARGUMENT: return "invalid argument";
  case APUS_SCRIPT_INVALID_TRANSACTION: return "invalid transaction";
  case APUS_SCRIPT_NON_STANDARD: return "non-standard";
  case APUS_SCRIPT_INVALID: return "invalid";
  case APUS_SCRIPT_INTERNAL: return "internal error";
  default: return "unknown status";
  }
}
