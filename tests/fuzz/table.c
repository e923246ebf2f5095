/*
 * Fuzz target: whose the active environment is (src/which/table.h), as a model
 * that plays what can happen to a shell.  The first two bytes of the input are
 * how it starts; then each two are an event.  The real code answers, and the
 * shell does as told (answer.h).  What has to be so is in claims.h.
 *
 * What the variables of a shell cannot tell is not played: see the comment on
 * top of table.c in src/which, and where an event does nothing.
 */
#include "claims.h"

/* -- events ------------------------------------------------------------- */

static void cd(struct shell *sh, unsigned arg)
{
	(void)sh;
	place = arg % PLACES;
	ask(VERB_HOOK, NO_ENV);
}

/* As `cd -q` in zsh, or a program that changes it: the next prompt sees it. */
static void cd_quietly(struct shell *sh, unsigned arg)
{
	(void)sh;
	place = arg % PLACES;
}

/* A directory that is gone. */
static void cd_nowhere(struct shell *sh, unsigned arg)
{
	(void)arg;
	ask_nowhere(sh);
}

static void prompt(struct shell *sh, unsigned arg)
{
	(void)sh, (void)arg;
	ask(VERB_HOOK, NO_ENV);
}

static void use(struct shell *sh, unsigned arg)
{
	enum env_id env = arg % FOREIGN;

	(void)sh;
	if (lives[env] && usable[env])
		ask(VERB_USE, env);
}

static void off(struct shell *sh, unsigned arg)
{
	(void)sh, (void)arg;
	ask(VERB_OFF, NO_ENV);
}

static void on(struct shell *sh, unsigned arg)
{
	(void)sh, (void)arg;
	ask(VERB_ON, NO_ENV);
}

static void deactivate(struct shell *sh, unsigned arg)
{
	if (sh->function == HOOKS) {
		off(sh, arg);
	} else if (sh->function == SCRIPTS && can_end(sh)) {
		note_end(sh);
		script_end(sh);
	}
}

/* A login shell makes PATH anew. */
static void begin_shell(struct shell *sh, bool login)
{
	struct list list = { .count = 0 };

	shell_anew(sh);
	if (!login)
		return;
	list_insert(&list, 0, "/usr/bin", USERS);
	list_insert(&list, 1, "/bin", USERS);
	put_path(sh, &list);
}

/* One is started from a prompt; what comes next is in its startup files. */
static void start_shell(struct shell *sh, unsigned arg)
{
	ask(VERB_HOOK, NO_ENV);
	if (depth + 1 == sizeof(shells) / sizeof(*shells))
		return;
	shells[++depth] = *sh;
	begin_shell(&shells[depth], arg & 1);
}

static void exec_shell(struct shell *sh, unsigned arg)
{
	ask(VERB_HOOK, NO_ENV);
	begin_shell(sh, arg & 1);
}

static void exit_shell(struct shell *sh, unsigned arg)
{
	(void)sh, (void)arg;
	depth -= !!depth;
}

static void allow_or_deny(struct shell *sh, unsigned arg)
{
	(void)sh;
	usable[arg % ENVS] = !usable[arg % ENVS];
	ask(VERB_HOOK, NO_ENV);
}

static void remove_or_create(struct shell *sh, unsigned arg)
{
	(void)sh;
	/* Of what its script has left there nobody would know. */
	for (size_t i = 0; i <= depth; i++)
		if (shells[i].hidden && shells[i].old.set)
			return;
	lives[arg % ENVS] = !lives[arg % ENVS];
	ask(VERB_HOOK, NO_ENV);
}

static void source(struct shell *sh, unsigned arg)
{
	if (lives[arg % ENVS])
		script_source(sh, arg % ENVS);
}

static void see(struct shell *sh, unsigned arg)
{
	(void)arg;
	tool_look(sh);
}

static void back_path(struct shell *sh, unsigned arg)
{
	(void)arg;
	tool_back(sh, false);
}

static void back_all(struct shell *sh, unsigned arg)
{
	(void)arg;
	tool_back(sh, true);
}

static const char *const entries[] = { "/mine", "/x", "", "/usr/bin" };

static void path_add(struct shell *sh, unsigned arg)
{
	user_path_add(sh, entries[arg % 4], arg & 4);
}

static void path_remove(struct shell *sh, unsigned arg)
{
	user_path_remove(sh, entries[arg % 4]);
}

/* It is not set, or empty. */
static void path_anew(struct shell *sh, unsigned arg)
{
	struct list list = { .count = 0 };
	bool own = false;

	/* A script, or a tool, would put back more than anybody has counted. */
	if (sh->old.set)
		return;
	sh->saw.is = false;
	if (arg & 1)
		list_insert(&list, 0, "", USERS);
	for (enum env_id env = APP; env < ENVS; env++)
		own |= list_find(&sh->path, env_bin[env], OURS, false) <
			sh->path.count;
	put_path(sh, &list);
	/* That the user has lost an entry of his own is known at once, or it
	 * is taken for one of ours that is lost. */
	if (own)
		ask(VERB_HOOK, NO_ENV);
}

