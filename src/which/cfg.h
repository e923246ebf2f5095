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

/* A value: a pointer into the text, not terminated; NULL: there is none. */
struct cfg_value {
	const char *text;
	size_t len;
};

/*
 * The first values of n keys (lower case) in text, which the caller terminated
 * by NUL, in ret, in the order of the keys.
 */
void cfg_find(const char *text, const char *const *keys, size_t n,
	      struct cfg_value *ret);

/* The same of one.  False: the key is not there. */
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
