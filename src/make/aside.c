/*
 * Moving names between an environment's directory and one below it.
 */
#include "aside.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "erase.h"
#include "which/compat.h"
#include "which/env.h"
#include "which/file.h"

#define OLD ".venv-which.old"	/* it may have to come back */
#define GONE ".venv-which.gone"	/* it will not */
#define KEPT ".venv-which.kept"	/* files that were replaced */
/*
 * In OLD, once all is there: parts that stand outside from then on are new.
 * It holds the inode of OLD, which nobody can know who packs an archive.
 */
#define WHOLE ".whole"

#define CFG "pyvenv.cfg"
/*
 * It tells, too, where it was made: while anything else stands outside nobody
 * must take that for a stranger's.
 */
#define BIN "bin"

bool aside_is_part(const char *name)
{
	/* By CPython, PyPy, virtualenv, uv, and what wheels put there. */
	static const char *const parts[] = {
		CFG, "bin", "include", "lib", "lib64", "share", "etc", "man",
		"local", ".gitignore", "CACHEDIR.TAG", ".lock",
		"pip-selfcheck.json", "Scripts", "Lib", "Include",
		"lib_pypy", "lib-python", "site-packages", ".Python",
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (!strcmp(name, parts[i]))
			return true;
	return false;
}

static bool is_deep(const char *name)
{
	return !strncmp(name, ERASE_DEEP, strlen(ERASE_DEEP));
}

bool aside_is_ours(const char *name)
{
	return is_deep(name) || !strcmp(name, OLD) || !strcmp(name, GONE) ||
		!strcmp(name, KEPT) || !strcmp(name, WHOLE) ||
		!strcmp(name, ENV_UNFINISHED) || !strcmp(name, ENV_CONDEMNED);
}

static bool is_other(const char *name)
{
	return !aside_is_part(name) || aside_is_ours(name);
}

/* The same, where something is removed. */
static bool is_anothers(const char *name)
{
	return is_other(name) && !is_deep(name);
}

/* Of a stranger's the settings go, too: pip would obey them. */
static bool is_no_setting(const char *name)
{
	return is_other(name) && strcmp(name, "pip.conf");
}

static int open_below(int fd, const char *name)
{
	int below = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
			   O_CLOEXEC);

	return below < 0 ? -errno : below;
}

/* To a place where nothing is. */
static int move(int from, int to, const char *name)
{
	struct stat st;

	if (!fstatat(to, name, &st, AT_SYMLINK_NOFOLLOW))
		return fstatat(from, name, &st, AT_SYMLINK_NOFOLLOW) ? 0
			: -EEXIST;
	return renameat(from, name, to, name) && errno != ENOENT ? -errno : 0;
}

/* Every name in `from` but those of `stays`, CFG and BIN, to `to`. */
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
		    strcmp(name, CFG) && strcmp(name, BIN) && !stays(name))
			err = move(from, to, name);
	}
	(void)closedir(dir);
	return err;
}

/* The text of a mark in that directory; its length. */
static int mark_text(int dir, char *ret, size_t cap)
{
	struct stat st;

	if (fstat(dir, &st))
		return -errno;
	return snprintf(ret, cap, "%llu\n", (unsigned long long)st.st_ino);
}

static int mark(int dir, const char *name)
{
	char text[32];
	int len = mark_text(dir, text, sizeof(text));
	int file = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			  0600);
	ssize_t n = file < 0 ? -1 : write(file, text, (size_t)len);
	int err = n == len ? 0 : n < 0 ? -errno : -ENOSPC;

	if (file >= 0 && close(file) && !err)
		err = -errno;
	return err;
}

static bool is_marked(int dir, const char *name)
{
	char text[32], now[sizeof(text)];
	int len = mark_text(dir, text, sizeof(text));

	return len > 0 &&
		file_read_at(dir, name, now, sizeof(now)) == len &&
		!memcmp(text, now, (size_t)len);
}

