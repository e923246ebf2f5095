/*
 * venv: manage virtual environments.  Global options, and the way to the
 * command; what a command does is in its cmd-NAME.c.
 */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "complete.h"
#include "fail.h"
#include "guess.h"

_Noreturn void command_none(const char *name)
{
	struct guess guess = { .word = name };

	for (const struct command *cmd = commands; cmd->name; cmd++)
		guess_offer(&guess, cmd->name);
	if (*guess.best)
		die(EX_USAGE, "there is no command ", name, ADVICE,
		    "did you mean ", guess.best, "? `venv help` lists all",
		    NULL);
	die(EX_USAGE, "there is no command ", name, ADVICE,
	    "`venv help` lists them", NULL);
}

static int run(const char *name, char **argv)
{
	const struct command *cmd = command_find(name);

	if (!cmd)
		command_none(name);
	return cmd->run(cmd, argv);
}

/* A shell that loses empty words says which one stands for them. */
static char **restore_empty(char **argv)
{
	static char none[1];
	const char *mark = *argv && argv[1] ? argv[1] : "";

	if (strncmp(mark, "empty=", 6))
		return argv;
	mark += 6;
	argv++;
	for (char **word = argv + 1; *word; word++)
		if (!strcmp(*word, mark))
			*word = none;
	return argv;
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
		argv = restore_empty(argv);
		word = *argv ? argv[1] : NULL;
	}
	if (word && !strcmp(word, "--complete"))
		complete_line(argv + 2);
	if (!word) {
		/* The list of commands, but no answer to a question. */
		session.out.fd = STDERR_FILENO;
		(void)run("help", (char *[]) { argv[0], NULL });
		return EX_USAGE;
	}
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

	session.bare = argc && !strchr(argv[0], '/');
	session.out = (struct out)OUT_FILE(STDOUT_FILENO, buf);
	session.pwd = getenv("PWD");
	settings_load(&session.set);
	return session_end(dispatch(argv));
}
