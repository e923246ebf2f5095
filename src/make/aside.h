/*
 * What was in an environment's directory, out of the way until what takes
 * its place is complete.  It waits in a directory below, for the directory
 * itself may be a mount point or somebody's working directory, and keeps its
 * inode.  Every step can be the last one before a kill: the next call of
 * aside_salvage() goes on from there.
 */
#ifndef ASIDE_H
#define ASIDE_H

#include <stdbool.h>

/* All take the open directory and return 0 or a negative errno. */

/*
 * Move what belongs to an environment aside (its directories, pyvenv.cfg and
 * the marks that creators leave), or with that the settings of pip, or
 * everything.  pyvenv.cfg goes first: what has lost a part is no environment.
 */
enum aside { ASIDE_PARTS, ASIDE_SETTINGS, ASIDE_ALL };
int aside_put(int fd, enum aside what);

/* A descriptor of the directory that it waits in. */
int aside_open(int fd);

/* Could aside_drop() remove all of it? */
int aside_check(int fd);

/*
 * Put it back, in the place of the parts of an environment that stand there
 * now; pyvenv.cfg last.  -EEXIST: something else has taken a place.
 */
int aside_back(int fd);

/* Give it up.  On success it will not come back, and is removed. */
int aside_drop(int fd);

/*
 * A second name, of the number n, for the file at `rel`, which is going to be
 * replaced; and that file again in its place.
 */
int aside_keep(int fd, const char *rel, unsigned n);
int aside_restore(int fd, const char *rel, unsigned n);

/* None of them is needed any more. */
void aside_forget(int fd);

/* Is there something that is put aside? */
bool aside_waits(int fd);

/*
 * Say that what is left in it is not wanted, by a mark that nobody can have
 * packed into an archive.  It is no error where that cannot be written.
 */
void aside_condemn(int fd);

/* Put right what a kill has left of all these. */
int aside_salvage(int fd);

/* Does the name belong to an environment?  Is it one of those used here? */
bool aside_is_part(const char *name);
bool aside_is_ours(const char *name);

#endif
