// Feeds the reader of tuning profiles what no writer writes: sound texts cut at every byte, changed at every byte to
// every value, and random damage. Texts lie in buffers of exactly their length, so that a byte read too far is seen.
#include "CApusRuntime.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REQUIRE(condition) \
  ((condition) ? (void)0 : (fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition), exit(1)))

static uint64_t state = 1;
static size_t below(size_t bound) {
  state = state * 6364136223846793005u + 1442695040888963407u; // Knuth's MMIX generator
  return (size_t)(state >> 33) % bound;
}

static void require_presets(const apus_tuning *tuning) {
  for (int i = 0; i < APUS_KNOB_COUNT; i++)
    REQUIRE(apus_tuning_get(tuning, (apus_knob)i) == apus_tuning_range((apus_knob)i)->preset);
}

static apus_tuning_status parse(const char *text, size_t length, apus_tuning_error *error) {
  char *exact = malloc(length ? length : 1);
  REQUIRE(exact != NULL);
  memcpy(exact, text, length);
  apus_tuning tuning;
  apus_processor made_on;
  memset(&tuning, 0xa5, sizeof tuning);
  const apus_tuning_status status = apus_tuning_parse(exact, length, &tuning, &made_on, error);
  REQUIRE((status == APUS_TUNING_OK) == (error->message[0] == 0));
  REQUIRE(error->position <= length && memchr(error->message, 0, sizeof error->message));
  if (status != APUS_TUNING_OK) require_presets(&tuning);
  for (int i = 0; i < APUS_KNOB_COUNT; i++) {
    apus_tuning copy = tuning; // whatever was accepted is in range
    REQUIRE(apus_tuning_set(&copy, (apus_knob)i, apus_tuning_get(&tuning, (apus_knob)i)));
  }
  free(exact);
  return status;
}

/* A profile of this processor with every knob at `value(range)`. */
static size_t write_profile(char *out, size_t room, int32_t (*value)(const apus_knob_range *)) {
  apus_processor here;
  apus_processor_read(&here);
  size_t length = (size_t)snprintf(
      out, room,
      "{\"format\": \"apus tuning\", \"version\": 1, \"cpu_vendor\": \"%s\", \"cpu_family\": %u, \"cpu_model\": %u, "
      "\"cpu_stepping\": %u, \"cpu_features\": \"%s\", \"cpu_count\": %u,\n\t\"cpu_cores\": %u",
      here.vendor, here.family, here.model, here.stepping, here.features, here.cpus, here.cores);
  for (int i = 0; i < APUS_KNOB_COUNT; i++) {
    const apus_knob_range *range = apus_tuning_range((apus_knob)i);
    const int32_t chosen = value(range);
    length += range->words ? (size_t)snprintf(out + length, room - length, ", \"%s\": \"%s\"", range->key,
                                              range->words[chosen])
                           : (size_t)snprintf(out + length, room - length, ", \"%s\":%d", range->key, chosen);
  }
  length += (size_t)snprintf(out + length, room - length, "}\n");
  REQUIRE(length < room);
  return length;
}

static int32_t least(const apus_knob_range *range) { return range->least; }
static int32_t most(const apus_knob_range *range) { return range->most; }

enum { ROOM = 4096 };

static void test_damage(const char *text, size_t length) {
  apus_tuning_error error;
  REQUIRE(parse(text, length, &error) == APUS_TUNING_OK);
  for (size_t cut = 0; cut < length - 1; cut++) REQUIRE(parse(text, cut, &error) != APUS_TUNING_OK);
  char changed[ROOM + 64];
  for (size_t at = 0; at < length; at++)
    for (int byte = 0; byte < 256; byte++) {
      memcpy(changed, text, length);
      changed[at] = (char)byte;
      parse(changed, length, &error);
    }
  for (int round = 0; round < 20000; round++) {
    memcpy(changed, text, length);
    size_t left = length;
    for (size_t changes = 1 + below(4); changes > 0 && left > 1; changes--) {
      const size_t at = below(left), stretch = 1 + below(left - at < 32 ? left - at : 32);
      switch (below(4)) {
      case 0: changed[at] = (char)below(256); break;
      case 1: memmove(changed + at, changed + at + stretch, left - at - stretch), left -= stretch; break;
      case 2:
        if (left + stretch <= sizeof changed) memmove(changed + at + stretch, changed + at, left - at), left += stretch;
        break;
      default: left = at + 1;
      }
    }
    parse(changed, left, &error);
  }
}

