/*
 * Putting directories, links and files into a tree.  What stands there
 * already and is the same stays; what is not waits under another name, until
 * tree_finish().
 */
#ifndef FILL_H
#define FILL_H

#include "tree.h"

/* `rel` is a path below the tree, whose directory is there.  Each is false
 * where it fails, and tree->why says why. */

bool fill_dir(struct tree *tree, const char *rel);

/*
 * A symbolic link.  In *ret_cannot whether the file system has none; then it
 * is true, and nothing was made.
 */
bool fill_link(struct tree *tree, const char *rel, const char *target,
	       bool *ret_cannot);

/*
 * A new file, to be written by the caller: its descriptor, or -1.  The mode
 * is cut by the umask.  fill_written() closes it; `err` is a negative errno
 * of the caller's, or 0.
 */
int fill_file(struct tree *tree, const char *rel, mode_t mode);
bool fill_written(struct tree *tree, const char *rel, int fd, int err);

/*
 * The same for a file whose presence alone is believed later on: it waits in
 * any case.
 */
int fill_file_late(struct tree *tree, const char *rel, mode_t mode);

/* Write all of it.  0 or a negative errno. */
int fill_bytes(int fd, const char *bytes, size_t len);

/* A copy of the file `name` in the directory from_fd. */
struct copy {
	int from_fd;
	const char *name;
	mode_t mode;		/* cut by the umask; */
	mode_t always;		/* and these bits, which are not */
	bool clone;		/* share its blocks, where that is possible */
	off_t size;		/* in bytes, where that is known; else 0 */
	const struct timespec *changed;	/* its time of change; NULL: now */
};

bool fill_copy(struct tree *tree, const char *rel, const struct copy *copy);

/*
 * A hard link to the file `name` in the directory from_fd.  In *ret_cannot
 * whether there can be none, for which there are many reasons; then it is
 * true, and nothing was made.
 */
bool fill_hard_link(struct tree *tree, const char *rel, int from_fd,
		    const char *name, bool *ret_cannot);

/* pyvenv.cfg. */
bool fill_cfg(struct tree *tree, const struct out *text);

#endif
