/*
 * Opening an environment's directory, remembering what is put into it, and
 * finishing that or taking it back.
 */
#include "tree.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "aside.h"
#include "erase.h"
#include "ground.h"
#include "hurdle.h"
#include "interrupt.h"
#include "which/env.h"
#include "which/path.h"

#define CFG "pyvenv.cfg"

struct made {
	enum made_kind kind;
	bool named;		/* it no longer waits */
	unsigned kept;		/* the number of what it has replaced, or 0 */
	char rel[];
};

/* -- reasons ------------------------------------------------------------ */

bool tree_fail(struct tree *tree, const char *what, const char *rel,
		 int err)
{
	char path[PATH_MAX];

	if (path_below(path, tree->path, rel))
		(void)path_copy(path, tree->path);
	out_str(tree->why, what);
	out_path(tree->why, path);
	out_str(tree->why, ": ");
	hurdle_tell(tree->why, path, path, -err);
	return false;
}

/*
 * The same of what is in it as a whole, where the first thing that cannot be
 * removed is the reason.
 */
static bool fail_in(struct tree *tree, const char *what, int err)
{
	char below[PATH_MAX] = "", path[PATH_MAX];
	bool hidden = err == -EACCES || err == -EPERM || err == -EXDEV;
	int reason = hidden ? erase_check(tree->fd, below) : 0;

	if (!reason || reason == -EXDEV ||
	    path_below(path, tree->path, below))
		return tree_fail(tree, what, below, -err);
	out_str(tree->why, what);
	out_path(tree->why, tree->path);
	out_str(tree->why, ": ");
	hurdle_tell(tree->why, path, tree->path, reason);
	return false;
}

bool tree_interrupted(struct tree *tree)
{
	if (interrupt_pending())
		out_str(tree->why, "interrupted");
	return interrupt_pending();
}

/* -- what was made ------------------------------------------------------ */

static void unmake(struct tree *tree, enum made_kind kind, const char *rel)
{
	if (kind == MADE_ABOVE)
		(void)rmdir(rel);
	/* Unfinished is what it was before this call, too. */
	else if (kind != MADE_CFG || !tree->unfinished)
		(void)unlinkat(tree->fd, rel,
			       kind == MADE_DIR ? AT_REMOVEDIR : 0);
}

/* Room for one more; false: there is none. */
static bool reserve(struct tree *tree)
{
	size_t room = tree->room ? 2 * tree->room : 256;
	struct made **more;

	if (tree->count < tree->room)
		return true;
	more = realloc(tree->made, room * sizeof(*more));
	if (!more)
		return false;
	tree->made = more;
	tree->room = room;
	return true;
}

bool tree_made(struct tree *tree, enum made_kind kind, const char *rel)
{
	size_t len = strlen(rel);
	struct made **last;

	if (!reserve(tree)) {
		unmake(tree, kind, rel);
		return tree_fail(tree, "cannot go on in ", "", ENOMEM);
	}
	last = &tree->made[tree->count];
	*last = malloc(sizeof(**last) + len + 1);
	if (!*last) {
		unmake(tree, kind, rel);
		return tree_fail(tree, "cannot go on in ", "", ENOMEM);
	}
	**last = (struct made){ .kind = kind };
	memcpy((*last)->rel, rel, len + 1);
	tree->count++;
	return true;
}

bool tree_other_name(struct tree *tree, const char *rel, char *ret)
{
	const char *base = strrchr(rel, '/');

	base = base ? base + 1 : rel;
	if (snprintf(ret, PATH_MAX, "%.*s.%s.new", (int)(base - rel), rel,
		     base) >= PATH_MAX)
		return tree_fail(tree, "cannot make ", rel, ENAMETOOLONG);
	(void)unlinkat(tree->fd, ret, 0);
	return true;
}

