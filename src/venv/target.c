/*
 * One environment that is going to be removed.
 */
#include "target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "decide.h"
#include "fail.h"
#include "make/dispose.h"
#include "make/erase.h"
#include "make/guard.h"
#include "make/hurdle.h"
#include "make/stray.h"
#include "which/path.h"

#define NOT_REMOVED ", or say --force; nothing was removed"

/* Why nothing can be done at `path`; the sentence has named `said`. */
static const char *hurdle(const char *path, const char *said, int err)
{
	static char text[2 * PATH_MAX];
	struct out line = OUT_STRING(text);

	if (err == -ESTALE)
		return "it was moved or replaced meanwhile";
	hurdle_tell(&line, path, said, err);
	return text;
}

/* `below` in the directory `path`, for a message; "" is the directory. */
static const char *shown(const char *path, const char *below)
{
	static char text[2 * PATH_MAX];
	struct out line = OUT_STRING(text);

	out_str(&line, path);
	out_str(&line, *below ? "/" : "");
	out_str(&line, below);
	return text;
}

bool target_is(const struct target *target, const struct stat *st)
{
	return target->dev == st->st_dev && target->ino == st->st_ino;
}

/* -- what may be removed ------------------------------------------------ */

static _Noreturn void refuse(const struct command *self, const char *path,
			     const char *why, const char *next)
{
	die(EX_NONE, self->name, ": cannot remove ", A_PATH(path), ": ",
	    REASON(why), REASON(next), NULL);
}

static _Noreturn void refuse_below(const struct command *self,
				   const char *path, int err)
{
	refuse(self, path, hurdle(path, path, err), "\nnothing was removed");
}

static void refuse_link(const struct command *self, const char *path)
{
	char *physical;
	struct stat st;

	if (lstat(path, &st) || !S_ISLNK(st.st_mode))
		return;
	physical = realpath(path, NULL);
	if (!physical)
		die(EX_NONE, self->name, ": ", A_PATH(path), " is a link to"
		    " nothing", ADVICE, "to take it away: rm ", A_WORD(path),
		    NULL);
	die(EX_NONE, self->name, ": ", A_PATH(path), " is a link to ",
	    A_PATH(physical), ADVICE, "to take the link away: rm ",
	    A_WORD(path), ADVICE, "to remove the environment: venv remove ",
	    A_WORD(physical), NULL);
}

/* The kernel has the last word, but says it when half is gone. */
static void check_permissions(const struct command *self, const char *path,
			      int in, int fd, const struct stat *st)
{
	static char below[PATH_MAX];
	char above[PATH_MAX];
	int err;

	if (effective_uid() && st->st_uid != effective_uid())
		refuse(self, path, hurdle(path, path, -EACCES), "");
	err = faccessat(in, ".", W_OK | X_OK, AT_EACCESS) ? -errno : 0;
	if (err && !path_copy(above, path) && path_up(above))
		refuse(self, path, hurdle(above, path, err), "");
	err = erase_check(fd, below);
	if (err)
		refuse_below(self, shown(path, below), err);
}

/* What would be lost with it: in the way, or with force in the question. */
static void check_strays(const struct command *self, const char *path, int fd,
			 struct target *ret)
{
	static char text[4096];
	struct out out = OUT_STRING(text);
	int found;

	if (!ret->force) {
		if (guard_refuses(fd, &out))
			refuse(self, path, text, NOT_REMOVED);
		return;
	}
	found = stray_find(fd, &out);
	if (found < 0)
		refuse(self, path, hurdle(path, path, found), "");
	ret->strays = found ? strdup(text) : NULL;
	if (found && !ret->strays)
		refuse(self, path, strerror(ENOMEM), "");
}

void target_check(const struct command *self, const char *path, int place,
		  struct target *ret)
{
	static char text[512];
	struct out why = OUT_STRING(text);
	const char *base = path_base(path);
	struct stat st;
	int in, fd;

	refuse_link(self, path);
	if (guard_is_known(place, &why))
		refuse(self, path, text, "");
	if (!strcmp(base, ".") || !strcmp(base, ".."))
		refuse(self, path, "only its own name will do", "");
	fd = dispose_open(path, &in);
	if (fd < 0)
		refuse(self, path, hurdle(path, path, fd), "");
	if (fstat(fd, &st))
		refuse(self, path, strerror(errno), "");
	check_strays(self, path, fd, ret);
	check_permissions(self, path, in, fd, &st);
	(void)close(fd);
	(void)close(in);
	ret->dev = st.st_dev;
	ret->ino = st.st_ino;
	ret->path = strdup(path);
	if (!ret->path)
		refuse(self, path, strerror(ENOMEM), "");
}

/* -- removing ----------------------------------------------------------- */

/* What was decided about it holds for nothing that may follow. */
static void forget(const struct command *self, const char *path, int fd,
		   const struct stat *st)
{
	static char text[RECORD_MAX + 1], reason[5 * PATH_MAX];
	struct out why = OUT_STRING(reason);
	char record[PATH_MAX];
	struct stat record_st;
	struct identity id = identity_of(fd, st);
	struct change change = {
		.kind = CHANGE_FORGET, .path = path, .id = &id,
	};

	if (record_read(text, record, &record_st) > 0 &&
	    record_decides(text, path, fd, st) != DECISION_NONE &&
	    decide(&change, &why) < 0)
		complain("venv", self->name, ": what was decided about ",
			 A_PATH(path), " stays recorded: ", REASON(reason),
			 ADVICE, "then: venv allow --forget ", A_WORD(path),
			 NULL);
}

static int destroy(const struct command *self, const struct target *target,
		   char *ret_path, struct out *why)
{
	struct stat st;
	int in, fd = dispose_open(target->path, &in), err;

	if (fd < 0)
		return fd == -ENOENT ? 0 : fd;
	/* Whoever makes it, or makes it anew, comes to an end first. */
	while (flock(fd, LOCK_EX) && errno == EINTR)
		;
	err = fstat(fd, &st) ? -errno : target_is(target, &st) ? 0 : -ESTALE;
	if (!err && !target->force && guard_refuses(fd, why))
		err = -ECANCELED;
	if (!err)
		err = dispose_contents(fd, target->force, ret_path);
	if (!err) {
		forget(self, target->path, fd, &st);
		err = dispose_rest(fd, in, path_base(target->path));
	}
	(void)close(fd);
	(void)close(in);
	return err;
}

bool target_remove(const struct command *self, const struct target *target,
		   bool quiet)
{
	static char below[PATH_MAX], text[4096];
	struct out why = OUT_STRING(text);
	const char *path;
	int err;

	*below = '\0';
	err = destroy(self, target, below, &why);
	if (err) {
		path = shown(target->path, below);
		complain("venv", self->name, ": cannot remove ",
			 A_PATH(path), ": ", REASON(err == -ECANCELED ? text :
						   hurdle(path, path, err)),
			 REASON(err == -ECANCELED ? NOT_REMOVED :
				"\nmend that, and do it again"), NULL);
		return false;
	}
	if (!quiet) {
		out_str(&session.out, "removed ");
		out_path(&session.out, target->path);
		out_char(&session.out, '\n');
	}
	return true;
}

