/*
 * The moves: in, out, and what becomes of PATH and PYTHONHOME.
 */
#include "turn.h"

#include <string.h>

#include "path.h"

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/* The entry of PATH for `env`, in ret.  False: there can be none. */
static bool bin_of(const char *env, char *ret)
{
	return !strchr(env, ':') && !path_join(ret, env, "bin");
}

bool turn_is_sourced(const struct turn *t)
{
	return t->facts.script && !t->memory.script;
}

/* Without a function there was no script here, but around this shell. */
bool turn_script_elsewhere(const struct turn *t)
{
	return t->facts.script && !t->facts.function;
}

/* -- PATH --------------------------------------------------------------- */

/* How often the user has the entry for `env` on his own, as far as is known. */
static size_t own(struct turn *t, const char *env)
{
	const struct ours *known = memory_find(&t->memory, env);

	return known ? known->own : 0;
}

bool turn_has_entry(struct turn *t, const char *env)
{
	char bin[PATH_MAX];

	return bin_of(env, bin) &&
		entries_count(&t->vars.path, bin) > own(t, env);
}

void turn_know(struct turn *t, const char *env, size_t ours)
{
	size_t count;
	char bin[PATH_MAX];

	if (!bin_of(env, bin) || memory_find(&t->memory, env))
		return;
	count = entries_count(&t->vars.path, bin);
	/* Had there been a PATH, ours would not be all of it now: behind an
	 * empty one there is a colon. */
	memory_add(&t->memory, env, count > ours ? count - ours : 0, true);
}

/*
 * Of the entries for `env` leave only the last `keep`, which are the user's:
 * ours was put in front of them.  Where nothing is left of PATH, it is known
 * whether there was one before.
 */
static void take_out(struct turn *t, const char *env, size_t keep)
{
	const struct ours *known = memory_find(&t->memory, env);
	struct entries *path = &t->vars.path;
	char bin[PATH_MAX];

	if (!bin_of(env, bin))
		return;
	while (entries_count(path, bin) > keep) {
		entries_drop(path, bin, 0);
		if (known && !path->set)
			path->set = !known->bare;
	}
}

/* Leave one in front of those, at the place that it has. */
static void trim(struct turn *t, const char *env)
{
	struct entries *path = &t->vars.path;
	size_t keep = own(t, env) + 1, count;
	char bin[PATH_MAX];

	if (!bin_of(env, bin))
		return;
	while ((count = entries_count(path, bin)) > keep)
		entries_drop(path, bin, count - keep);
}

void turn_tidy(struct turn *t, const char *active)
{
	for (size_t i = 0; i < t->memory.count; i++) {
		const char *env = t->memory.ours[i].env;

		/* A script may have been sourced over what is kept aside. */
		if (same(env, active) ||
		    (t->facts.script && same(env, t->vars.before)))
			trim(t, env);
		else
			take_out(t, env, own(t, env));
	}
}

void turn_heal(struct turn *t, const char *env)
{
	struct entries *path = &t->vars.path;
	const struct ours *known = memory_find(&t->memory, env);
	bool bare = known && known->bare;
	char bin[PATH_MAX];

	if (!bin_of(env, bin))
		return;
	turn_tidy(t, env);
	if (!turn_has_entry(t, env)) {
		bare = !path->set;
		entries_push(path, bin);
	} else if (t->facts.fresh && !entries_leads(path, bin)) {
		/* What the user puts in front while he works is his wish; what
		 * a startup file does was written before there was anything
		 * to wish. */
		entries_drop(path, bin, 0);
		entries_push(path, bin);
	}
	memory_add(&t->memory, env, entries_count(path, bin) - 1, bare);
}

/* -- in and out --------------------------------------------------------- */

void turn_home_back(struct turn *t)
{
	struct vars *vars = &t->vars;

	if (vars->kept_home && !vars->home)
		vars->home = vars->kept_home;
	vars->kept_home = NULL;
}

static void home_away(struct vars *vars)
{
	if (vars->home) {
		vars->kept_home = vars->home;
		vars->home = NULL;
	}
}

void turn_own(struct turn *t, const char *env)
{
	t->memory.mine = env;
	if (!same(env, t->memory.used))
		t->memory.used = NULL;
	t->memory.script = t->facts.script;
	t->memory.version = same(env, t->here.path) ? t->here.version :
		same(env, t->wanted.path) ? t->wanted.version : NULL;
}

void turn_enter(struct turn *t, const struct meant *meant)
{
	char bin[PATH_MAX];

	if (!meant->path || !bin_of(meant->path, bin))
		return;
	turn_know(t, meant->path, 0);
	turn_tidy(t, NULL);
	memory_add(&t->memory, meant->path, entries_count(&t->vars.path, bin),
		   !t->vars.path.set);
	entries_push(&t->vars.path, bin);
	t->vars.active = meant->path;
	t->vars.prompt = meant->name;
	home_away(&t->vars);
	turn_own(t, meant->path);
}

void turn_enter_here(struct turn *t)
{
	turn_enter(t, &t->here);
	t->vars.automatic = t->vars.active;
}

/*
 * The entry of what is active and not ours is the first one; what is no
 * environment's may be a directory of the system's, and stays.
 */
static void drop_entry(struct turn *t, const char *env)
{
	struct ours *known = memory_find(&t->memory, env);
	size_t keep = own(t, env), count;
	char bin[PATH_MAX];

	if (!bin_of(env, bin))
		return;
	if (!same(env, t->memory.mine) && t->facts.private) {
		count = entries_count(&t->vars.path, bin);
		keep = count ? count - 1 : 0;
		if (known)
			*known = (struct ours) { known->env, keep, true };
	} else if (!known) {
		return;
	}
	take_out(t, env, keep);
}

void turn_drop(struct turn *t)
{
	struct vars *vars = &t->vars;

	if (vars->active)
		drop_entry(t, vars->active);
	vars->active = vars->prompt = vars->automatic = NULL;
	t->memory.mine = t->memory.used = t->memory.version = NULL;
	t->memory.script = turn_script_elsewhere(t);
	turn_home_back(t);
}

void turn_back(struct turn *t)
{
	struct vars *vars = &t->vars;

	if (!vars->before || vars->active)
		return;
	vars->active = t->memory.base = vars->before;
	vars->prompt = vars->before_prompt;
	vars->before = vars->before_prompt = NULL;
}

void turn_adopt(struct turn *t, const char *env, size_t ours)
{
	turn_know(t, env, ours);
	t->vars.automatic = env;
	turn_own(t, env);
}
