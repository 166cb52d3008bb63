#include "include/apus_poseidon2.h"

#include "level_portable.h"

#include "poseidon2_babybear.body.h"
#include "poseidon2_one.h"

/* One lane at this level: a vector is a word. */
void apus_poseidon2_babybear16_one_portable(uint32_t *state) { permute16((State *)state); }
void apus_poseidon2_babybear24_one_portable(uint32_t *state) { permute24((State *)state); }

#define PERMUTE_ONE16 apus_poseidon2_babybear16_one_portable
#define PERMUTE_ONE24 apus_poseidon2_babybear24_one_portable
#include "poseidon2_babybear_tables.body.h"

#include "level_end.h"
