/*
 * Finding a usable environment, or exiting with the reason.
 */
#include "demand.h"

#include <errno.h>
#include <string.h>

#include "fail.h"
#include "guess.h"
#include "named.h"
#include "options.h"
#include "unlooked.h"
#include "which/find.h"
#include "which/path.h"
#include "which/report.h"
#include "which/trust.h"

static char text[5 * PATH_MAX];

bool demand_nearest(const struct command *self, struct env *ret)
{
	struct out line = OUT_STRING(text);
	int found = find_nearest(&session.set, session.pwd, NULL, ret);

	if (found >= 0)
		return found;
	report_lost(&line, found);
	die(EX_UNKNOWN, self->name, ": ", REASON(text), NULL);
}

bool demand_maybe(const char *word, struct env *ret)
{
	char here[PATH_MAX], dir[PATH_MAX];

	if (path_working_dir(here, dir, session.pwd))
		memcpy(here, "/", 2);
	return find_named(&session.set, here, word, ret) > 0 ||
		(!path_below(dir, here, word) &&
		 find_here(&session.set, dir, ret) > 0);
}

/* To make one is no advice for whoever wants to be rid of it. */
static bool wants_one(const struct command *self)
{
	return strcmp(self->name, "allow") && strcmp(self->name, "deny") &&
		strcmp(self->name, "remove");
}

struct names {
	struct guess guess;
	bool any;
};

static void offer_name(void *context, struct env *env)
{
	struct names *names = context;

	names->any = true;
	guess_offer(&names->guess, path_base(env->path));
}

static _Noreturn void no_such_name(const struct command *self,
				   const char *word)
{
	struct names names = { .guess = { .word = word } };
	char container[PATH_MAX];
	int err = named_each(offer_name, &names, container);

	if (*names.guess.best)
		die(EX_NONE, self->name, ": no environment is called ", word,
		    ADVICE, "did you mean ", names.guess.best, "? `venv list`"
		    " shows all", NULL);
	/* A list of none would show nothing. */
	if (!err && !names.any && wants_one(self))
		die(EX_NONE, self->name, ": no environment is called ", word,
		    ADVICE, "to make it: venv create -n ", A_WORD(word), NULL);
	die(EX_NONE, self->name, ": no environment is called ", word, ADVICE,
	    "`venv list` shows them", NULL);
}

/*
 * Where one would be made for `path`: what is called as a project's
 * environment is, is no project.
 */
static bool own_of(const char *path, char *ret)
{
	const char *const *name = session.set.names;

	for (; *name; name++)
		if (!strcmp(*name, path_base(path)))
			return !path_copy(ret, path);
	return !path_join(ret, path, ".venv");
}

_Noreturn void demand_none(const struct command *self, const char *word)
{
	char here[PATH_MAX], path[PATH_MAX], own[PATH_MAX];
	struct stat st;

	if (path_working_dir(here, path, session.pwd))
		memcpy(here, "/", 2);
	errno = 0;
	if (path_below(path, here, word) || stat(path, &st)) {
		if (!strchr(word, '/'))
			no_such_name(self, word);
		/* What may not be seen could be there. */
		if (errno == EACCES || errno == ELOOP)
			die(EX_NONE, self->name, ": cannot look at ",
			    A_PATH(word), ": ", strerror(errno), NULL);
		die(EX_NONE, self->name, ": there is no ", A_PATH(word), NULL);
	}
	if (!S_ISDIR(st.st_mode) || !wants_one(self) ||
	    !own_of(path, own))
		die(EX_NONE, self->name, ": no environment in ", A_PATH(path),
		    NULL);
	die(EX_NONE, self->name, ": no environment in ", A_PATH(path), ADVICE,
	    "to make one: venv create ", A_WORD(own), NULL);
}

void demand_found(const struct command *self, const char *word,
		  struct env *ret)
{
	struct out line = OUT_STRING(text);

	if (word && !*word)
		options_usage(self, "a name cannot be empty", "");
	if (word) {
		if (!demand_maybe(word, ret))
			demand_none(self, word);
	} else if (!demand_nearest(self, ret)) {
		report_none(&line, &session.set, session.pwd);
		out_char(&line, '\n');
		if (unlooked_advise(&line))
			;
		else if (wants_one(self))
			out_str(&line, "to make one: venv create");
		else
			line.buf[--line.len] = '\0';
		die(EX_NONE, self->name, ": ", REASON(text), NULL);
	}
}

_Noreturn void demand_fail(const struct command *self, const struct env *env)
{
	struct out line = OUT_STRING(text);

	report_trouble(&line, env, "\n");
	die(report_exit(env), self->name, ": ", REASON(text), NULL);
}

bool demand_is_strange(const struct env *env, struct out *why)
{
	static struct env judged;
	int err;

	judged = *env;
	judged.verdict = VERDICT_USE;
	err = trust_judge(&session.set, &judged);
	if (why && (err || judged.verdict != VERDICT_USE))
		out_safe(why, err ? strerror(-err) : judged.why);
	return err || judged.verdict != VERDICT_USE;
}

void demand_env(const struct command *self, const char *word, struct env *ret)
{
	demand_found(self, word, ret);
	if (ret->verdict != VERDICT_USE)
		demand_fail(self, ret);
}
