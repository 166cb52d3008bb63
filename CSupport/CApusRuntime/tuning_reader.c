// Reading tuning profiles: flat JSON objects of strings and whole numbers. Contract: include/apus_tuning.h.
//
// The text comes from outside, so the reader takes any bytes: it allocates nothing, looks at each byte once, and says
// of the first that is wrong where it is, what was expected and what was found.
#define _GNU_SOURCE
#include "apus_tuning.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { VERSION = 1, MAX_STRING = 128, MAX_DIGITS = 9 };

struct reader {
  const char *text;
  size_t length, at;
  apus_tuning_status status; /* the first that is not APUS_TUNING_OK stays */
  apus_tuning_error *error;
};

__attribute__((format(printf, 4, 5))) static bool fail(struct reader *reader, apus_tuning_status status,
                                                       size_t position, const char *format, ...) {
  if (reader->status != APUS_TUNING_OK) return false;
  reader->status = status;
  reader->error->position = position;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(reader->error->message, sizeof reader->error->message, format, arguments);
  va_end(arguments);
  return false;
}

/* What stands at the reader's place, for messages. */
static const char *found(const struct reader *reader, char text[16]) {
  if (reader->at == reader->length) return "the end";
  const unsigned char byte = (unsigned char)reader->text[reader->at];
  snprintf(text, 16, byte > ' ' && byte < 0x7f ? "'%c'" : "byte 0x%02x", byte);
  return text;
}

static bool expected(struct reader *reader, const char *what) {
  char text[16];
  return fail(reader, APUS_TUNING_MALFORMED, reader->at, "expected %s, found %s", what, found(reader, text));
}

static bool is_at(const struct reader *reader, char c) {
  return reader->at < reader->length && reader->text[reader->at] == c;
}

static bool is_at_digit(const struct reader *reader) {
  return reader->at < reader->length && reader->text[reader->at] >= '0' && reader->text[reader->at] <= '9';
}

static void skip_space(struct reader *reader) {
  while (is_at(reader, ' ') || is_at(reader, '\t') || is_at(reader, '\n') || is_at(reader, '\r')) reader->at++;
}

static bool take(struct reader *reader, char c, const char *what) {
  skip_space(reader);
  if (!is_at(reader, c)) return expected(reader, what);
  reader->at++;
  return true;
}

/* --- Values --- */

struct value {
  size_t position;
  bool is_string;
  char string[MAX_STRING];
  int32_t number;
};

static bool read_string(struct reader *reader, char out[MAX_STRING]) {
  const size_t start = reader->at++;
  for (size_t length = 0;; length++) {
    if (reader->at == reader->length) return expected(reader, "the string's closing quote");
    const char c = reader->text[reader->at];
    if (c == '\\') return expected(reader, "a string without escapes");
    if ((unsigned char)c < ' ' || (unsigned char)c >= 0x7f) return expected(reader, "a letter of ASCII");
    if (c == '"') {
      out[length] = 0;
      reader->at++;
      return true;
    }
    if (length == MAX_STRING - 1)
      return fail(reader, APUS_TUNING_MALFORMED, start, "expected a string of at most %d bytes, found a longer one",
                  MAX_STRING - 1);
    out[length] = c;
    reader->at++;
  }
}

static bool read_number(struct reader *reader, int32_t *out) {
  const size_t start = reader->at;
  int32_t number = 0;
  while (is_at_digit(reader)) {
    if (reader->at - start == MAX_DIGITS)
      return fail(reader, APUS_TUNING_MALFORMED, start, "expected a number of at most %d digits, found a longer one",
                  MAX_DIGITS);
    number = 10 * number + (reader->text[reader->at++] - '0');
  }
  if (reader->text[start] == '0' && reader->at - start > 1)
    return fail(reader, APUS_TUNING_MALFORMED, start, "expected a number without leading zeros, found '0'");
  *out = number;
  return true;
}

static bool read_value(struct reader *reader, struct value *out) {
  skip_space(reader);
  *out = (struct value){.position = reader->at, .is_string = is_at(reader, '"')};
  if (out->is_string) return read_string(reader, out->string);
  if (!is_at_digit(reader)) return expected(reader, "a string or a whole number from 0");
  return read_number(reader, &out->number);
}

/* --- Members --- */

/* The members that say what the file is; the knobs come after them. */
enum { FORMAT, FORMAT_VERSION, VENDOR, FAMILY, MODEL, STEPPING, FEATURES, CPUS, CORES, HEAD_COUNT };
static const char *const head_keys[HEAD_COUNT] = {
    [FORMAT] = "format",           [FORMAT_VERSION] = "version", [VENDOR] = "cpu_vendor",
    [FAMILY] = "cpu_family",       [MODEL] = "cpu_model",        [STEPPING] = "cpu_stepping",
    [FEATURES] = "cpu_features",   [CPUS] = "cpu_count",         [CORES] = "cpu_cores",
};

