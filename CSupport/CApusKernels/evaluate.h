/* What the evaluators and the size of their scratch have to agree on. */
#ifndef APUS_EVALUATE_LAYOUT_H
#define APUS_EVALUATE_LAYOUT_H

#include "include/apus_evaluate.h"

enum {
  /* Asserted values that are weighed together. */
  EVALUATE_ASSERTED = 8,
  /* Bytes of a limb's sum in one row, at most. */
  EVALUATE_SUM_BYTES = 8,
};

#endif
