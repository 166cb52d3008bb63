/* The module CApus: the installed header, and what ApusC needs beside it. */
#include "apus.h"
#include "apus_error.h"
