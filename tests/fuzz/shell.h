/*
 * A shell, as far as the table is about it: what it exports and what it keeps
 * to itself, and what its user, an activation script and another tool do to
 * it.  It has a ledger of who put each entry of PATH there, who made active
 * what is active, and which PYTHONHOME its user wants; nothing of that is
 * known to the table.
 */
#ifndef SHELL_H
#define SHELL_H

#include "list.h"

/* -- environments ------------------------------------------------------- */

/* Two projects', one by name, and one that is never ours. */
enum env_id { APP, LIB, NAMED, FOREIGN, ENVS, NO_ENV = ENVS };

static const char *const env_path[] = {
	"/app/.venv", "/lib/.venv", "/named", "/foreign", ""
};
static const char *const env_bin[] = {
	"/app/.venv/bin", "/lib/.venv/bin", "/named/bin", "/foreign/bin", ""
};

static enum env_id env_of(const char *path)
{
	for (enum env_id env = APP; path && env < ENVS; env++)
		if (!strcmp(path, env_path[env]))
			return env;
	return NO_ENV;
}

/* -- variables ---------------------------------------------------------- */

enum name {
	VIRTUAL_ENV, PROMPT, AUTO, PYTHONHOME, KEPT_HOME, BEFORE,
	BEFORE_PROMPT, PATH, NAMES
};

static const char *const names[NAMES] = {
	"VIRTUAL_ENV=", "VIRTUAL_ENV_PROMPT=", "VENV_WHICH_AUTO=",
	"PYTHONHOME=", "_VENV_PYTHONHOME=", "_VENV_BEFORE=",
	"_VENV_BEFORE_PROMPT=", "PATH="
};

struct variable {
	bool set;
	char text[TEXT];	/* NAME=VALUE */
};

enum function { NONE, HOOKS, SCRIPTS, OWN };

struct shell {
	struct variable exported[NAMES];
	struct list path;	/* is always what PATH says */

	/* Not exported. */
	char memory[1024];
	bool asked, seen;
	bool settled;		/* something was decided here */
	enum function function;	/* `deactivate` */
	bool mark;		/* the shell takes it for the hook's */
	struct list old;	/* _OLD_VIRTUAL_PATH */
	struct variable old_home;

	/* The ledger. */
	enum whose by;		/* made active what is active */
	bool used;		/* by `venv use`, so that it stays */
	enum env_id ours;	/* was active by us at the last answer */
	bool ours_used;
	bool under;		/* and over what a script had left */
	bool over;		/* a script was sourced over what is ours */
	enum env_id base;	/* was active when this shell started, and is */
	bool hidden;		/* but under what `venv use` put over it */
	char base_prompt[32];
	unsigned ended;		/* bits: was ended by hand, perhaps */
	struct variable home;	/* the PYTHONHOME that the user wants */

	/* What another tool saw, and may put back. */
	struct {
		bool is;
		struct list path;
		struct variable active, prompt;
		enum whose by;
	} saw;
};

/* NULL: it is not set. */
static const char *get(const struct shell *sh, enum name name)
{
	const struct variable *variable = &sh->exported[name];

	return variable->set ? variable->text + strlen(names[name]) : NULL;
}

static void assign(struct variable *variable, const char *name,
		   const char *value)
{
	size_t len = strlen(name);

	variable->set = value;
	if (!value)
		return;
	must(len + strlen(value) < sizeof(variable->text));
	memcpy(variable->text, name, len);
	memmove(variable->text + len, value, strlen(value) + 1);
}

static void put(struct shell *sh, enum name name, const char *value)
{
	assign(&sh->exported[name], names[name], value);
}

/* PATH is what the list says. */
static void put_path(struct shell *sh, const struct list *list)
{
	char text[TEXT];

	sh->path = *list;
	put(sh, PATH, list_text(list, text) ? text : NULL);
}

static enum env_id active(const struct shell *sh)
{
	return env_of(get(sh, VIRTUAL_ENV));
}

