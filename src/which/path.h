/*
 * Paths as strings of at most PATH_MAX bytes.  What does not fit is an
 * error (-ENAMETOOLONG), never cut.
 */
#ifndef PATH_H
#define PATH_H

#include <stdbool.h>

#include "compat.h"

/* dir "/" name in ret (PATH_MAX bytes).  0 or -ENAMETOOLONG. */
int path_join(char *ret, const char *dir, const char *name);

/* s in ret (PATH_MAX bytes).  0 or -ENAMETOOLONG. */
int path_copy(char *ret, const char *s);

/*
 * Take "//", "." and ".." out of an absolute path, in place, by its text
 * alone.  Behind a symbolic link ".." means another directory to the kernel
 * than to this text: ask path_same() whether the result is still the place.
 */
void path_clean(char *path);

/* Do both names lead to the same directory or file (device and inode)? */
bool path_same(const char *a, const char *b);

/*
 * Is `dir` in a list of absolute paths between colons?  By the rules of
 * GIT_CEILING_DIRECTORIES: a link among them means what it leads to, up to
 * the first empty entry, which says that no link is left.
 */
bool path_in_list(const char *list, const char *dir);

/* Is `dir`, or a directory above it, in such a list? */
bool path_in_list_above(const char *list, const char *dir);

/* The same text, or path_same(). */
bool path_equal(const char *a, const char *b);

/* Is it a file that this user may run? */
bool path_is_program(const char *path);

/* Cut the last component off; "/" stays.  False where there was none. */
bool path_up(char *path);

/* The last component; "" for "/". */
const char *path_base(const char *path);

/*
 * name as an absolute path in ret (PATH_MAX bytes): as it is, or below the
 * absolute dir; cleaned, unless that changes what it means.
 * 0 or -ENAMETOOLONG.
 */
int path_below(char *ret, const char *dir, const char *name);

/*
 * The working directory, in ret (PATH_MAX bytes): by its logical name pwd
 * ($PWD; may be NULL) where that is absolute and the same device and inode
 * as ".", else by its physical name.  In ret_physical (PATH_MAX bytes) its
 * name without symbolic links; "" where the kernel cannot tell.
 * 0, or a negative errno (-ENOENT: it was deleted).
 */
int path_working_dir(char *ret, char *ret_physical, const char *pwd);

#endif
