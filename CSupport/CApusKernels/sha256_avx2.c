#include "include/apus_hash.h"

#include "hash_tables.h"
#include "level_avx2.h"

#include "sha256_lanes.body.h"

#include "level_end.h"
