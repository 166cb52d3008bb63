#include "include/apus_hash.h"

#include "hash_tables.h"
#include "level_portable.h"

#include "blake3_lanes.body.h"

#include "level_end.h"
