/*
 * The lines of `venv doctor`.
 */
#include "finding.h"

#include <stdarg.h>

#include "colour.h"
#include "command.h"

static bool quiet, any;

void finding_quiet(void)
{
	quiet = true;
}

bool finding_any(void)
{
	return any;
}

static void say(enum colour colour, const char *mark, const char *subject,
		va_list pieces)
{
	struct out *out = &session.out;
	const char *piece;

	colour_str(out, colour, mark);
	out_str(out, "  ");
	out_str(out, subject);
	out_str(out, ": ");
	while ((piece = va_arg(pieces, const char *)))
		out_safe(out, piece);
	out_char(out, '\n');
}

void finding_good(const char *subject, ...)
{
	va_list pieces;

	if (quiet)
		return;
	va_start(pieces, subject);
	say(COLOUR_GREEN, "ok", subject, pieces);
	va_end(pieces);
}

void finding_bad(const char *subject, ...)
{
	va_list pieces;

	any = true;
	va_start(pieces, subject);
	say(COLOUR_RED, "!!", subject, pieces);
	va_end(pieces);
}
