#include "babybear_scalar.h"
#include "include/apus_babybear.h"

#include "level_portable.h"

#include "ntt_babybear.body.h"

#include "level_end.h"
