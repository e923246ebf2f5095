/*
 * Yes or no, asked on stderr and read from stdin.
 */
#include "ask.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "out.h"

bool ask_anybody(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static void say(const char *text)
{
	char buf[256];
	struct out out = OUT_FILE(STDERR_FILENO, buf);

	out_str(&out, text);
	(void)out_flush(&out);
}

/* A terminal gives a line at once; what is too long for buf is no answer. */
static ssize_t read_line(char *buf, size_t cap)
{
	ssize_t n;

	do
		n = read(STDIN_FILENO, buf, cap - 1);
	while (n < 0 && errno == EINTR);
	buf[n > 0 ? n : 0] = '\0';
	return n;
}

enum answer ask(const char *question)
{
	char line[64];

	if (!ask_anybody())
		return ANSWER_NOBODY;
	say(question);
	/* Where no Enter was typed the cursor is still behind the question. */
	if (read_line(line, sizeof(line)) <= 0)
		say("\n");
	line[strcspn(line, "\r\n")] = '\0';
	return strcasecmp(line, "y") && strcasecmp(line, "yes") ? ANSWER_NO
								: ANSWER_YES;
}