int aside_put(int fd, enum aside what)
{
	static bool (*const stay[])(const char *name) = {
		[ASIDE_PARTS] = is_other, [ASIDE_SETTINGS] = is_no_setting,
		[ASIDE_ALL] = aside_is_ours,
	};
	int old, err;

	if (mkdirat(fd, OLD, 0700))
		return -errno;
	old = open_below(fd, OLD);
	if (old < 0)
		return old;
	err = move(fd, old, CFG);
	if (!err)
		err = move_names(fd, old, stay[what]);
	if (!err)
		err = move(fd, old, BIN);
	if (!err)
		err = mark(old, WHOLE);
	(void)close(old);
	return err;
}

int aside_open(int fd)
{
	return open_below(fd, OLD);
}

int aside_check(int fd)
{
	char where[PATH_MAX];
	int old = open_below(fd, OLD);
	int err = old < 0 ? old : erase_check(old, where);

	if (old >= 0)
		(void)close(old);
	return err;
}

/* What stands in the way of what comes back. */
static int clear_way(int fd, int old)
{
	char where[PATH_MAX];
	int err = 0;

	if (is_marked(old, WHOLE)) {
		err = erase_at(fd, CFG, where);
		if (!err || err == -ENOENT)
			err = erase_contents(fd, is_anothers, where);
	}
	/* From now on what stands outside is what has come back. */
	if (!err && unlinkat(old, WHOLE, 0) && errno != ENOENT)
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
		err = move(old, fd, BIN);
	if (!err)
		err = move_names(old, fd, aside_is_ours);
	if (!err)
		err = move(old, fd, CFG);
	(void)close(old);
	if (!err && unlinkat(fd, OLD, AT_REMOVEDIR))
		err = -errno;
	return err;
}

/* -- files that are replaced -------------------------------------------- */

static void kept_name(char *ret, size_t cap, unsigned n)
{
	(void)snprintf(ret, cap, KEPT "/%u", n);
}

int aside_keep(int fd, const char *rel, unsigned n)
{
	char name[64];

	kept_name(name, sizeof(name), n);
	if (mkdirat(fd, KEPT, 0700) && errno != EEXIST)
		return -errno;
	return linkat(fd, rel, fd, name, 0) ? -errno : 0;
}

int aside_restore(int fd, const char *rel, unsigned n)
{
	char name[64];

	kept_name(name, sizeof(name), n);
	return renameat(fd, name, fd, rel) ? -errno : 0;
}

void aside_forget(int fd)
{
	char where[PATH_MAX];

	(void)erase_at(fd, KEPT, where);
}

/* -- the end ------------------------------------------------------------ */

int aside_drop(int fd)
{
	char where[PATH_MAX];

	if (renameat(fd, OLD, fd, GONE))
		return -errno;
	(void)erase_at(fd, GONE, where);
	return 0;
}

bool aside_waits(int fd)
{
	return !faccessat(fd, OLD, F_OK, AT_SYMLINK_NOFOLLOW);
}

void aside_condemn(int fd)
{
	(void)mark(fd, ENV_CONDEMNED);
}

/* Go on with a removal, but for what is not of an environment. */
static int finish_removal(int fd)
{
	char where[PATH_MAX];
	struct stat st;
	int err = 0;

	if (is_marked(fd, ENV_CONDEMNED) &&
	    fstatat(fd, CFG, &st, AT_SYMLINK_NOFOLLOW))
		err = erase_contents(fd, is_anothers, where);
	return err ? err : unlinkat(fd, ENV_CONDEMNED, 0) ? -errno : 0;
}

int aside_salvage(int fd)
{
	char where[PATH_MAX];
	int err = finish_removal(fd);

	if (!err || err == -ENOENT)
		err = aside_back(fd);
	if (!err || err == -ENOENT)
		err = erase_at(fd, GONE, where);
	if (!err || err == -ENOENT)
		err = erase_at(fd, KEPT, where);
	return err == -ENOENT ? 0 : err;
}
