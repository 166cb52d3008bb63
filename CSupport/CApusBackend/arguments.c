// Checks of what callers hand over, and the message that says what was wrong.
#include "arguments.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static _Thread_local char last_message[256];

const char *apus_backend_message(void) { return last_message; }

const char *apus_backend_status_name(apus_backend_status status) {
  switch (status) {
    case APUS_BACKEND_OK: return "success";
    case APUS_BACKEND_NULL: return "null pointer";
    case APUS_BACKEND_SIZE: return "size out of range";
    case APUS_BACKEND_ALIGNMENT: return "misaligned array";
    case APUS_BACKEND_OVERLAP: return "overlapping arrays";
    case APUS_BACKEND_WORD: return "word out of range";
    case APUS_BACKEND_UNKNOWN: return "unknown name";
    case APUS_BACKEND_HANDLE: return "wrong handle";
    case APUS_BACKEND_UNSUPPORTED: return "unsupported by this machine";
    case APUS_BACKEND_NO_RESOURCES: return "not enough memory or threads";
    case APUS_BACKEND_NOT_COMMITTED: return "not committed to";
    case APUS_BACKEND_PROFILE: return "invalid tuning profile";
    case APUS_BACKEND_OTHER_PROCESSOR: return "tuning profile of another processor";
    default: return "unknown status";
  }
}

apus_backend_status refuse(apus_backend_status status, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(last_message, sizeof last_message, format, arguments);
  va_end(arguments);
  return status;
}

apus_backend_status check_not_null(const void *pointer, const char *name) {
  if (!pointer) return refuse(APUS_BACKEND_NULL, "%s is NULL", name);
  return APUS_BACKEND_OK;
}

apus_backend_status check_memory(const apus_backend *backend, const char *what, uint64_t bytes) {
  if (!backend->machine_bytes || bytes <= backend->machine_bytes / 2) return APUS_BACKEND_OK;
  return refuse(APUS_BACKEND_NO_RESOURCES, "%s would need %" PRIu64 " bytes; this machine has %" PRIu64, what, bytes,
                backend->machine_bytes);
}

apus_backend_status check_handle(const void *handle, const char *name, uint32_t tag) {
  TRY(check_not_null(handle, name));
  if ((uintptr_t)handle % _Alignof(max_align_t) != 0 || *(const uint32_t *)handle != tag)
    return refuse(APUS_BACKEND_HANDLE, "%s is a handle of another type", name);
  return APUS_BACKEND_OK;
}

apus_backend_status check_count(size_t count, const char *name, size_t most) {
  if (count > most) return refuse(APUS_BACKEND_SIZE, "%s is %zu; it is at most %zu", name, count, most);
  return APUS_BACKEND_OK;
}

apus_backend_status check_power_of_two(size_t rows, const char *name, unsigned most_log) {
  if (rows == 0 || (rows & (rows - 1)) != 0 || rows > (size_t)1 << most_log)
    return refuse(APUS_BACKEND_SIZE, "%s is %zu; it must be a power of two up to 2^%u", name, rows, most_log);
  return APUS_BACKEND_OK;
}

apus_backend_status check_array(const void *array, const char *name, size_t count, size_t size, size_t alignment) {
  TRY(check_count(count, name, APUS_BACKEND_MOST));
  if (count == 0) return APUS_BACKEND_OK;
  TRY(check_not_null(array, name));
  if ((uintptr_t)array % alignment != 0)
    return refuse(APUS_BACKEND_ALIGNMENT, "%s is at %p, which is not aligned to %zu bytes", name, array, alignment);
  if ((uintptr_t)array > UINTPTR_MAX - count * size)
    return refuse(APUS_BACKEND_SIZE, "%s is at %p and has %zu values: it ends beyond the address space", name, array,
                  count);
  return APUS_BACKEND_OK;
}

static bool overlap(Extent a, Extent b) {
  uintptr_t start = (uintptr_t)a.start, other = (uintptr_t)b.start;
  return a.bytes && b.bytes && start < other + b.bytes && other < start + a.bytes;
}

