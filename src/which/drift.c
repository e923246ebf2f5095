/*
 * Following bin/python, and comparing versions with the directories of lib.
 */
#include "drift.h"

#include <string.h>

#include "compat.h"
#include "path.h"

#define HOPS 8
#define LINK_MAX_TEXT 512	/* of a longer one nothing is said */

/* The first two numbers of `version`; what follows is at *ret_end. */
static bool take_minor(const char *version, char *ret, const char **ret_end)
{
	size_t len = strspn(version, "0123456789"), more;

	if (!len || version[len] != '.')
		return false;
	more = strspn(version + len + 1, "0123456789");
	len += 1 + more;
	if (!more || len >= DRIFT_SIZE)
		return false;
	memcpy(ret, version, len);
	ret[len] = '\0';
	*ret_end = version + len;
	return true;
}

/* 3.11 of a path that ends in "python3.11". */
static bool named_minor(const char *path, char *ret)
{
	static const char stem[] = "python";
	const char *base = path_base(path), *end;

	return !strncmp(base, stem, strlen(stem)) &&
		take_minor(base + strlen(stem), ret, &end) && !*end;
}

/* Where the link `at` leads, in its place.  False: it is none. */
static bool hop(int fd, char *at)
{
	char to[LINK_MAX_TEXT];
	ssize_t len = readlinkat(fd, at, to, sizeof(to));
	size_t dir = (size_t)(path_base(at) - at);

	if (len <= 0 || (size_t)len >= sizeof(to))
		return false;
	if (*to == '/')
		dir = 0;
	if (dir + (size_t)len >= LINK_MAX_TEXT)
		return false;
	memcpy(at + dir, to, (size_t)len);
	at[dir + (size_t)len] = '\0';
	return true;
}

static bool has_lib(int fd, const char *minor)
{
	char path[sizeof("lib/python") + DRIFT_SIZE] = "lib/python";
	struct stat st;

	memcpy(path + strlen(path), minor, strlen(minor) + 1);
	/* musl's faccessat(2) brings along what makes a process. */
	return !fstatat(fd, path, &st, 0);
}

bool drift_find(int fd, const char *version, char *ret_was, char *ret_is)
{
	char at[LINK_MAX_TEXT] = "bin/python";
	const char *end;
	int hops = 0;

	if (!take_minor(version, ret_was, &end))
		return false;
	/* A name with the version, outside of it, is where it ends. */
	while (hops++ < HOPS && (*at != '/' || !named_minor(at, ret_is)) &&
	       hop(fd, at))
		;
	return named_minor(at, ret_is) && strcmp(ret_was, ret_is) &&
		has_lib(fd, ret_was) && !has_lib(fd, ret_is);
}
