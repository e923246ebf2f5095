/*
 * What stands in the directory of an environment and is no part of one.  It
 * may be somebody's work, which nobody can make again: so whoever takes an
 * environment away looks for it first.
 */
#ifndef STRAY_H
#define STRAY_H

#include <stdbool.h>

#include "which/out.h"

/*
 * Is the name, at the top of an environment, one that creators of these, pip
 * and other tools around them, the system, or we ourselves put there?
 */
bool stray_is_known(const char *name);

/* Where pip has checkouts; pipenv makes one in which there are none. */
#define STRAY_CHECKOUTS "src"

/*
 * What is in the way in the directory that is open at fd: names at its top
 * that are not known, and whatever a version control keeps its data in, at
 * any depth, be it a repository alone; and directories that may not be read,
 * of which nobody knows.  Their number, and a list of them in *list, safe for
 * a terminal and one line; what may be at any depth comes first.  A negative
 * errno: nobody can tell.
 *
 * Nothing is changed, no link is followed and no mount entered.
 */
#define STRAY_UNREAD " (cannot be read)"	/* behind such a name */
int stray_find(int fd, struct out *list);

/* Only version control, and only in what belongs to an environment. */
int stray_find_in_parts(int fd, struct out *list);

#endif
