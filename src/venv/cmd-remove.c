/*
 * venv remove: environments are disposable, and what is not an environment
 * is not disposed of.  All operands are checked before anything is removed,
 * and one question is asked for all of them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "decide.h"
#include "demand.h"
#include "fail.h"
#include "make/dispose.h"
#include "make/erase.h"
#include "make/guard.h"
#include "options.h"
#include "pick.h"
#include "which/find.h"
#include "which/path.h"
#include "which/report.h"

/* What is going to be removed. */
struct target {
	char *path;
	dev_t dev;
	ino_t ino;
	char version[VERSION_SIZE];
	bool unfinished;
};

static struct {
	struct target *at;
	size_t n;
} targets;

static const char *reason(int err)
{
	switch (err) {
	case -EXDEV:
		return "something is mounted there\nunmount it first";
	case -ESTALE:
		return "it was moved or replaced meanwhile";
	default:
		return strerror(-err);
	}
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

static bool is_target(const struct target *target, const struct stat *st)
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
	int err;

	if (effective_uid() && st->st_uid != effective_uid())
		refuse(self, path, "it belongs to another user", "");
	err = faccessat(in, ".", W_OK | X_OK, AT_EACCESS) ? -errno : 0;
	if (err)
		refuse(self, path, "the directory that it is in: ",
		       strerror(-err));
	err = erase_check(fd, below);
	if (err)
		refuse(self, shown(path, below), reason(err),
		       "\nnothing was removed");
}

static void check(const struct command *self, const char *path, int place,
		  struct stat *ret_st)
{
	static char text[512];
	struct out why = OUT_STRING(text);
	const char *base = path_base(path);
	int in, fd;

	refuse_link(self, path);
	if (guard_refuses(place, &why))
		refuse(self, path, text, "");
	if (!strcmp(base, ".") || !strcmp(base, ".."))
		refuse(self, path, "only its own name will do", "");
	fd = dispose_open(path, &in);
	if (fd < 0)
		refuse(self, path, reason(fd), "");
	if (fstat(fd, ret_st))
		refuse(self, path, strerror(errno), "");
	check_permissions(self, path, in, fd, ret_st);
	(void)close(fd);
	(void)close(in);
}

static void add(const struct command *self, const char *path, int place,
		const char *version, bool unfinished)
{
	struct target *at;
	struct stat st;

	check(self, path, place, &st);
	for (size_t i = 0; i < targets.n; i++)
		if (is_target(&targets.at[i], &st))
			return;
	at = realloc(targets.at, (targets.n + 1) * sizeof(*at));
	if (!at)
		refuse(self, path, strerror(ENOMEM), "");
	targets.at = at;
	at += targets.n++;
	*at = (struct target){
		.path = strdup(path), .dev = st.st_dev, .ino = st.st_ino,
		.unfinished = unfinished,
	};
	if (!at->path)
		refuse(self, path, strerror(ENOMEM), "");
	memcpy(at->version, version, strlen(version) + 1);
}

/*
 * The unfinished environment at the path `word`: a descriptor, and its path
 * in ret; or -1.
 */
static int open_unfinished(const char *word, char *ret)
{
	char here[PATH_MAX];
	int fd;

	if (path_working_dir(here, ret, session.pwd))
		memcpy(here, "/", 2);
	if (path_below(ret, here, word))
		return -1;
	fd = open_place(ret, O_STAND | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || dispose_is_unfinished(fd))
		return fd;
	(void)close(fd);
	return -1;
}

static void add_word(const struct command *self, const char *word)
{
	static char text[5 * PATH_MAX];
	struct out line = OUT_STRING(text);
	static struct env env;
	char path[PATH_MAX];
	int fd;

	if (!*word)
		options_usage(self, "a name cannot be empty", "");
	if (!demand_maybe(word, &env)) {
		fd = open_unfinished(word, path);
		if (fd < 0)
			demand_none(self, word);
		add(self, path, fd, "", true);
		(void)close(fd);
		return;
	}
	/* A redirect to nowhere. */
	if (env.fd < 0) {
		report_trouble(&line, &env, "\n");
		die(EX_NONE, self->name, ": ", REASON(text), NULL);
	}
	add(self, env.path, env.fd, env.version, false);
	env_close(&env);
}

/* -- the question ------------------------------------------------------- */

