#include <string.h>

#include "bits_tables.h"
#include "level_portable.h"

#include "bits.body.h"

#include "level_end.h"
