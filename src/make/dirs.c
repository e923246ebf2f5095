/*
 * Making directories, from the outermost one that is missing.
 */
#include "dirs.h"

#include <stdlib.h>
#include <string.h>

#include "which/path.h"

/* One of them.  0 or a negative errno. */
static int make_one(const char *path)
{
	const char *home = getenv("HOME");

	if (home && !strcmp(path, home))
		return access(path, F_OK) ? -errno : 0;
	return !mkdir(path, 0700) || errno == EEXIST || errno == EISDIR
		? 0 : -errno;
}

int dirs_make(const char *path, char *ret)
{
	int err = path_copy(ret, path);

	if (!err && !access(path, F_OK))
		return 0;
	for (char *slash = ret + 1; !err && (slash = strchr(slash, '/'));
	     slash++) {
		*slash = '\0';
		err = make_one(ret);
		if (!err)
			*slash = '/';
	}
	return err ? err : make_one(ret);
}