/* -- the user ----------------------------------------------------------- */

/* What is active was, perhaps, ended by hand. */
static void note_end(struct shell *sh)
{
	if (active(sh) != NO_ENV)
		sh->ended |= 1U << active(sh);
	if (sh->ours != NO_ENV)
		sh->ended |= 1U << sh->ours;
	sh->hidden = false;
}

/*
 * A shell that has VENV_WHICH_AUTO alone was started where that is off.  Its
 * startup files activate nothing before the first answer: for that, it would
 * look as if it had been started where ours is active, with an entry of ours.
 */
static bool starts_off(const struct shell *sh)
{
	return !sh->settled && get(sh, AUTO) && active(sh) == NO_ENV;
}

/*
 * Nor do they end what is active where ours was: VENV_WHICH_AUTO alone says
 * that it is off, and has no entry.
 */
static bool can_end(const struct shell *sh)
{
	return sh->settled || !get(sh, AUTO);
}

static void set_active(struct shell *sh, enum env_id env, const char *prompt,
		       enum whose by)
{
	if (env != active(sh))
		note_end(sh);
	put(sh, VIRTUAL_ENV, env == NO_ENV ? NULL : env_path[env]);
	put(sh, PROMPT, prompt);
	sh->by = by;
	sh->used = false;
}

static void user_home(struct shell *sh, const char *value)
{
	/* Who takes away what is not there wants nothing else by it. */
	if (!value && !get(sh, PYTHONHOME))
		return;
	put(sh, PYTHONHOME, value);
	/* One that he sets while ours is active, and takes away again, is
	 * forgotten. */
	assign(&sh->home, names[PYTHONHOME], value ? value :
	       get(sh, KEPT_HOME));
}

static void user_path_add(struct shell *sh, const char *text, bool behind)
{
	struct list list = sh->path;

	if (list.count > ROOM - 10)
		return;
	/* A tool that puts back ours alone would say that there was a PATH. */
	if (!list_users(&list).count)
		sh->saw.is = false;
	list_insert(&list, behind ? list.count : 0, text, USERS);
	put_path(sh, &list);
}

/* An entry of his own, if others stay. */
static void user_path_remove(struct shell *sh, const char *text)
{
	struct list list = sh->path;
	size_t at = list_find(&list, text, USERS, true), others = 0;

	for (size_t i = 0; i < list.count; i++)
		others += i != at && list.entries[i].whose == USERS;
	if (at == list.count || !others)
		return;
	list_remove(&list, at);
	put_path(sh, &list);
}

/* -- an activation script, as CPython writes it ------------------------- */

static void script_undo(struct shell *sh)
{
	if (sh->old.set)
		put_path(sh, &sh->old);
	sh->old = (struct list) { .count = 0 };
	sh->over = false;
	if (sh->old_home.set) {
		sh->exported[PYTHONHOME] = sh->old_home;
		sh->home = sh->old_home;
	}
	sh->old_home.set = false;
}

/*
 * Of an empty PATH, or PYTHONHOME, it keeps nothing, and so cannot give it
 * back: that is its own fault, and nobody sources one who has no PATH.
 */
static void script_source(struct shell *sh, enum env_id env)
{
	const char *home;
	char text[TEXT];
	struct list list;
	bool over = env == sh->ours;

	/* What came and went since the last answer nobody can know, and not
	 * of a script whether it is another one than that under ours. */
	if ((over && active(sh) != env) || sh->under ||
	    starts_off(sh))
		return;
	list = list_users(&sh->path);
	if (!list_text(&list, text) || !*text || sh->path.count > ROOM - 4)
		return;
	script_undo(sh);
	if (!over) {
		set_active(sh, env, "(by hand) ", THEIRS);
		sh->hidden = false;
	}
	put(sh, PROMPT, "(by hand) ");
	sh->over = over;
	sh->old = list = sh->path;
	list_insert(&list, 0, env_bin[env], over ? OURS : THEIRS);
	put_path(sh, &list);
	home = get(sh, PYTHONHOME);
	if (home && *home) {
		sh->old_home = sh->exported[PYTHONHOME];
		put(sh, PYTHONHOME, NULL);
	}
	sh->function = SCRIPTS;
}

