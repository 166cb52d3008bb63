#include "include/apus_hash.h"

#include "hash_tables.h"
#include "level_portable.h"

#include "sha256_lanes.body.h"

#include "level_end.h"
