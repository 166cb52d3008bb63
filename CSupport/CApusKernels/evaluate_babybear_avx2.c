#include "babybear_scalar.h"
#include "evaluate.h"

#include "level_avx2.h"

#include "evaluate_babybear.body.h"

#include "level_end.h"
