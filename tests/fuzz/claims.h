/*
 * What has to be so after each answer.  It does not restate the table: the
 * ledger of shell.h says who put what where, and what is the user's, or
 * another tool's, stays, byte for byte, and what is ours is there once, or gone.
 */
#ifndef CLAIMS_H
#define CLAIMS_H

#include "answer.h"

/* -- what has to be so -------------------------------------------------- */

/* The first answer in a shell: what is there is the hook's, or is left alone. */
static void first(struct shell *sh)
{
	enum env_id env = active(sh);
	enum env_id automatic = env_of(get(sh, AUTO));
	bool ours = env == automatic ||
		(automatic == NO_ENV && env == here());
	size_t at;

	if (env == NO_ENV)
		return;
	sh->by = ours ? OURS : THEIRS;
	sh->used = false;
	if (!ours && !lives[env])
		return;
	if (!ours) {
		sh->base = env;
		sh->hidden = false;
		return;
	}
	sh->over = sh->old.set;
	if (list_find(&sh->path, env_bin[env], OURS, true) < sh->path.count)
		return;
	at = list_find(&sh->path, env_bin[env], OURS, false);
	if (at < sh->path.count)
		sh->path.entries[at].whose = OURS;
}

/* What is the user's in PATH, with what is to go of others on his word. */
static struct list expected_path(const struct shell *was, enum verb verb)
{
	struct list users = list_users(&was->path);
	enum env_id env = active(was);
	size_t at;

	if (env == NO_ENV || was->by != THEIRS || !lives[env] ||
	    (verb != VERB_OFF && verb != VERB_USE) ||
	    (verb == VERB_USE && was->base == env))
		return users;
	at = list_find(&users, env_bin[env], OURS, false);
	if (at < users.count)
		list_remove(&users, at);
	return users;
}

/* PATH is the user's, and one entry of ours if there is to be one. */
static void check_path(const struct shell *was, struct shell *sh,
		       struct list *users)
{
	const char *path = get(sh, PATH);
	const char *bin = env_bin[active(sh)];
	bool ours = sh->by == OURS && active(sh) != NO_ENV;
	char text[TEXT];
	size_t at = 0, front = 0;

	if (!ours) {
		bool set = list_text(users, text);

		sh->path = *users;
		claim(set == !!path);
		claim(!path || !strcmp(path, text));
		return;
	}
	claim(path);
	for (;; at++) {
		claim(at <= users->count);
		sh->path = *users;
		list_insert(&sh->path, at, bin, OURS);
		(void)list_text(&sh->path, text);
		if (!strcmp(text, path))
			break;
	}
	/* It leads, but for what was put in front while it was there. */
	while (strcmp(sh->path.entries[at = front].text, bin))
		front++;
	claim(!front || was->seen);
	claim(!front || (front < was->path.count &&
			 !strcmp(was->path.entries[front].text, bin)));
}

static void check_home(const struct shell *sh)
{
	const char *is = get(sh, PYTHONHOME);
	const char *wanted = sh->home.set ? sh->home.text +
		strlen(names[PYTHONHOME]) : NULL;

	if (active(sh) != NO_ENV || sh->old_home.set)
		return;
	claim(!is == !wanted);
	claim(!is || !strcmp(is, wanted));
	claim(!get(sh, KEPT_HOME));
}

/* Nothing of ours is left where nothing of ours is active. */
static void check_rest(const struct shell *sh)
{
	const char *automatic = get(sh, AUTO);

	if (active(sh) != NO_ENV && sh->by == OURS) {
		claim(sh->function != NONE);
		return;
	}
	claim(sh->function != HOOKS);
	claim(!get(sh, BEFORE) && !get(sh, BEFORE_PROMPT));
	claim(!automatic || (active(sh) == NO_ENV &&
			     env_of(automatic) == here()));
}

/* What is active, at a prompt, after what was. */
static void check_prompt(const struct shell *was, const struct shell *sh)
{
	enum env_id env = active(was), is = active(sh), meant = here();
	bool alive = env != NO_ENV && lives[env];

	if (alive && was->by == THEIRS) {
		claim(is == env);
		claim(!get(was, PROMPT) == !get(sh, PROMPT));
		claim(!get(sh, PROMPT) ||
		      !strcmp(get(was, PROMPT), get(sh, PROMPT)));
		claim(!get(sh, AUTO));
		return;
	}
	if (alive && was->used) {
		claim(is == env && !get(sh, AUTO));
		return;
	}
	if (meant != NO_ENV && !(was->ended & 1U << meant))
		claim(is == meant && env_of(get(sh, AUTO)) == meant);
	if (meant == NO_ENV && was->hidden)
		claim(is == was->base);
	if (meant == NO_ENV && !was->hidden)
		claim(is == NO_ENV);
}

