/* Which pointers may be NULL, for compilers that can be told; for the others it stands in the comments alone. */
#ifndef APUS_NULLABILITY_H
#define APUS_NULLABILITY_H

#ifndef __clang__
#define _Nonnull
#define _Nullable
#endif

#endif
