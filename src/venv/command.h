/*
 * The commands of `venv`, and what each is called with.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>

#include "which/hook.h"
#include "which/out.h"
#include "which/settings.h"

struct option;

struct command {
	const char *name;	/* "list" */
	const char *args;	/* "[--json]", for the usage line */
	const char *summary;	/* a line of `venv help` */
	const char *detail;	/* what `venv help NAME` adds to it, or "" */
	const char *example;	/* a command line that works */
	int (*run)(const struct command *self, char **argv);
};

/* All of them, as commands.def lists them; ends with a NULL name. */
extern const struct command commands[];

/* The command of that name, or NULL. */
const struct command *command_find(const char *name);

/* The end, for there is none. */
_Noreturn void command_none(const char *name);

/* What every command works with; venv.c fills it before one runs. */
struct session {
	struct out out;		/* stdout; venv.c flushes and checks it */
	struct settings set;
	const char *pwd;	/* $PWD, for walk_up() */
	bool hooked;		/* the shell function is who called */
	struct question question;	/* and what it said of itself */
	bool bare;		/* called by its name, not by a path */
	/* A TAB was pressed: who answers it, and exits; see options_parse(). */
	void (*complete)(const struct command *self,
			 const struct option *table, unsigned flags,
			 char **argv);
};
extern struct session session;

/*
 * Write what is left of the answer.  `status`, or 1 where that fails, with a
 * line that says so: the exit status of the program.
 */
int session_end(int status);

#define CMD(name, args, summary, detail, example) \
	int cmd_##name(const struct command *self, char **argv);
#include "commands.def"
#undef CMD

#endif
