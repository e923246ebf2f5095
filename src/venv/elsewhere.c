/*
 * Reading the directories of tools, which kept.c knows by a project.
 */
#include "elsewhere.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "make/relink.h"
#include "named.h"
#include "which/find.h"
#include "which/kept.h"
#include "which/path.h"
#include "which/toolplace.h"

struct telling {
	void (*visit)(void *context, struct env *env);
	void *context;
	enum tool tool;
	const char *dir;	/* the project's */
	char container[PATH_MAX];
};

/* -- one ---------------------------------------------------------------- */

static bool tell(const struct telling *to, const char *path)
{
	static struct env env;

	if (find_named(&session.set, "/", path, &env) <= 0)
		return false;
	env.found = FOUND_KEPT;
	env.tool = kept_word(to->tool);
	to->visit(to->context, &env);
	env_close(&env);
	return true;
}

static int is_plain(const struct dirent *entry)
{
	return *entry->d_name != '.';
}

/* The environments so many levels below `dir`, by their names. */
static void tell_below(const struct telling *to, const char *dir, int levels)
{
	struct dirent **entries;
	char path[PATH_MAX];
	int n = scandir(dir, &entries, is_plain, alphasort);

	for (int i = 0; i < n; i++) {
		if (path_join(path, dir, entries[i]->d_name))
			;
		else if (levels == 1)
			(void)tell(to, path);
		else if (entry_kind(entries[i]) != ENTRY_OTHER)
			tell_below(to, path, levels - 1);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
}

/* -- a project's -------------------------------------------------------- */

static void tell_poetry(void *context, const char *name)
{
	const struct telling *to = context;
	char path[PATH_MAX];

	if (!path_join(path, to->container, name))
		(void)tell(to, path);
}

static void tell_kept(struct telling *to)
{
	char path[PATH_MAX];
	bool known = kept_path(to->tool, to->dir, path);

	if (known)
		(void)tell(to, path);
	if (to->tool == TOOL_POETRY &&
	    toolplace_container(TOOL_POETRY, to->dir, to->container))
		(void)kept_of_poetry(to->dir, tell_poetry, to, path);
	/* The other environments of hatch's stand beside the default one. */
	if (to->tool == TOOL_HATCH && known && path_up(path) &&
	    strcmp(path, to->dir))
		tell_below(to, path, 1);
}

static void tell_named(void *context, struct env *env)
{
	const struct telling *to = context;
	char project[PATH_MAX];

	if (env->fd >= 0 && relink_project(env, project) &&
	    path_equal(project, to->dir))
		to->visit(to->context, env);
}

void elsewhere_of(const char *dir,
		  void (*visit)(void *context, struct env *env),
		  void *context)
{
	struct telling to = { .visit = visit, .context = context, .dir = dir };
	unsigned tools = toolplace_present(session.set.tools);
	char path[PATH_MAX];

	for (unsigned i = 0; i < TOOLS; i++) {
		to.tool = (enum tool)i;
		if (tools & 1u << i &&
		    !path_join(path, dir, kept_marker(to.tool)) &&
		    !access(path, F_OK))
			tell_kept(&to);
	}
	(void)named_each(tell_named, &to, path);
}

/* -- all ---------------------------------------------------------------- */

/* hatch has NAME/HASH/NAME. */
static int levels_of(enum tool tool)
{
	return tool == TOOL_HATCH ? 3 : 1;
}

void elsewhere_each(void (*visit)(void *context, struct env *env),
		    void *context)
{
	struct telling to = { .visit = visit, .context = context };
	char named[PATH_MAX] = "";

	(void)settings_container(named);
	for (unsigned i = 0; i < TOOLS; i++) {
		to.tool = (enum tool)i;
		if (session.set.tools & 1u << i &&
		    toolplace_container(to.tool, NULL, to.container) &&
		    !path_same(to.container, named))
			tell_below(&to, to.container, levels_of(to.tool));
	}
}