static void test_files(const char *text, size_t length) {
  char path[] = "/tmp/apus-tuning-XXXXXX";
  const int file = mkstemp(path);
  REQUIRE(file >= 0 && write(file, text, length) == (ssize_t)length);
  apus_tuning tuning;
  apus_tuning_error error;
  REQUIRE(apus_tuning_read(path, &tuning, &error) == APUS_TUNING_OK && error.message[0] == 0);
  REQUIRE(apus_tuning_read(path, &tuning, NULL) == APUS_TUNING_OK);
  REQUIRE(apus_tuning_get(&tuning, APUS_KNOB_THREADS) == 1024);
  for (size_t written = length; written <= APUS_TUNING_MAXIMUM_BYTES; written++) REQUIRE(write(file, " ", 1) == 1);
  REQUIRE(apus_tuning_read(path, &tuning, &error) == APUS_TUNING_TOO_LARGE);
  require_presets(&tuning);
  close(file);
  unlink(path);
  REQUIRE(apus_tuning_read(path, &tuning, &error) == APUS_TUNING_UNREADABLE && error.message[0]);
  REQUIRE(apus_tuning_read("/", &tuning, &error) == APUS_TUNING_UNREADABLE);
  REQUIRE(apus_tuning_read("/dev/zero", &tuning, &error) == APUS_TUNING_TOO_LARGE);
  REQUIRE(apus_tuning_read("/dev/null", &tuning, &error) == APUS_TUNING_MALFORMED);
}

static void test_arguments(void) {
  apus_tuning tuning;
  apus_processor processor;
  apus_tuning_error error;
  REQUIRE(apus_tuning_parse(NULL, 0, &tuning, &processor, &error) == APUS_TUNING_MALFORMED);
  REQUIRE(apus_tuning_parse(NULL, 1, &tuning, &processor, NULL) == APUS_TUNING_INVALID_ARGUMENT);
  REQUIRE(apus_tuning_parse("{}", 2, NULL, &processor, &error) == APUS_TUNING_INVALID_ARGUMENT);
  REQUIRE(apus_tuning_parse("{}", 2, &tuning, NULL, &error) == APUS_TUNING_INVALID_ARGUMENT);
  REQUIRE(apus_tuning_parse("{}", SIZE_MAX, &tuning, &processor, &error) == APUS_TUNING_TOO_LARGE);
  REQUIRE(apus_tuning_read(NULL, &tuning, &error) == APUS_TUNING_INVALID_ARGUMENT);
  REQUIRE(apus_tuning_read("/dev/null", NULL, NULL) == APUS_TUNING_INVALID_ARGUMENT);
  apus_tuning_reset(&tuning);
  REQUIRE(!apus_tuning_range((apus_knob)-1) && !apus_tuning_range(APUS_KNOB_COUNT));
  REQUIRE(apus_tuning_get(&tuning, (apus_knob)1000) == -1 && !apus_tuning_set(&tuning, (apus_knob)1000, 0));
  REQUIRE(!apus_tuning_set(&tuning, APUS_KNOB_BLOCK_ROWS, 4095) && !apus_tuning_set(&tuning, APUS_KNOB_THREADS, -1));
  require_presets(&tuning);
}

int main(void) {
  char text[ROOM];
  size_t length = write_profile(text, sizeof text, least);
  test_damage(text, length);
  length = write_profile(text, sizeof text, most);
  test_damage(text, length);
  test_files(text, length);
  test_arguments();
  return 0;
}
