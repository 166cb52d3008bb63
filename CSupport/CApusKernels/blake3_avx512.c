#include "include/apus_hash.h"

#include "hash_tables.h"
#include "level_avx512.h"

#include "blake3_lanes.body.h"

#include "level_end.h"
