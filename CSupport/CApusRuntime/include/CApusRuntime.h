#ifndef CAPUSRUNTIME_H
#define CAPUSRUNTIME_H

#include "apus_arena.h"
#include "apus_cycles.h"
#include "apus_limits.h"
#include "apus_pool.h"
#include "apus_processor.h"
#include "apus_topology.h"
#include "apus_tuning.h"

#endif
