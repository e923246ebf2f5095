/*
 * Interpreters and programs, found by their names: nothing is run.
 */
#include "offerprograms.h"

#include <stdlib.h>
#include <string.h>

#include "demand.h"
#include "make/pathlist.h"
#include "make/pyenv.h"
#include "offerdirs.h"
#include "which/find.h"
#include "which/path.h"

/* -- interpreters ------------------------------------------------------- */

/* "python", "python3.13t", "pypy3" */
static bool is_python(const char *name)
{
	static const char *const stems[] = { "python", "pypy", "graalpy" };

	for (size_t i = 0; i < sizeof(stems) / sizeof(*stems); i++) {
		size_t len = strlen(stems[i]);

		if (strncmp(name, stems[i], len))
			continue;
		name += len;
		name += strspn(name, "0123456789.");
		name += *name == 't';
		return !*name;
	}
	return false;
}

static bool is_python_file(const struct listing *list)
{
	return is_python(list->entry->d_name) && listing_is_program(list);
}

/* "3.11" of "python3.11", the command that such a version means; or NULL. */
static const char *version_of(const char *name)
{
	const char *version = name + strlen("python"), *end = version;

	if (strncmp(name, "python", strlen("python")))
		return NULL;
	end += strspn(end, "0123456789");
	if (end == version || *end++ != '.' || !*end)
		return NULL;
	return end[strspn(end, "0123456789")] ? NULL : version;
}

static void offer_command(struct offer *offer, const char *name,
			  const char *path)
{
	const char *version = version_of(name);

	candidates_add(&offer->found, name, path);
	if (version)
		candidates_add(&offer->found, version, path);
}

static void offer_pythons_in(struct offer *offer, const char *dir)
{
	struct listing bin;
	char path[PATH_MAX], behind[PATH_MAX];
	const char *name;

	/* All of them: the word may be a version. */
	if (!listing_open(&bin, dir, ""))
		return;
	while ((name = listing_next(&bin))) {
		if (!is_python_file(&bin) || path_join(path, dir, name))
			continue;
		/* A shim stands for what pyenv has chosen, or for nothing. */
		if (!pyenv_behind(path, behind))
			offer_command(offer, name, path);
		else if (*behind)
			offer_command(offer, name, behind);
	}
	listing_close(&bin);
}

/*
 * The version of an installed one, DIR/cpython-3.11.9-PLATFORM/bin/python3:
 * "3.11", until the word asks for more.
 */
static bool offer_version(void *context, const char *python)
{
	struct offer *offer = context;
	const char *word = offer->found.word, *name, *dot;
	char dir[PATH_MAX], version[32];
	size_t len;

	(void)path_copy(dir, python);
	(void)path_up(dir);
	(void)path_up(dir);
	name = path_base(dir);
	name += strcspn(name, "0123456789");
	len = strspn(name, "0123456789.");
	if (len >= sizeof(version))
		return false;
	memcpy(version, name, len);
	version[len] = '\0';
	dot = strchr(word, '.');
	if (!dot || !strchr(dot + 1, '.')) {
		char *cut = strchr(version, '.');

		cut = cut ? strchr(cut + 1, '.') : NULL;
		if (cut)
			*cut = '\0';
	}
	candidates_add(&offer->found, version, python);
	return false;
}

void offer_pythons(struct offer *offer)
{
	const char *list = getenv("PATH");
	char dir[PATH_MAX];

	if (strchr(offer->found.word, '/')) {
		offer_paths(offer, is_python_file);
		return;
	}
	/* In the order in which they are tried; what comes first is said. */
	while (pathlist_next(&list, dir))
		offer_pythons_in(offer, dir);
	(void)pyenv_each("", offer_version, offer);
}

/* -- programs ----------------------------------------------------------- */

/* What the option for an environment says, or NULL. */
static const char *chosen_env(const struct offer *offer)
{
	const struct option *row = offer->table;

	while (row && row->name && (!row->arg || strcmp(row->arg, "ENV")))
		row++;
	return row && row->name ? *row->value : NULL;
}

/* Only of an environment that may be used; and any command of the shell's. */
void offer_programs(struct offer *offer)
{
	static struct env env;
	const char *word = chosen_env(offer), *name;
	struct listing bin;
	char path[PATH_MAX];
	bool found = word ? demand_maybe(word, &env) :
		find_nearest(&session.set, session.pwd, NULL, &env) > 0;

	if (found)
		env_close(&env);
	if (found && env.verdict == VERDICT_USE &&
	    !path_join(path, env.path, "bin") &&
	    listing_open(&bin, path, offer->found.word)) {
		while ((name = listing_next(&bin)))
			if (!offer_is_option(offer, name) &&
			    listing_is_program(&bin))
				candidates_add(&offer->found, name, "");
		listing_close(&bin);
	}
	offer->other = !offer->found.exact;
}
