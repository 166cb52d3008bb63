#include "level_avx512.h"

#include "ntt_babybear.h"

#include "ntt.body.h"

#include "level_end.h"
