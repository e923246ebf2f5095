/*
 * venv doctor --time: what the hook costs, measured by the shell itself, and
 * reckoned here.
 *
 * The fact `laps` is N M and five readings of the clock.  Between them were:
 * nothing, so that this is what a reading costs; N prompts; M runs of a program
 * that does nothing, whose answer the shell takes; M times what `cd` asks.
 */
#include <stdlib.h>
#include <time.h>

#include "command.h"
#include "doctor.h"
#include "facts.h"
#include "fail.h"
#include "which/text.h"

enum { COUNTS = 2, READINGS = 5 };

void doctor_clock(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	out_number(&session.out, (unsigned long long)t.tv_sec * 1000000000 +
		   (unsigned long long)t.tv_nsec, 10);
	out_char(&session.out, '\n');
}

/* Milliseconds, with two digits behind the point below one, else one. */
static void out_ms(struct out *out, unsigned long long ns)
{
	unsigned long long n = (ns + 5000) / 10000;

	out_number(out, n / 100, 10);
	out_char(out, '.');
	out_number(out, n % 100 / 10, 10);
	if (n < 100)
		out_number(out, n % 10, 10);
	out_str(out, " ms");
}

/* What one of `count` took between two readings, less what a reading takes. */
static unsigned long long lap(const unsigned long long *at,
			      unsigned long long reading,
			      unsigned long long count)
{
	unsigned long long took = at[1] > at[0] ? at[1] - at[0] : 0;

	return took > reading && count ? (took - reading) / count : 0;
}

static bool read_laps(unsigned long long *ret)
{
	const char *text = facts_value("laps");

	for (int i = 0; i < COUNTS + READINGS; i++) {
		while (text && (*text == ' ' || *text == '\n'))
			text++;
		if (!text || !text_digits(&text, &ret[i]))
			return false;
	}
	return true;
}

int doctor_time(void)
{
	unsigned long long laps[COUNTS + READINGS], *at = laps + COUNTS;
	unsigned long long reading, prompt, program, change;
	const char *disabled = getenv("VENV_WHICH_DISABLE");
	struct out *out = &session.out;

	if (!facts_value("shell"))
		die(EX_NONE, "doctor: a shell has to measure itself, and this"
		    " one has not loaded the hook", ADVICE, "see `venv help"
		    " init`", NULL);
	if (disabled && *disabled)
		die(EX_NONE, "doctor: VENV_WHICH_DISABLE turns the hook off",
		    ADVICE, "unset it to measure", NULL);
	if (!read_laps(laps))
		die(EX_NONE, "doctor: this shell could not measure itself",
		    ADVICE, "start a new shell, and see `venv doctor`", NULL);
	reading = at[1] > at[0] ? at[1] - at[0] : 0;
	prompt = lap(at + 1, reading, laps[0]);
	program = lap(at + 2, reading, laps[1]);
	change = lap(at + 3, reading, laps[1]);
	out_str(out, "prompt ");
	out_ms(out, prompt);
	out_str(out, ", cd ");
	out_ms(out, change);
	out_str(out, " (a program start: ");
	out_ms(out, program);
	out_str(out, ")\n");
	return EX_FOUND;
}
