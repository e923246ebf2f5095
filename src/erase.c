/*
 * Removing a tree by descriptors, without recursion.
 *
 * The way down is a stack of levels, each an open directory.  Below the
 * first LEVELS_OPEN only the lowest is open: the way back up is "..", which
 * has to be the directory that one came from.
 */
#include "erase.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"

#define LEVELS_OPEN 32

struct level {
	DIR *dir;		/* NULL: closed, a lower one is at work */
	dev_t dev;
	ino_t ino;
	size_t name, end;	/* where its name stands in the path */
	int locked;		/* why nothing in it could be removed, or 0 */
	bool removed;		/* anything, since its beginning was read */
};

struct erase {
	int dirfd;		/* what the tree is in; -1: its root stays */
	dev_t dev;
	bool only_check;
	bool (*keep)(const char *name);

	struct level *levels;
	size_t depth, levels_cap;

	/* Of the entry at work, below what the caller gave. */
	char *path;
	size_t path_cap;
};

static struct level *lowest(struct erase *e)
{
	return &e->levels[e->depth - 1];
}

/* memory, or more of it, for `need` elements of `size` bytes; or NULL. */
static void *reserve(void *memory, size_t *cap, size_t need, size_t size)
{
	void *larger = memory;

	if (need > *cap) {
		larger = realloc(memory, 2 * need * size);
		*cap = larger ? 2 * need : *cap;
	}
	return larger;
}

/* Make the path that of `name` in the lowest level. */
static int path_enter(struct erase *e, const char *name, size_t *ret_name)
{
	size_t at = e->depth ? lowest(e)->end : 0;
	size_t len = strlen(name);
	char *path = reserve(e->path, &e->path_cap, at + len + 2, 1);

	if (!path)
		return -ENOMEM;
	e->path = path;
	if (at)
		e->path[at++] = '/';
	memcpy(e->path + at, name, len + 1);
	*ret_name = at;
	return 0;
}

/* -- permissions -------------------------------------------------------- */

static bool is_mine(const struct stat *st)
{
	return st->st_uid == effective_uid();
}

static void unlock(int fd, const struct stat *st)
{
	if (is_mine(st) && (st->st_mode & S_IRWXU) != S_IRWXU)
		(void)fchmod(fd, (st->st_mode & 07777) | S_IRWXU);
}

void erase_unlock(int fd)
{
	struct stat st;

	if (!fstat(fd, &st))
		unlock(fd, &st);
}

/* Why nothing in the directory could be removed, even by unlock(); or 0. */
static int why_locked(int fd, const struct stat *st)
{
	if (!faccessat(fd, ".", W_OK | X_OK, AT_EACCESS) ||
	    (errno == EACCES && is_mine(st)))
		return 0;
	return -errno;
}

/* -- down and up -------------------------------------------------------- */

static void shut(struct level *level)
{
	if (level->dir)
		(void)closedir(level->dir);
	level->dir = NULL;
}

/* A new lowest level, of the directory fd, which is ours now. */
static int push(struct erase *e, int fd, size_t name)
{
	struct level new = { .name = name };
	struct level *levels = reserve(e->levels, &e->levels_cap, e->depth + 1,
				       sizeof(new));
	struct stat st;
	int err = !levels ? -ENOMEM : fstat(fd, &st) ? -errno :
		st.st_dev != e->dev ? -EXDEV : 0;

	if (levels)
		e->levels = levels;
	if (!err && e->only_check)
		new.locked = why_locked(fd, &st);
	else if (!err)
		unlock(fd, &st);
	if (!err && !(new.dir = fdopendir(fd)))
		err = -errno;
	if (err) {
		(void)close(fd);
		return err;
	}
	new.dev = st.st_dev;
	new.ino = st.st_ino;
	new.end = name + strlen(e->path + name);
	if (e->depth > LEVELS_OPEN)
		shut(lowest(e));
	e->levels[e->depth++] = new;
	return 0;
}

/* The descriptor of what holds the lowest level, open again. */
static int parent_of(struct erase *e)
{
	struct level *above = lowest(e) - 1;
	struct stat st;
	int fd;

	if (e->depth == 1)
		return e->dirfd;
	if (above->dir)
		return dirfd(above->dir);
	fd = open_dir_at(dirfd(lowest(e)->dir), "..");
	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) || st.st_dev != above->dev ||
	    st.st_ino != above->ino || !(above->dir = fdopendir(fd))) {
		(void)close(fd);
		return -ESTALE;
	}
	return fd;
}

static void pop(struct erase *e)
{
	shut(lowest(e));
	e->depth--;
}

/* The lowest level anew: there are systems that skip an entry behind one
 * that was removed while they were being read. */
static void again(struct erase *e)
{
	if (e->depth > LEVELS_OPEN + 1)
		shut(lowest(e) - 1);
	lowest(e)->removed = false;
	rewinddir(lowest(e)->dir);
}