static void script_end(struct shell *sh)
{
	script_undo(sh);
	put(sh, VIRTUAL_ENV, NULL);
	put(sh, PROMPT, NULL);
	sh->function = NONE;
}

/* -- another tool ------------------------------------------------------- */

/*
 * By name alone what is theirs cannot be told from what was ours before, or is
 * later: a tool that saw it is not asked to put it back.
 */
static bool tool_can_look(const struct shell *sh)
{
	for (size_t i = 0; i < sh->path.count; i++)
		if (sh->path.entries[i].whose == THEIRS &&
		    strcmp(sh->path.entries[i].text, env_bin[FOREIGN]))
			return false;
	return sh->settled && !sh->old.set &&
		(active(sh) >= FOREIGN || sh->by == OURS) &&
		(active(sh) == NO_ENV || active(sh) != sh->base);
}

static void tool_look(struct shell *sh)
{
	if (!tool_can_look(sh))
		return;
	sh->saw.is = true;
	sh->saw.path = sh->path;
	sh->saw.active = sh->exported[VIRTUAL_ENV];
	sh->saw.prompt = sh->exported[PROMPT];
	sh->saw.by = sh->by;
}

/* PATH is what it was then, and VIRTUAL_ENV, too, if `all`. */
static void tool_back(struct shell *sh, bool all)
{
	const char *was = sh->saw.active.set ? sh->saw.active.text +
		strlen(names[VIRTUAL_ENV]) : NULL;
	struct list list = sh->saw.path;
	bool hidden;
	size_t at;

	if (!sh->saw.is)
		return;
	/* What a script activated needs its entry, whoever put it there. */
	at = list_find(&list, env_bin[active(sh)], OURS, true);
	if (sh->by == THEIRS && sh->old.set && at < list.count)
		list.entries[at].whose = THEIRS;
	put_path(sh, &list);
	if (!all || sh->old.set || env_of(was) == active(sh))
		return;
	/* Nor can anybody know that our `deactivate` went and V came back. */
	if (sh->function == NONE && sh->ours != NO_ENV &&
	    env_of(was) == sh->ours)
		return;
	hidden = sh->saw.by == OURS && sh->hidden;
	set_active(sh, env_of(was), NULL, sh->saw.by);
	sh->hidden = hidden && active(sh) != NO_ENV;
	sh->used = active(sh) == sh->ours && sh->ours_used;
	sh->exported[PROMPT] = sh->saw.prompt;
}

/* -- another shell ------------------------------------------------------ */

/*
 * What is not exported is lost.  Of what `venv use` took in the shell around
 * nothing is known here.
 */
static void shell_anew(struct shell *sh)
{
	const char *bin = env_bin[env_of(get(sh, AUTO))];

	for (size_t i = 0; i < sh->path.count; i++)
		if (sh->path.entries[i].whose == OURS &&
		    strcmp(sh->path.entries[i].text, bin))
			sh->path.entries[i].whose = THEIRS;
	sh->asked = sh->seen = sh->settled = sh->mark = false;
	sh->function = NONE;
	sh->old = (struct list) { .count = 0 };
	if (sh->old_home.set)
		assign(&sh->home, names[PYTHONHOME], get(sh, PYTHONHOME) ?
		       get(sh, PYTHONHOME) : get(sh, KEPT_HOME));
	sh->old_home.set = false;
	sh->ours = active(sh) == env_of(get(sh, AUTO)) ? active(sh) : NO_ENV;
	sh->ours_used = sh->under = sh->over = false;
	sh->saw.is = false;
}

#endif
