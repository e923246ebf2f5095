/*
 * Text on its way out: collected in a buffer, written by write(2), without
 * stdio and locale, whose start costs more than the whole helper.
 *
 * The same type builds bounded strings: with fd -1 nothing is written, and
 * what does not fit ends in "...".
 */
#ifndef OUT_H
#define OUT_H

#include <stdarg.h>
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

/* A line: word, a blank, value. */
void out_line(struct out *out, const char *word, const char *value);

/* A number in base 10 or 8; octal gets a leading 0, as modes are written. */
void out_number(struct out *out, unsigned long long n, unsigned base);

/* s as it may stand on a terminal, in one line: see text.h. */
void out_safe(struct out *out, const char *s);

/*
 * The same of the first `chars` characters of the len bytes at s: a label of
 * any text, as what VIRTUAL_ENV_PROMPT says, for a prompt.
 */
void out_label(struct out *out, const char *s, size_t len, size_t chars);

/* A path for people: out_safe(), with `~` for the home directory. */
void out_path(struct out *out, const char *path);

/*
 * THE way to put a word into a command that a user may paste: as it is, or
 * between quotes, right for sh, bash, zsh, fish and elvish; `~` stands for the
 * home directory.  False, and nothing is added: it has characters that may not
 * go to a terminal, so that the line would name another file.
 */
bool out_word(struct out *out, const char *s);

/* The same; what cannot be told is `<path>`, at which every shell stops. */
void out_operand(struct out *out, const char *s);

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
 * A message is made of pieces, up to NULL.  Each is made safe for a terminal,
 * and is one line.  These say more of the piece behind them:
 *
 *	A_PATH(path)	a path, as out_path() shows it
 *	A_WORD(word)	a word of a command, as out_operand() quotes it
 *	REASON(text)	safe already; it may hold a newline and advice behind it
 *	ADVICE		from here on it is what to do, in a line of its own
 */
#define A_PATH(path) out_piece_path, (path)
#define A_WORD(word) out_piece_word, (word)
#define REASON(text) out_piece_reason, (text)
#define ADVICE out_piece_advice
extern const char out_piece_path[], out_piece_word[], out_piece_reason[];
extern const char out_piece_advice[];

/* Add the pieces, or a reason; each line behind the first has the indent. */
void out_pieces(struct out *out, const char *indent, va_list pieces);
void out_reason(struct out *out, const char *indent, const char *reason);

/*
 * On stderr "PROGRAM: " and the pieces: a line, and one below it with the
 * advice, if there is any.
 */
void complain(const char *program, ...);
void complain_pieces(const char *program, va_list pieces);

#endif
