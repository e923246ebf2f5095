/*
 * Whether a directory is one to make something in: what somebody else could
 * exchange or write was made for him.
 */
#ifndef GROUND_H
#define GROUND_H

#include "which/out.h"

/*
 * May an environment be made in the directory `path` (absolute), open at fd?
 * With -1 it may have to be made itself.  False: `why` says why not, and what
 * to do.
 */
bool ground_check(const char *path, int fd, struct out *why);

/*
 * A directory that was just made at `path`: what is made in it inherits no
 * access list from above, for that would let others write, whatever the modes
 * and the umask say.
 */
void ground_clear(const char *path);

/* Would what is made in the directory open at fd inherit such a list? */
bool ground_inherits(int fd);

#endif
