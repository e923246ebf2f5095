/*
 * Lines of TOML: `[table]`, `key = "value"`.
 */
#include "toml.h"

#include <string.h>

#include "cfg.h"

/* The words of a line: blanks around them, and quotes, do not count. */
static bool is_word(const char *s, size_t len, const char *word)
{
	while (len && (*s == ' ' || *s == '\t')) {
		s++;
		len--;
	}
	while (len && (s[len - 1] == ' ' || s[len - 1] == '\t'))
		len--;
	if (len > 1 && (*s == '"' || *s == '\'') && s[len - 1] == *s) {
		s++;
		len -= 2;
	}
	return len == strlen(word) && !strncmp(s, word, len);
}

/* The string that begins at s, before `end`. */
static bool take_string(const char *s, const char *end, char *ret, size_t cap)
{
	const char *stop;

	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	if (s == end || (*s != '"' && *s != '\''))
		return false;
	for (stop = s + 1; stop < end && *stop != *s; stop++)
		stop += *s == '"' && *stop == '\\' && stop + 1 < end;
	if (stop >= end || (size_t)(stop - s) + 5 > cap)
		return false;
	if (*s == '"') {
		cfg_unquote(s, (size_t)(stop + 1 - s), ret, cap);
	} else {
		memcpy(ret, s + 1, (size_t)(stop - s - 1));
		ret[stop - s - 1] = '\0';
	}
	return *ret;
}

bool toml_get(const char *text, const char *section, const char *key,
	      char *ret, size_t cap)
{
	bool inside = !*section;

	*ret = '\0';
	for (; *text; text += strspn(text, "\r\n")) {
		const char *line = text + strspn(text, " \t");
		const char *end = line + strcspn(line, "\r\n");
		const char *equals = memchr(line, '=', (size_t)(end - line));
		const char *bracket = memchr(line, ']', (size_t)(end - line));

		text = end;
		if (*line == '[')
			inside = bracket && is_word(line + 1, (size_t)
				(bracket - line - 1), section);
		else if (inside && equals &&
			 is_word(line, (size_t)(equals - line), key))
			return take_string(equals + 1, end, ret, cap);
	}
	return false;
}
