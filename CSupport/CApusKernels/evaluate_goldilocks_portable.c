#include "evaluate.h"
#include "goldilocks_scalar.h"

#include "level_portable.h"
#include "level64_portable.h"

#include "evaluate_goldilocks.body.h"

#include "level_end.h"
