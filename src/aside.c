/*
 * Moving names between an environment's directory and one below it.
 */
#include "aside.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compat.h"
#include "env.h"
#include "erase.h"

#define OLD ".venv-which.old"	/* it may have to come back */
#define GONE ".venv-which.gone"	/* it will not */
/* In OLD, once all is there: what stands outside from then on is new. */
#define PARTS ".parts"
#define ALL ".all"

#define CFG "pyvenv.cfg"

bool aside_is_part(const char *name)
{
	/* By CPython, PyPy, virtualenv, uv, and what wheels put there. */
	static const char *const parts[] = {
		CFG, "bin", "include", "lib", "lib64", "share", "etc", "man",
		"local", ".gitignore", "CACHEDIR.TAG", ".lock",
		"pip-selfcheck.json", "Scripts", "Lib", "Include",
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (!strcmp(name, parts[i]))
			return true;
	return false;
}

static bool is_ours(const char *name)
{
	return !strcmp(name, OLD) || !strcmp(name, GONE) ||
		!strcmp(name, PARTS) || !strcmp(name, ALL) ||
		!strcmp(name, ENV_UNFINISHED);
}

static bool is_other(const char *name)
{
	return !aside_is_part(name) || is_ours(name);
}

static int open_below(int fd, const char *name)
{
	int below = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
			   O_CLOEXEC);

	return below < 0 ? -errno : below;
}

/* Every name in `from` but those of `stays`, and pyvenv.cfg, to `to`. */
static int move_names(int from, int to, bool (*stays)(const char *name))
{
	int copy = open_below(from, ".");
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	struct dirent *entry;
	int err = 0;

	if (!dir) {
		err = -errno;
		if (copy >= 0)
			(void)close(copy);
		return err;
	}
	while (!err && (entry = readdir(dir))) {
		const char *name = entry->d_name;

		if (strcmp(name, ".") && strcmp(name, "..") &&
		    strcmp(name, CFG) && !stays(name) &&
		    renameat(from, name, to, name) && errno != ENOENT)
			err = -errno;
	}
	(void)closedir(dir);
	return err;
}

static int move_cfg(int from, int to)
{
	return renameat(from, CFG, to, CFG) && errno != ENOENT ? -errno : 0;
}

static int mark(int fd, const char *name)
{
	int file = openat(fd, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	return file < 0 || close(file) ? -errno : 0;
}

int aside_put(int fd, bool all)
{
	int old, err;

	if (mkdirat(fd, OLD, 0700))
		return -errno;
	old = open_below(fd, OLD);
	if (old < 0)
		return old;
	err = move_cfg(fd, old);
	if (!err)
		err = move_names(fd, old, all ? is_ours : is_other);
	if (!err)
		err = mark(old, all ? ALL : PARTS);
	(void)close(old);
	return err;
}

/* What stands in the way of what comes back. */
static int clear_way(int fd, int old)
{
	char where[PATH_MAX];
	bool all = !faccessat(old, ALL, F_OK, 0);
	int err;

	if (!all && faccessat(old, PARTS, F_OK, 0))
		return 0;
	err = erase_at(fd, CFG, where);
	if (!err || err == -ENOENT)
		err = erase_contents(fd, all ? is_ours : is_other, where);
	/* From now on what stands outside is what has come back. */
	if (!err && unlinkat(old, ALL, 0) && unlinkat(old, PARTS, 0))
		err = -errno;
	return err;
}

int aside_back(int fd)
{
	int old = open_below(fd, OLD);
	int err;

	if (old < 0)
		return old;
	err = clear_way(fd, old);
	if (!err)
		err = move_names(old, fd, is_ours);
	if (!err)
		err = move_cfg(old, fd);
	(void)close(old);
	if (!err && unlinkat(fd, OLD, AT_REMOVEDIR))
		err = -errno;
	return err;
}

int aside_drop(int fd)
{
	char where[PATH_MAX];
	int err;

	if (renameat(fd, OLD, fd, GONE))
		return -errno;
	err = erase_at(fd, GONE, where);
	return err;
}

int aside_salvage(int fd)
{
	char where[PATH_MAX];
	int err = aside_back(fd);

	if (!err || err == -ENOENT)
		err = erase_at(fd, GONE, where);
	return err == -ENOENT ? 0 : err;
}
