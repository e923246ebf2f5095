/*
 * UTF-8 and terminals: what may be printed, and what becomes `?`.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The code point that begins at s (s < end), and in *ret_len the bytes it
 * takes.  -1 where the byte begins no valid UTF-8 (RFC 3629: no overlong
 * form, no surrogate, nothing above U+10FFFF); *ret_len is 1 then.
 */
long text_next(const char *s, const char *end, size_t *ret_len);

/*
 * May this code point go to a terminal, inside a line, and take the width
 * that it seems to take?  Not: controls (C0, DEL, C1), characters that
 * reorder the line (CVE-2021-42574), line separators, characters of no
 * width that hide in a name, and -1.
 */
bool text_is_safe(long code);

/* Are all len bytes UTF-8? */
bool text_is_utf8(const char *s, size_t len);

/* The decimal number that s is, whole, in *ret.  False: it is none. */
bool text_number(const char *s, unsigned long *ret);

/*
 * The decimal number at *s, which is put behind it, in *ret.  False: there
 * is none, or it does not fit.
 */
bool text_digits(const char **s, unsigned long long *ret);

/* The code point as UTF-8 in ret (4 bytes of room); the bytes it takes. */
size_t text_put(long code, char *ret);

#endif
