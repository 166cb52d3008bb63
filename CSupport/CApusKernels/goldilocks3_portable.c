#include "goldilocks_scalar.h"
#include "include/apus_extension.h"

#include "level_portable.h"
#include "level64_portable.h"

#include "goldilocks3.body.h"

#include "level_end.h"
