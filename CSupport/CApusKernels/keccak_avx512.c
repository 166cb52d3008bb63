#include "include/apus_goldilocks.h"
#include "include/apus_hash.h"

#include "hash_tables.h"
#include "level_avx512.h"
#include "level64_avx512.h"

#include "keccak_lanes.body.h"

#include "level_end.h"
