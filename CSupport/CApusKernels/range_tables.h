/* The range kernels' tables, one for each level. */
#ifndef APUS_RANGE_TABLES_H
#define APUS_RANGE_TABLES_H

#include "include/apus_range.h"

extern const apus_range_kernels apus_range_kernels_portable, apus_range_kernels_avx2, apus_range_kernels_avx512;

#endif
