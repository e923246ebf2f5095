/*
 * Which kind of word stands where.  Commands and options are those of the
 * tables; what an operand is, the usage line says: the metavariables in it are
 * the kinds that offer.c knows.
 */
#include "complete.h"

#include <stdlib.h>
#include <string.h>

#include "kinds.h"

static struct offer offer;

static _Noreturn void answer(void)
{
	struct out *out = &session.out;

	if (offer.other && offer.found.plain) {
		exit(EXIT_FAILURE);
	} else if (offer.other) {
		out_str(out, "\tcommand ");
		out_number(out, offer.start, 10);
		out_char(out, '\n');
	} else {
		candidates_print(&offer.found, out);
	}
	(void)out_flush(out);
	exit(EXIT_SUCCESS);
}

/* Take the last of the words out; that is what is asked for. */
static void take_last(char **words)
{
	while (words[1])
		words++;
	offer.found.word = *words;
	*words = NULL;
}

/* What the words before say. */
struct before {
	const struct option *table;
	const struct option *open;	/* the last word lacks its argument */
	bool given[64];			/* by row */
};

/* -- operands ----------------------------------------------------------- */

/* A place for an operand: "NAME | DIR", "PROGRAM". */
struct slot {
	const char *kind;
	size_t len;
	bool repeats;
};

/* How far the usage was read. */
struct usage {
	size_t slots;		/* that have begun */
	bool bar;		/* the last word was `|` */
	bool argument;		/* the next may be an option's argument */
};

/*
 * Read a word of a usage, without its brackets.  False: the place is found,
 * or what follows is another way to call the command.
 */
static bool read_word(struct usage *usage, struct slot *slot, size_t n,
		      const char *word, size_t len, bool bracket)
{
	bool bar = usage->bar, argument = usage->argument && !bracket;

	usage->bar = len == 1 && *word == '|';
	usage->argument = false;
	if (usage->bar || argument || !strncmp(word, "OPTION", len))
		return true;
	if (*word == '-')
		return !bar;
	if (len == 3 && !memcmp(word, "...", 3)) {
		slot->repeats = usage->slots;
		return true;
	}
	if (bar) {
		slot->len = (size_t)(word + len - slot->kind);
		return true;
	}
	if (usage->slots > n)
		return false;
	*slot = (struct slot) { word, len, false };
	usage->slots++;
	return true;
}

/* The place of operand number n (from 0).  False: there is none. */
static bool find_slot(const char *args, size_t n, struct slot *ret)
{
	struct usage usage = { 0 };

	*ret = (struct slot) { 0 };
	while (*args) {
		size_t all = strcspn(args, " "), len = all;
		const char *word = args + strspn(args, "[");
		bool open = word > args, closed;

		len -= (size_t)(word - args);
		closed = len && word[len - 1] == ']';
		while (len && word[len - 1] == ']')
			len--;
		if (!read_word(&usage, ret, n, word, len, open))
			break;
		usage.argument = *word == '-' && !closed;
		args += all;
		args += strspn(args, " ");
	}
	return usage.slots > n || ret->repeats;
}

/*
 * What the usage says behind "| --list", if such an option was given; else all
 * of it, which begins with the way to call the command without one.
 */
static const char *way(const char *args, const struct before *before)
{
	const struct option *row = before->table;
	char text[64] = "";

	for (; row && row->name; row++) {
		struct out out = OUT_STRING(text);
		const char *at;

		out_str(&out, "| --");
		out_str(&out, row->name);
		at = strstr(args, text);
		if (before->given[row - before->table] && at)
			return at + out.len + strspn(at + out.len, " ");
	}
	return args;
}

static void offer_operand(const char *args, char **given)
{
	struct slot slot;
	size_t n = 0;

	while (given[n])
		n++;
	if (!find_slot(args, n, &slot))
		return;
	offer.found.given = slot.repeats ? given : NULL;
	offer.start -= n;
	kinds_offer(&offer, slot.kind, slot.len);
}

/* -- options ------------------------------------------------------------ */

static void note_option(void *context, const struct option *row,
			const char *word, const char *arg)
{
	struct before *before = context;

	(void)word;
	if (!row || row == &options_help)
		return;
	before->given[row - before->table] = true;
	if (row->arg && arg)
		*row->value = arg;
	else if (row->arg)
		before->open = row;
}

static void offer_option(const struct option *row)
{
	char text[64];
	struct out out = OUT_STRING(text);

	out_str(&out, "--");
	out_str(&out, row->name);
	if (row->letter && !candidates_fit(&offer.found, text)) {
		text[1] = row->letter;
		text[2] = '\0';
	}
	candidates_add(&offer.found, text, row->help);
}

