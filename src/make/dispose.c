/*
 * pyvenv.cfg is what makes a directory an environment: it goes first, and by
 * a rename, which needs no room on a full disk.
 */
#include "dispose.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "aside.h"
#include "erase.h"
#include "stray.h"
#include "which/env.h"
#include "which/path.h"

int dispose_open(const char *path, int *ret_in)
{
	char above[PATH_MAX];
	int fd, in;

	(void)path_copy(above, path);
	(void)path_up(above);
	in = open(above, O_STAND | O_DIRECTORY | O_CLOEXEC);
	if (in < 0)
		return -errno;
	fd = open_dir_at(in, path_base(path));
	if (fd < 0) {
		fd = -errno;
		(void)close(in);
		return fd;
	}
	*ret_in = in;
	return fd;
}

/* The mark may have been a pyvenv.cfg that was a link. */
bool dispose_is_unfinished(int fd)
{
	struct stat st;

	return fstatat(fd, "pyvenv.cfg", &st, AT_SYMLINK_NOFOLLOW) &&
		errno == ENOENT &&
		!fstatat(fd, ENV_UNFINISHED, &st, AT_SYMLINK_NOFOLLOW) &&
		(S_ISREG(st.st_mode) || S_ISLNK(st.st_mode));
}

static bool is_mark(const char *name)
{
	return !strcmp(name, ENV_UNFINISHED) || !strcmp(name, ENV_CONDEMNED);
}

/* What has come there since it was looked at is not taken for a part. */
static bool is_mark_or_stray(const char *name)
{
	return is_mark(name) || !stray_is_known(name);
}

/* 0 also where pyvenv.cfg is gone already. */
static int rename_cfg(int fd)
{
	return renameat(fd, "pyvenv.cfg", fd, ENV_UNFINISHED) &&
		errno != ENOENT ? -errno : 0;
}

int dispose_contents(int fd, bool all, char *ret_path)
{
	int err;

	*ret_path = '\0';
	erase_unlock(fd);
	err = rename_cfg(fd);
	if (err == -EISDIR) {
		err = erase_at(fd, ENV_UNFINISHED, ret_path);
		if (!err)
			err = rename_cfg(fd);
	}
	if (err)
		return err;
	aside_condemn(fd);
	return erase_contents(fd, all ? is_mark : is_mark_or_stray, ret_path);
}

int dispose_rest(int fd, int in, const char *name)
{
	/* If anything is in it by now, the directory stays as well. */
	(void)unlinkat(fd, STRAY_CHECKOUTS, AT_REMOVEDIR);
	if ((unlinkat(fd, ENV_CONDEMNED, 0) && errno != ENOENT) ||
	    (unlinkat(fd, ENV_UNFINISHED, 0) && errno != ENOENT) ||
	    (unlinkat(in, name, AT_REMOVEDIR) && errno != ENOENT))
		return -errno;
	return 0;
}
