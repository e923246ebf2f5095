/*
 * Who else could change what stands at a path?  A file's owner and whoever
 * its mode lets write can; and so can whoever may rename something on the
 * way to it.
 */
#ifndef SECURE_H
#define SECURE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "compat.h"

/*
 * May this user own what I use?  Myself and root; and where I am root, the
 * user behind sudo ($SUDO_UID), as git's safe.directory has it.
 */
bool secure_owner(uid_t uid);

/*
 * Who beside its owner may write the file at `path`, by the answer `st` of
 * stat(2): "everybody", "its group" or "others, by its access list"; NULL:
 * nobody.  A group with no other member is nobody else, unless an access
 * list makes the group's bits its mask.
 */
const char *secure_writers(const struct stat *st, const char *path);

/*
 * Everybody may do everything with it: what a mount says that knows no modes,
 * as of Windows' file systems, even of a file that is no program.
 */
bool secure_is_free(const struct stat *st);

enum secure {
	SECURE_YES,
	SECURE_OWNER,	/* something on the path belongs to another user */
	SECURE_WRITERS,	/* a directory on it may be written by others */
	SECURE_CHANGED,	/* it led elsewhere meanwhile, or can't be followed,
			 * or leads by way of /proc or /dev/fd */
};

struct culprit {
	/* Before: below these directories, a colon list, such a mode is no
	 * fault; or NULL. */
	const char *under;
	const char *who;	/* as of secure_writers() */
	struct stat st;
	char path[PATH_MAX];	/* the directory or link; st is its lstat(2) */
};

/*
 * Can nobody else make the absolute `path` lead elsewhere than to `want`?
 * Every directory but the root and every link on the way belongs to whom
 * secure_owner() trusts, and nobody else may write the directories; or they
 * are sticky, as /tmp is: there a stranger can add names and not take mine.
 *
 * Each name is looked up in a directory that has passed already, in which
 * nobody else can rename anything: therefore it may be asked by its path.
 *
 * Where not, *ret tells why.  Where the result is SECURE_YES, its path is the
 * one without links.
 */
enum secure secure_path(const char *path, const struct stat *want,
			struct culprit *ret);

#endif
