/* apus_kernels.h - libapus-kernels: the kernels, thread pool, arena and topology of Apus, in C and without Swift.
 *
 * There are two doors. apus_backend.h is the checked one: handles, a status from every call, work spread over threads;
 * no argument makes it abort. Behind it are the tables it uses, for those who bring checks and threads of their own: a
 * table is chosen once, by instruction set (apus_isa_supported says which run here), and its functions work on whole
 * columns; each states its contract above its declaration. Kernels start no threads and keep no state.
 *
 * Montgomery words. Unlike the prover's own interface (apus.h), this one works on BabyBear words in Montgomery form:
 * to_montgomery and from_montgomery convert. Goldilocks words are canonical.
 * Errors behind the checked door. Functions that create something return NULL when they cannot; table functions return
 * NULL when this machine does not run the set. Inside a kernel nothing is checked: build with -DAPUS_CHECKS to assert
 * what contracts say. */
#ifndef APUS_KERNELS_H
#define APUS_KERNELS_H

#include "CApusKernels.h"
#include "CApusRuntime.h"
#include "apus_backend.h"

#endif
