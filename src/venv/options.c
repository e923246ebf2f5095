/*
 * The option parser of `venv`.
 */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "guess.h"

_Noreturn void options_usage(const struct command *self, const char *what,
			     const char *word)
{
	die(EX_USAGE, self->name, ": ", what, word, ADVICE, "usage: venv ",
	    self->name, *self->args ? " " : "", self->args, NULL);
}

/* What is longer than this has its help in the next line. */
enum { SPELLING_MAX = 26 };

static size_t spell(struct out *out, const struct option *row)
{
	out_str(out, "  ");
	if (row->letter) {
		out_char(out, '-');
		out_char(out, row->letter);
		out_str(out, ", ");
	}
	out_str(out, "--");
	out_str(out, row->name);
	if (row->arg) {
		out_char(out, ' ');
		out_str(out, row->arg);
	}
	return out->len;
}

static void print_options(struct out *out, const struct option *table)
{
	size_t width = 0, n;

	for (const struct option *row = table; row->name; row++) {
		char text[64];
		struct out left = OUT_STRING(text);

		n = spell(&left, row);
		if (n <= SPELLING_MAX && n > width)
			width = n;
	}
	for (const struct option *row = table; row->name; row++) {
		char text[64];
		struct out left = OUT_STRING(text);

		n = spell(&left, row);
		out_str(out, text);
		if (n > width) {
			out_char(out, '\n');
			n = 0;
		}
		for (; n < width + 2; n++)
			out_char(out, ' ');
		out_str(out, row->help);
		out_char(out, '\n');
	}
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
	if (table)
		print_options(out, table);
	out_str(out, "\nexample: ");
	out_str(out, self->example);
	out_char(out, '\n');
	exit(session_end(EX_FOUND));
}

const struct option options_help = {
	'h', "help", NULL, "explain the command", NULL, NULL,
};

/* -- the words ---------------------------------------------------------- */

const struct option *options_long(const struct option *table,
				  const char *name, size_t len)
{
	for (; table && table->name; table++)
		if (strlen(table->name) == len &&
		    !memcmp(table->name, name, len))
			return table;
	return NULL;
}

const struct option *options_letter(const struct option *table, char letter)
{
	for (; table && table->name; table++)
		if (table->letter == letter)
			return table;
	return NULL;
}

/*
 * Pass on what stands in *argv: the option of `row`, with `rest`, an argument
 * in the same word, or NULL.  Returns the last word that was used.
 */
static char **pass_option(const struct option_taker *taker,
			  const struct option *row, const char *rest,
			  char **argv)
{
	const char *word = *argv;

	if (row && row->arg && !rest && argv[1])
		rest = *++argv;
	taker->take(taker->context, row, word, rest);
	return argv;
}

static char **walk_long(const struct option_taker *taker,
			const struct option *table, char **argv)
{
	const char *name = *argv + 2;
	size_t len = strcspn(name, "=");

	return pass_option(taker, options_long(table, name, len),
			   name[len] ? name + len + 1 : NULL, argv);
}

/* One word may bundle letters; the first that takes an argument ends it. */
static char **walk_letters(const struct option_taker *taker,
			   const struct option *table, char **argv)
{
	char **word = argv;

	for (const char *letter = *word + 1; *letter; letter++) {
		const struct option *row = options_letter(table, *letter);
		const char *rest = NULL;

		if (row && row->arg && letter[1])
			rest = letter + 1;
		argv = pass_option(taker, row, rest, word);
		if (rest || argv != word)
			break;
	}
	return argv;
}

char **options_walk(const struct option *table, unsigned flags, char **argv,
		    const struct option_taker *taker, bool *ret_only)
{
	char **operands = argv, **to = argv;

	*ret_only = false;
	for (argv++; *argv; argv++) {
		if (*ret_only || **argv != '-' || !(*argv)[1]) {
			*to++ = *argv;
			*ret_only |= flags & OPTIONS_STOP;
		} else if (!strcmp(*argv, "--")) {
			*ret_only = true;
		} else if (!strcmp(*argv, "--help") || !strcmp(*argv, "-h")) {
			taker->take(taker->context, &options_help, *argv,
				    NULL);
		} else if ((*argv)[1] == '-') {
			argv = walk_long(taker, table, argv);
		} else {
			argv = walk_letters(taker, table, argv);
		}
	}
	*to = NULL;
	return operands;
}

/* -- what a command is given -------------------------------------------- */

struct parse {
	const struct command *self;
	const struct option *table;
};

static _Noreturn void no_option(const struct parse *parse, const char *word)
{
	const struct option *row = parse->table;
	char name[64] = "", guessed[80] = "";
	struct out out = OUT_STRING(guessed), bare = OUT_STRING(name);
	struct guess guess = { .word = name };

	if (!strncmp(word, "--", 2))
		out_bytes(&bare, word + 2, strcspn(word + 2, "="));
	for (; row && row->name; row++)
		guess_offer(&guess, row->name);
	if (*guess.best) {
		out_str(&out, "; did you mean --");
		out_str(&out, guess.best);
		out_char(&out, '?');
	}
	die(EX_USAGE, parse->self->name, ": there is no option ", word,
	    guessed, ADVICE, "usage: venv ", parse->self->name,
	    *parse->self->args ? " " : "", parse->self->args, NULL);
}

static void set_option(void *context, const struct option *row,
		       const char *word, const char *arg)
{
	const struct parse *parse = context;
	const struct command *self = parse->self;

	if (!row)
		no_option(parse, word);
	if (row == &options_help)
		print_help(self, parse->table);
	if (row->arg && !arg)
		options_usage(self, "an argument is missing behind ", word);
	if (!row->arg && arg)
		options_usage(self, "no argument belongs to ", word);
	if (row->arg)
		*row->value = arg;
	else
		*row->flag = true;
}

char **options_parse(const struct command *self, const struct option *table,
		     unsigned flags, char **argv)
{
	struct parse parse = { self, table };
	bool only;

	if (session.complete)
		session.complete(self, table, flags, argv);
	return options_walk(table, flags, argv,
			    &(struct option_taker) { set_option, &parse },
			    &only);
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
