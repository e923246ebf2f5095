/*
 * What `venv create` and `venv recreate` do with an environment that they
 * have made.
 */
#ifndef MADE_H
#define MADE_H

#include "base.h"
#include "command.h"

/*
 * Record that it is allowed.  Where that cannot be written, a line says so:
 * by the rules it is one that was made here nonetheless.
 */
void made_record(const struct command *self, const char *path);

/* "WORD PATH (CPython 3.11.2, 2 packages)" */
void made_tell(const char *word, const char *path, const struct base *base,
	       int packages);

#endif
