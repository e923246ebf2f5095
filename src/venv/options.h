/*
 * Options from a table: one row carries the spelling, the help and where
 * the value goes, so that parser and help cannot disagree.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "command.h"

struct option {
	char letter;		/* -x, or 0 */
	const char *name;	/* --name */
	const char *arg;	/* what its argument is called; NULL: none */
	const char *help;
	bool *flag;		/* set to true, where there is no argument */
	const char **value;	/* set to the argument */
};

enum {
	OPTIONS_STOP = 1 << 0,	/* what follows the first operand is its own */
};

/* --help and -h, which every command has. */
extern const struct option options_help;

/* The row of --name (len bytes), of -x; or NULL. */
const struct option *options_long(const struct option *table,
				  const char *name, size_t len);
const struct option *options_letter(const struct option *table, char letter);

/*
 * Is told of each option: its row (NULL: there is none, or options_help), the
 * word that it stands in, and its argument, or NULL.
 */
struct option_taker {
	void (*take)(void *context, const struct option *row,
		     const char *word, const char *arg);
	void *context;
};

/*
 * Go through argv[1…] by the rules of options_parse(), and judge nothing.
 * Returns the operands; *ret_only: what comes behind is one in any case.
 */
char **options_walk(const struct option *table, unsigned flags, char **argv,
		    const struct option_taker *taker, bool *ret_only);

/*
 * Parse argv[1…] by `table`, which ends with a NULL name (arguments as in
 * -xARG, -x ARG, --name=ARG, --name ARG); --help and -h
 * print the help of the command and exit 0.  Operands are moved to the
 * front of argv: the result is argv, with argv[0] the first operand, ending
 * in NULL.  Anything wrong is a usage error: one line, exit 2.
 *
 * It is the first thing that a command does, for at a TAB (session.complete)
 * it answers with what the last word could be, and exits.
 */
char **options_parse(const struct command *self, const struct option *table,
		     unsigned flags, char **argv);

/* The operands, if they are at most max; else a usage error. */
char **options_at_most(const struct command *self, char **operands, int max);

/* As options_parse(), for a command without options, operands at most max. */
char **options_operands(const struct command *self, char **argv, int max);

/* A usage error of the command: one line, with its usage; exits 2. */
_Noreturn void options_usage(const struct command *self, const char *what,
			     const char *word);

#endif
