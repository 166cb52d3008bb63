/* The small texts that Linux keeps under /proc and /sys, and what is written in them. For this room only.
 * Texts come from outside: every reader takes any bytes and answers "not there" to what it does not understand. */
#ifndef APUS_SYSTEM_TEXT_H
#define APUS_SYSTEM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The file `root` + the path that `format` makes, NUL-terminated, to be freed; its first MiB if it is longer. NULL when
 * it cannot be read. */
__attribute__((format(printf, 2, 3))) char *apus_system_text(const char *root, const char *format, ...);

/* The decimal number at *text, after spaces; moves *text behind it. False, and *text where it was, when there is none
 * or it does not fit. */
bool apus_system_number(const char **text, uint64_t *number);
/* The number that the file begins with. */
__attribute__((format(printf, 3, 4))) bool apus_system_number_in(uint64_t *number, const char *root,
                                                                 const char *format, ...);

/* A list such as "0-3,8": how many numbers it has (0: not a list, or one that names numbers of 2^20 and above), and in
 * *first, unless that is NULL, its first. */
size_t apus_system_list(const char *text, uint64_t *first);
/* Whether the list has the number. */
bool apus_system_list_has(const char *text, uint64_t number);

#endif
