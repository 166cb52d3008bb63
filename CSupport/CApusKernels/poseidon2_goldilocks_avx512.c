#include "include/apus_goldilocks.h"
#include "include/apus_poseidon2.h"

#include "level_avx512.h"
#include "level64_avx512.h"

#include "poseidon2_goldilocks.body.h"
#include "poseidon2_goldilocks_tables.body.h"

#include "level_end.h"
