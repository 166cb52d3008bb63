/* The tables of the kernels for columns of zeros and ones, one for each level. */
#ifndef APUS_BITS_TABLES_H
#define APUS_BITS_TABLES_H

#include "include/apus_bits.h"

extern const apus_bits_kernels apus_bits_kernels_portable, apus_bits_kernels_avx2, apus_bits_kernels_avx512;

#endif
