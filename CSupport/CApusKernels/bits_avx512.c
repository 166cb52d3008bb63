#include <string.h>

#include "bits_tables.h"
#include "level_avx512.h"

#include "bits.body.h"

#include "level_end.h"
