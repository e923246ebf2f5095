/*
 * Whose the active environment is, and what is to be done about it.
 *
 *	V	vars.active: what is active
 *	M	vars.automatic: what the hook activated
 *	E	here.path: what belongs to the directory
 *	B	memory.base: what was active when the shell started
 *
 * Who did what is told by the variables as they are at an answer, and not by
 * what went on since the last one.  What they cannot tell is taken so:
 *
 * - An entry in PATH for what was ours in this shell, while that is not active,
 *   was put back by another tool, and is not the user's own.  Nor is one more
 *   beside ours.  If one less than he had is there, it is ours that is lost.
 * - At the first answer, M without V is off, and has no entry; M beside another
 *   V was active, and has one.
 * - A V that was ours, without a script, is what a tool put back.
 * - While B's own script lies under ours, another one that is sourced is taken
 *   for that.
 */
#include "table.h"

#include <string.h>

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/*
 * Let an activation script's own `deactivate` undo what the script did.
 * True: it is to be called before anything else is done.
 */
static bool by_script(struct turn *t)
{
	t->call = (t->facts.function || turn_is_sourced(t)) &&
		!t->facts.called;
	return t->call;
}

/* Is what was active when the shell started still so, and nobody's since? */
static bool is_base(const struct turn *t)
{
	return same(t->vars.active, t->memory.base) &&
		!same(t->vars.active, t->memory.mine);
}

/* -- what is what ------------------------------------------------------- */

/* The first answer in this shell: what was there before it? */
static void recognise_first(struct turn *t)
{
	struct vars *vars = &t->vars;
	bool inherited;

	t->memory.script = turn_script_elsewhere(t);
	if (!vars->active)
		return;
	inherited = vars->automatic;
	/* An editor, or the startup files, activated the project's own. */
	if (!vars->automatic && same(vars->active, t->here.path))
		vars->automatic = vars->active;
	if (!same(vars->active, vars->automatic)) {
		t->memory.base = vars->active;
		if (vars->automatic)
			turn_know(t, vars->automatic, 1);
		return;
	}
	if (!inherited && turn_is_sourced(t))
		vars->before = vars->before_prompt = NULL;
	turn_adopt(t, vars->active, inherited && turn_is_sourced(t) ? 2 : 1);
	/* A script that the startup files sourced ends it in its own way. */
	t->memory.script = turn_script_elsewhere(t);
}

/* Who made V what it is? */
static void recognise_active(struct turn *t)
{
	struct vars *vars = &t->vars;
	struct memory *memory = &t->memory;
	const char *active = vars->active;
	bool sourced = turn_is_sourced(t);

	if (!active)
		return;
	if (same(active, memory->mine)) {
		/* Its script was sourced over it: a habit, or an editor's. */
		if (sourced && !same(active, memory->used))
			vars->automatic = active;
	} else if (!sourced && memory_find(memory, active) && !is_base(t)) {
		/* Another tool put back what was ours when it looked. */
		turn_adopt(t, active, 1);
	} else if (same(active, vars->automatic)) {
		/* It was off, and somebody activated it. */
		vars->automatic = NULL;
	}
}

/* If somebody else ended ours, that is the end of what it was put before. */
static void recognise(struct turn *t)
{
	recognise_active(t);
	if (!t->facts.called && !same(t->vars.active, t->memory.mine))
		t->vars.before = t->vars.before_prompt = NULL;
}

/* -- the rows ----------------------------------------------------------- */

/* V is no environment any more: nobody's. */
static void row_dead(struct turn *t)
{
	bool base = is_base(t);

	if (turn_is_sourced(t) && by_script(t))
		return;
	t->dead = base;
	if (base)
		t->memory.base = NULL;
	turn_drop(t);
	if (t->facts.verb != VERB_HOOK && t->facts.verb != VERB_ON)
		return;
	turn_enter_here(t);
	turn_back(t);
}

/*
 * Has another tool put back what it saw before we activated ours, PATH and all?
 * That is not how a user ends it, but for the script's own function.
 */
static bool is_put_back(struct turn *t)
{
	const char *mine = t->memory.mine;

	return same(mine, t->vars.automatic) && !t->memory.sourced &&
		!t->facts.called && t->facts.verb == VERB_HOOK &&
		!turn_has_entry(t, mine);
}

static void row_none(struct turn *t)
{
	struct vars *vars = &t->vars;
	const char *last = t->memory.last;

	if (is_put_back(t))
		vars->automatic = last = NULL;
	turn_home_back(t);
	t->memory.mine = t->memory.used = t->memory.version = NULL;
	/* The user ended what he, or we, had activated: so it stays, until
	 * the answer changes. */
	if (!vars->automatic && same(last, t->here.path) &&
	    !t->facts.called && t->facts.verb == VERB_HOOK)
		vars->automatic = last;
	if (vars->automatic && same(vars->automatic, t->here.path))
		return;
	vars->automatic = NULL;
	turn_enter_here(t);
	turn_back(t);
}

