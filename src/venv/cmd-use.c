/*
 * venv use, pick, off, on: the program's half.  It says which environment, in
 * the words of `venv-which --hook`; the shell function changes the shell.
 */
#include "choose.h"
#include "demand.h"
#include "fail.h"
#include "options.h"
#include "pick.h"
#include "recent.h"
#include "which/report.h"

/* Without the shell function nothing could come of it. */
static void demand_hook(const struct command *self)
{
	if (!session.hooked)
		die(EX_NONE, self->name, ": it acts on the running shell,"
		    " which has not loaded the function `venv`", ADVICE, "in bash do:"
		    " eval \"$(command venv init bash)\" (others: `venv help init`)",
		    NULL);
}

/*
 * The answer for the shell.  `nearest` says that it is the one of the working
 * directory, of which the hook may know nothing yet.
 */
static void tell_shell(const struct env *env, bool nearest)
{
	struct report_hook hook = { 0 };

	out_str(&session.out, nearest ? "nearest\n" : "");
	report_hook(&session.out, &hook, &session.set, env);
}

int cmd_use(const struct command *self, char **argv)
{
	static struct env env;
	char **operands = options_operands(self, argv, 1);
	bool nearest = !*operands;

	demand_hook(self);
	if (nearest && pick_anybody())
		choose(self, "", &env, &nearest);
	else
		demand_env(self, *operands, &env);
	recent_add(env.path);
	tell_shell(&env, nearest);
	return EX_FOUND;
}

int cmd_pick(const struct command *self, char **argv)
{
	static struct env env;
	char **operands = options_operands(self, argv, 1);
	bool nearest;

	choose(self, *operands ? *operands : "", &env, &nearest);
	recent_add(env.path);
	if (session.hooked) {
		tell_shell(&env, nearest);
	} else {
		out_str(&session.out, env.path);
		out_char(&session.out, '\n');
	}
	return EX_FOUND;
}

/* Nothing to find out: the shell alone acts, once this is called rightly. */
static int only_the_shell(const struct command *self, char **argv)
{
	(void)options_operands(self, argv, 0);
	demand_hook(self);
	out_str(&session.out, REPORT_END);
	return EX_FOUND;
}

int cmd_off(const struct command *self, char **argv)
{
	return only_the_shell(self, argv);
}

int cmd_on(const struct command *self, char **argv)
{
	return only_the_shell(self, argv);
}
