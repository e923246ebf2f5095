/*
 * Removing a tree by descriptors, without recursion.
 *
 * The way down is a stack of levels, each an open directory.  It has an end:
 * what is deeper is moved up, to the top of the tree, where its turn comes.
 */
#include "erase.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "which/out.h"

#define LEVELS 32
/* How often a level is read that is never empty.  FUSE gives a file that some
 * program has open a new hidden name whenever it is removed. */
#define ROUNDS_MAX 4096

struct level {
	DIR *dir;
	size_t name, end;	/* where its name stands in the path */
	int locked;		/* why nothing in it could be removed, or 0 */
	bool removed;		/* anything, since its beginning was read */
	unsigned rounds;
};

struct erase {
	int dirfd;		/* what the tree is in; -1: its root stays */
	dev_t dev;
	bool only_check;
	bool (*keep)(const char *name);
	unsigned moved;		/* how many were moved up */

	struct level levels[LEVELS];
	size_t depth;

	/* Of the entry at work, below what the caller gave. */
	size_t len;
	char path[(LEVELS + 1) * 256];
};

static struct level *lowest(struct erase *e)
{
	return &e->levels[e->depth - 1];
}

/* Make the path that of `name` in the lowest level. */
static int path_enter(struct erase *e, const char *name, size_t *ret_name)
{
	size_t at = e->depth ? lowest(e)->end : 0;
	size_t len = strlen(name);

	if (at + len + 2 > sizeof(e->path))
		return -ENAMETOOLONG;
	if (at)
		e->path[at++] = '/';
	memcpy(e->path + at, name, len + 1);
	e->len = at + len;
	*ret_name = at;
	return 0;
}

/* The path of the lowest level itself. */
static void path_leave(struct erase *e)
{
	e->len = lowest(e)->end;
	e->path[e->len] = '\0';
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

/*
 * Move the entry `name` of the directory `in` to the top.  What may be
 * replaced there is an empty directory, which was going to be removed.
 */
static int move_up(struct erase *e, int in, const char *name)
{
	int top = dirfd(e->levels[0].dir);
	char new[32];

	for (;;) {
		(void)snprintf(new, sizeof(new), ERASE_DEEP "%u", e->moved++);
		if (e->keep && e->keep(new))
			continue;
		if (!renameat(in, name, top, new)) {
			e->levels[0].removed = true;
			return 0;
		}
		if (errno != ENOTEMPTY && errno != EEXIST && errno != ENOTDIR)
			return errno == ENOENT ? 0 : -errno;
	}
}

/* A new lowest level, of the directory fd, which is ours now. */
static int push(struct erase *e, int fd, size_t name)
{
	struct level new = { .name = name, .end = e->len };
	struct stat st;
	int err = fstat(fd, &st) ? -errno : st.st_dev != e->dev ? -EXDEV : 0;

	if (!err && e->only_check)
		new.locked = why_locked(fd, &st);
	else if (!err)
		unlock(fd, &st);
	if (!err && e->depth == LEVELS) {
		err = move_up(e, dirfd(lowest(e)->dir), e->path + name);
		(void)close(fd);
		return err;
	}
	if (!err && !(new.dir = fdopendir(fd)))
		err = -errno;
	if (err) {
		(void)close(fd);
		return err;
	}
	e->levels[e->depth++] = new;
	return 0;
}

static void pop(struct erase *e)
{
	(void)closedir(lowest(e)->dir);
	e->depth--;
}

/* Remove the lowest level, which should be empty.  0, or a negative errno. */
static int remove_lowest(struct erase *e)
{
	struct level *level = lowest(e);
	bool top = e->depth == 1;
	int in = top ? e->dirfd : dirfd(level[-1].dir);

	if (unlinkat(in, e->path + level->name, AT_REMOVEDIR))
		return errno == ENOENT ? 0 : -errno;
	if (!top)
		level[-1].removed = true;
	return 0;
}

/*
 * The lowest level has been read to its end.  Where something in it was
 * removed it may have to be read again: there are systems that skip an entry
 * behind one that was removed meanwhile.
 */
static int leave(struct erase *e)
{
	struct level *level = lowest(e);
	bool stays = e->only_check || (e->depth == 1 && e->dirfd < 0);
	int err;

	path_leave(e);
	err = !stays ? remove_lowest(e) : level->removed ? -ENOTEMPTY : 0;
	if ((err == -ENOTEMPTY || err == -EEXIST) && level->removed &&
	    level->rounds++ < ROUNDS_MAX) {
		level->removed = false;
		rewinddir(level->dir);
		return 0;
	}
	if (!err)
		pop(e);
	return err;
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
		return e->only_check && e->depth == LEVELS ? 0 :
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
		if (!entry && errno) {
			path_leave(e);
			err = -errno;
		} else if (!entry) {
			err = leave(e);
		} else if (stays(e, entry->d_name)) {
			continue;
		} else if (level->locked) {
			path_leave(e);
			err = level->locked;
		} else {
			err = take(e, dirfd(level->dir), entry->d_name);
		}
	}
	return err;
}

/* -- the functions ------------------------------------------------------ */

/* `err`, once all is released, and the path told. */
static int finish(struct erase *e, int err, char *ret_path)
{
	struct out out = { .fd = -1, .buf = ret_path, .cap = PATH_MAX };

	*ret_path = '\0';
	if (err)
		out_str(&out, e->path);
	while (e->depth)
		pop(e);
	return err;
}

static int begin(struct erase *e, int dirfd)
{
	struct stat st;

	if (fstat(dirfd, &st))
		return -errno;
	e->dev = st.st_dev;
	return 0;
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

bool erase_is_empty(int dirfd, const char *name)
{
	int fd = open_dir_at(dirfd, name);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	bool empty = dir != NULL;

	while (empty && (entry = readdir(dir)))
		empty = !strcmp(entry->d_name, ".") ||
			!strcmp(entry->d_name, "..");
	if (dir)
		(void)closedir(dir);
	else if (fd >= 0)
		(void)close(fd);
	return empty;
}
