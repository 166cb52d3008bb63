/* Fixed texts: the version, and a name for each status. */
#include "apus.h"

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

uint32_t apus_version(void) {
  return (uint32_t)APUS_VERSION_MAJOR << 16 | (uint32_t)APUS_VERSION_MINOR << 8 | (uint32_t)APUS_VERSION_PATCH;
}

const char *apus_version_text(void) {
  return TEXT(APUS_VERSION_MAJOR) "." TEXT(APUS_VERSION_MINOR) "." TEXT(APUS_VERSION_PATCH);
}

const char *apus_status_name(apus_status status) {
  switch (status) {
  case APUS_OK: return "success";
  case APUS_INVALID_ARGUMENT: return "invalid argument";
  case APUS_UNSUPPORTED: return "unsupported by this machine";
  case APUS_NO_RESOURCES: return "not enough memory or threads";
  case APUS_INVALID_STATEMENT: return "invalid statement";
  case APUS_UNSATISFIED: return "trace does not satisfy the statement";
  case APUS_INVALID_PROOF: return "invalid proof";
  case APUS_CANCELLED: return "cancelled";
  case APUS_INTERNAL: return "internal error";
  case APUS_INVALID_PROFILE: return "invalid tuning profile";
  case APUS_OTHER_PROCESSOR: return "tuning profile of another processor";
  default: return "unknown status";
  }
}
