#include "include/apus_goldilocks.h"
#include "include/apus_poseidon2.h"

#include "level_portable.h"
#include "level64_portable.h"

#include "poseidon2_goldilocks.body.h"
#include "poseidon2_goldilocks_tables.body.h"

/* One lane at this level: a vector is a word. */
void apus_poseidon2_goldilocks8(uint64_t state[8]) { permute8((State *)state); }
void apus_poseidon2_goldilocks12(uint64_t state[12]) { permute12((State *)state); }

#include "level_end.h"