struct profile {
  apus_tuning tuning;
  apus_processor processor;
  uint64_t seen; /* bit i: member i was there */
};
_Static_assert(HEAD_COUNT + APUS_KNOB_COUNT <= 64, "a bit for every member");

static bool wrong_value(struct reader *reader, const char *key, const struct value *value, const char *wanted) {
  if (value->is_string)
    return fail(reader, APUS_TUNING_WRONG_VALUE, value->position, "%s: expected %s, found \"%.40s\"", key, wanted,
                value->string);
  return fail(reader, APUS_TUNING_WRONG_VALUE, value->position, "%s: expected %s, found %d", key, wanted,
              value->number);
}

static bool set_head(struct reader *reader, struct profile *profile, int member, const struct value *value) {
  const char *key = head_keys[member];
  apus_processor *processor = &profile->processor;
  uint32_t *number = NULL;
  char *string = NULL;
  size_t room = 0;
  switch (member) {
  case FORMAT:
    if (value->is_string && strcmp(value->string, "apus tuning") == 0) return true;
    wrong_value(reader, key, value, "\"apus tuning\"");
    reader->status = APUS_TUNING_UNKNOWN_FORMAT;
    return false;
  case FORMAT_VERSION:
    if (!value->is_string && value->number == VERSION) return true;
    wrong_value(reader, key, value, "version 1");
    reader->status = APUS_TUNING_UNKNOWN_FORMAT;
    return false;
  case VENDOR: string = processor->vendor, room = sizeof processor->vendor; break;
  case FEATURES: string = processor->features, room = sizeof processor->features; break;
  case FAMILY: number = &processor->family; break;
  case MODEL: number = &processor->model; break;
  case STEPPING: number = &processor->stepping; break;
  case CPUS: number = &processor->cpus; break;
  default: number = &processor->cores;
  }
  if (number) {
    if (value->is_string) return wrong_value(reader, key, value, "a number");
    *number = (uint32_t)value->number;
    return true;
  }
  if (!value->is_string) return wrong_value(reader, key, value, "a string");
  if (strlen(value->string) >= room) return wrong_value(reader, key, value, "a shorter string");
  strcpy(string, value->string);
  return true;
}

/* "a power of two from 256 to 65536", or the words that are allowed. */
static void describe_range(const apus_knob_range *range, char *out, size_t room) {
  if (!range->words) {
    snprintf(out, room, "%s from %d to %d", range->power_of_two ? "a power of two" : "a number", range->least,
             range->most);
    return;
  }
  size_t length = 0;
  for (int32_t i = 0; i <= range->most && length < room; i++)
    length += (size_t)snprintf(out + length, room - length, "%s\"%s\"", i ? " or " : "", range->words[i]);
}

static bool set_knob(struct reader *reader, apus_tuning *tuning, apus_knob knob, const struct value *value) {
  const apus_knob_range *range = apus_tuning_range(knob);
  int32_t chosen = -1;
  if (!range->words && !value->is_string) chosen = value->number;
  for (int32_t i = 0; range->words && value->is_string && i <= range->most; i++)
    if (strcmp(range->words[i], value->string) == 0) chosen = i;
  if (apus_tuning_set(tuning, knob, chosen)) return true;
  char wanted[80];
  describe_range(range, wanted, sizeof wanted);
  return wrong_value(reader, range->key, value, wanted);
}

/* The member's number: the head's, then the knobs'; -1 if there is none of this name. */
static int member_of(const char *key) {
  for (int i = 0; i < HEAD_COUNT; i++)
    if (strcmp(head_keys[i], key) == 0) return i;
  for (int i = 0; i < APUS_KNOB_COUNT; i++)
    if (strcmp(apus_tuning_range((apus_knob)i)->key, key) == 0) return HEAD_COUNT + i;
  return -1;
}

static bool read_member(struct reader *reader, struct profile *profile) {
  skip_space(reader);
  const size_t start = reader->at;
  char key[MAX_STRING];
  if (!is_at(reader, '"')) return expected(reader, "a key in quotes");
  if (!read_string(reader, key)) return false;
  const int member = member_of(key);
  if (member < 0)
    return fail(reader, APUS_TUNING_UNKNOWN_KEY, start, "expected a key of version %d, found \"%.40s\"", VERSION, key);
  if (profile->seen >> member & 1)
    return fail(reader, APUS_TUNING_DUPLICATE_KEY, start, "expected each key once, found \"%s\" again", key);
  profile->seen |= (uint64_t)1 << member;

  struct value value;
  if (!take(reader, ':', "':'") || !read_value(reader, &value)) return false;
  return member < HEAD_COUNT ? set_head(reader, profile, member, &value)
                             : set_knob(reader, &profile->tuning, (apus_knob)(member - HEAD_COUNT), &value);
}