static void foreign(struct shell *sh, unsigned arg)
{
	struct list list = sh->path;

	/* Who does that under a script leaves its entry to nobody. */
	if (sh->old.set || list.count > ROOM - 4 || starts_off(sh) ||
	    !lives[FOREIGN])
		return;
	set_active(sh, FOREIGN, "theirs", THEIRS);
	/* One that makes a PATH where there was none is not ended as it was. */
	if (arg & 1 && list_users(&list).count)
		list_insert(&list, 0, env_bin[FOREIGN], THEIRS);
	put_path(sh, &list);
}

static void foreign_end(struct shell *sh, unsigned arg)
{
	struct list list = sh->path;
	size_t at = list_find(&list, env_bin[FOREIGN], THEIRS, true);

	(void)arg;
	if (sh->old.set || active(sh) != FOREIGN || !can_end(sh))
		return;
	set_active(sh, NO_ENV, NULL, USERS);
	if (at < list.count)
		list_remove(&list, at);
	put_path(sh, &list);
}

static void unset_active(struct shell *sh, unsigned arg)
{
	(void)arg;
	if (!sh->old.set && can_end(sh))
		set_active(sh, NO_ENV, get(sh, PROMPT), USERS);
}

static void python_home(struct shell *sh, unsigned arg)
{
	static const char *const homes[] = { "/python", "", "/other", NULL };

	user_home(sh, homes[arg % 4]);
}

static void startup_again(struct shell *sh, unsigned arg)
{
	sh->seen = false;
	if (arg & 1)
		user_path_add(sh, "/mine", false);
}

/* What is frequent is there more than once.  The corpus goes by the order. */
static const struct event {
	const char *what;
	void (*happens)(struct shell *sh, unsigned arg);
} events[] = {
	{ "cd", cd }, { "cd", cd }, { "cd", cd },
	{ "cd, quietly", cd_quietly },
	{ "a prompt", prompt }, { "a prompt", prompt },
	{ "venv use", use }, { "venv off", off }, { "venv on", on },
	{ "deactivate", deactivate },
	{ "a shell is started", start_shell }, { "exec", exec_shell },
	{ "exit", exit_shell },
	{ "allow or deny", allow_or_deny },
	{ "remove or create", remove_or_create },
	{ "source", source },
	{ "another tool looks", see },
	{ "it puts back PATH", back_path },
	{ "it puts back all", back_all },
	{ "PATH and one more", path_add },
	{ "PATH and one less", path_remove },
	{ "PATH made anew", path_anew },
	{ "another tool activates", foreign },
	{ "another tool ends", foreign_end },
	{ "unset VIRTUAL_ENV", unset_active },
	{ "PYTHONHOME", python_home },
	{ "the startup file again", startup_again },
	{ "cd to where nobody can tell", cd_nowhere },
};

static void play(const struct event *event, unsigned arg)
{
	struct shell *sh = &shells[depth];
	bool hidden = sh->hidden;

	say(event->what, arg);
	event->happens(sh, arg);
	/* Undone on the same line, it would be as if it had not been. */
	if (hidden && !shells[depth].hidden)
		ask(VERB_HOOK, NO_ENV);
}

/* -- all ---------------------------------------------------------------- */

static void start(unsigned how, unsigned with)
{
	struct shell *sh = &shells[depth = 0];
	struct list list = { .count = 0 };
	enum env_id env = with % 8;

	memset(sh, 0, sizeof(*sh));
	sh->ours = sh->base = NO_ENV;
	place = PLAIN;
	for (enum env_id any = APP; any < ENVS; any++)
		lives[any] = usable[any] = true;
	/* PATH is not set, empty, or has entries; one is a project's. */
	if (how % 8) {
		list_insert(&list, 0, "/usr/bin", USERS);
		list_insert(&list, 1, "/bin", USERS);
	} else if (how & 8) {
		list_insert(&list, 0, "", USERS);
	}
	if (how % 8 > 4)
		list_insert(&list, how & 8 ? list.count : 0,
			    env_bin[how & 16 ? LIB : APP], USERS);
	if (env < ENVS && list.set) {
		put(sh, VIRTUAL_ENV, env_path[env]);
		put(sh, PROMPT, with & 8 ? "(seeded) " : NULL);
		list_insert(&list, 0, env_bin[env], THEIRS);
		sh->by = THEIRS;
	}
	put_path(sh, &list);
	if (with & 16)
		user_home(sh, with & 32 ? "/python" : "");
	if (with & 64)
		sh->function = OWN;
	say("a shell is there", 0);
	tell_shell(sh);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct event leave = { "cd", cd }, end = { "off", off };

	input = data;
	input_size = size;
	if (size < 2)
		return 0;
	start(data[0], data[1]);
	for (size_t i = 2; i + 1 < size; i += 2)
		play(&events[data[i] % (sizeof(events) / sizeof(*events))],
		     data[i + 1]);
	/* In the end one leaves, and everything is the user's again. */
	play(&leave, PLAIN);
	play(&end, 0);
	return 0;
}