/* The place of what waits is `rel`. */
static void real_name(const char *other, char *ret)
{
	const char *base = strrchr(other, '/');
	size_t before, len;

	base = base ? base + 1 : other;
	before = (size_t)(base - other);
	len = strlen(base) - strlen(".") - strlen(".new");
	memcpy(ret, other, before);
	memcpy(ret + before, base + 1, len);
	ret[before + len] = '\0';
}

/* -- beginning ---------------------------------------------------------- */

/* A directory at the absolute path, and those above it. */
static bool make_way(struct tree *tree, const char *path, bool itself)
{
	char above[PATH_MAX];
	struct stat st;

	if (!mkdir(path, 0755)) {
		ground_clear(path);
		return tree_made(tree, MADE_ABOVE, path);
	}
	if (errno == ENOENT && !path_copy(above, path) && path_up(above))
		return make_way(tree, above, false) &&
			make_way(tree, path, itself);
	if (errno != EEXIST && errno != EISDIR)
		return tree_fail(tree, "cannot make ", path, errno);
	if ((itself ? lstat(path, &st) : stat(path, &st)) ||
	    !S_ISDIR(st.st_mode)) {
		out_str(tree->why, "unable to create directory ");
		out_path(tree->why, path);
		out_str(tree->why, itself && S_ISLNK(st.st_mode)
			? ": it is a link\ngive the directory that it leads to"
			: ": a file is in the way\nmove it away, or give"
			  " another directory");
		return false;
	}
	return true;
}

/* Is it still what its path leads to, once the lock is ours? */
static bool is_still_there(const struct tree *tree)
{
	struct stat open_st, st;

	return !fstat(tree->fd, &open_st) && !lstat(tree->path, &st) &&
		open_st.st_dev == st.st_dev && open_st.st_ino == st.st_ino;
}

static bool open_locked(struct tree *tree)
{
	do {
		if (tree->fd >= 0)
			(void)close(tree->fd);
		if (tree_interrupted(tree) ||
		    !make_way(tree, tree->path, true))
			return false;
		tree->fd = open(tree->path, O_RDONLY | O_DIRECTORY |
				O_NOFOLLOW | O_CLOEXEC);
		/* Another one has just taken back what he had made. */
		if (tree->fd < 0 && errno == ENOENT)
			continue;
		if (tree->fd < 0)
			return tree_fail(tree, "cannot open ", "", errno);
		/* File systems without locks have one user at a time. */
		while (flock(tree->fd, LOCK_EX) && errno == EINTR)
			if (tree_interrupted(tree))
				return false;
	} while (!is_still_there(tree));
	return true;
}

bool tree_begin(struct tree *tree, const char *path, struct out *why)
{
	struct stat st;
	int err;

	*tree = (struct tree){ .fd = -1, .why = why };
	(void)path_copy(tree->path, path);
	if (!open_locked(tree) || !ground_check(path, tree->fd, why)) {
		(void)tree_undo(tree);
		return false;
	}
	tree->inherits = ground_inherits(tree->fd);
	tree->unfinished = !fstatat(tree->fd, ENV_UNFINISHED, &st,
				    AT_SYMLINK_NOFOLLOW);
	/* Who made it just now may not have been the first to lock it. */
	tree->strict = !tree->count && !tree->unfinished;
	err = aside_salvage(tree->fd);
	if (!err && !fstatat(tree->fd, CFG, &st, AT_SYMLINK_NOFOLLOW)) {
		tree->careful = true;
		tree->strict = false;
		if (S_ISDIR(st.st_mode))
			err = -EISDIR;
	}
	if (!err)
		return true;
	(void)fail_in(tree, "cannot work in ", err);
	if (err == -EEXIST)
		out_str(why, "\nwhat was in it once is in .venv-which.old, and"
			" something else has taken its place");
	(void)tree_undo(tree);
	return false;
}

/* -- the end ------------------------------------------------------------ */

