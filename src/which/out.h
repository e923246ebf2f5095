/*
 * Text on its way out: collected in a buffer, written by write(2), without
 * stdio and locale, whose start costs more than the whole helper.
 *
 * The same type builds bounded strings: with fd -1 nothing is written, and
 * what does not fit ends in "...".
 */
#ifndef OUT_H
#define OUT_H

#include <stdbool.h>
#include <stddef.h>

struct out {
	int fd;		/* where it goes; -1: it stays in buf */
	char *buf;	/* caller's memory, always terminated */
	size_t len, cap;
	int error;	/* errno of the first write that failed, or 0 */
};

/* An out that builds a string in the array `array`. */
#define OUT_STRING(array) { .fd = -1, .buf = (array), .cap = sizeof(array) }

/* An out for the descriptor `filedes`, collecting in the array `array`. */
#define OUT_FILE(filedes, array) \
	{ .fd = (filedes), .buf = (array), .cap = sizeof(array) }

void out_bytes(struct out *out, const char *bytes, size_t len);
void out_str(struct out *out, const char *s);
void out_char(struct out *out, char c);

/* A number in base 10 or 8; octal gets a leading 0, as modes are written. */
void out_number(struct out *out, unsigned long long n, unsigned base);

/* s as it may stand on a terminal, in one line: see text.h. */
void out_safe(struct out *out, const char *s);

/*
 * s as one word of a command line, for every shell: as it is, or between
 * single quotes.  False, and nothing is added: it has characters that may
 * not go to a terminal, so that the line would name another file.
 */
bool out_word(struct out *out, const char *s);

/*
 * s as a JSON string with its quotes, safe for a terminal.  Bytes that are
 * not UTF-8 become the lone surrogates U+DC80..U+DCFF, from which Python's
 * "surrogateescape" makes the same bytes again.
 */
void out_json(struct out *out, const char *s);

/*
 * What the errno `err` says.  Those that files have; strerror(3) has words
 * for a hundred more, and they would be a twentieth of venv-which.
 */
const char *error_text(int err);

/* Write what is collected.  0, or the negative errno of any write so far. */
int out_flush(struct out *out);

/*
 * One line on stderr, "PROGRAM: " and the pieces up to NULL, each made safe
 * for a terminal.
 */
void complain(const char *program, ...);

#endif
