/*
 * Fuzz target: settings of tools, and pyproject.toml.  The input is the text.
 */
#include "which/toml.h"

#include <stdbool.h>

#include "fuzz.h"

static const struct {
	const char *section, *key;
} keys[] = {
	{ "", "cache-dir" }, { "virtualenvs", "path" }, { "dirs", "data" },
	{ "dirs.env", "virtual" }, { "project", "name" },
	{ "tool.hatch.envs.default", "path" }, { "app-AAAAAAAA", "minor" },
};

/* The same in too little room: it is whole, or it is nothing. */
static void check_room(const char *text, const char *section, const char *key,
		       const char *whole)
{
	for (size_t cap = 1; cap < 12; cap++) {
		char *ret = fuzz_room(cap);
		bool found = toml_get(text, section, key, ret, cap);

		must(memchr(ret, '\0', cap));
		must(found == (*ret != '\0'));
		must(!found || !strcmp(ret, whole));
		free(ret);
	}
}

/* The first one counts: one more at the end is for who had none. */
static void check_last(const char *text, const char *section, const char *key)
{
	size_t size = strlen(text);
	char *more = fuzz_room(size + 128);
	char was[4096], is[4096];
	bool found = toml_get(text, section, key, was, sizeof(was));

	memcpy(more, text, size);
	(void)snprintf(more + size, 128, "\n[%s]\n%s = \"last\"\n", section,
		       key);
	if (*section && found) {
		must(toml_get(more, section, key, is, sizeof(is)));
		must(!strcmp(was, is));
	} else if (*section && !strstr(text, key)) {
		must(toml_get(more, section, key, is, sizeof(is)));
		must(!strcmp(is, "last"));
	}
	check_room(text, section, key, was);
	free(more);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		check_last(text, keys[i].section, keys[i].key);
	free(text);
	return 0;
}
