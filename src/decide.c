/*
 * The record is written anew beside the old one and takes its place; a lock
 * on a third file, which stays, keeps two writers apart.
 */
#include "decide.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "path.h"
#include "secure.h"
#include "settings.h"
#include "text.h"

static const char header[] =
	"# Decisions of `venv allow` and `venv deny`; see venv(1).\n";

static _Noreturn void fail_on(const struct command *self, const char *what,
			      const char *path, int err)
{
	die(EX_NONE, self->name, ": ", what, path, ": ", strerror(err), NULL);
}

/* -- where it stands ---------------------------------------------------- */

/* What root made in a user's home, the user could never change again. */
static void check_home(const struct command *self, const char *dir)
{
	char above[PATH_MAX];
	struct stat st;

	/* Nor does root follow a user's link to somewhere else. */
	(void)path_copy(above, dir);
	do
		if (!lstat(above, &st) && st.st_uid)
			die(EX_NONE, self->name, ": ", above, " belongs to"
			    " another user, and root keeps no record there;"
			    " decide as that user, or set HOME", NULL);
	while (path_up(above));
}

static void make_dirs(const struct command *self, const char *dir)
{
	char path[PATH_MAX];

	(void)path_copy(path, dir);
	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		if (mkdir(path, 0700) && errno != EEXIST && errno != EISDIR)
			fail_on(self, "cannot make ", path, errno);
		*slash = '/';
	}
	if (mkdir(path, 0700) && errno != EEXIST)
		fail_on(self, "cannot make ", path, errno);
}

/* Its directory, where only I may write. */
static void prepare_dir(const struct command *self, const char *file)
{
	char dir[PATH_MAX];
	struct stat st;
	const char *who;

	(void)path_copy(dir, file);
	(void)path_up(dir);
	make_dirs(self, dir);
	if (stat(dir, &st))
		fail_on(self, "cannot look at ", dir, errno);
	if (!secure_owner(st.st_uid))
		die(EX_NONE, self->name, ": ", dir, " belongs to another"
		    " user; chown it, or set XDG_STATE_HOME", NULL);
	who = secure_writers(&st, dir);
	if (who)
		die(EX_NONE, self->name, ": ", dir, " may be written by ",
		    who, "; chmod 700 it", NULL);
}

static void find_record(const struct command *self, char *ret_path)
{
	char *physical;
	struct stat st;

	if (settings_record(ret_path))
		die(EX_NONE, self->name, ": there is no place for decisions:"
		    " HOME is not set", NULL);
	if (!effective_uid())
		check_home(self, ret_path);
	/* It may be a link to the place where somebody keeps such files. */
	physical = stat(ret_path, &st) || !S_ISREG(st.st_mode) ? NULL :
		realpath(ret_path, NULL);
	if (physical)
		(void)path_copy(ret_path, physical);
	free(physical);
}

void decide_read(const struct command *self, char *buf, char *ret_path)
{
	struct stat st;
	ptrdiff_t len = record_read(buf, ret_path, &st);

	if (!len)
		*buf = '\0';
	if (len == -EPERM)
		die(EX_NONE, self->name, ": ", ret_path, " may be written by"
		    " others; read it, and chmod 600 it", NULL);
	if (len < 0)
		fail_on(self, "cannot read ", ret_path, (int)-len);
	if (len || lstat(ret_path, &st))
		return;
	if (!secure_owner(st.st_uid))
		die(EX_NONE, self->name, ": ", ret_path, " belongs to another"
		    " user; remove it, or set XDG_STATE_HOME", NULL);
	if (access(ret_path, R_OK))
		fail_on(self, "cannot read ", ret_path, errno);
}

/* -- one at a time ------------------------------------------------------ */

/* The lock ends with the process, however that ends. */
static void lock(const struct command *self, const char *file)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char path[PATH_MAX];
	int fd, err;

	if (snprintf(path, sizeof(path), "%s.lock", file) >=
	    (int)sizeof(path))
		fail_on(self, "cannot lock ", file, ENAMETOOLONG);
	fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		fail_on(self, "cannot open ", path, errno);
	do
		err = fcntl(fd, F_SETLKW, &whole) ? errno : 0;
	while (err == EINTR);
	if (err)
		fail_on(self, "cannot lock ", path, err);
}

