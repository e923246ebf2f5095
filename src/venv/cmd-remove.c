/*
 * venv remove: environments are disposable, and what is not an environment
 * is not disposed of.  All operands are checked before anything is removed,
 * and one question is asked for all of them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "demand.h"
#include "fail.h"
#include "make/dispose.h"
#include "options.h"
#include "pick.h"
#include "target.h"
#include "which/find.h"
#include "which/path.h"
#include "which/report.h"

static struct {
	struct target *at;
	size_t n;
	bool force;
} targets;

static bool is_there(const struct target *target)
{
	for (size_t i = 0; i < targets.n; i++)
		if (targets.at[i].dev == target->dev &&
		    targets.at[i].ino == target->ino)
			return true;
	return false;
}

static void add(const struct command *self, const char *path, int place,
		const char *version, bool unfinished)
{
	struct target new = {
		.unfinished = unfinished, .force = targets.force,
	};
	struct target *at;

	target_check(self, path, place, &new);
	if (is_there(&new)) {
		free(new.path);
		free(new.strays);
		return;
	}
	at = realloc(targets.at, (targets.n + 1) * sizeof(*at));
	if (!at)
		die(EX_NONE, self->name, ": cannot remove ", A_PATH(path), ": ",
		    strerror(ENOMEM), NULL);
	memcpy(new.version, version, strlen(version) + 1);
	targets.at = at;
	targets.at[targets.n++] = new;
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
	if (!target->strays)
		return;
	out_str(out, " and with it ");
	out_str(out, target->strays);
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

static _Noreturn void nobody_asked(const struct command *self)
{
	static char text[8 * PATH_MAX];
	struct out line = OUT_STRING(text);

	for (size_t i = 0; i < targets.n; i++) {
		out_char(&line, ' ');
		out_operand(&line, targets.at[i].path);
	}
	die(EX_NONE, self->name, ": there is no terminal to ask at", ADVICE,
	    "to remove without a question: venv remove -y",
	    targets.force ? " --force" : "", REASON(text),
	    NULL);
}

static bool confirm(const struct command *self)
{
	static char text[2 * PATH_MAX];
	struct out question = OUT_STRING(text);

	if (!pick_anybody())
		nobody_asked(self);
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

/*
 * Of all redirects only this project's is known.  In *ret it, if it leads to
 * one of the targets, which is returned.
 */
static const struct target *find_redirect(struct env *ret)
{
	const struct target *found = NULL;

	if (find_nearest(&session.set, session.pwd, NULL, ret) <= 0)
		return NULL;
	for (size_t i = 0; i < targets.n; i++)
		if (ret->fd >= 0 && ret->found == FOUND_REDIRECT &&
		    target_is(&targets.at[i], &ret->self))
			found = &targets.at[i];
	/* What is open cannot go on FUSE and NFS. */
	env_close(ret);
	return found;
}

static int remove_all(const struct command *self, bool quiet)
{
	static struct env env;
	const struct target *led_to = find_redirect(&env);
	int status = EX_FOUND;

	for (size_t i = 0; i < targets.n; i++) {
		const struct target *target = &targets.at[i];

		if (!target_remove(self, target, quiet))
			status = EX_NONE;
		else if (target == led_to)
			complain("venv", self->name, ": the redirect ",
				 A_PATH(env.redirect), " leads nowhere now",
				 ADVICE, "have it lead to another one: venv"
				 " link NAME", ADVICE, "or take it away: rm ",
				 A_WORD(env.redirect), NULL);
	}
	return status;
}

int cmd_remove(const struct command *self, char **argv)
{
	bool yes = false, quiet = false;
	const struct option table[] = {
		{ 'y', "yes", NULL, "do not ask", .flag = &yes },
		{ 0, "force", NULL, "with all that is no part of an"
			" environment", .flag = &targets.force },
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
