/*
 * The record is written anew beside the old one and takes its place, or gets
 * a line more; a lock on a third file, which stays, keeps two writers apart.
 */
#include "decide.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dirs.h"
#include "path.h"
#include "secure.h"
#include "settings.h"
#include "text.h"

static const char header[] =
	"# Decisions of `venv allow` and `venv deny`; see venv(1).\n";

/* The record as it was read, and what shall be written. */
static char old[RECORD_MAX + 1], new[RECORD_MAX + 2 * PATH_MAX * 4];

/* The pieces up to NULL are the reason. */
static bool fail(struct out *why, ...)
{
	const char *piece;
	va_list pieces;

	va_start(pieces, why);
	while ((piece = va_arg(pieces, const char *)))
		out_safe(why, piece);
	va_end(pieces);
	return false;
}

static bool fail_on(struct out *why, const char *what, const char *path,
		    int err)
{
	return fail(why, what, path, ": ", strerror(err), NULL);
}

/* -- where it stands ---------------------------------------------------- */

/* What root made in a user's home, the user could never change again. */
static bool check_home(const char *dir, struct out *why)
{
	char above[PATH_MAX];
	struct stat st;

	/* Nor does root follow a user's link to somewhere else. */
	(void)path_copy(above, dir);
	do
		if (!lstat(above, &st) && st.st_uid)
			return fail(why, above, " belongs to another user,"
				    " and root keeps no record there; decide"
				    " as that user, or set HOME", NULL);
	while (path_up(above));
	return true;
}

/* Its directory, where only I may write. */
static bool prepare_dir(const char *file, struct out *why)
{
	char dir[PATH_MAX], at[PATH_MAX];
	struct stat st;
	const char *who;
	int err;

	(void)path_copy(dir, file);
	(void)path_up(dir);
	err = dirs_make(dir, at);
	if (err)
		return fail_on(why, "cannot make ", at, -err);
	if (stat(dir, &st))
		return fail_on(why, "cannot look at ", dir, errno);
	if (!secure_owner(st.st_uid))
		return fail(why, dir, " belongs to another user; chown it, or"
			    " set XDG_STATE_HOME", NULL);
	who = secure_writers(&st, dir);
	if (who)
		return fail(why, dir, " may be written by ", who,
			    "; chmod 700 it", NULL);
	return true;
}

static bool find_record(char *ret_path, struct out *why)
{
	char *physical;
	struct stat st;

	if (settings_record(ret_path))
		return fail(why, "there is no place for decisions: HOME is"
			    " not set", NULL);
	if (!effective_uid() && !check_home(ret_path, why))
		return false;
	/* It may be a link to the place where somebody keeps such files. */
	physical = stat(ret_path, &st) || !S_ISREG(st.st_mode) ? NULL :
		realpath(ret_path, NULL);
	if (physical)
		(void)path_copy(ret_path, physical);
	free(physical);
	return true;
}

bool decide_read(char *buf, char *ret_path, struct out *why)
{
	struct stat st;
	ptrdiff_t len = record_read(buf, ret_path, &st);

	if (!len)
		*buf = '\0';
	if (len == -EPERM)
		return fail(why, ret_path, " may be written by others; read"
			    " it, and chmod 600 it", NULL);
	if (len < 0)
		return fail_on(why, "cannot read ", ret_path, (int)-len);
	if (len || lstat(ret_path, &st))
		return true;
	if (!secure_owner(st.st_uid))
		return fail(why, ret_path, " belongs to another user; remove"
			    " it, or set XDG_STATE_HOME", NULL);
	if (access(ret_path, R_OK))
		return fail_on(why, "cannot read ", ret_path, errno);
	return true;
}

/* -- one at a time ------------------------------------------------------ */

/*
 * A descriptor that holds the lock until it is closed, at the latest when the
 * process ends, however that ends; or -1.
 */
static int lock(const char *file, struct out *why)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char path[PATH_MAX];
	int fd, err;

	if (snprintf(path, sizeof(path), "%s.lock", file) >=
	    (int)sizeof(path)) {
		(void)fail_on(why, "cannot lock ", file, ENAMETOOLONG);
		return -1;
	}
	fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0) {
		(void)fail_on(why, "cannot open ", path, errno);
		return -1;
	}
	do
		err = fcntl(fd, F_SETLKW, &whole) ? errno : 0;
	while (err == EINTR);
	if (!err)
		return fd;
	(void)close(fd);
	(void)fail_on(why, "cannot lock ", path, err);
	return -1;
}

/* The record at `path` is in `old`, and no other writer comes; as lock(). */
static int begin(const char *path, struct out *why)
{
	char read_path[PATH_MAX];
	int fd = prepare_dir(path, why) ? lock(path, why) : -1;

	if (fd < 0 || decide_read(old, read_path, why))
		return fd;
	(void)close(fd);
	return -1;
}

