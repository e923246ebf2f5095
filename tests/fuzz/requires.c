/*
 * Fuzz target: pyproject.toml, and the version specifiers in it.  The input is
 * the text of either.
 *
 * `make/` is not among what all targets link with.
 */
#include "make/pep440.c"
#include "make/pyproject.c"

#include "fuzz.h"

static const struct version versions[] = {
	{ { 2, 7, 18 }, 3 }, { { 3, 8, 0 }, 3 }, { { 3, 11, 2 }, 3 },
	{ { 3, 13, 0 }, 3 }, { { 4, 0, 0 }, 3 },
};
#define VERSIONS (sizeof(versions) / sizeof(*versions))

/* Whether it is understood does not depend on the version. */
static int check_each(const char *text, enum dialect dialect)
{
	int understood = 0;

	for (size_t i = 0; i < VERSIONS; i++) {
		int fits = pep440_fits(text, dialect, &versions[i]);

		must(fits == 0 || fits == 1 || fits == -EINVAL);
		must(!i || understood == (fits >= 0));
		understood = fits >= 0;
	}
	return understood;
}

/* What a release does, its minor version could. */
static void check_minor(const char *text)
{
	const struct version minor = { { 3, 11, 0 }, 2 };

	must(pep440_fits(text, DIALECT_PEP440, &minor) ||
	     !pep440_fits(text, DIALECT_PEP440, &versions[2]));
}

/* With one more, no more fit. */
static void check_more(const char *text)
{
	size_t size = strlen(text);
	char *more = fuzz_room(size + 16);

	(void)snprintf(more, size + 16, "%s,!=3.11.2", text);
	for (size_t i = 0; i < VERSIONS; i++) {
		int fits = pep440_fits(text, DIALECT_PEP440, &versions[i]);
		int now = pep440_fits(more, DIALECT_PEP440, &versions[i]);

		must(now >= 0);
		must(now == (fits && i != 2));
	}
	free(more);
}

static void check_toml(const char *text)
{
	static const char *const paths[] = {
		"project.requires-python", "tool.poetry.dependencies.python",
		"name",
	};
	static const size_t caps[] = { 1, 5, 64, 8192 };

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		for (size_t j = 0; j < sizeof(caps) / sizeof(*caps); j++) {
			char *ret = fuzz_room(caps[j]);
			int found;

			memset(ret, 'x', caps[j]);
			found = pyproject_string(text, paths[i], ret, caps[j]);
			must(memchr(ret, '\0', caps[j]));
			must(found == 1 || found == 0 || found == -EINVAL ||
			     found == -EFBIG);
			must(found != 0 || !*ret);
			must(found != 1 || strstr(text, ret) ||
			     strchr(text, '\\'));
			free(ret);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	const char *rest;
	struct version version;

	if (version_read(text, &version, &rest))
		must(version.known >= 1 && version.known <= 3 && rest > text);
	(void)check_each(text, DIALECT_POETRY);
	if (check_each(text, DIALECT_PEP440)) {
		check_minor(text);
		check_more(text);
	}
	check_toml(text);
	free(text);
	return 0;
}
