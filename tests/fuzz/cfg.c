/*
 * Fuzz target: pyvenv.cfg and the config file.  The input is the text.
 */
#include "which/cfg.h"

#include <stdbool.h>

#include "fuzz.h"
#include "which/text.h"

/* All of the keys that somebody asks for. */
static const char *const keys[] = {
	"command", "executable", "home", "implementation", "prompt",
	"python-version", "version", "version_info",
	"ceiling", "names", "quiet", "trust", "under",
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

/* Is it '...' or "...", with no such quote inside that has no backslash? */
static bool is_quoted(const char *s, size_t len)
{
	size_t i = 1;

	if (!len || (*s != '\'' && *s != '"'))
		return false;
	while (i < len && s[i] != *s)
		i += s[i] == '\\' ? 2 : 1;
	return i == len - 1;
}

/* The value, as a string and in too little room. */
static void check_unquote(const char *value, size_t len)
{
	static const size_t caps[] = { 1, 5, 6, 9, 64, 4096 };
	/* It is not terminated. */
	char *copy = fuzz_room(len);
	bool was_utf8;

	memcpy(copy, value, len);
	was_utf8 = text_is_utf8(copy, len);
	for (size_t i = 0; i < sizeof(caps) / sizeof(*caps); i++) {
		char *ret = fuzz_room(caps[i]);

		memset(ret, 'x', caps[i]);
		cfg_unquote(copy, len, ret, caps[i]);
		must(memchr(ret, '\0', caps[i]));
		must(!was_utf8 || text_is_utf8(ret, strlen(ret)));
		must(strlen(ret) <= len);
		must(is_quoted(copy, len) || len + 5 > caps[i] ||
		     (strlen(ret) == len && !memcmp(ret, copy, len)));
		free(ret);
	}
	free(copy);
}

static void check_key(const char *text, const char *key)
{
	const char *end = text + strlen(text), *value;
	size_t len;

	if (!cfg_get(text, key, &value, &len))
		return;
	must(value > text && value <= end);
	must(len <= (size_t)(end - value));
	must(strcspn(value, "\r\n") >= len);
	must(!len || (!is_blank(value[0]) && !is_blank(value[len - 1])));
	check_unquote(value, len);
}

/* The first value counts: a line more, at the end, is for whoever had none. */
static void check_last(const char *text, const char *key)
{
	const char *value, *again;
	size_t len, len_again, size = strlen(text);
	bool found = cfg_get(text, key, &value, &len);
	char *more = fuzz_room(size + 64);

	memcpy(more, text, size);
	(void)snprintf(more + size, 64, "\n%s = last", key);
	must(cfg_get(more, key, &again, &len_again));
	must(len_again == (found ? len : 4));
	must(!memcmp(again, found ? value : "last", len_again));
	free(more);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		check_key(text, keys[i]);
	check_last(text, "prompt");
	check_unquote(text, strlen(text));
	free(text);
	return 0;
}
