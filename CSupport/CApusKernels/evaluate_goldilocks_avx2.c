#include "include/apus_evaluate.h"
#include "include/apus_goldilocks.h"

#include "level_avx2.h"
#include "level64_avx2.h"

#include "evaluate_goldilocks.body.h"

#include "level_end.h"
