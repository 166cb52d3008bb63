#include "goldilocks_scalar.h"
#include "include/apus_extension.h"

#include "level_avx2.h"
#include "level64_avx2.h"

#include "goldilocks3.body.h"

#include "level_end.h"
