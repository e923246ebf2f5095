/*
 * The option parser of `venv`.
 */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "fail.h"

_Noreturn void options_usage(const struct command *self, const char *what,
			     const char *word)
{
	die(EX_USAGE, self->name, ": ", what, word, "; usage: venv ",
	    self->name, *self->args ? " " : "", self->args, NULL);
}

static void print_option(struct out *out, const struct option *row)
{
	char spelling[64];
	struct out left = OUT_STRING(spelling);

	out_str(&left, "  ");
	if (row->letter) {
		out_char(&left, '-');
		out_char(&left, row->letter);
		out_str(&left, ", ");
	}
	out_str(&left, "--");
	out_str(&left, row->name);
	if (row->arg) {
		out_char(&left, ' ');
		out_str(&left, row->arg);
	}
	do
		out_char(&left, ' ');
	while (left.len < 20);
	out_str(out, spelling);
	out_str(out, row->help);
	out_char(out, '\n');
}

static _Noreturn void print_help(const struct command *self,
				 const struct option *table)
{
	struct out *out = &session.out;

	out_str(out, "usage: venv ");
	out_str(out, self->name);
	out_str(out, *self->args ? " " : "");
	out_str(out, self->args);
	out_str(out, "\n\n");
	out_str(out, self->summary);
	out_str(out, *self->detail ? "\n\n" : "\n");
	out_str(out, self->detail);
	out_str(out, table ? "\n" : "");
	for (; table && table->name; table++)
		print_option(out, table);
	out_str(out, "\nexample: ");
	out_str(out, self->example);
	out_char(out, '\n');
	exit(session_end(EX_FOUND));
}

/*
 * Set the option of `row` (NULL: there is none).  `rest` is an argument in
 * the same word, or NULL.  Returns the last word that was used.
 */
static char **set_option(const struct command *self, const struct option *row,
			 const char *rest, char **argv)
{
	if (!row)
		options_usage(self, "there is no option ", *argv);
	if (!row->arg) {
		if (rest)
			options_usage(self, "no argument belongs to ", *argv);
		*row->flag = true;
		return argv;
	}
	if (!rest && !argv[1])
		options_usage(self, "an argument is missing behind ", *argv);
	*row->value = rest ? rest : *++argv;
	return argv;
}

static char **parse_long(const struct command *self,
			 const struct option *row, char **argv)
{
	const char *name = *argv + 2;
	size_t len = strcspn(name, "=");

	while (row && row->name &&
	       (strlen(row->name) != len || memcmp(row->name, name, len)))
		row++;
	return set_option(self, row && row->name ? row : NULL,
			  name[len] ? name + len + 1 : NULL, argv);
}

/* One word may bundle letters; the first that takes an argument ends it. */
static char **parse_letters(const struct command *self,
			    const struct option *table, char **argv)
{
	char **word = argv;

	for (const char *letter = *word + 1; *letter; letter++) {
		const struct option *row = table;
		const char *rest = NULL;

		while (row && row->name && row->letter != *letter)
			row++;
		if (row && row->name && row->arg && letter[1])
			rest = letter + 1;
		argv = set_option(self, row && row->name ? row : NULL, rest,
				  word);
		if (rest || argv != word)
			break;
	}
	return argv;
}

char **options_parse(const struct command *self, const struct option *table,
		     unsigned flags, char **argv)
{
	char **operands = argv, **to = argv;
	bool only_operands = false;

	for (argv++; *argv; argv++) {
		if (only_operands || **argv != '-' || !(*argv)[1]) {
			*to++ = *argv;
			only_operands |= flags & OPTIONS_STOP;
		} else if (!strcmp(*argv, "--")) {
			only_operands = true;
		} else if (!strcmp(*argv, "--help") || !strcmp(*argv, "-h")) {
			print_help(self, table);
		} else if ((*argv)[1] == '-') {
			argv = parse_long(self, table, argv);
		} else {
			argv = parse_letters(self, table, argv);
		}
	}
	*to = NULL;
	return operands;
}

char **options_at_most(const struct command *self, char **operands, int max)
{
	for (int i = 0; operands[i]; i++)
		if (i == max)
			options_usage(self, "too many arguments: ",
				      operands[i]);
	return operands;
}

char **options_operands(const struct command *self, char **argv, int max)
{
	return options_at_most(self, options_parse(self, NULL, 0, argv), max);
}
