/*
 * Owners, writers, and the way to a path.
 */
#include "secure.h"

#include <string.h>

#include "group.h"
#include "path.h"
#include "text.h"
#include "var.h"

#define LINKS_MAX 40	/* as the kernel has it */

/* The user behind sudo; else root. */
static uid_t sudo_uid(void)
{
	const char *text = var_get("SUDO_UID");
	unsigned long uid;

	if (!text || !text_number(text, &uid) || (uid_t)uid != uid)
		return 0;
	return (uid_t)uid;
}

/* The other user, beside root, who may own what I use. */
static uid_t trusted_uid(void)
{
	uid_t me = effective_uid();

	return me ? me : sudo_uid();
}

bool secure_owner(uid_t uid)
{
	return !uid || uid == trusted_uid();
}

const char *secure_writers(const struct stat *st, const char *path)
{
	if (st->st_mode & S_IWOTH)
		return "everybody";
	if (!(st->st_mode & S_IWGRP))
		return NULL;
	if (has_acl(path))
		return "others, by its access list";
	return group_is_private(st->st_gid, trusted_uid()) ? NULL
							   : "its group";
}

bool secure_is_free(const struct stat *st)
{
	return (st->st_mode & 0777) == 0777;
}

/*
 * Below these a name means something else to each process: /proc/self/cwd,
 * /dev/fd/3.  On Linux /dev/fd is a link to the former.
 */
static bool is_magic(const char *path)
{
	return !strcmp(path, "/proc") || !strcmp(path, "/dev/fd");
}

/* One directory or link of the way. */
static enum secure check(struct culprit *at)
{
	/* Whoever could write to the root has no need of this. */
	if (!at->path[1]) {
		at->st.st_mode = S_IFDIR;
		return SECURE_YES;
	}
	if (is_magic(at->path) || lstat(at->path, &at->st))
		return SECURE_CHANGED;
	if (!secure_owner(at->st.st_uid))
		return SECURE_OWNER;
	if (!S_ISDIR(at->st.st_mode) || at->st.st_mode & S_ISVTX)
		return SECURE_YES;
	at->who = secure_writers(&at->st, at->path);
	return !at->who || (at->under && secure_is_free(&at->st) &&
			    path_in_list_above(at->under, at->path))
		? SECURE_YES : SECURE_WRITERS;
}

/* A way that is gone: at->path, and what is left of it. */
struct way {
	struct culprit *at;
	const char *rest;
};

/*
 * The link at at->path: what it says comes in front of the rest, and counts
 * from the directory that it stands in.  False: it cannot be followed.
 */
static RARE bool follow(struct way *way)
{
	static char text[PATH_MAX];
	char target[PATH_MAX];
	ssize_t len = readlink(way->at->path, target, sizeof(target) - 1);

	/* In /proc they say of themselves that nothing is in them, by whatever
	 * name that is mounted. */
	if (len <= 0 || !way->at->st.st_size)
		return false;
	target[len] = '\0';
	if (*target == '/')
		memcpy(way->at->path, "/", 2);
	else
		(void)path_up(way->at->path);
	if (path_join(target, target, way->rest))
		return false;
	way->rest = text;
	return !path_copy(text, target);
}

/* Go on by the first component of the rest.  False: that is too long. */
static bool advance(struct way *way)
{
	const char *name = way->rest;
	size_t len = strcspn(name, "/"), had = strlen(way->at->path);
	char *path = way->at->path;

	way->rest = name + len + (name[len] == '/');
	if (!len || (len == 1 && *name == '.'))
		return true;
	if (len == 2 && name[0] == '.' && name[1] == '.') {
		(void)path_up(path);
		return true;
	}
	had -= had == 1;
	if (had + 1 + len >= PATH_MAX)
		return false;
	path[had] = '/';
	memcpy(path + had + 1, name, len);
	path[had + 1 + len] = '\0';
	return true;
}

enum secure secure_path(const char *path, const struct stat *want,
			struct culprit *ret)
{
	struct way way = { ret, path + 1 };
	enum secure secure;
	int links = 0;

	memcpy(ret->path, "/", 2);
	while ((secure = check(ret)) == SECURE_YES) {
		if (S_ISLNK(ret->st.st_mode)) {
			if (++links > LINKS_MAX || !follow(&way))
				return SECURE_CHANGED;
		} else if (!*way.rest) {
			break;
		}
		if (!advance(&way))
			return SECURE_CHANGED;
	}
	if (secure != SECURE_YES)
		return secure;
	return ret->st.st_dev == want->st_dev &&
		ret->st.st_ino == want->st_ino ? SECURE_YES : SECURE_CHANGED;
}
