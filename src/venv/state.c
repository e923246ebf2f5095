/*
 * A file of the user's state is written anew beside the old one, and takes
 * its place.
 */
#include "state.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "make/dirs.h"
#include "which/compat.h"
#include "which/path.h"
#include "which/secure.h"
#include "which/text.h"

bool state_fail(struct out *why, ...)
{
	va_list pieces;

	va_start(pieces, why);
	out_pieces(why, "", pieces);
	va_end(pieces);
	return false;
}

bool state_fail_on(struct out *why, const char *what, const char *path,
		   int err)
{
	return state_fail(why, what, A_PATH(path), ": ", strerror(err), NULL);
}

/* -- where it stands ---------------------------------------------------- */

bool state_check(const char *file, struct out *why)
{
	char above[PATH_MAX];
	struct stat st;

	if (effective_uid())
		return true;
	/* Nor does root follow a user's link to somewhere else. */
	(void)path_copy(above, file);
	do
		if (!lstat(above, &st) && st.st_uid)
			return state_fail(why, A_PATH(above), " belongs to"
					  " another user, and root keeps no"
					  " record there", ADVICE, "decide as"
					  " that user, or set HOME", NULL);
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
		return state_fail_on(why, "cannot make ", at, -err);
	if (stat(dir, &st))
		return state_fail_on(why, "cannot look at ", dir, errno);
	if (!secure_owner(st.st_uid))
		return state_fail(why, A_PATH(dir), " belongs to another"
				  " user", ADVICE, "chown it, or set"
				  " XDG_STATE_HOME", NULL);
	who = secure_writers(&st, dir);
	if (who)
		return state_fail(why, A_PATH(dir), " may be written by ",
				  who, ADVICE, "chmod 700 ", A_WORD(dir),
				  NULL);
	return true;
}

int state_lock(const char *file, bool wait, struct out *why)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char path[PATH_MAX];
	int fd, err;

	if (!prepare_dir(file, why))
		return -1;
	if (snprintf(path, sizeof(path), "%s.lock", file) >=
	    (int)sizeof(path)) {
		(void)state_fail_on(why, "cannot lock ", file, ENAMETOOLONG);
		return -1;
	}
	fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0) {
		(void)state_fail_on(why, "cannot open ", path, errno);
		return -1;
	}
	do
		err = fcntl(fd, wait ? F_SETLKW : F_SETLK, &whole) ? errno : 0;
	while (err == EINTR);
	if (!err)
		return fd;
	(void)close(fd);
	(void)state_fail_on(why, "cannot lock ", path, err);
	return -1;
}

/* -- what stands in it -------------------------------------------------- */

bool state_replace(const char *file, const struct out *text, bool durable,
		   struct out *why)
{
	struct out to = *text;
	char path[PATH_MAX];
	int err;

	if (snprintf(path, sizeof(path), "%s.new", file) >= (int)sizeof(path))
		return state_fail_on(why, "cannot write ", file,
				     ENAMETOOLONG);
	/* What one who was killed has left there is of no use. */
	(void)unlink(path);
	to.fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (to.fd < 0)
		return state_fail_on(why, "cannot write ", path, errno);
	err = out_flush(&to);
	if (!err && durable && fsync(to.fd))
		err = -errno;
	if (close(to.fd) && !err)
		err = -errno;
	if (!err && rename(path, file))
		err = -errno;
	if (!err)
		return true;
	(void)unlink(path);
	return state_fail_on(why, "cannot write ", file, -err);
}

void state_out_path(struct out *out, const char *path)
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
