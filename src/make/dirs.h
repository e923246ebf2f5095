/*
 * Directories of the user's own, made when they are first wanted.
 */
#ifndef DIRS_H
#define DIRS_H

#include "which/compat.h"

/*
 * Make the directory `path` (absolute) and those above it, 0700, where they
 * are not there; but never the home directory: whose HOME is not there, as a
 * service's may be on purpose, has none.  0 or a negative errno, with the
 * path that could not be made in ret (PATH_MAX bytes).
 */
int dirs_make(const char *path, char *ret);

#endif
