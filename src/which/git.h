/*
 * Is an environment in the git index of the repository around it?  Then it
 * came with the repository, or will go out with it.  No git is run, and none
 * of git's variables is believed.
 */
#ifndef GIT_H
#define GIT_H

#include <stdbool.h>
#include <sys/stat.h>

#include "compat.h"
#include "gitindex.h"

struct repository {
	int err;		/* of TRACKED_DOUBT: a shortage, or 0 */
	bool busy;		/* the same: git writes, file is its lock */
	struct stat st;		/* fstat(2) of file, where it could be opened */
	/* Both hold until file_room() is used again. */
	char *dir;		/* its work tree */
	char *file;		/* what was read: its index, or `.git` file */
};

/*
 * The question for the environment at `path`: absolute, without links.  The
 * repository is that of the nearest `.git` at or above it: a directory that
 * has a HEAD, or a file that leads to one (worktrees, submodules).  One that
 * belongs to another user is none, as for git.
 *
 * In *ret what decided, unless the answer is TRACKED_NO.
 */
enum tracked git_tracks(const char *path, struct repository *ret);

#endif
