#include "include/apus_goldilocks.h"
#include "include/apus_hash.h"

#include "hash_tables.h"
#include "level_portable.h"
#include "level64_portable.h"

#include "keccak_lanes.body.h"

#include "level_end.h"
