/* The module CApusScript: the installed header. */
#include "apus_script.h"
