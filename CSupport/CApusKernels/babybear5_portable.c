#include "babybear_scalar.h"
#include "include/apus_babybear.h"
#include "include/apus_extension.h"

#include "level_portable.h"

#include "babybear5.h"

#include "babybear_extension.body.h"

#include "level_end.h"