/* -- its new text ------------------------------------------------------- */

/* Is the line about what the change is about? */
static bool is_about(const struct change *change, const struct entry *entry)
{
	if (!strcmp(entry->path, change->path) ||
	    (change->id && path_same(entry->path, change->path)))
		return true;
	/* One that was denied where it stood before is denied here, too. */
	return change->kind != CHANGE_DENY && change->id && !entry->allow &&
		entry->id.birth && identity_same(&entry->id, change->id);
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

/* Put `text` in the place of `file`, or change nothing. */
static bool replace(const char *file, const struct out *text, struct out *why)
{
	struct out to = *text;
	char path[PATH_MAX];
	int err;

	if (snprintf(path, sizeof(path), "%s.new", file) >= (int)sizeof(path))
		return fail_on(why, "cannot write ", file, ENAMETOOLONG);
	/* What one who was killed has left there is of no use. */
	(void)unlink(path);
	to.fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (to.fd < 0)
		return fail_on(why, "cannot write ", path, errno);
	err = out_flush(&to);
	if (!err && fsync(to.fd))
		err = -errno;
	if (close(to.fd) && !err)
		err = -errno;
	if (!err && rename(path, file))
		err = -errno;
	if (!err)
		return true;
	(void)unlink(path);
	return fail_on(why, "cannot write ", file, -err);
}

/*
 * Put `text` behind what is in `file`, or change nothing.  It does not wait
 * for the disk: a line that is lost is one that the rules of trust can do
 * without, and no older one is written again.
 */
static bool append(const char *file, const struct out *text, struct out *why)
{
	int fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW |
		      O_CLOEXEC, 0600);
	ssize_t n;
	int err;

	if (fd < 0)
		return fail_on(why, "cannot write ", file, errno);
	n = write(fd, text->buf, text->len);
	err = n < 0 ? errno : (size_t)n < text->len ? ENOSPC : 0;
	/* Half a line would be one about another path. */
	if (n > 0 && err && ftruncate(fd, (off_t)strlen(old)))
		err = errno;
	if (close(fd) && !err)
		err = errno;
	return !err || fail_on(why, "cannot write ", file, err);
}

static bool is_full(const char *path, size_t len, struct out *why)
{
	return len >= RECORD_MAX &&
		!fail(why, path, " is full; take out what is gone: venv allow"
		      " --list, venv allow --forget DIR", NULL);
}

/* The result of decide(), once the record is read and locked. */
static int rewrite(const char *path, const struct change *change,
		   struct out *why)
{
	struct out text = OUT_STRING(new);
	int gone;

	if (!*old)
		out_str(&text, header);
	gone = copy_lines(&text, old, change);
	if (change->kind != CHANGE_FORGET)
		add_line(&text, change);
	else if (!gone)
		return 0;
	return !is_full(path, text.len, why) && replace(path, &text, why)
		? gone : -1;
}

int decide(const struct change *change, struct out *why)
{
	char path[PATH_MAX];
	int fd, gone;

	if (!find_record(path, why))
		return -1;
	if (change->kind == CHANGE_FORGET && access(path, F_OK))
		return 0;
	fd = begin(path, why);
	if (fd < 0)
		return -1;
	gone = rewrite(path, change, why);
	(void)close(fd);
	return gone;
}

static bool add_made(const char *path, const struct change *change,
		     struct out *why)
{
	struct out text = OUT_STRING(new);
	size_t len = strlen(old);

	if (!len)
		out_str(&text, header);
	else if (old[len - 1] != '\n')
		out_char(&text, '\n');
	add_line(&text, change);
	return !is_full(path, len + text.len, why) &&
		append(path, &text, why);
}

bool decide_made(const char *path, int fd, struct out *why)
{
	struct change change = { .kind = CHANGE_ALLOW, .path = path };
	char record[PATH_MAX];
	struct identity id;
	struct stat st;
	int lock_fd;
	bool done;

	if (fstat(fd, &st))
		return fail_on(why, "cannot look at ", path, errno);
	id = identity_of(fd, &st);
	change.id = &id;
	lock_fd = find_record(record, why) ? begin(record, why) : -1;
	if (lock_fd < 0)
		return false;
	switch (record_decides(old, path, fd, &st)) {
	case DECISION_ALLOW:
		done = true;
		break;
	case DECISION_NONE:
		done = add_made(record, &change, why);
		break;
	default:
		/* Beside the line that says otherwise it would not hold. */
		done = rewrite(record, &change, why) >= 0;
		break;
	}
	(void)close(lock_fd);
	return done;
}
