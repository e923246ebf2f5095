/*
 * Removing a tree.  Everything goes by descriptors, one name at a time: no
 * link is ever followed, nothing outside of the tree is touched, nor what is
 * mounted in it.  The tree may be of any depth (what is more than 32 levels
 * down is moved to the top before it goes), and change meanwhile: what is
 * gone already is no error.
 */
#ifndef ERASE_H
#define ERASE_H

#include <stdbool.h>

#include "which/compat.h"

/* What is deep has such a name, and a number, while it waits at the top. */
#define ERASE_DEEP ".venv-which.deep"

/*
 * All of these: 0 or a negative errno, at the first thing that cannot be
 * removed; -EXDEV: something is mounted there.  Its path below dirfd goes to
 * ret_path (PATH_MAX bytes, a longer one ends in "..."), "" for dirfd itself.
 */

/*
 * Could erase_contents() remove all that is in dirfd?  Nothing is changed.
 * Tells of mounts, of directories that may not be written and are not mine
 * to change, and of read-only file systems, 32 levels down; only these can
 * be told in advance.
 */
int erase_check(int dirfd, char *ret_path);

/* Is `name` in dirfd a directory, and nothing in it? */
bool erase_is_empty(int dirfd, const char *name);

/* Remove `name` in the directory dirfd, whatever it is. */
int erase_at(int dirfd, const char *name, char *ret_path);

/*
 * Remove all entries of the directory dirfd, which stays, and with it the
 * entries of which keep() says so (NULL: none).
 */
int erase_contents(int dirfd, bool (*keep)(const char *name), char *ret_path);

/*
 * Let me write to the directory fd, if it is mine: nothing in it can be
 * removed or renamed else.  The functions above that remove something do so
 * by themselves.
 */
void erase_unlock(int fd);

#endif
