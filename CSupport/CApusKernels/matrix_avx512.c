#include "babybear_scalar.h"
#include "include/apus_babybear.h"
#include "include/apus_matrix.h"

#include "level_avx512.h"

#include "matrix.body.h"

#include "level_end.h"
