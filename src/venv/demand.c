/*
 * Finding a usable environment, or exiting with the reason.
 */
#include "demand.h"

#include <string.h>

#include "fail.h"
#include "options.h"
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

_Noreturn void demand_none(const struct command *self, const char *word)
{
	if (strchr(word, '/'))
		die(EX_NONE, self->name, ": no environment is in ", word,
		    ADVICE, "`venv create` makes one", NULL);
	die(EX_NONE, self->name, ": no environment is called ", word,
	    ADVICE, "`venv list` shows them", NULL);
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