static bool read_profile(struct reader *reader, struct profile *profile) {
  if (!take(reader, '{', "'{'")) return false;
  skip_space(reader);
  for (bool first = true; !is_at(reader, '}'); first = false) {
    if (!first && !take(reader, ',', "',' or '}'")) return false;
    if (!read_member(reader, profile)) return false;
    skip_space(reader);
  }
  const size_t end = reader->at++;
  for (int i = 0; i < HEAD_COUNT; i++)
    if (!(profile->seen >> i & 1))
      return fail(reader, APUS_TUNING_MISSING_KEY, end, "expected the key \"%s\", found the object's end",
                  head_keys[i]);
  skip_space(reader);
  return reader->at == reader->length || expected(reader, "the end");
}

/* --- Calls --- */

apus_tuning_status apus_tuning_parse(const char *text, size_t length, apus_tuning *tuning, apus_processor *made_on,
                                     apus_tuning_error *error) {
  apus_tuning_error unused;
  struct reader reader = {text, length, 0, APUS_TUNING_OK, error ? error : &unused};
  struct profile profile = {0};
  *reader.error = (apus_tuning_error){0};
  apus_tuning_reset(&profile.tuning);
  if (tuning) *tuning = profile.tuning;
  if (made_on) *made_on = profile.processor;

  if (!tuning || !made_on || (!text && length > 0))
    fail(&reader, APUS_TUNING_INVALID_ARGUMENT, 0, "%s is NULL", !tuning ? "tuning" : !made_on ? "made_on" : "text");
  else if (length > APUS_TUNING_MAXIMUM_BYTES)
    fail(&reader, APUS_TUNING_TOO_LARGE, APUS_TUNING_MAXIMUM_BYTES, "expected at most %d bytes, found more",
         APUS_TUNING_MAXIMUM_BYTES);
  else if (read_profile(&reader, &profile)) {
    *tuning = profile.tuning;
    *made_on = profile.processor;
  }
  return reader.status;
}

/* Bytes read, up to `room`; -1 with the reason in errno. */
static ssize_t read_file(const char *path, char *out, size_t room) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  size_t length = 0;
  ssize_t got = 1;
  while (got != 0 && length < room) {
    got = read(file, out + length, room - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) break;
    length += (size_t)got;
  }
  const int error = errno;
  close(file);
  errno = error;
  return got < 0 ? -1 : (ssize_t)length;
}

apus_tuning_status apus_tuning_read(const char *path, apus_tuning *tuning, apus_tuning_error *error) {
  apus_tuning_error unused;
  struct reader reader = {NULL, 0, 0, APUS_TUNING_OK, error ? error : &unused};
  *reader.error = (apus_tuning_error){0};
  if (tuning) apus_tuning_reset(tuning);
  if (!path || !tuning) {
    fail(&reader, APUS_TUNING_INVALID_ARGUMENT, 0, "%s is NULL", path ? "tuning" : "path");
    return reader.status;
  }

  char text[APUS_TUNING_MAXIMUM_BYTES + 1];
  const ssize_t length = read_file(path, text, sizeof text);
  if (length < 0) {
    char reason[128];
    fail(&reader, APUS_TUNING_UNREADABLE, 0, "%s", strerror_r(errno, reason, sizeof reason));
    return reader.status;
  }
  apus_processor made_on, here;
  const apus_tuning_status status = apus_tuning_parse(text, (size_t)length, tuning, &made_on, reader.error);
  if (status != APUS_TUNING_OK) return status;
  apus_processor_read(&here);
  if (apus_processor_equal(&made_on, &here)) return APUS_TUNING_OK;
  apus_tuning_reset(tuning);
  if (made_on.cpus != here.cpus || made_on.cores != here.cores)
    fail(&reader, APUS_TUNING_OTHER_PROCESSOR, 0, "made where %u CPUs on %u cores were allowed, here it is %u on %u",
         made_on.cpus, made_on.cores, here.cpus, here.cores);
  else
    fail(&reader, APUS_TUNING_OTHER_PROCESSOR, 0, "made on %s family %u model %u stepping %u%s, this is %s %u %u %u",
         made_on.vendor, made_on.family, made_on.model, made_on.stepping,
         strcmp(made_on.features, here.features) == 0 ? "" : " with other features", here.vendor, here.family,
         here.model, here.stepping);
  return reader.status;
}
