/* The calling thread's last error message. In C, because Swift has no thread-local storage. */
#include "apus.h"
#include "apus_error.h"

#include <string.h>

static _Thread_local char last_message[1024];

const char *apus_error_message(void) { return last_message; }

void apus_error_set_message(const char *message) {
  size_t length = strnlen(message, sizeof last_message);
  if (length == sizeof last_message) {
    length--;
    /* Bytes 10xxxxxx continue a character: step back to where it starts. */
    while (length > 0 && ((unsigned char)message[length] & 0xC0) == 0x80) length--;
  }
  memmove(last_message, message, length);
  last_message[length] = 0;
}
