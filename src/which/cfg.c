/*
 * `key = value` lines, and the Python literals among the values.
 */
#include "cfg.h"

#include <string.h>
#include <strings.h>

#include "text.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

static void trim(const char **s, size_t *len)
{
	while (*len && is_blank(**s)) {
		(*s)++;
		(*len)--;
	}
	while (*len && is_blank((*s)[*len - 1]))
		(*len)--;
}

/* The value of a line, if it is the first one of any of the keys. */
static void read_line(const char *line, size_t len, const char *const *keys,
		      size_t n, struct cfg_value *ret)
{
	const char *equals = memchr(line, '=', len);
	const char *name = line;
	size_t name_len;

	if (!equals)
		return;
	name_len = (size_t)(equals - line);
	trim(&name, &name_len);
	for (size_t i = 0; i < n; i++) {
		/* The first letter, in either case, tells most apart. */
		if (ret[i].text || (*name | 0x20) != *keys[i] ||
		    name_len != strlen(keys[i]) ||
		    strncasecmp(name, keys[i], name_len))
			continue;
		ret[i].text = equals + 1;
		ret[i].len = len - (size_t)(equals + 1 - line);
		trim(&ret[i].text, &ret[i].len);
	}
}

/* Python opens the file with universal newlines. */
static bool ends_line(char c)
{
	return c == '\n' || c == '\r';
}

void cfg_find(const char *text, const char *const *keys, size_t n,
	      struct cfg_value *ret)
{
	static const char bom[] = "\xef\xbb\xbf";

	memset(ret, 0, n * sizeof(*ret));
	if (!strncmp(text, bom, 3))
		text += 3;
	while (*text) {
		size_t len = 0;

		while (text[len] && !ends_line(text[len]))
			len++;
		read_line(text, len, keys, n, ret);
		text += len;
		while (ends_line(*text))
			text++;
	}
}

bool cfg_get(const char *text, const char *key,
	     const char **ret_value, size_t *ret_len)
{
	struct cfg_value value;

	cfg_find(text, &key, 1, &value);
	if (!value.text)
		return false;
	*ret_value = value.text;
	*ret_len = value.len;
	return true;
}

/* A literal ends in the quote it began with, and that quote is not escaped. */
static bool is_literal(const char *s, size_t len)
{
	if (len < 2 || (s[0] != '\'' && s[0] != '"') || s[len - 1] != s[0])
		return false;
	for (size_t i = 1; i < len - 1; i++) {
		if (s[i] == s[0])
			return false;
		if (s[i] == '\\' && ++i == len - 1)
			return false;
	}
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static long hex_number(const char **s, const char *end, int digits)
{
	long code = 0;

	for (; digits; digits--, (*s)++) {
		int digit = *s < end ? hex_digit(**s) : -1;

		if (digit < 0)
			return -1;
		code = code << 4 | digit;
	}
	return code;
}

static long octal_number(const char **s, const char *end)
{
	long code = 0;

	for (int i = 0; i < 3 && *s < end && **s >= '0' && **s <= '7'; i++)
		code = code << 3 | (*(*s)++ - '0');
	return code;
}

/*
 * The character of the escape at *s, behind its backslash (Python's
 * reference, "String and Bytes literals"); -1 where it names none.
 */
static long escape(const char **s, const char *end)
{
	static const char letters[] = "abfnrtv\\'\"";
	static const char meanings[] = "\a\b\f\n\r\t\v\\'\"";
	const char *letter;
	char c = **s;

	if (c >= '0' && c <= '7')
		return octal_number(s, end);
	(*s)++;
	if (c == 'x')
		return hex_number(s, end, 2);
	if (c == 'u')
		return hex_number(s, end, 4);
	if (c == 'U')
		return hex_number(s, end, 8);
	/* All the bytes of a character that is none of them. */
	while (*s < end && (**s & 0xc0) == 0x80)
		(*s)++;
	letter = c ? strchr(letters, c) : NULL;
	return letter ? meanings[letter - letters] : -1;
}

static size_t decode_escape(const char **s, const char *end, char *ret)
{
	long code = escape(s, end);

	/* U+0000 and surrogates cannot stand in a C string of UTF-8. */
	if (code <= 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		code = '?';
	return text_put(code, ret);
}

void cfg_unquote(const char *value, size_t len, char *ret, size_t cap)
{
	const char *end = value + len;
	size_t used = 0;
	bool literal = is_literal(value, len);

	if (literal) {
		value++;
		end--;
	}
	/* A character is at most 4 bytes, and the NUL one more; what follows
	 * its first byte has its room. */
	while (value < end &&
	       used + ((*value & 0xc0) == 0x80 ? 2 : 5) <= cap) {
		if (literal && *value == '\\') {
			value++;
			used += decode_escape(&value, end, ret + used);
		} else {
			ret[used++] = *value++;
		}
	}
	ret[used] = '\0';
}