static void check_verb(const struct shell *was, const struct shell *sh,
		       enum verb verb, enum env_id wanted)
{
	if (verb == VERB_USE)
		claim(active(sh) == wanted);
	if (verb == VERB_OFF)
		claim(active(sh) == (was->hidden ? was->base : NO_ENV));
	if (verb == VERB_ON && here() != NO_ENV)
		claim(active(sh) == here());
}

/* -- the ledger after an answer ----------------------------------------- */

static void note(const struct shell *was, struct shell *sh, enum verb verb,
		 enum env_id wanted)
{
	enum env_id env = active(sh);
	bool back = was->hidden && env == was->base && !get(sh, BEFORE);
	bool over = was->base != NO_ENV && active(was) == was->base &&
		lives[was->base] && was->by == THEIRS &&
		(verb == VERB_USE || verb == VERB_ON);

	if (over)
		strcpy(sh->base_prompt, get(was, PROMPT) ? get(was, PROMPT) : "");
	if (back) {
		sh->by = THEIRS;
		claim(!strcmp(get(sh, PROMPT) ? get(sh, PROMPT) : "",
			      was->base_prompt));
	} else if (env != active(was) || verb == VERB_USE || over) {
		sh->by = OURS;
	}
	if (back || over || verb == VERB_USE)
		sh->hidden = !back && (was->hidden || over);
	if (!sh->hidden && env != sh->base)
		sh->base = NO_ENV;
	if (env != active(was) || verb == VERB_USE || over || back)
		sh->used = verb == VERB_USE &&
			env_of(get(sh, AUTO)) != wanted;
	sh->ended = here() == NO_ENV || verb == VERB_USE ? 0 :
		verb == VERB_OFF ? 1U << here() : was->ended & 1U << here();
	if (env != NO_ENV && env == here())
		sh->ended = 0;
	if (env != active(was) || verb == VERB_USE || over)
		sh->under = sh->old.set;
	sh->under = sh->under && sh->old.set && sh->by == OURS;
	sh->ours = env != NO_ENV && sh->by == OURS ? env : NO_ENV;
	sh->ours_used = sh->used;
}

/* Asked again, where nothing has changed, it changes nothing. */
static void check_again(const struct shell *sh)
{
	struct shell again = *sh;
	struct told told;

	claim(question(&again, (struct facts) { .first = false }, NO_ENV,
		       &told));
	claim(!*told.call && !told.changes);
	claim(again.function == sh->function && again.mark == sh->mark);
	claim(!strcmp(again.memory, sh->memory));
}

/* Nobody can tell which environment belongs here: nothing changes. */
static void ask_nowhere(struct shell *sh)
{
	struct told told;

	claim(question(sh, (struct facts) { .fixed = true }, NO_ENV, &told));
	claim(!*told.call && !told.changes);
	sh->seen = true;
}

static void ask(enum verb verb, enum env_id wanted)
{
	struct shell *sh = &shells[depth];
	static struct shell was;
	struct facts facts = { .first = false };
	struct told told;
	struct list users;

	if (!sh->settled)
		first(sh);
	if (sh->base != NO_ENV && !lives[sh->base])
		sh->hidden = false;
	if (verb == VERB_ON && here() == NO_ENV)
		verb = VERB_HOOK;
	facts.verb = verb;
	was = *sh;
	if (!question(sh, facts, wanted, &told)) {
		claim(verb == VERB_ON && active(sh) != NO_ENV);
		claim(sh->used || (sh->by == THEIRS &&
				   active(sh) != sh->base));
		return;
	}
	if (*told.call) {
		claim(verb != VERB_HOOK || was.by != THEIRS ||
		      !lives[active(&was)]);
		claim(sh->function != HOOKS);
		if (sh->function == SCRIPTS)
			script_end(sh);
		tell_shell(sh);
		was = *sh;
		facts.called = true;
		claim(question(sh, facts, wanted, &told));
		claim(!*told.call);
	}
	/* What a script did is undone by its own function. */
	claim(!was.over || active(&was) == active(sh));
	sh->seen = sh->settled = true;
	note(&was, sh, verb, wanted);
	users = expected_path(&was, verb);
	check_path(&was, sh, &users);
	check_home(sh);
	check_rest(sh);
	if (verb == VERB_HOOK)
		check_prompt(&was, sh);
	else
		check_verb(&was, sh, verb, wanted);
	check_again(sh);
	tell_shell(sh);
}

#endif
