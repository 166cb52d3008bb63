#include "level_portable.h"

#include "ntt_babybear.h"

#include "ntt.body.h"
#include "ntt_plan.body.h"

#include "level_end.h"
