#include "babybear_scalar.h"
#include "include/apus_babybear.h"
#include "include/apus_extension.h"

#include "level_avx2.h"

#include "babybear4.h"

#include "babybear_extension.body.h"

#include "level_end.h"