static void row_ours(struct turn *t)
{
	if (same(t->vars.active, t->here.path)) {
		turn_heal(t, t->vars.active);
		if (!t->memory.mine)
			turn_own(t, t->vars.active);
		t->memory.version = t->here.version;
		if (!turn_is_sourced(t))
			t->vars.prompt = t->here.name;
		return;
	}
	if (turn_is_sourced(t) && by_script(t))
		return;
	turn_drop(t);
	turn_enter_here(t);
	turn_back(t);
}

static void row_foreign(struct turn *t)
{
	struct vars *vars = &t->vars;

	/* Our own is not needed any more; its entry goes with turn_tidy(). */
	vars->automatic = NULL;
	t->memory.mine = t->memory.used = t->memory.version = NULL;
	t->stands = t->here.path && is_base(t) &&
		!same(vars->active, t->here.path);
}

static void row(struct turn *t)
{
	struct vars *vars = &t->vars;

	if (!vars->active)
		row_none(t);
	else if (same(vars->active, vars->automatic))
		row_ours(t);
	else if (same(vars->active, t->memory.used))
		turn_heal(t, vars->active);
	else
		row_foreign(t);
}

/* -- verbs -------------------------------------------------------------- */

/*
 * End what is active, in its own way where it has one.  What was there at
 * the start is kept aside by `venv use`.  False: first a function is called.
 */
static bool end(struct turn *t, bool keep)
{
	struct vars *vars = &t->vars;
	bool ours = same(vars->active, t->memory.mine) && !turn_is_sourced(t);

	if (keep && is_base(t)) {
		vars->before = vars->active;
		vars->before_prompt = vars->prompt;
		vars->active = vars->prompt = NULL;
	} else if (vars->active && !ours && by_script(t)) {
		return false;
	}
	turn_drop(t);
	return true;
}

static void verb_use(struct turn *t)
{
	struct vars *vars = &t->vars;

	if (!end(t, true))
		return;
	turn_enter(t, &t->wanted);
	if (same(vars->active, t->here.path))
		vars->automatic = vars->active;
	else
		t->memory.used = vars->active;
}

static void verb_off(struct turn *t)
{
	bool base = is_base(t);

	if (!end(t, false))
		return;
	if (base)
		t->memory.base = NULL;
	turn_back(t);
	if (!t->vars.active)
		t->vars.automatic = t->here.path;
}

static void verb_on(struct turn *t)
{
	struct vars *vars = &t->vars;

	/* Who asks for it is told once more why not. */
	t->memory.said = 0;
	if (is_base(t)) {
		t->wanted = t->here;
		if (t->here.path)
			verb_use(t);
		return;
	}
	t->refused = vars->active && !same(vars->active, vars->automatic);
	if (t->refused)
		return;
	if (!vars->active) {
		vars->automatic = NULL;
		t->memory.last = NULL;
	}
	row(t);
}

/* -- all ---------------------------------------------------------------- */

static void decide(struct turn *t)
{
	switch (t->facts.verb) {
	case VERB_USE: verb_use(t); break;
	case VERB_OFF: verb_off(t); break;
	case VERB_ON: verb_on(t); break;
	default: row(t); break;
	}
}

void table_decide(struct turn *t)
{
	const struct vars *vars = &t->vars;
	const char *had = t->facts.first ? NULL : t->memory.mine;

	if (vars->active && !*vars->active)
		t->vars.active = NULL;
	t->memory.first = t->facts.fixed && t->facts.first;
	if (t->facts.fixed) {
		t->shown = same(vars->active, t->memory.mine) &&
			!turn_is_sourced(t);
		return;
	}
	if (!t->facts.before_lives)
		t->vars.before = t->vars.before_prompt = NULL;
	t->memory.script = t->memory.script && t->facts.script;
	if (t->facts.first)
		recognise_first(t);
	if (vars->active && !t->facts.lives)
		row_dead(t);
	else
		recognise(t);
	if (!t->call)
		decide(t);
	if (t->call) {
		/* Nobody has been told yet that it was active. */
		if (t->facts.first)
			t->memory.mine = NULL;
		return;
	}
	/* What was there at the start has its entry; a script's is new. */
	turn_tidy(t, is_base(t) && !turn_is_sourced(t) ? NULL : vars->active);
	/* A name without an environment is what a tool has put back. */
	if (!vars->active && t->memory.count)
		t->vars.prompt = NULL;
	/* What is neither active nor kept aside will not be again. */
	if (vars->before || !same(vars->active, t->memory.base))
		t->memory.base = vars->before;
	t->memory.last = vars->active;
	t->memory.sourced = turn_is_sourced(t);
	t->shown = t->memory.mine && !turn_is_sourced(t);
	if (!same(had, t->memory.mine)) {
		t->left = had;
		t->entered = t->memory.mine;
	}
}
