/*
 * The grammar of pyvenv.cfg, which our own config file shares: PEP 405 by
 * way of CPython's site.py.  A line is `key = value`, split at the first
 * "=", both sides trimmed; the case of keys does not matter; lines without
 * "=" say nothing; there are no sections, quotes or comments.
 */
#ifndef CFG_H
#define CFG_H

#include <stdbool.h>
#include <stddef.h>

/* The largest file that is read, in bytes; real ones have some hundred. */
#define CFG_MAX (64 * 1024)

/*
 * The first value of `key` (lower case) in text, which cfg_read() or the
 * caller terminated by NUL.  In *ret_value a pointer into text, in *ret_len
 * its bytes; it is not terminated.  False: the key is not there.
 */
bool cfg_get(const char *text, const char *key,
	     const char **ret_value, size_t *ret_len);

/*
 * The value as CPython's venv writes `prompt`: a Python string literal,
 * '...' or "...", decoded to UTF-8 into ret (cap bytes, terminated).  What
 * is no such literal (virtualenv and uv write the bare text) is copied.
 * What does not fit is cut.  Escapes that name no character become "?".
 */
void cfg_unquote(const char *value, size_t len, char *ret, size_t cap);

#endif
