#include "evaluate.h"
#include "goldilocks_scalar.h"

#include "level_avx512.h"
#include "level64_avx512.h"

#include "evaluate_goldilocks.body.h"

#include "level_end.h"
