/*
 * venv: manage virtual environments.  Global options, and the way to the
 * command; what a command does is in its cmd-NAME.c.
 */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "complete.h"
#include "fail.h"

static int run(const char *name, char **argv)
{
	const struct command *cmd = command_find(name);

	if (!cmd)
		die(EX_USAGE, "there is no command ", name,
		    ADVICE, "`venv help` lists them", NULL);
	return cmd->run(cmd, argv);
}

static int dispatch(char **argv)
{
	char *word = argv[1];

	/* The shell function says so, and reads the answer as the hook does. */
	if (word && !strcmp(word, "--hook")) {
		session.hooked = true;
		argv++;
		while (*argv && argv[1] &&
		       hook_hear(&session.question, argv[1]))
			argv++;
		word = *argv ? argv[1] : NULL;
	}
	if (word && !strcmp(word, "--complete"))
		complete_line(argv + 2);
	if (!word)
		die(EX_USAGE, "what shall be done? `venv help` lists the"
		    " commands", NULL);
	if (!strcmp(word, "-h") || !strcmp(word, "--help"))
		return run("help", argv + 1);
	if (!strcmp(word, "-V") || !strcmp(word, "--version")) {
		out_str(&session.out, "venv " VERSION "\n");
		return EX_FOUND;
	}
	if (*word == '-')
		die(EX_USAGE, "there is no option ", word,
		    ADVICE, "`venv help` lists the commands", NULL);
	return run(word, argv + 1);
}

int main(int argc, char **argv)
{
	static char buf[16 * 1024];

	(void)argc;
	session.out = (struct out)OUT_FILE(STDOUT_FILENO, buf);
	session.pwd = getenv("PWD");
	settings_load(&session.set);
	return session_end(dispatch(argv));
}
