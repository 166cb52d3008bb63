/* Between the Swift room ApusC and the C file that holds the thread's message; not installed. */
#ifndef APUS_ERROR_H
#define APUS_ERROR_H

/* Makes `message` what apus_error_message returns on this thread, cut to 1023 bytes at a character's end. */
void apus_error_set_message(const char *message);

#endif
