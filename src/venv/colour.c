/*
 * The one rule for when there is colour; see no-color.org for NO_COLOR.
 */
#include "colour.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool colour_wanted(int fd)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fd) && !(no && *no) && term && *term &&
		strcmp(term, "dumb");
}

void colour_str(struct out *out, enum colour colour, const char *text)
{
	if (!colour_wanted(out->fd)) {
		out_str(out, text);
		return;
	}
	out_str(out, "\033[3");
	out_number(out, colour, 10);
	out_char(out, 'm');
	out_str(out, text);
	out_str(out, "\033[m");
}
