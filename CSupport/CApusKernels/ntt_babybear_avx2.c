#include "level_avx2.h"

#include "ntt_babybear.h"

#include "ntt.body.h"

#include "level_end.h"
