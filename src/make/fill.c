/*
 * Putting directories, links and files into a tree.
 */
#include "fill.h"

#include <errno.h>
#include <string.h>

#include "ground.h"
#include "which/env.h"
#include "which/path.h"

#define CFG "pyvenv.cfg"

bool fill_dir(struct tree *tree, const char *rel)
{
	char path[PATH_MAX];
	struct stat st;

	if (tree_interrupted(tree))
		return false;
	if (!mkdirat(tree->fd, rel, 0755)) {
		if (tree->inherits && !path_join(path, tree->path, rel))
			ground_clear(path);
		return tree_made(tree, MADE_DIR, rel);
	}
	if (errno != EEXIST)
		return tree_fail(tree, "cannot make ", rel, errno);
	if (fstatat(tree->fd, rel, &st, AT_SYMLINK_NOFOLLOW) ||
	    !S_ISDIR(st.st_mode))
		return tree_fail(tree, "unable to create directory ", rel,
				 EEXIST);
	return true;
}

/* A file that no environment of ours has brought, and that is not ours. */
static bool in_the_way(struct tree *tree, const char *rel)
{
	(void)tree_fail(tree, "not overwriting ", rel, EEXIST);
	out_str(tree->why, ", and this is no environment\nmove it away, or"
		" choose another directory");
	return false;
}

static bool is_link_to(struct tree *tree, const char *rel, const char *target)
{
	char now[PATH_MAX];
	ssize_t len = readlinkat(tree->fd, rel, now, sizeof(now));

	return len == (ssize_t)strlen(target) &&
		!memcmp(now, target, (size_t)len);
}

/* symlink(2) failed: can there be none at all, or is that an error? */
static bool no_link(struct tree *tree, const char *rel, bool *ret_cannot)
{
	/* FAT and CIFS, which python/cpython#133951 is about. */
	*ret_cannot = errno == EPERM || errno == EOPNOTSUPP ||
		errno == ENOTSUP || errno == ENOSYS;
	return *ret_cannot ||
		tree_fail(tree, "cannot make the link ", rel, errno);
}

bool fill_link(struct tree *tree, const char *rel, const char *target,
	       bool *ret_cannot)
{
	char other[PATH_MAX];

	*ret_cannot = false;
	if (tree_interrupted(tree))
		return false;
	if (!symlinkat(target, tree->fd, rel))
		return tree_made(tree, MADE_FILE, rel);
	if (errno != EEXIST)
		return no_link(tree, rel, ret_cannot);
	if (is_link_to(tree, rel, target))
		return true;
	if (tree->strict)
		return in_the_way(tree, rel);
	if (!tree_other_name(tree, rel, other))
		return false;
	if (symlinkat(target, tree->fd, other))
		return no_link(tree, rel, ret_cannot);
	return tree_made(tree, MADE_WAITING, other);
}

static int open_new(struct tree *tree, const char *rel, mode_t mode)
{
	return openat(tree->fd, rel, O_WRONLY | O_CREAT | O_EXCL |
		      O_NOFOLLOW | O_CLOEXEC, mode);
}

/* Its descriptor, remembered as `kind`; or -1. */
static int remember(struct tree *tree, enum made_kind kind, const char *rel,
		    int fd)
{
	if (fd < 0)
		(void)tree_fail(tree, "cannot make ", rel, errno);
	else if (tree_made(tree, kind, rel))
		return fd;
	else
		(void)close(fd);
	return -1;
}

int fill_file_late(struct tree *tree, const char *rel, mode_t mode)
{
	char other[PATH_MAX];
	struct stat st;

	if (tree_interrupted(tree))
		return -1;
	if (tree->strict &&
	    !fstatat(tree->fd, rel, &st, AT_SYMLINK_NOFOLLOW)) {
		(void)in_the_way(tree, rel);
		return -1;
	}
	if (!tree_other_name(tree, rel, other))
		return -1;
	return remember(tree, MADE_WAITING, other,
			open_new(tree, other, mode));
}

int fill_file(struct tree *tree, const char *rel, mode_t mode)
{
	int fd;

	if (tree_interrupted(tree))
		return -1;
	if (tree->careful)
		return fill_file_late(tree, rel, mode);
	fd = open_new(tree, rel, mode);
	if (fd < 0 && errno == EEXIST)
		return fill_file_late(tree, rel, mode);
	return remember(tree, MADE_FILE, rel, fd);
}

bool fill_written(struct tree *tree, const char *rel, int fd, int err)
{
	if (close(fd) && !err)
		err = -errno;
	return err ? tree_fail(tree, "cannot write ", rel, -err) : true;
}

