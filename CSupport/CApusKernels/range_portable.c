#include "include/apus_goldilocks.h"

#include "range_tables.h"
#include "level_portable.h"
#include "level64_portable.h"

#include "range.body.h"

#include "level_end.h"
