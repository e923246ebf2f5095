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
 * environments; or if that cannot be told.  In *why, which is empty, a clause
 * about "it", and what to do, safe for a terminal.
 */
bool guard_is_known(int fd, struct out *why);

/*
 * The same; and if it holds what no environment consists of, as stray.h has
 * it, and would be lost with it.
 */
bool guard_refuses(int fd, struct out *why);

/*
 * The same for an environment that is made anew, where all else stays: only a
 * project, for its programs may be in bin, and version control in the parts
 * that go.
 */
bool guard_refuses_anew(int fd, struct out *why);

/* Is a project in it, by a name in *ret that only projects have? */
bool guard_is_project(int fd, struct out *ret);

#endif
