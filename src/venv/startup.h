/*
 * The line that loads the hook, and the file that it belongs into.
 */
#ifndef STARTUP_H
#define STARTUP_H

#include <stddef.h>

#include "which/out.h"

/* "~/.bashrc: LINE" for that shell, as the help of `init` has it; or "". */
const char *startup_line(const char *shell, char *ret, size_t cap);

/* Advice for the shell that $SHELL names: to add that line to that file. */
void startup_advise(struct out *out);

#endif
