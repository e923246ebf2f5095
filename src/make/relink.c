/*
 * A redirect is written beside its place, and takes it by rename(2).
 */
#include "relink.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "which/file.h"
#include "which/path.h"
#include "which/redirect.h"
#include "which/settings.h"
#include "which/text.h"

static void out_place(struct out *out, const char *dir)
{
	char path[PATH_MAX];

	out_path(out, path_join(path, dir, RELINK_NAME) ? dir : path);
}

/* Both say why, and are false, for the caller to return. */

static bool refuse(struct out *why, const char *dir, const char *what)
{
	out_place(why, dir);
	out_char(why, ' ');
	out_str(why, what);
	return false;
}

static bool fail(struct out *why, const char *dir, int err)
{
	out_str(why, "cannot write ");
	out_place(why, dir);
	out_str(why, ": ");
	out_str(why, strerror(-err));
	return false;
}

/* -- its text ----------------------------------------------------------- */

/* The path `target` as somebody in `dir` would say it. */
static const char *seen_from(const char *dir, const char *target, char *ret)
{
	size_t len = strlen(dir);

	while (len && dir[len - 1] == '/')
		len--;
	/* With "./" in front it is never a bare word, which could also be a
	 * name in the container directory. */
	if (!strncmp(target, dir, len) && target[len] == '/' &&
	    target[len + 1] && !path_join(ret, ".", target + len + 1))
		return ret;
	return target;
}

/* Would a reader find the same path in it? */
static bool can_be_told(const char *target, struct out *why)
{
	size_t len = strlen(target);
	const char *what = NULL;

	if (strchr(target, '\n'))
		what = " has a newline in it, which no redirect can tell";
	else if (len && target[len - 1] == '\r')
		what = " ends in a carriage return, which no redirect can"
			" tell";
	else if (!text_is_utf8(target, len))
		what = " is not UTF-8, and a redirect has to be";
	if (!what)
		return true;
	out_path(why, target);
	out_str(why, what);
	return false;
}

/* -- what it replaces --------------------------------------------------- */

/* Is all that it says a line that could be a redirect? */
static bool is_redirect(int dir_fd)
{
	char text[PATH_MAX + 1];
	ptrdiff_t len = file_read_at(dir_fd, RELINK_NAME, text, sizeof(text));
	const char *why, *rest;

	if (len < 0)
		return false;
	/* Lines that nobody reads may be all that somebody has noted. */
	rest = strchr(text, '\n');
	return (!rest || !rest[1 + strspn(rest + 1, " \t\r\n")]) &&
		redirect_line(text, (size_t)len, &why);
}

static bool may_replace(const char *dir, int dir_fd, struct out *why)
{
	struct stat st;

	if (fstatat(dir_fd, RELINK_NAME, &st, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT || fail(why, dir, -errno);
	if (S_ISDIR(st.st_mode))
		return refuse(why, dir, "is a directory\nmove it away, or"
			      " remove it, to have a redirect there");
	if (S_ISLNK(st.st_mode))
		return refuse(why, dir, "is a symbolic link\nremove it to"
			      " have a redirect there");
	if (!S_ISREG(st.st_mode))
		return refuse(why, dir, "is no regular file\nremove it to"
			      " have a redirect there");
	return is_redirect(dir_fd) ||
		refuse(why, dir, "is a file that is no redirect\nmove it away"
		       " to have one there");
}

/* -- the file ----------------------------------------------------------- */

/* The line `text` in the file `name`, or nothing.  0 or a negative errno. */
static int write_line(int dir_fd, const char *name, const char *text)
{
	char buf[PATH_MAX + 1], beside[64];
	struct out line = OUT_STRING(buf);
	int err;

	(void)snprintf(beside, sizeof(beside), "%s.%ld", name, (long)getpid());
	line.fd = openat(dir_fd, beside, O_WRONLY | O_CREAT | O_EXCL |
			 O_CLOEXEC, 0644);
	if (line.fd < 0)
		return -errno;
	out_str(&line, text);
	out_char(&line, '\n');
	err = out_flush(&line);
	if (close(line.fd) && !err)
		err = -errno;
	if (!err && renameat(dir_fd, beside, dir_fd, name))
		err = -errno;
	if (err)
		(void)unlinkat(dir_fd, beside, 0);
	return err;
}

/* Tell the environment `target` of its project, if it is a named one. */
static void tell_project(const char *dir, const char *target)
{
	char container[PATH_MAX], parent[PATH_MAX];
	struct stat st;
	int fd;

	if (strchr(dir, '\n') || path_copy(parent, target) ||
	    !path_up(parent) || settings_container(container) ||
	    !path_equal(parent, container))
		return;
	fd = open(target, O_STAND | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (fstatat(fd, RELINK_PROJECT, &st, AT_SYMLINK_NOFOLLOW)
	    ? errno == ENOENT : S_ISREG(st.st_mode))
		(void)write_line(fd, RELINK_PROJECT, dir);
	(void)close(fd);
}

/* -- all of it ---------------------------------------------------------- */

/* The directory to write to, with all that can be checked before; or -1. */
static int open_checked(const char *dir, const char *text, struct out *why)
{
	int fd;

	if (!can_be_told(text, why))
		return -1;
	fd = open(dir, O_STAND | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		(void)fail(why, dir, -errno);
		return -1;
	}
	if (may_replace(dir, fd, why))
		return fd;
	(void)close(fd);
	return -1;
}

bool relink_check(const char *dir, const char *target, struct out *why)
{
	char path[PATH_MAX];
	int fd = open_checked(dir, seen_from(dir, target, path), why);

	if (fd >= 0)
		(void)close(fd);
	return fd >= 0;
}

bool relink(const char *dir, const char *target, struct out *why)
{
	char path[PATH_MAX];
	const char *text = seen_from(dir, target, path);
	int fd = open_checked(dir, text, why), err;

	if (fd < 0)
		return false;
	err = write_line(fd, RELINK_NAME, text);
	(void)close(fd);
	if (err)
		return fail(why, dir, err);
	tell_project(dir, target);
	return true;
}

/* -- reading it back ---------------------------------------------------- */

bool relink_project(const struct env *env, char *ret)
{
	struct stat st;
	ptrdiff_t len;

	/* A stranger's link could lead to what only the user may read. */
	if (fstatat(env->fd, RELINK_PROJECT, &st, AT_SYMLINK_NOFOLLOW) ||
	    !S_ISREG(st.st_mode))
		return false;
	len = file_read_at(env->fd, RELINK_PROJECT, ret, PATH_MAX);
	if (len < 0)
		return false;
	ret[strcspn(ret, "\n")] = '\0';
	return *ret == '/';
}

bool relink_leads(const char *dir, const struct env *env)
{
	static struct env other;
	char path[PATH_MAX], text[PATH_MAX + 1];
	const char *why, *line;
	ptrdiff_t len;
	bool same;

	if (path_join(path, dir, RELINK_NAME))
		return false;
	len = file_read_at(AT_FDCWD, path, text, sizeof(text));
	line = len < 0 ? NULL : redirect_line(text, (size_t)len, &why);
	/* Somebody may have a link there instead, to the directory. */
	if (redirect_open(&other, dir, line && *line ? line : path))
		return false;
	same = other.self.st_dev == env->self.st_dev &&
		other.self.st_ino == env->self.st_ino;
	env_close(&other);
	return same;
}
