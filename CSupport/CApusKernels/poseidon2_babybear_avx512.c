#include "include/apus_poseidon2.h"

#include "level_avx512.h"

#include "poseidon2_babybear.body.h"
#include "poseidon2_one.h"

#define PERMUTE_ONE16 apus_poseidon2_babybear16_one_avx2
#define PERMUTE_ONE24 apus_poseidon2_babybear24_one_avx2
#include "poseidon2_babybear_tables.body.h"

#include "level_end.h"