apus_backend_status check_apart(Extent out, Extent in) {
  if (!overlap(out, in)) return APUS_BACKEND_OK;
  return refuse(APUS_BACKEND_OVERLAP, "%s, %zu bytes at %p, overlaps %s, %zu bytes at %p", out.name, out.bytes,
                out.start, in.name, in.bytes, in.start);
}

apus_backend_status check_same_or_apart(Extent out, Extent in) {
  return out.start == in.start && out.bytes == in.bytes ? APUS_BACKEND_OK : check_apart(out, in);
}

apus_backend_status check_columns(const void *const *columns, const char *name, size_t count, size_t rows,
                                  size_t size) {
  TRY(check_count(count, "the number of columns", APUS_BACKEND_MOST_COLUMNS));
  TRY(check_array(columns, name, count, sizeof *columns, sizeof *columns));
  for (size_t c = 0; c < count; c++) {
    char column[48];
    snprintf(column, sizeof column, "%s[%zu]", name, c);
    TRY(check_array(columns[c], column, rows, size, size));
  }
  return APUS_BACKEND_OK;
}

/* A column's place in memory: of `out` or of `in`, and its number. */
typedef struct Place {
  uintptr_t start;
  size_t column;
  bool is_out;
} Place;

static int compare_places(const void *a, const void *b) {
  const Place *x = a, *y = b;
  if (x->start != y->start) return x->start < y->start ? -1 : 1;
  return (int)y->is_out - (int)x->is_out;
}

/* In ascending order of their starts, columns of one length overlap a written one only if they begin less than that
 * length after it, or it after them: it is enough to remember where the last written and the last read column end. */
static apus_backend_status sweep(const Place *places, size_t count, size_t bytes) {
  const Place *written = NULL, *read = NULL;
  for (size_t i = 0; i < count; i++) {
    const Place *now = &places[i];
    const Place *other = NULL;
    if (written && now->start - written->start < bytes &&
        (now->is_out || now->start != written->start || now->column != written->column))
      other = written;
    if (now->is_out && read && now->start - read->start < bytes) other = read;
    if (other)
      return refuse(APUS_BACKEND_OVERLAP, "%s[%zu] at %p overlaps %s[%zu] at %p", now->is_out ? "out" : "in",
                    now->column, (const void *)now->start, other->is_out ? "out" : "in", other->column,
                    (const void *)other->start);
    if (now->is_out)
      written = now;
    else
      read = now;
  }
  return APUS_BACKEND_OK;
}

apus_backend_status check_columns_apart(const void *const *out, const void *const *in, size_t count, size_t bytes) {
  size_t places_count = in == out ? count : 2 * count;
  if (places_count == 0) return APUS_BACKEND_OK;
  for (size_t c = 0; c < count; c++) {
    Extent column = {out[c], bytes, "a column that is written"};
    TRY(check_apart(column, (Extent){out, count * sizeof *out, "the pointers to it"}));
    TRY(check_apart(column, (Extent){in, count * sizeof *in, "the pointers to the input"}));
  }
  Place *places = malloc(places_count * sizeof *places);
  if (!places) return refuse(APUS_BACKEND_NO_RESOURCES, "no memory to compare %zu columns", places_count);
  for (size_t c = 0; c < count; c++) {
    places[c] = (Place){(uintptr_t)out[c], c, true};
    if (in != out) places[count + c] = (Place){(uintptr_t)in[c], c, false};
  }
  qsort(places, places_count, sizeof *places, compare_places);
  apus_backend_status status = sweep(places, places_count, bytes);
  free(places);
  return status;
}

apus_backend_status check_words_accepted(Refused *refused, const char *what, const char *field) {
  if (refused->any) return refuse(APUS_BACKEND_WORD, "%s holds a word that is not below the modulus of %s", what, field);
  return APUS_BACKEND_OK;
}
