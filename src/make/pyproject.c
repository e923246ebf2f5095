/*
 * Passing by all of a TOML file but one string.
 */
#include "pyproject.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "which/out.h"

#define KEY_SIZE 256
#define BLANKS " \t\r"
#define BARE "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

/* -- strings ------------------------------------------------------------ */

/* Behind the string that begins at s, or NULL: it does not end. */
static const char *skip_string(const char *s)
{
	char quote = *s;
	bool lines = s[1] == quote && s[2] == quote;

	for (s += lines ? 3 : 1; *s && (lines || *s != '\n'); s++) {
		if (*s == '\\' && quote == '"') {
			if (!*++s)
				return NULL;
		} else if (*s == quote && !lines) {
			return s + 1;
		} else if (*s == quote && s[1] == quote && s[2] == quote) {
			s += 3;
			/* Two more may stand before the end. */
			s += *s == quote;
			return s + (*s == quote);
		}
	}
	return NULL;
}

/* What the string in a line at *s says, added to `out`. */
static int read_string(const char **s, struct out *out)
{
	const char *at = *s, *end = skip_string(at);
	char quote = *at;

	if (!end || (at[1] == quote && at[2] == quote))
		return -EINVAL;
	for (at++; at < end - 1; at++) {
		if (*at == '\\' && quote == '"') {
			at++;
			if (*at != '"' && *at != '\\')
				return -EINVAL;
		}
		out_char(out, *at);
	}
	*s = end;
	return 0;
}

/* -- values ------------------------------------------------------------- */

static const char *skip_comment(const char *s)
{
	return *s == '#' ? s + strcspn(s, "\n") : s;
}

/* To the end of its line, or NULL. */
static const char *skip_value(const char *s)
{
	size_t depth = 0;

	while (s && *s && (depth || (*s != '\n' && *s != '#'))) {
		switch (*s) {
		case '"': case '\'':
			s = skip_string(s);
			continue;
		case '#':
			s = skip_comment(s);
			continue;
		case '[': case '{':
			depth++;
			break;
		case ']': case '}':
			if (!depth)
				return NULL;
			depth--;
			break;
		default:
			break;
		}
		s++;
	}
	return depth ? NULL : s;
}

/* -- keys --------------------------------------------------------------- */

static int read_part(const char **s, struct out *key)
{
	size_t len = strspn(*s, BARE), before = key->len;

	if (**s == '"' || **s == '\'') {
		int err = read_string(s, key);

		/* A dot in quotes ends nothing: that is another key. */
		if (!err && strchr(key->buf + before, '.'))
			out_char(key, '"');
		return err;
	}
	out_bytes(key, *s, len);
	*s += len;
	return len ? 0 : -EINVAL;
}

/* The dotted key at *s, added to `key`, behind a dot if there is something. */
static int read_key(const char **s, struct out *key)
{
	for (;;) {
		int err;

		*s += strspn(*s, BLANKS);
		if (key->len)
			out_char(key, '.');
		err = read_part(s, key);
		*s += strspn(*s, BLANKS);
		if (err || **s != '.')
			return err;
		++*s;
	}
}

/* "[project]" at *s; of "[[project]]" nothing is wanted. */
static int read_header(const char **s, struct out *table)
{
	bool several = (*s)[1] == '[';
	int err;

	*s += several ? 2 : 1;
	table->len = 0;
	*table->buf = '\0';
	err = read_key(s, table);
	if (err || **s != ']' || (several && (*s)[1] != ']'))
		return -EINVAL;
	*s += several ? 2 : 1;
	if (several)
		out_str(table, "[]");
	return 0;
}

/* -- all ---------------------------------------------------------------- */

static const char *skip_to_statement(const char *s)
{
	const char *from;

	do {
		from = s;
		s += strspn(s, BLANKS "\n");
		s = skip_comment(s);
	} while (s != from);
	return s;
}

/* Is `key` what the path leads by?  Then its table is written in a line. */
static bool leads_to(const char *path, const char *key)
{
	size_t len = strlen(key);

	return !strncmp(path, key, len) && path[len] == '.';
}

/* The value at *s: 1 where it is the one, in `value`; 0: another one. */
static int read_value(const char **s, const char *key, const char *path,
		      struct out *value)
{
	if (leads_to(path, key))
		return -EINVAL;
	if (!strcmp(path, key)) {
		if (**s != '"' && **s != '\'')
			return -EINVAL;
		return read_string(s, value) ? -EINVAL :
			value->len == value->cap - 1 ? -EFBIG : 1;
	}
	*s = skip_value(*s);
	return *s ? 0 : -EINVAL;
}

/* `key = value` at *s. */
static int read_pair(const char **s, const struct out *table,
		     const char *path, struct out *value)
{
	char text[2 * KEY_SIZE] = "";
	struct out key = OUT_STRING(text);
	int found;

	out_str(&key, table->buf);
	if (read_key(s, &key) || **s != '=')
		return -EINVAL;
	++*s;
	*s += strspn(*s, BLANKS);
	found = read_value(s, text, path, value);
	if (found < 0)
		return found;
	*s += strspn(*s, BLANKS);
	*s = skip_comment(*s);
	return !**s || **s == '\n' ? found : -EINVAL;
}

int pyproject_string(const char *text, const char *path,
		     char *ret, size_t cap)
{
	char name[KEY_SIZE] = "";
	struct out table = OUT_STRING(name);
	struct out value = { .fd = -1, .buf = ret, .cap = cap };
	int found = 0;

	*ret = '\0';
	/* A byte order mark, as some editors write it. */
	text += strncmp(text, "\xef\xbb\xbf", 3) ? 0 : 3;
	while (!found && *(text = skip_to_statement(text)))
		found = *text == '[' ? read_header(&text, &table)
				     : read_pair(&text, &table, path, &value);
	return found;
}
