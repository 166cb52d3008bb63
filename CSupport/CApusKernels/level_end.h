/* Closes what level_portable.h, level_avx2.h or level_avx512.h opened. */
#pragma clang attribute pop
