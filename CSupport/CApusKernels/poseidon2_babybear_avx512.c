#include "include/apus_poseidon2.h"

#include "level_avx512.h"

#include "poseidon2_babybear.body.h"
#include "poseidon2_babybear_tables.body.h"

#include "level_end.h"
