/*
 * venv link: a project's redirect to an environment that stands elsewhere.
 */
#include <string.h>

#include "choose.h"
#include "demand.h"
#include "fail.h"
#include "make/relink.h"
#include "options.h"
#include "which/path.h"
#include "which/report.h"

static struct env env;
static char text[5 * PATH_MAX];

static void working_dir_of(const struct command *self, char *ret)
{
	struct out why = OUT_STRING(text);
	char physical[PATH_MAX];
	int err = path_working_dir(ret, physical, session.pwd);

	if (!err)
		return;
	report_lost(&why, err);
	die(EX_UNKNOWN, self->name, ": ", REASON(text), NULL);
}

/* The one that is named, or that a tool keeps for the directory. */
static void find_target(const struct command *self, const char *word,
			const char *dir)
{
	if (word)
		demand_found(self, word, &env);
	else if (!choose_kept(self, dir, &env))
		die(EX_NONE, self->name, ": no tool keeps an environment for ",
		    A_PATH(dir), ADVICE, "name one: venv link NAME, or its"
		    " directory; `venv list -a` shows them", NULL);
	/* A redirect that leads nowhere is nothing to lead to. */
	if (env.fd < 0)
		demand_fail(self, &env);
	env_close(&env);
}

/* What will keep it from being found, or from being used. */
static void warn(const struct command *self)
{
	const char *const *name = session.set.names;
	struct out trouble = OUT_STRING(text);

	while (*name && strcmp(*name, RELINK_NAME))
		name++;
	if (!*name)
		complain("venv", self->name, ": nobody looks for "
			 RELINK_NAME ", which is not among the names that are"
			 " set", ADVICE, "add it to VENV_WHICH_NAMES, or"
			 " `names` in the config file", NULL);
	if (env.verdict == VERDICT_USE)
		return;
	report_trouble(&trouble, &env, "\n");
	complain("venv", self->name, ": ", REASON(text), NULL);
}

int cmd_link(const struct command *self, char **argv)
{
	bool quiet = false;
	const struct option table[] = {
		{ 'q', "quiet", NULL, "do not say what was written",
		  .flag = &quiet },
		{ 0 },
	};
	char **operands = options_parse(self, table, 0, argv);
	struct out *out = &session.out, why = OUT_STRING(text);
	char dir[PATH_MAX];

	options_at_most(self, operands, 1);
	working_dir_of(self, dir);
	find_target(self, *operands, dir);
	if (!relink(dir, env.path, &why))
		die(EX_NONE, self->name, ": ", REASON(text), NULL);
	if (!quiet) {
		out_str(out, "linked ");
		out_path(out, strcmp(dir, "/") ? dir : "");
		out_str(out, "/" RELINK_NAME " to ");
		out_path(out, env.path);
		out_char(out, '\n');
	}
	warn(self);
	return EX_FOUND;
}
