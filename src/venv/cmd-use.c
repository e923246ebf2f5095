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
#include "startup.h"
#include "which/find.h"
#include "which/hook.h"

/* Without the shell function nothing could come of it. */
static void demand_hook(const struct command *self)
{
	char text[256];
	struct out line = OUT_STRING(text);

	if (session.hooked)
		return;
	startup_advise(&line);
	die(EX_NONE, self->name, ": it changes this shell, and needs the hook"
	    " there", ADVICE, REASON(text), NULL);
}

/*
 * The answer for the shell, about `verb`; `wanted` is what is to be active,
 * for VERB_USE.  False: it is refused.
 */
static bool tell_shell(enum verb verb, const struct env *wanted)
{
	static struct env here;
	struct watch watch = WATCH_INIT;
	const struct visitor watching = { hook_watch, &watch };
	int found = find_nearest(&session.set, session.pwd, &watching, &here);

	session.question.facts.verb = verb;
	/* Where one stands cannot be told: ask at each prompt. */
	watch.always |= found < 0;
	return hook_answer(&session.out, &session.question, &session.set,
			   found > 0 ? &here : NULL, wanted, &watch);
}

int cmd_use(const struct command *self, char **argv)
{
	static struct env env;
	char **operands = options_operands(self, argv, 1);

	demand_hook(self);
	if (!*operands && pick_anybody())
		choose(self, "", &env);
	else
		demand_env(self, *operands, &env);
	recent_add(env.path);
	(void)tell_shell(VERB_USE, &env);
	return EX_FOUND;
}

int cmd_pick(const struct command *self, char **argv)
{
	static struct env env;
	char **operands = options_operands(self, argv, 1);

	choose(self, *operands ? *operands : "", &env);
	recent_add(env.path);
	if (session.hooked) {
		(void)tell_shell(VERB_USE, &env);
	} else {
		out_str(&session.out, env.path);
		out_char(&session.out, '\n');
	}
	return EX_FOUND;
}

int cmd_off(const struct command *self, char **argv)
{
	(void)options_operands(self, argv, 0);
	demand_hook(self);
	(void)tell_shell(VERB_OFF, NULL);
	return EX_FOUND;
}

int cmd_on(const struct command *self, char **argv)
{
	(void)options_operands(self, argv, 0);
	demand_hook(self);
	if (!tell_shell(VERB_ON, NULL))
		die(EX_NONE, self->name, ": what is active was activated by"
		    " hand, and stays", ADVICE, "to end it: venv off", NULL);
	return EX_FOUND;
}
