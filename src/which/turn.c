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

/* How often the user has `bin` in PATH on his own, without that of ours. */
static size_t own_count(struct turn *t, const char *env, const char *bin)
{
	const struct ours *known = memory_find(&t->memory, env);
	size_t count = entries_count(&t->vars.path, bin);

	return known && known->own < count ? known->own : count;
}

bool turn_has_entry(struct turn *t, const char *env)
{
	const struct ours *known = memory_find(&t->memory, env);
	char bin[PATH_MAX];

	return bin_of(env, bin) &&
		entries_count(&t->vars.path, bin) > (known ? known->own : 0);
}

void turn_heal(struct turn *t, const char *env)
{
	struct entries *path = &t->vars.path;
	const struct ours *known = memory_find(&t->memory, env);
	size_t own = known ? known->own : 0;
	char bin[PATH_MAX];

	if (!bin_of(env, bin))
		return;
	while (entries_count(path, bin) > own + 1)
		entries_drop(path, bin, true);
	/* What the user puts in front while he works is his wish; what a
	 * startup file does was written before there was anything to wish. */
	if (t->facts.fresh && !entries_leads(path, bin))
		entries_drop(path, bin, false);
	if (entries_count(path, bin) <= own)
		entries_push(path, bin);
	memory_add(&t->memory, env, entries_count(path, bin) - 1,
		   known && known->bare);
}

/* Where nothing is left, it is known whether there was a PATH before. */
static void take_out(struct turn *t, const char *env, const char *bin)
{
	const struct ours *known = memory_find(&t->memory, env);

	entries_drop(&t->vars.path, bin, false);
	if (known && !*t->vars.path.text)
		t->vars.path.set = !known->bare;
}

static void drop_path(struct turn *t, const char *env)
{
	char bin[PATH_MAX];

	if (bin_of(env, bin))
		take_out(t, env, bin);
}

void turn_tidy(struct turn *t)
{
	char bin[PATH_MAX];

	for (size_t i = 0; i < t->memory.count; i++) {
		const struct ours *ours = &t->memory.ours[i];

		if (same(ours->env, t->vars.active) || !bin_of(ours->env, bin))
			continue;
		while (entries_count(&t->vars.path, bin) > ours->own)
			take_out(t, ours->env, bin);
	}
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
	t->memory.script = t->facts.script;
	t->memory.version = same(env, t->here.path) ? t->here.version :
		same(env, t->wanted.path) ? t->wanted.version : NULL;
}

void turn_enter(struct turn *t, const struct meant *meant)
{
	char bin[PATH_MAX];
	size_t own;

	if (!meant->path || !bin_of(meant->path, bin))
		return;
	own = own_count(t, meant->path, bin);
	/* One of ours may have been put back meanwhile. */
	while (entries_count(&t->vars.path, bin) > own)
		entries_drop(&t->vars.path, bin, false);
	memory_add(&t->memory, meant->path, own, !t->vars.path.set);
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

void turn_drop(struct turn *t)
{
	struct vars *vars = &t->vars;

	/* What we did not put there may be a directory of the system's. */
	if (vars->active && (t->facts.private ||
			     memory_find(&t->memory, vars->active)))
		drop_path(t, vars->active);
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

/* A nested shell's PATH has one entry of ours; what is more is the user's. */
void turn_adopt(struct turn *t, const char *env)
{
	char bin[PATH_MAX];
	size_t count = 0;

	if (bin_of(env, bin))
		count = entries_count(&t->vars.path, bin);
	if (!memory_find(&t->memory, env))
		memory_add(&t->memory, env, count ? count - 1 : 0, false);
	t->vars.automatic = env;
}