/* The lowest level has been read to its end. */
static int leave(struct erase *e)
{
	struct level *level = lowest(e);
	int parent;
	bool removed;

	e->path[level->end] = '\0';
	if (e->only_check || (e->depth == 1 && e->dirfd < 0)) {
		if (level->removed)
			again(e);
		else
			pop(e);
		return 0;
	}
	parent = parent_of(e);
	if (parent < 0)
		return parent;
	removed = !unlinkat(parent, e->path + level->name, AT_REMOVEDIR);
	if (removed || errno == ENOENT) {
		pop(e);
		if (e->depth && removed)
			lowest(e)->removed = true;
		return 0;
	}
	if ((errno != ENOTEMPTY && errno != EEXIST) || !level->removed)
		return -errno;
	again(e);
	return 0;
}

/* -- entries ------------------------------------------------------------ */

static int enter(struct erase *e, int in, const struct stat *st, size_t name)
{
	const char *base = e->path + name;
	int fd = open_dir_at(in, base);

	if (fd < 0 && errno == EACCES && is_mine(st)) {
		if (e->only_check)
			return 0;
		if (fchmodat(in, base, S_IRWXU, AT_SYMLINK_NOFOLLOW))
			return errno == ENOENT ? 0 : -errno;
		fd = open_dir_at(in, base);
	} else if (fd < 0 && errno == EACCES && !e->only_check) {
		/* Another user's can go if it is empty. */
		return unlinkat(in, base, AT_REMOVEDIR) ? -EACCES : 0;
	}
	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	return push(e, fd, name);
}

/* The entry `name` of the directory `in`, the lowest level if there is one. */
static int take(struct erase *e, int in, const char *name)
{
	struct stat st;
	size_t at;
	int err = path_enter(e, name, &at);

	if (err)
		return err;
	/* A check goes no further than permissions allow without changes. */
	if (fstatat(in, name, &st, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT || (errno == EACCES && e->only_check)
			? 0 : -errno;
	if (S_ISDIR(st.st_mode))
		return e->only_check && e->depth == LEVELS_OPEN ? 0 :
			enter(e, in, &st, at);
	if (e->only_check)
		return 0;
	if (unlinkat(in, name, 0))
		return errno == ENOENT ? 0 : -errno;
	if (e->depth)
		lowest(e)->removed = true;
	return 0;
}

static bool stays(const struct erase *e, const char *name)
{
	return !strcmp(name, ".") || !strcmp(name, "..") ||
		(e->depth == 1 && e->keep && e->keep(name));
}

/* Until no level is left. */
static int work(struct erase *e)
{
	int err = 0;

	while (e->depth && !err) {
		struct level *level = lowest(e);
		struct dirent *entry;

		errno = 0;
		entry = readdir(level->dir);
		if (!entry && errno)
			err = -errno;
		else if (!entry)
			err = leave(e);
		else if (!stays(e, entry->d_name))
			err = level->locked ? level->locked :
				take(e, dirfd(level->dir), entry->d_name);
		if (err && (!entry || lowest(e)->locked))
			e->path[lowest(e)->end] = '\0';
	}
	return err;
}

/* -- the functions ------------------------------------------------------ */

/* `err`, once all is released, and the path told. */
static int finish(struct erase *e, int err, char *ret_path)
{
	struct out out = { .fd = -1, .buf = ret_path, .cap = PATH_MAX };

	*ret_path = '\0';
	if (err && e->path)
		out_str(&out, e->path);
	while (e->depth)
		pop(e);
	free(e->levels);
	free(e->path);
	return err;
}

static int begin(struct erase *e, int dirfd)
{
	struct stat st;
	size_t name;

	if (fstat(dirfd, &st))
		return -errno;
	e->dev = st.st_dev;
	return path_enter(e, "", &name);
}

/* All in dirfd, whose descriptor may be one that cannot be read. */
static int all_in(struct erase *e, int dirfd, char *ret_path)
{
	int err = begin(e, dirfd);
	int fd = -1;

	if (!err && (fd = open_dir_at(dirfd, ".")) < 0)
		err = -errno;
	if (!err)
		err = push(e, fd, 0);
	if (!err)
		err = work(e);
	return finish(e, err, ret_path);
}

int erase_check(int dirfd, char *ret_path)
{
	struct erase e = { .dirfd = -1, .only_check = true };

	return all_in(&e, dirfd, ret_path);
}

int erase_contents(int dirfd, bool (*keep)(const char *name), char *ret_path)
{
	struct erase e = { .dirfd = -1, .keep = keep };

	return all_in(&e, dirfd, ret_path);
}

int erase_at(int dirfd, const char *name, char *ret_path)
{
	struct erase e = { .dirfd = dirfd };
	int err = begin(&e, dirfd);

	if (!err)
		err = take(&e, dirfd, name);
	if (!err)
		err = work(&e);
	return finish(&e, err, ret_path);
}
