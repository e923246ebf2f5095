/*
 * May the contents of this directory be destroyed?  What looks like more
 * than an environment may not, whatever else is true of it.
 */
#ifndef GUARD_H
#define GUARD_H

#include <stdbool.h>

#include "which/out.h"

/*
 * True for the directory that is open at fd if it is the root directory, the
 * home directory or one above it, the container directory of named
 * environments; if a project is in it (its own repository, or a file by which
 * projects are known); or if that cannot be told.  In *why a clause about
 * "it", and what to do, safe for a terminal.
 */
bool guard_refuses(int fd, struct out *why);

/* The first half of it: the root directory, a home, the container. */
bool guard_is_known(int fd, struct out *why);

/* Is nothing in that directory? */
bool guard_is_empty(int fd);

#endif