/* -- its new text ------------------------------------------------------- */

/* Is the line about what the change is about? */
static bool is_about(const struct change *change, const struct entry *entry)
{
	return !strcmp(entry->path, change->path) ||
		(change->id && path_same(entry->path, change->path));
}

/* Copy the lines that stay to `out`; the number of the others. */
static int copy_lines(struct out *out, const char *text,
		      const struct change *change)
{
	const char *line;
	size_t len;
	int gone = 0;

	while (record_line(&text, &line, &len)) {
		struct entry entry;

		if (record_parse(line, len, &entry) &&
		    is_about(change, &entry)) {
			gone++;
			continue;
		}
		out_bytes(out, line, len);
		out_char(out, '\n');
	}
	return gone;
}

static void out_escaped(struct out *out, const char *path)
{
	const char *end = path + strlen(path);
	size_t n;

	for (; path < end; path += n) {
		long code = text_next(path, end, &n);

		if (text_is_safe(code) && code != '\\') {
			out_bytes(out, path, n);
			continue;
		}
		for (size_t i = 0; i < n; i++) {
			unsigned byte = (unsigned char)path[i];

			out_char(out, '\\');
			out_char(out, (char)('0' + (byte >> 6)));
			out_char(out, (char)('0' + (byte >> 3 & 7)));
			out_char(out, (char)('0' + (byte & 7)));
		}
	}
}

static void add_line(struct out *out, const struct change *change)
{
	out_str(out, change->kind == CHANGE_ALLOW ? "allow " : "deny ");
	out_number(out, change->id->device, 10);
	out_char(out, ':');
	out_number(out, change->id->inode, 10);
	out_char(out, ':');
	out_number(out, change->id->birth, 10);
	out_char(out, ' ');
	out_escaped(out, change->path);
	out_char(out, '\n');
}

/* -- the file ----------------------------------------------------------- */

static int write_text(int fd, const struct out *text)
{
	size_t done = 0;

	while (done < text->len) {
		ssize_t n = write(fd, text->buf + done, text->len - done);

		if (n < 0 && errno != EINTR)
			return -errno;
		done += n > 0 ? (size_t)n : 0;
	}
	return fsync(fd) ? -errno : 0;
}

/* Put `text` in the place of `file`, or change nothing. */
static void replace(const struct command *self, const char *file,
		    const struct out *text)
{
	char new[PATH_MAX];
	int fd, err;

	if (snprintf(new, sizeof(new), "%s.new", file) >= (int)sizeof(new))
		fail_on(self, "cannot write ", file, ENAMETOOLONG);
	/* What one who was killed has left there is of no use. */
	(void)unlink(new);
	fd = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		fail_on(self, "cannot write ", new, errno);
	err = write_text(fd, text);
	if (close(fd) && !err)
		err = -errno;
	if (!err && rename(new, file))
		err = -errno;
	if (!err)
		return;
	(void)unlink(new);
	fail_on(self, "cannot write ", file, -err);
}

int decide(const struct command *self, const struct change *change)
{
	static char old[RECORD_MAX + 1], new[RECORD_MAX + 2 * PATH_MAX * 4];
	struct out text = OUT_STRING(new);
	char path[PATH_MAX], read_path[PATH_MAX];
	int gone;

	find_record(self, path);
	if (change->kind == CHANGE_FORGET && access(path, F_OK))
		return 0;
	prepare_dir(self, path);
	lock(self, path);
	decide_read(self, old, read_path);
	if (!*old)
		out_str(&text, header);
	gone = copy_lines(&text, old, change);
	if (change->kind != CHANGE_FORGET)
		add_line(&text, change);
	else if (!gone)
		return 0;
	if (text.len >= RECORD_MAX)
		die(EX_NONE, self->name, ": ", path, " is full; take out what"
		    " is gone: venv allow --list, venv allow --forget DIR",
		    NULL);
	replace(self, path, &text);
	return gone;
}
