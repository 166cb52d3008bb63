#include "include/apus_poseidon2.h"

#include "level_portable.h"

#include "poseidon2_babybear.body.h"
#include "poseidon2_babybear_tables.body.h"

/* One lane at this level: a vector is a word. */
void apus_poseidon2_babybear16(uint32_t state[16]) { permute16(state); }
void apus_poseidon2_babybear24(uint32_t state[24]) { permute24(state); }

#include "level_end.h"
