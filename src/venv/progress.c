/*
 * The line that says that pip is being unpacked.
 */
#include "progress.h"

#include <unistd.h>

void progress_show(const struct base *base, int percent)
{
	char buf[256];
	struct out out = OUT_FILE(STDERR_FILENO, buf);

	if (!isatty(STDERR_FILENO))
		return;
	out_char(&out, '\r');
	if (percent < 100) {
		out_str(&out, "preparing pip for ");
		out_safe(&out, base->implementation);
		out_char(&out, ' ');
		out_safe(&out, base->version);
		out_str(&out, ", once: ");
		out_number(&out, (unsigned)percent, 10);
		out_str(&out, "% ");
	} else {
		/* Blanks do on every terminal what an escape does on most. */
		for (int i = 0; i < 60; i++)
			out_char(&out, ' ');
		out_char(&out, '\r');
	}
	(void)out_flush(&out);
}

void progress_none(const struct base *base, int percent)
{
	(void)base;
	(void)percent;
}
