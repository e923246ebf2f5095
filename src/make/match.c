/*
 * Taking the interpreter that a project demands.
 */
#include "match.h"

#include <stdlib.h>
#include <string.h>

#include "installed.h"
#include "pathlist.h"
#include "pyenv.h"
#include "which/path.h"

#define INSTALLED_MAX 64
#define OLDEST 8	/* environments are made of Python 3.8 and newer */

struct match {
	const struct cache *cache;
	const struct stand *stand;
	const struct requires *requires;
	struct base *base;
	struct installed *each;
	size_t n;
	bool listed;
	struct out failed;	/* one that could fit, and will not do */
	struct out looked;	/* at what, beside the installed ones */
};

/* -- one Python --------------------------------------------------------- */

/* Is that one?  Then it is in match->base.  `word` as in python_find(). */
static bool ask(struct match *match, const char *word)
{
	char text[PATH_MAX + 1024] = "";
	struct out why = OUT_STRING(text);

	if (python_find(match->cache, match->stand, word, match->base, &why))
		return true;
	/* It begins with a path where something is there, and will not do. */
	if (strchr("/~", *text) && !match->failed.len)
		out_bytes(&match->failed, text, strcspn(text, "\n"));
	return false;
}

/* "3.11" of /usr/bin/python3, which is a link to python3.11. */
static bool by_link(const char *python, struct version *ret)
{
	static const char stem[] = "python";
	char real[PATH_MAX];
	const char *name, *rest;

	if (!realpath(python, real))
		return false;
	name = path_base(real);
	return !strncmp(name, stem, strlen(stem)) &&
		version_read(name + strlen(stem), ret, &rest) && !*rest;
}

/* -- version specifiers ------------------------------------------------- */

struct range {
	const char *specifiers;
	enum dialect dialect;
};

static bool could_fit(const struct range *range, const struct version *version)
{
	return version->known < 2 ||
		pep440_fits(range->specifiers, range->dialect, version) > 0;
}

static bool is_fit(struct match *match, const struct range *range,
		   const char *python)
{
	struct version version;

	return ask(match, python) &&
		version_read(match->base->version, &version, NULL) &&
		could_fit(range, &version);
}

static void list_installed(struct match *match)
{
	if (!match->listed)
		match->n = installed_list(match->each, INSTALLED_MAX);
	match->listed = true;
}

static void say_version(struct out *out, const struct version *version)
{
	for (int i = 0; i < version->known; i++) {
		out_str(out, i ? "." : "");
		out_number(out, version->part[i], 10);
	}
}

static bool default_fits(struct match *match, const struct range *range)
{
	char python[PATH_MAX], text[1024];
	struct out why = OUT_STRING(text);
	struct version version = { .known = 0 };

	if (!python_default(python, &why))
		return false;
	if (by_link(python, &version) && !could_fit(range, &version)) {
		match->looked.len = 0;
		say_version(&match->looked, &version);
		return false;
	}
	if (is_fit(match, range, python))
		return true;
	match->looked.len = 0;
	if (!match->failed.len)
		out_str(&match->looked, match->base->version);
	return false;
}

static bool find_range(struct match *match, const struct range *range)
{
	if (default_fits(match, range))
		return true;
	list_installed(match);
	for (size_t i = 0; i < match->n; i++)
		if (could_fit(range, &match->each[i].version) &&
		    is_fit(match, range, match->each[i].path))
			return true;
	return false;
}

/* -- words of .python-version ------------------------------------------- */

/* PATH has it by the name pypy3.10, or pypy3. */
static bool find_pypy(struct match *match, const struct pin *pin)
{
	char command[64] = "pypy";
	struct out out = OUT_STRING(command);
	struct version version;

	out.len = strlen(command);
	say_version(&out, &pin->version);
	return (ask(match, command) || ask(match, "pypy3")) &&
		!strcmp(match->base->implementation, pin->implementation) &&
		version_read(match->base->version, &version, NULL) &&
		version_begins(&version, &pin->version);
}

static bool find_pin(struct match *match, const char *word,
		     const struct pin *pin)
{
	const struct range range = { pin->specifiers, DIALECT_PEP440 };
	char path[PATH_MAX], text[64];
	struct out version = OUT_STRING(text);

	if (pin->specifiers)
		return find_range(match, &range);
	if (!strcmp(word, "system"))
		return python_default(path, &match->failed) &&
			ask(match, path);
	if ((!pin->whole || strcmp(pin->implementation, "CPython")) &&
	    (pyenv_version(word, "python", path) ||
	     pyenv_version(word, "python3", path)) && ask(match, path))
		return true;
	if (!pin->whole)
		return false;
	if (strcmp(pin->implementation, "CPython"))
		return find_pypy(match, pin);
	say_version(&version, &pin->version);
	return ask(match, text);
}

