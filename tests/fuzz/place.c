/*
 * Fuzz target: the place where an environment was made, by bin/activate and
 * by scripts like bin/pip.  The input is such a file.
 */
#include "which/place.h"

#include "fuzz.h"

typedef bool finder(const char *text, char *ret);

static bool in_activate(const char *text, char *ret)
{
	return place_in_activate(text, false, ret);
}

static bool in_activate_bare(const char *text, char *ret)
{
	return place_in_activate(text, true, ret);
}

static void check(finder *find, const char *text)
{
	char *ret = fuzz_room(PATH_MAX), *again = fuzz_room(PATH_MAX);
	bool found;

	memset(ret, 'x', PATH_MAX);
	memset(again, '\0', PATH_MAX);
	found = find(text, ret);
	/* What stands in the buffer before makes no difference. */
	must(find(text, again) == found);
	if (found) {
		must(memchr(ret, '\0', PATH_MAX));
		must(*ret == '/');
		must(!strchr(ret, '\n'));
		must(!strcmp(ret, again));
	}
	free(ret);
	free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);

	check(in_activate, text);
	check(in_activate_bare, text);
	check(place_in_script, text);
	free(text);
	return 0;
}
