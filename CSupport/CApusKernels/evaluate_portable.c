#include "include/apus_evaluate.h"

#include "level_portable.h"

#include "evaluate.body.h"

#include "level_end.h"