static bool find_pins(struct match *match, struct out *because)
{
	const char *pins = match->requires->pins;
	char word[64];
	struct pin pin;

	while (requires_next(&pins, word, sizeof(word), &pin)) {
		if (find_pin(match, word, &pin)) {
			requires_say_pins(because, match->requires, word);
			return true;
		}
	}
	return false;
}

/* -- none --------------------------------------------------------------- */

/* What there is: "3.11, 3.13.0, 3.12.1". */
static void say_looked(struct out *why, struct match *match)
{
	list_installed(match);
	out_str(why, "\nlooked in PATH, and at what pyenv, uv, mise and asdf"
		" have: ");
	out_str(why, match->looked.len ? match->looked.buf : "");
	for (size_t i = 0; i < match->n; i++) {
		char text[64], before[64] = "";
		struct out now = OUT_STRING(text), last = OUT_STRING(before);

		say_version(&now, &match->each[i].version);
		if (i)
			say_version(&last, &match->each[i - 1].version);
		if (!strcmp(text, before) ||
		    !strcmp(text, match->looked.buf))
			continue;
		out_str(why, i || match->looked.len ? ", " : "");
		out_str(why, text);
	}
	if (!match->n && !match->looked.len)
		out_str(why, "no Python");
}

/*
 * Of what would fit, the oldest that environments are made of: newer ones may
 * not exist.  "3.12" stands for its newest release, if that fits.
 */
static bool find_wanted(const struct range *range, struct version *ret)
{
	struct version last;

	for (unsigned minor = OLDEST; minor < 200; minor++) {
		*ret = (struct version){ { 3, minor, 0 }, 2 };
		if (!could_fit(range, ret))
			continue;
		last = (struct version){ { 3, minor, 99 }, 3 };
		if (could_fit(range, &last))
			return true;
		do
			last.part[2]--;
		while (!could_fit(range, &last));
		*ret = last;
		return true;
	}
	return false;
}

/*
 * The word of what is to be installed, as uv and pyenv know it.  False: there
 * is none, or no environment is made of that.  *ret_plain: uv has it, too.
 */
static bool say_wanted(struct out *out, const struct match *match,
		       bool *ret_plain)
{
	const char *pins = match->requires->pins;
	struct range range = { match->requires->range,
			       match->requires->dialect };
	char word[64];
	struct version version;
	struct pin pin = { .specifiers = NULL };

	*ret_plain = true;
	if (requires_next(&pins, word, sizeof(word), &pin)) {
		if (!pin.specifiers) {
			*ret_plain = pin.whole;
			out_str(out, word);
			return pin.version.known < 2 ||
				pin.version.part[1] >= OLDEST;
		}
		range = (struct range){ pin.specifiers, DIALECT_PEP440 };
	}
	if (!find_wanted(&range, &version))
		return false;
	say_version(out, &version);
	return true;
}

static void say_install(struct out *why, const struct match *match)
{
	char text[64], path[PATH_MAX];
	struct out word = OUT_STRING(text);
	bool plain;

	if (say_wanted(&word, match, &plain)) {
		const char *how = plain && pathlist_find("uv", path) ?
			"\nto install one: uv python install " :
			pathlist_find("pyenv", path) ?
			"\nto install one: pyenv install " :
			plain ? "\ninstall Python " : NULL;

		if (how) {
			out_str(why, how);
			out_str(why, text);
		}
	}
	out_str(why, "\nto take another one: -p PYTHON");
}

/* "3.99 in ~/app/.python-version" */
static void say_demand(struct out *why, const struct requires *requires)
{
	const char *file = requires->range_file;

	if (!*requires->pins) {
		requires_say_range(why, requires);
	} else if (*requires->pin_file) {
		out_safe(why, requires->pins);
		file = requires->pin_file;
	} else {
		requires_say_pins(why, requires, requires->pins);
		return;
	}
	out_str(why, " in ");
	out_path(why, file);
}

static bool none(struct match *match, struct out *why)
{
	out_str(why, "there is no Python for ");
	say_demand(why, match->requires);
	if (match->failed.len) {
		out_char(why, '\n');
		out_str(why, match->failed.buf);
	}
	say_looked(why, match);
	say_install(why, match);
	return false;
}

/* -- all ---------------------------------------------------------------- */

bool match_find(const struct cache *cache, const struct stand *stand,
		const struct requires *requires, struct base *ret,
		struct out *because, struct out *why)
{
	static struct installed each[INSTALLED_MAX];
	static char failed[PATH_MAX + 1024], looked[64];
	const struct range range = { requires->range, requires->dialect };
	struct match match = {
		.cache = cache, .stand = stand, .requires = requires,
		.base = ret, .each = each, .failed = OUT_STRING(failed),
		.looked = OUT_STRING(looked),
	};

	*failed = *looked = '\0';
	if (!*requires->pins && !*requires->range)
		return python_find(cache, stand, NULL, ret, why);
	if (*requires->pins)
		return find_pins(&match, because) || none(&match, why);
	if (!find_range(&match, &range))
		return none(&match, why);
	requires_say_range(because, requires);
	return true;
}