int fill_bytes(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno != EINTR)
			return -errno;
		bytes += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return 0;
}

/*
 * 0 or a negative errno.  A file that has `size` bytes need not be asked
 * whether there are more; most are read at once.
 */
static int copy_bytes(int from, int to, off_t size)
{
	static char buf[128 * 1024];
	off_t all = 0;
	ssize_t n;
	int err = 0;

	while (!err && (!all || all != size) &&
	       (n = read(from, buf, sizeof(buf)))) {
		if (n < 0 && errno != EINTR)
			return -errno;
		if (n > 0)
			err = fill_bytes(to, buf, (size_t)n);
		all += n > 0 ? n : 0;
	}
	return err;
}

/* Share the blocks of `from`.  False: they cannot be. */
static bool share(int from, int to, const struct copy *copy)
{
	return copy->clone && !clone_file(from, to);
}

static int copy_all(int from, int to, const struct copy *copy)
{
	struct stat to_st;
	int err = share(from, to, copy) ? 0 :
		copy_bytes(from, to, copy->size);

	if (!err && copy->always && !fstat(to, &to_st) &&
	    fchmod(to, (to_st.st_mode | copy->always) & 07777))
		err = -errno;
	if (!err && copy->changed) {
		struct timespec times[] = { *copy->changed, *copy->changed };

		if (futimens(to, times))
			err = -errno;
	}
	return err;
}

bool fill_copy(struct tree *tree, const char *rel, const struct copy *copy)
{
	int from = openat(copy->from_fd, copy->name, O_RDONLY | O_CLOEXEC);
	int to, err;

	if (from < 0)
		return tree_fail(tree, "cannot copy to ", rel, errno);
	to = fill_file(tree, rel, copy->mode);
	if (to < 0) {
		(void)close(from);
		return false;
	}
	err = copy_all(from, to, copy);
	(void)close(from);
	return fill_written(tree, rel, to, err);
}

/*
 * Another file system; fs.protected_hardlinks; too many links; a file system
 * that has none.
 */
static bool is_no_link(int err)
{
	return err == EXDEV || err == EPERM || err == EMLINK ||
		err == EOPNOTSUPP || err == ENOTSUP || err == EACCES ||
		err == ENOSYS || err == EINVAL;
}

static bool is_same_file(struct tree *tree, const char *rel, int from_fd,
			 const char *name)
{
	struct stat a, b;

	return !fstatat(tree->fd, rel, &a, AT_SYMLINK_NOFOLLOW) &&
		!fstatat(from_fd, name, &b, AT_SYMLINK_NOFOLLOW) &&
		a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

bool fill_hard_link(struct tree *tree, const char *rel, int from_fd,
		    const char *name, bool *ret_cannot)
{
	char other[PATH_MAX];

	*ret_cannot = false;
	if (tree_interrupted(tree))
		return false;
	if (!linkat(from_fd, name, tree->fd, rel, 0))
		return tree_made(tree, MADE_FILE, rel);
	if (errno != EEXIST) {
		*ret_cannot = is_no_link(errno);
		return *ret_cannot ||
			tree_fail(tree, "cannot make ", rel, errno);
	}
	if (is_same_file(tree, rel, from_fd, name))
		return true;
	if (tree->strict)
		return in_the_way(tree, rel);
	if (!tree_other_name(tree, rel, other))
		return false;
	if (!linkat(from_fd, name, tree->fd, other, 0))
		return tree_made(tree, MADE_WAITING, other);
	*ret_cannot = is_no_link(errno);
	return *ret_cannot || tree_fail(tree, "cannot make ", rel, errno);
}

bool fill_cfg(struct tree *tree, const struct out *text)
{
	struct stat st;
	int fd;

	(void)unlinkat(tree->fd, ENV_UNFINISHED, 0);
	fd = open_new(tree, ENV_UNFINISHED, 0644);
	if (fd < 0)
		return tree_fail(tree, "cannot make ", CFG, errno);
	/* The one that is replaced may be for its owner alone. */
	if (!fstatat(tree->fd, CFG, &st, AT_SYMLINK_NOFOLLOW) &&
	    S_ISREG(st.st_mode))
		(void)fchmod(fd, st.st_mode & 0755);
	if (!tree_made(tree, MADE_CFG, ENV_UNFINISHED)) {
		(void)close(fd);
		return false;
	}
	return fill_written(tree, CFG, fd,
			    fill_bytes(fd, text->buf, text->len));
}

