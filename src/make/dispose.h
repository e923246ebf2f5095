/*
 * Taking an environment apart, so that at no time something is left that
 * looks like one and is not whole.
 */
#ifndef DISPOSE_H
#define DISPOSE_H

#include <stdbool.h>

/*
 * The directory at `path`, not through a link and not a mount (-EXDEV), to
 * read; and in *ret_in, to stand on, the one that it is an entry of.
 * Descriptors, or a negative errno.
 */
int dispose_open(const char *path, int *ret_in);

/*
 * Is the directory that is open at fd an environment which was not made, or
 * not removed, to the end?
 */
bool dispose_is_unfinished(int fd);

/*
 * Remove what is in the environment fd; without `all`, only names that are
 * known, see stray.h.  First it becomes an unfinished one, and what says so
 * is what stays.  Results as of erase_contents().
 */
int dispose_contents(int fd, bool all, char *ret_path);

/* Remove this, too, and the directory itself, `name` in the directory `in`. */
int dispose_rest(int fd, int in, const char *name);

#endif
