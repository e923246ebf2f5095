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

/*
 * at->path is a link: put what it says in front of `rest`, and go back to
 * the directory that it counts from.  False: it cannot be followed.
 */
static bool follow(struct culprit *at, char *rest)
{
	char target[PATH_MAX];
	ssize_t len = readlink(at->path, target, sizeof(target) - 1);

	if (len <= 0)
		return false;
	target[len] = '\0';
	if (*target == '/')
		memcpy(at->path, "/", 2);
	else
		(void)path_up(at->path);
	if (path_join(target, target, rest))
		return false;
	return !path_copy(rest, target);
}

/* Cut the first component off `rest` and go there.  False: it is too long. */
static bool advance(struct culprit *at, char *rest)
{
	size_t len = strcspn(rest, "/");
	char *next = rest + len + (rest[len] == '/');
	bool ok = true;

	rest[len] = '\0';
	if (!strcmp(rest, ".."))
		(void)path_up(at->path);
	else if (*rest && strcmp(rest, "."))
		ok = !path_join(at->path, at->path, rest);
	memmove(rest, next, strlen(next) + 1);
	return ok;
}

enum secure secure_path(const char *path, const struct stat *want,
			char *ret_physical, struct culprit *ret)
{
	char rest[PATH_MAX];
	enum secure secure;
	int links = 0;

	memcpy(ret->path, "/", 2);
	if (path_copy(rest, path + 1))
		return SECURE_CHANGED;
	while ((secure = check(ret)) == SECURE_YES) {
		if (S_ISLNK(ret->st.st_mode)) {
			if (++links > LINKS_MAX || !follow(ret, rest))
				return SECURE_CHANGED;
		} else if (!*rest) {
			break;
		}
		if (!advance(ret, rest))
			return SECURE_CHANGED;
	}
	if (secure != SECURE_YES)
		return secure;
	(void)path_copy(ret_physical, ret->path);
	return ret->st.st_dev == want->st_dev &&
		ret->st.st_ino == want->st_ino ? SECURE_YES : SECURE_CHANGED;
}
