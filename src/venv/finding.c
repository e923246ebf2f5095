/*
 * The lines of `venv doctor`.
 */
#include "finding.h"

#include <stdarg.h>
#include <string.h>

#include "which/compat.h"
#include "colour.h"
#include "command.h"

static struct {
	enum finding_form form;
	bool quiet;
	unsigned said, bad;
} all;

void finding_begin(enum finding_form form, bool quiet)
{
	all.form = form;
	all.quiet = quiet;
	if (form == FINDING_JSON)
		out_char(&session.out, '[');
}

static void member(const char *key, const char *value)
{
	struct out *out = &session.out;

	out_str(out, ", ");
	out_json(out, key);
	out_str(out, ": ");
	if (value)
		out_json(out, value);
	else
		out_str(out, "null");
}

/* The text may have advice in a second line. */
static void say_json(bool good, const char *subject, char *text)
{
	char *advice = strchr(text, '\n');

	if (advice)
		*advice++ = '\0';
	out_str(&session.out, all.said ? ",\n  { \"ok\": " : "\n  { \"ok\": ");
	out_str(&session.out, good ? "true" : "false");
	member("subject", subject);
	member("text", text);
	member("next", advice);
	out_str(&session.out, " }");
}

static void say(bool good, const char *subject, va_list pieces)
{
	static char text[8 * PATH_MAX];
	struct out line = OUT_STRING(text);

	*text = '\0';
	out_pieces(&line, "", pieces);
	if (all.form == FINDING_JSON) {
		say_json(good, subject, text);
	} else {
		colour_str(&session.out, good ? COLOUR_GREEN : COLOUR_RED,
			   good ? "ok" : "!!");
		out_str(&session.out, "  ");
		out_str(&session.out, subject);
		out_str(&session.out, ": ");
		out_reason(&session.out, "    ", text);
		out_char(&session.out, '\n');
	}
	all.said++;
}

void finding_good(const char *subject, ...)
{
	va_list pieces;

	if (all.quiet)
		return;
	va_start(pieces, subject);
	say(true, subject, pieces);
	va_end(pieces);
}

void finding_bad(const char *subject, ...)
{
	va_list pieces;

	all.bad++;
	va_start(pieces, subject);
	say(false, subject, pieces);
	va_end(pieces);
}

unsigned finding_end(void)
{
	struct out *out = &session.out;

	if (all.form == FINDING_JSON) {
		out_str(out, all.said ? "\n]\n" : "]\n");
	} else if (!all.quiet && !all.bad) {
		out_str(out, "no problems\n");
	} else if (!all.quiet) {
		out_number(out, all.bad, 10);
		out_str(out, all.bad == 1 ? " problem\n" : " problems\n");
	}
	return all.bad;
}
