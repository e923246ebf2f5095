/*
 * One turn of a shell: what is active in it, what it remembers, which
 * environment belongs to its directory, and what the answer makes of that.
 * The moves from one environment to another; which one is made when is
 * the table's business.
 */
#ifndef TURN_H
#define TURN_H

#include <stdbool.h>

#include "entries.h"
#include "memory.h"

/* The variables of the shell that are the table's business; NULL: not set. */
struct vars {
	const char *active;	/* VIRTUAL_ENV; "" is not set, too */
	const char *prompt;	/* VIRTUAL_ENV_PROMPT */
	const char *automatic;	/* VENV_WHICH_AUTO: what the hook activated, or
				 * is to leave off until the answer changes */
	const char *home;	/* PYTHONHOME */
	const char *kept_home;	/* _VENV_PYTHONHOME, what it was before */
	const char *before;	/* _VENV_BEFORE: what ours was put before */
	const char *before_prompt;
	struct entries path;	/* PATH */
};

/* What is asked. */
enum verb { VERB_HOOK, VERB_USE, VERB_OFF, VERB_ON };

/* What the shell is like, beside its variables. */
struct facts {
	enum verb verb;
	bool first;	/* nothing was decided in this shell before */
	bool fresh;	/* its startup file was read (again) just now */
	bool script;	/* _OLD_VIRTUAL_PATH is set: an activation script was
			 * sourced, here or in the fish around */
	bool function;	/* there is a function `deactivate`, not ours */
	bool called;	/* it was called just now, as the answer said */
	bool plain;	/* VIRTUAL_ENV_DISABLE_PROMPT is set, if not exported */
	bool fixed;	/* VIRTUAL_ENV or PATH is read-only */
	bool apart;	/* a line with a name and a value cannot be read */
	bool lives;	/* VIRTUAL_ENV names an environment, or a place that
			 * can pass for one: /usr/local is a habit */
	bool private;	/* and not such a place: its bin is an environment's */
	bool before_lives;	/* so does _VENV_BEFORE */
};

/* An environment that may be used; path is NULL where there is none. */
struct meant {
	const char *path, *name, *version;
};

struct turn {
	struct facts facts;
	struct meant here;	/* of the directory */
	struct meant wanted;	/* by VERB_USE */
	struct vars vars;	/* as they are, and then as they should be */
	struct memory memory;	/* likewise */

	/* The rest is answered. */

	/* Let the shell call its `deactivate`, which is an activation script's,
	 * and ask the same again; vars are as they were. */
	bool call;
	bool refused;		/* VERB_ON, and what is active is the user's */
	bool stands;		/* what was active at the start stays, though
				 * here is one: to be said */
	bool dead;		/* what was active then is gone: to be said */
	const char *left;	/* is not active any more, and was by us */
	const char *entered;	/* is active now, by us */
	bool shown;		/* the prompt is to show it: no script does */
};

/* Did a script that was sourced in this shell activate what is active? */
bool turn_is_sourced(const struct turn *turn);

/* Is an activation script's variable of another shell, around this one? */
bool turn_script_elsewhere(const struct turn *turn);

/* Make `meant` active: its bin in front of PATH, no PYTHONHOME. */
void turn_enter(struct turn *turn, const struct meant *meant);

/* The same for what belongs to the directory, by the hook. */
void turn_enter_here(struct turn *turn);

/* Nothing is active any more; its entry goes, if it has one. */
void turn_drop(struct turn *turn);

/* What ours was put in front of is active again, if nothing else is. */
void turn_back(struct turn *turn);

/* Give back PYTHONHOME; one that the user set meanwhile is his. */
void turn_home_back(struct turn *turn);

/* `env`, which is active, is so by our doing in this shell. */
void turn_own(struct turn *turn, const char *env);

/*
 * So many of the entries for `env` that are in PATH by now are ours, if nothing
 * was known of it; what is more is the user's.
 */
void turn_know(struct turn *turn, const char *env, size_t ours);

/* `env`, which is active, is the hook's; PATH has its entries already. */
void turn_adopt(struct turn *turn, const char *env, size_t ours);

/* Have exactly one entry for `env`, beside those that the user has. */
void turn_heal(struct turn *turn, const char *env);

/* Is there an entry for `env` in PATH, beside those that the user has? */
bool turn_has_entry(struct turn *turn, const char *env);

/*
 * Take out what was ours and is nobody's now: another tool, or a function
 * with a PATH of its own, has put back what it saw.  `active` (or NULL) has
 * one entry, whose ever it is.
 */
void turn_tidy(struct turn *turn, const char *active);

#endif
