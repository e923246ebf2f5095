/*
 * Whether what is in a directory may stay where an environment is made of it.
 */
#ifndef VOUCH_H
#define VOUCH_H

#include <stdbool.h>

#include "which/out.h"

/*
 * Is what the directory `path`, open at fd, holds of an environment the
 * user's own by the rules of trust?  Of one that is finished, all of them
 * count.  Of parts of one: that nobody else owns or may write them, and that
 * they are not in git's index; and, where programs or packages are among
 * them, that they were made here.  False: `why` says the reason, a clause.
 */
bool vouch(int fd, const char *path, struct out *why);

#endif
