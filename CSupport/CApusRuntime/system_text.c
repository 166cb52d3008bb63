// Reading the small texts of /proc and /sys. Contract: system_text.h.
#include "system_text.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const size_t longest_text = (size_t)1 << 20;
static const uint64_t list_end = (uint64_t)1 << 20;

/* Everything that is left in `file`, whose size the kernel does not tell in advance. */
static char *read_all(FILE *file) {
  char *text = NULL;
  for (size_t room = 4096, length = 0;; room *= 2) {
    char *larger = realloc(text, room + 1);
    if (!larger) break;
    text = larger;
    length += fread(text + length, 1, room - length, file);
    text[length] = 0;
    if (length < room || room >= longest_text) {
      if (!ferror(file)) return text;
      break;
    }
  }
  free(text);
  return NULL;
}

__attribute__((format(printf, 2, 0))) static char *read_path(const char *root, const char *format, va_list arguments) {
  char path[PATH_MAX];
  const int prefix = snprintf(path, sizeof path, "%s", root);
  if (prefix < 0 || (size_t)prefix >= sizeof path) return NULL;
  const size_t left = sizeof path - (size_t)prefix;
  const int length = vsnprintf(path + prefix, left, format, arguments);
  if (length < 0 || (size_t)length >= left) return NULL;
  FILE *file = fopen(path, "re");
  if (!file) return NULL;
  char *text = read_all(file);
  fclose(file);
  return text;
}

char *apus_system_text(const char *root, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *text = read_path(root, format, arguments);
  va_end(arguments);
  return text;
}

bool apus_system_number(const char **text, uint64_t *number) {
  const char *at = *text;
  while (*at == ' ' || *at == '\t') at++;
  if (*at < '0' || *at > '9') return false;
  uint64_t value = 0;
  for (; *at >= '0' && *at <= '9'; at++)
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, *at - '0', &value)) return false;
  *text = at;
  *number = value;
  return true;
}

bool apus_system_number_in(uint64_t *number, const char *root, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *text = read_path(root, format, arguments);
  va_end(arguments);
  const char *at = text;
  const bool found = text && apus_system_number(&at, number);
  free(text);
  return found;
}

/* One item of a list, "3" or "0-3"; moves *text behind it. */
static bool take_range(const char **text, uint64_t *low, uint64_t *high) {
  const char *at = *text;
  if (!apus_system_number(&at, low)) return false;
  *high = *low;
  if (*at == '-') {
    at++;
    if (!apus_system_number(&at, high)) return false;
  }
  *text = at;
  return *low <= *high && *high < list_end;
}

size_t apus_system_list(const char *text, uint64_t *first) {
  size_t count = 0;
  for (;; text++) {
    uint64_t low, high;
    if (!take_range(&text, &low, &high)) return 0;
    if (count == 0 && first) *first = low;
    count += high - low + 1;
    if (*text != ',') return count;
  }
}

bool apus_system_list_has(const char *text, uint64_t number) {
  for (;; text++) {
    uint64_t low, high;
    if (!take_range(&text, &low, &high)) return false;
    if (low <= number && number <= high) return true;
    if (*text != ',') return false;
  }
}
