#include "include/apus_goldilocks.h"

#include "range_tables.h"
#include "level_avx2.h"
#include "level64_avx2.h"

#include "range.body.h"

#include "level_end.h"
