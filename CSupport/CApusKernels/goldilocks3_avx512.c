#include "goldilocks_scalar.h"
#include "include/apus_extension.h"

#include "level_avx512.h"
#include "level64_avx512.h"

#include "goldilocks3.body.h"

#include "level_end.h"
