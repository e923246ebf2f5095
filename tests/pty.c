/*
 * pty: types lines into a shell on a real terminal, as a person would who
 * waits for the prompt before typing on.
 *
 *	pty [-o SCREEN] MARK PROGRAM [ARG...] <LINES
 *
 * After each line it types MARK, a command that prints "@N@" (N is put for
 * the %d in MARK; MARK must be spelled so that its echo is no "@N@"), and
 * goes on when that is seen: the line and the prompt hooks after it have run
 * by then.  Mark 0 is typed before the first line; after the last one comes
 * "exit".
 *
 * It types only what will be read: that a line editor has begun to read the
 * next line is seen in the modes of the terminal.  A shell without a line
 * editor, or one that keeps these modes while it runs commands (fish), must say
 * so, by printing READS of terminal.h each time that it begins to read a line.
 * So nothing here ever sleeps, and nothing is given up but with an error.
 *
 *	^C	(a caret and one letter, alone) types that key, and no mark
 *	text^J	types text and Enter, and the next line at once, without a mark
 *	text^I	in it, and in what is below, ^I is the key TAB
 *	^:text	types nothing, and waits until text is on the screen
 *	^>text	types text and Enter, for the program that asks, and no mark
 *	^<text	types text, and no Enter, no mark
 *	^=text	types text and Control-], by which the profile has the line
 *		editor record what it holds, empty it, and print "@=@"
 *
 * What was on the screen goes to SCREEN (else standard output), raw.  Exit
 * status: the program's; 123 when it ended with lines left to type, 124 when
 * something was waited for longer than PTY_TIMEOUT (60) seconds, 125 when pty
 * itself failed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "terminal.h"

static bool type_mark(const char *mark, int number)
{
	const char *hole = strstr(mark, "%d");
	char digits[16], seal[20];
	int n = snprintf(digits, sizeof digits, "%d", number);

	snprintf(seal, sizeof seal, "@%d@", number);
	terminal_wait_to_type();
	terminal_type(mark, (size_t)(hole - mark));
	terminal_type(digits, (size_t)n);
	terminal_type(hole + 2, strlen(hole + 2));
	terminal_give('\r');
	if (!terminal_wait_for(seal))
		return false;
	terminal_sealed();
	return true;
}

/* A tab at the end of a line, or blanks, would not be seen in a test. */
static void set_tabs(char *line)
{
	char *tab;

	while ((tab = strstr(line, "^I"))) {
		*tab = '\t';
		memmove(tab + 1, tab + 2, strlen(tab + 2) + 1);
	}
}

/*
 * Type text and Enter.  What a TAB runs may set the modes of the terminal, as
 * the end of a line does (yash, nu): Enter comes when the editor has completed,
 * which it shows by a letter, typed behind the TAB and taken away again.  Q
 * stands in no name or word of a line that is typed so.
 */
static bool enter(const char *text, size_t n)
{
	terminal_wait_to_type();
	terminal_type(text, n);
	if (memchr(text, '\t', n)) {
		terminal_type("Q", 1);
		if (!terminal_wait_for("Q"))
			return false;
		terminal_type("\177", 1);
	}
	terminal_give('\r');
	return true;
}

static bool type_line(const char *mark, char *line)
{
	static int number;
	size_t n = strlen(line);

	if (n && line[n - 1] == '\n')
		line[n - 1] = '\0';
	set_tabs(line);
	n = strlen(line);
	if (!strncmp(line, "^:", 2))
		return terminal_wait_for(line + 2);
	if (!strncmp(line, "^>", 2)) {
		terminal_type(line + 2, n - 2);
		terminal_give('\r');
		return true;
	}
	if (!strncmp(line, "^<", 2)) {
		terminal_type(line + 2, n - 2);
		return true;
	}
	if (!strncmp(line, "^=", 2)) {
		terminal_wait_to_type();
		terminal_type(line + 2, n - 2);
		terminal_type("\035", 1);
		return terminal_wait_for("@=@");
	}
	if (n == 2 && line[0] == '^' && line[1] >= '@' && line[1] <= '_') {
		terminal_give((char)(line[1] & 0x1f));
		return true;
	}
	if (n >= 2 && !strcmp(line + n - 2, "^J"))
		return enter(line, n - 2);
	return enter(line, n) && type_mark(mark, ++number);
}

/* Type everything; false: the program ended before that. */
static bool type_all(const char *mark)
{
	char *line = NULL;
	size_t cap = 0;
	bool ok = type_mark(mark, 0);

	while (ok && getline(&line, &cap, stdin) > 0)
		ok = type_line(mark, line);
	free(line);
	return ok && enter("exit", 4);
}

int main(int argc, char **argv)
{
	const char *out = NULL;
	bool ok;
	int status;

	if (argc > 2 && !strcmp(argv[1], "-o")) {
		out = argv[2];
		argc -= 2;
		argv += 2;
	}
	if (argc < 3 || !strstr(argv[1], "%d")) {
		fprintf(stderr, "usage: pty [-o SCREEN] MARK PROGRAM [ARG...] "
			"<LINES (MARK holds a %%d)\n");
		return EX_SELF;
	}
	terminal_start(out, argv + 2);
	ok = type_all(argv[1]);
	status = terminal_end();
	if (ok)
		return status;
	fprintf(stderr, "pty: %s ended with lines left to type\n", argv[2]);
	return EX_EARLY;
}