static void print_target(struct out *out, const struct target *target)
{
	out_path(out, target->path);
	if (target->unfinished) {
		out_str(out, " (unfinished)");
	} else if (*target->version) {
		out_str(out, " (Python ");
		out_str(out, target->version);
		out_char(out, ')');
	}
}

/* Several are too many for a line. */
static void print_targets(void)
{
	char buf[1024];
	struct out out = OUT_FILE(STDERR_FILENO, buf);

	for (size_t i = 0; i < targets.n; i++) {
		out_str(&out, "  ");
		print_target(&out, &targets.at[i]);
		out_char(&out, '\n');
	}
	(void)out_flush(&out);
}

static bool confirm(const struct command *self)
{
	static char text[PATH_MAX + 128];
	struct out question = OUT_STRING(text);

	if (!pick_anybody())
		die(EX_NONE, self->name, ": there is no terminal to ask at",
		    ADVICE, "to remove ", targets.n > 1 ? "the first one"
		    : "it", ": venv remove -y ", A_WORD(targets.at->path),
		    NULL);
	out_str(&question, "venv: remove ");
	if (targets.n == 1) {
		print_target(&question, targets.at);
	} else {
		print_targets();
		out_str(&question, "these ");
		out_number(&question, targets.n, 10);
		out_str(&question, " environments");
	}
	out_str(&question, "? [y/N] ");
	return pick_yes(text) == ANSWER_YES;
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
		   char *ret_path)
{
	struct stat st;
	int in, fd = dispose_open(target->path, &in), err;

	if (fd < 0)
		return fd == -ENOENT ? 0 : fd;
	/* Whoever makes it, or makes it anew, comes to an end first. */
	while (flock(fd, LOCK_EX) && errno == EINTR)
		;
	err = fstat(fd, &st) ? -errno : is_target(target, &st) ? 0 : -ESTALE;
	if (!err)
		err = dispose_contents(fd, ret_path);
	if (!err) {
		forget(self, target->path, fd, &st);
		err = dispose_rest(fd, in, path_base(target->path));
	}
	(void)close(fd);
	(void)close(in);
	return err;
}

static bool remove_target(const struct command *self,
			  const struct target *target, bool quiet)
{
	static char below[PATH_MAX];
	int err;

	*below = '\0';
	err = destroy(self, target, below);
	if (err) {
		complain("venv", self->name, ": cannot remove ",
			 A_PATH(shown(target->path, below)), ": ",
			 REASON(reason(err)), ADVICE, "mend that, and do it"
			 " again", NULL);
		return false;
	}
	if (!quiet) {
		out_str(&session.out, "removed ");
		out_path(&session.out, target->path);
		out_char(&session.out, '\n');
	}
	return true;
}

/*
 * Of all redirects only this project's is known.  In *ret it, if it leads to
 * one of the targets, which is returned.
 */
static const struct target *find_redirect(struct env *ret)
{
	if (find_nearest(&session.set, session.pwd, NULL, ret) <= 0)
		return NULL;
	for (size_t i = 0; i < targets.n; i++)
		if (ret->fd >= 0 && ret->found == FOUND_REDIRECT &&
		    is_target(&targets.at[i], &ret->self))
			return &targets.at[i];
	return NULL;
}

static int remove_all(const struct command *self, bool quiet)
{
	static struct env env;
	const struct target *led_to = find_redirect(&env);
	int status = EX_FOUND;

	for (size_t i = 0; i < targets.n; i++) {
		const struct target *target = &targets.at[i];

		if (!remove_target(self, target, quiet))
			status = EX_NONE;
		else if (target == led_to)
			complain("venv", self->name, ": the redirect ",
				 A_PATH(env.redirect), " leads nowhere now",
				 ADVICE, "to have another one here: venv link"
				 " NAME; or take it away: rm ",
				 A_WORD(env.redirect), NULL);
	}
	return status;
}

int cmd_remove(const struct command *self, char **argv)
{
	bool yes = false, quiet = false;
	const struct option table[] = {
		{ 'y', "yes", NULL, "do not ask", .flag = &yes },
		{ 'q', "quiet", NULL, "do not say what was removed",
		  .flag = &quiet },
		{ 0 },
	};
	char **operands = options_parse(self, table, 0, argv);

	if (!*operands)
		options_usage(self, "name an environment", "");
	for (; *operands; operands++)
		add_word(self, *operands);
	if (!yes && !confirm(self))
		return EX_NONE;
	return remove_all(self, quiet);
}