bool tree_put_aside(struct tree *tree, enum aside what)
{
	int err;

	/* Once it has begun, it is what has to come back. */
	tree->aside = true;
	err = aside_put(tree->fd, what);
	/* What could not go once all is made, stays whole. */
	if (!err)
		err = aside_check(tree->fd);
	if (err) {
		(void)aside_back(tree->fd);
		return fail_in(tree, "cannot empty ", err);
	}
	tree->careful = false;
	return true;
}

/*
 * What it replaces has a second name until the end, but where there can be
 * none: then it is gone.
 */
static int name_one(struct tree *tree, struct made *made, const char *rel)
{
	struct stat st;

	if (!fstatat(tree->fd, rel, &st, AT_SYMLINK_NOFOLLOW) &&
	    !aside_keep(tree->fd, rel, tree->kept + 1))
		made->kept = ++tree->kept;
	if (renameat(tree->fd, made->rel, tree->fd, rel))
		return -errno;
	made->named = true;
	return 0;
}

/* What waits under another name gets its own; its kind is `kind`. */
static bool name_those(struct tree *tree, enum made_kind kind)
{
	char rel[PATH_MAX];
	int err;

	for (size_t i = 0; i < tree->count; i++) {
		struct made *made = tree->made[i];

		if (made->kind != kind)
			continue;
		real_name(made->rel, rel);
		err = name_one(tree, made, rel);
		if (err)
			return tree_fail(tree, "cannot make ", rel, -err);
	}
	return true;
}

bool tree_finish(struct tree *tree)
{
	return !tree_interrupted(tree) && name_those(tree, MADE_WAITING) &&
		name_those(tree, MADE_CFG);
}

bool tree_keep(struct tree *tree)
{
	int err = tree->aside ? aside_drop(tree->fd) : 0;

	if (err)
		return tree_fail(tree, "cannot finish ", "", -err);
	tree->aside = false;
	if (tree->kept)
		aside_forget(tree->fd);
	return true;
}

void tree_close(struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++)
		free(tree->made[i]);
	free(tree->made);
	tree->made = NULL;
	tree->count = tree->room = 0;
	if (tree->fd >= 0)
		(void)close(tree->fd);
	tree->fd = -1;
}

static void take_back(struct tree *tree, const struct made *made)
{
	char rel[PATH_MAX];

	if (!made->named) {
		unmake(tree, made->kind, made->rel);
		return;
	}
	real_name(made->rel, rel);
	/* What is unfinished again says where it was begun. */
	if (made->kind == MADE_CFG && tree->unfinished && !made->kept)
		(void)renameat(tree->fd, rel, tree->fd, made->rel);
	else if (made->kept)
		(void)aside_restore(tree->fd, rel, made->kept);
	else
		(void)unlinkat(tree->fd, rel, 0);
}

void tree_take_back(struct tree *tree, size_t count)
{
	while (tree->count > count) {
		struct made *made = tree->made[--tree->count];

		take_back(tree, made);
		free(made);
	}
}

/* The next call finds it as this one did. */
static void put_mark(struct tree *tree)
{
	int fd = openat(tree->fd, ENV_UNFINISHED, O_WRONLY | O_CREAT |
			O_NOFOLLOW | O_CLOEXEC, 0644);

	if (fd >= 0)
		(void)close(fd);
}

bool tree_undo(struct tree *tree)
{
	int err = 0;

	/* First, for what is half taken back is no more than unfinished. */
	if (tree->unfinished)
		put_mark(tree);
	tree_take_back(tree, 0);
	if (tree->kept)
		aside_forget(tree->fd);
	if (tree->aside) {
		err = aside_back(tree->fd);
		err = err == -ENOENT ? 0 : err;
		if (err) {
			out_str(tree->why, "\nwhat was there could not be put"
				" back, and is in .venv-which.old: ");
			out_str(tree->why, strerror(-err));
		}
	}
	tree_close(tree);
	return !err;
}
