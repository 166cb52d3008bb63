#ifndef CAPUSKERNELS_H
#define CAPUSKERNELS_H

#include "apus_babybear.h"
#include "apus_bits.h"
#include "apus_evaluate.h"
#include "apus_extension.h"
#include "apus_goldilocks.h"
#include "apus_hash.h"
#include "apus_isa.h"
#include "apus_kernels_version.h"
#include "apus_matrix.h"
#include "apus_merkle.h"
#include "apus_ntt.h"
#include "apus_poseidon2.h"
#include "apus_range.h"

#endif
