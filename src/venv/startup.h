/*
 * The line that loads the hook, and the file that it belongs into.
 */
#ifndef STARTUP_H
#define STARTUP_H

#include <stddef.h>

#include "which/out.h"

/*
 * "~/.bashrc: LINE" for that shell, as the help of `init` has it; or "".  Where
 * something typed writes the line, it is the file alone.
 */
const char *startup_line(const char *shell, char *ret, size_t cap);

/* Advice for the shell that $SHELL names: how that line gets into that file. */
void startup_advise(struct out *out);

/*
 * Where the hook is not loaded, and someone waits for something to happen: how
 * the environment at `path` is used in that shell, as lines on a terminal.
 */
void startup_further(const char *path);

#endif