static void offer_options(const struct before *before)
{
	const struct option *row = before->table;

	for (; row && row->name; row++)
		if (!before->given[row - before->table])
			offer_option(row);
	offer_option(&options_help);
}

/* The option whose argument has begun in the word itself: --env=x, -ex. */
static const struct option *glued(const struct before *before)
{
	struct candidates *found = &offer.found;
	const struct option *row;
	size_t len = 2;

	if (found->word[1] == '-') {
		len = strcspn(found->word, "=") + 1;
		row = found->word[len - 1] ?
			options_long(before->table, found->word + 2, len - 3)
			: NULL;
	} else {
		row = found->word[1] && found->word[2] ?
			options_letter(before->table, found->word[1]) : NULL;
	}
	if (!row || !row->arg)
		return NULL;
	found->before = found->word;
	found->before_len = len;
	found->word += len;
	return row;
}

/* For a command, argv[0], in the place of options_parse(). */
static _Noreturn void complete_options(const struct command *self,
				       const struct option *table,
				       unsigned flags, char **argv)
{
	struct before before = { .table = table };
	struct option_taker taker = { note_option, &before };
	const struct option *row = NULL;
	char **operands;

	while (argv[offer.start])
		offer.start++;
	take_last(argv);
	operands = options_walk(table, flags, argv, &taker, &offer.dashes);
	offer.table = table;
	if (!offer.dashes && !before.open && *offer.found.word == '-') {
		row = glued(&before);
		if (!row)
			offer_options(&before);
	} else if (!before.open) {
		offer_operand(way(self->args, &before), operands);
	}
	if (before.open)
		row = before.open;
	if (row)
		kinds_offer(&offer, row->arg, strlen(row->arg));
	answer();
}

/* -- programs ----------------------------------------------------------- */

static void complete_venv(char **words)
{
	const struct command *cmd = words[1] ? command_find(words[0]) : NULL;

	if (words[1]) {
		session.complete = complete_options;
		if (cmd)
			(void)cmd->run(cmd, words);
		return;
	}
	offer.found.word = words[0];
	if (*words[0] != '-') {
		kinds_offer(&offer, "COMMAND", strlen("COMMAND"));
		return;
	}
	candidates_add(&offer.found, "--help", "list the commands");
	candidates_add(&offer.found, "--version", "print the version");
}

static const struct {
	const char *option, *arg, *help;
} which[] = {
#define WHICH(option, arg, gap, help, mode) { option, arg, help },
#define WHICH_OTHER(option, before, behind, help, mode) { option, "", help },
#include "which/which.def"
#undef WHICH
#undef WHICH_OTHER
};

/* The help of one may go on in another line. */
static void offer_which(const char *option, const char *help)
{
	char text[128];
	struct out note = OUT_STRING(text);
	size_t len = strcspn(help, "\n");

	out_bytes(&note, help, len);
	out_str(&note, help[len] ? " ..." : "");
	candidates_add(&offer.found, option, text);
}

static void complete_which(char **words)
{
	const size_t rows = sizeof(which) / sizeof(*which);
	const char *arg = NULL;		/* the last word lacks it */

	take_last(words);
	for (; *words; words++) {
		bool is_arg = arg;

		arg = NULL;
		for (size_t i = 0; !is_arg && i < rows; i++)
			if (!strcmp(*words, which[i].option) && *which[i].arg)
				arg = which[i].arg + 1;
	}
	for (size_t i = 0; !arg && i < rows; i++)
		offer_which(which[i].option, which[i].help);
	if (arg)
		kinds_offer(&offer, arg, strlen(arg));
}

/* --plain, --dot=TEXT: how it is to be told. */
static bool take_manner(const char *word)
{
	if (!strcmp(word, "--plain"))
		offer.found.plain = true;
	else if (!strncmp(word, "--dot=", 6))
		offer.found.dot = strpbrk(word, "\t\n") ? NULL : word + 6;
	else
		return false;
	return true;
}

_Noreturn void complete_line(char **argv)
{
	static char empty[] = "", *nothing[] = { empty, NULL };
	bool helper;

	while (*argv && take_manner(*argv))
		argv++;
	helper = *argv && !strcmp(*argv, "venv-which");
	offer.found.word = "";
	if (*argv && strcmp(*argv, "--"))
		argv++;
	if (!*argv || strcmp(*argv, "--"))
		answer();
	if (!*++argv)
		argv = nothing;
	if (helper)
		complete_which(argv);
	else
		complete_venv(argv);
	answer();
}
