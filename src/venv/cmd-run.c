/*
 * venv run: a command in an environment, which is not activated.  The
 * command takes this process's place, so that signals and the exit status
 * are its own.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "demand.h"
#include "fail.h"
#include "options.h"
#include "which/path.h"

/* The statuses of a command that could not be run, as in env(1) and sh(1). */
enum { EX_CANNOT_RUN = 126, EX_NO_COMMAND = 127 };

static void set_or_die(const char *name, const char *value)
{
	if (setenv(name, value, 1))
		die(EX_NONE, "run: cannot set ", name, ": ", strerror(errno),
		    NULL);
}

/* bin in front of PATH, unless it is there already. */
static void set_path(const char *bin)
{
	const char *path = getenv("PATH");
	size_t len = strlen(bin);
	char *joined;

	if (!path) {
		set_or_die("PATH", bin);
		return;
	}
	if (!strncmp(path, bin, len) && (path[len] == ':' || !path[len]))
		return;
	joined = malloc(len + 1 + strlen(path) + 1);
	if (!joined)
		die(EX_NONE, "run: cannot set PATH: ", strerror(ENOMEM), NULL);
	memcpy(joined, bin, len);
	joined[len] = ':';
	memcpy(joined + len + 1, path, strlen(path) + 1);
	set_or_die("PATH", joined);
	free(joined);
}

/* What the stock activation sets; it is the command's, not the hook's. */
static void enter_env(const struct env *env)
{
	char bin[PATH_MAX];

	if (path_join(bin, env->path, "bin"))
		die(EX_NONE, "run: cannot enter ", A_PATH(env->path), ": ",
		    strerror(ENAMETOOLONG), ADVICE, "make it at a shorter"
		    " path", NULL);
	set_path(bin);
	set_or_die("VIRTUAL_ENV", env->path);
	set_or_die("VIRTUAL_ENV_PROMPT", env->name);
	(void)unsetenv("VENV_WHICH_AUTO");
	(void)unsetenv("PYTHONHOME");
}

int cmd_run(const struct command *self, char **argv)
{
	static struct env env;
	const char *word = NULL;
	const struct option table[] = {
		{ 'e', "env", "ENV", "the environment that `venv use ENV`"
			" means, not the nearest", .value = &word },
		{ 0 },
	};
	char **operands = options_parse(self, table, OPTIONS_STOP, argv);

	if (!*operands)
		options_usage(self, "name a program to run", "");
	demand_env(self, word, &env);
	env_close(&env);
	enter_env(&env);
	(void)execvp(*operands, operands);
	die(errno == ENOENT ? EX_NO_COMMAND : EX_CANNOT_RUN, "run: ",
	    *operands, ": ", strerror(errno), ADVICE, "the environment is ",
	    A_PATH(env.path), NULL);
}
