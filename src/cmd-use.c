/*
 * venv use, off, on: the program's half.  It says which environment, in the
 * words of `venv-which --hook`; the shell function changes the shell.
 */
#include "demand.h"
#include "fail.h"
#include "options.h"
#include "report.h"

/* Without the shell function nothing could come of it. */
static void demand_hook(const struct command *self)
{
	if (!session.hooked)
		die(EX_NONE, self->name, ": it acts on the running shell,"
		    " which has not loaded the function `venv`; in bash do:"
		    " eval \"$(venv init bash)\" (others: venv help init)",
		    NULL);
}

int cmd_use(const struct command *self, char **argv)
{
	static struct env env;
	char **operands = options_operands(self, argv, 1);
	struct report_hook hook = { 0 };

	demand_hook(self);
	demand_env(self, *operands, &env);
	report_hook(&session.out, &hook, &session.set, &env);
	return EX_FOUND;
}

/* Nothing to find out: the shell alone acts, once this is called rightly. */
static int only_the_shell(const struct command *self, char **argv)
{
	(void)options_operands(self, argv, 0);
	demand_hook(self);
	out_str(&session.out, "end\n");
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
