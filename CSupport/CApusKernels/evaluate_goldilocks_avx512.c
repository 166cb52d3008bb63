#include "include/apus_evaluate.h"
#include "include/apus_goldilocks.h"

#include "level_avx512.h"
#include "level64_avx512.h"

#include "evaluate_goldilocks.body.h"

#include "level_end.h"
