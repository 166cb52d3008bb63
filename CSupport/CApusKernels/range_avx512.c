#include "include/apus_goldilocks.h"

#include "range_tables.h"
#include "level_avx512.h"
#include "level64_avx512.h"

#include "range.body.h"

#include "level_end.h"
