/*
 * The environment that a tool keeps elsewhere for a project: by the name that
 * the tool gives it.  Nothing of the tool's is run.
 */
#ifndef KEPT_H
#define KEPT_H

#include <stdbool.h>

#include "settings.h"

/* The word for the tool, and the file that a project of its own holds. */
const char *kept_word(enum tool tool);
const char *kept_marker(enum tool tool);

/*
 * Where the tool has the environment of the project `dir` (absolute, with its
 * marker), in ret (PATH_MAX bytes).  False: it has none, or nobody can tell.
 * True does not say that one is there.
 */
bool kept_path(enum tool tool, const char *dir, char *ret);

/*
 * Of poetry, with one for each Python: the names of all that it keeps for the
 * project are told to `visit`, and the directory is left in ret.
 */
bool kept_of_poetry(const char *dir,
		    void (*visit)(void *context, const char *name),
		    void *context, char *ret);

#endif
