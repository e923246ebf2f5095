/*
 * From the environment of a shell to the lines that change it.
 */
#include "hook.h"

#include <stddef.h>
#include <string.h>

#include "path.h"
#include "shown.h"
#include "var.h"

/* -- the question ------------------------------------------------------- */

bool hook_hear(struct question *ret, char *word)
{
	static const struct {
		char word[9];
		unsigned char at;
	} table[] = {
		{ "fresh", offsetof(struct facts, fresh) },
		{ "plain", offsetof(struct facts, plain) },
		{ "script", offsetof(struct facts, script) },
		{ "function", offsetof(struct facts, function) },
		{ "called", offsetof(struct facts, called) },
		{ "fixed", offsetof(struct facts, fixed) },
		{ "apart", offsetof(struct facts, apart) },
	};

	if (!strncmp(word, "memory=", 7)) {
		ret->memory = word[7] ? word + 7 : NULL;
		return true;
	}
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		if (!strcmp(word, table[i].word)) {
			*(bool *)((char *)&ret->facts + table[i].at) = true;
			return true;
		}
	}
	return false;
}

/* An environment that no line could tell is none. */
static struct meant meant_by(const struct env *env)
{
	if (!env || env->verdict != VERDICT_USE || strchr(env->path, '\n'))
		return (struct meant) { NULL, NULL, NULL };
	return (struct meant) { env->path, env->name, env->version };
}

static bool has(const char *path, const char *name)
{
	char file[PATH_MAX];

	return !path_join(file, path, name) && !access(file, F_OK);
}

/* virtualenv before 20 wrote no pyvenv.cfg. */
static bool is_environment(const char *path)
{
	return has(path, "pyvenv.cfg") || has(path, "bin/python");
}

static bool is_private(const char *path)
{
	return has(path, "pyvenv.cfg") || has(path, "bin/activate");
}

static void look(struct facts *facts, const struct vars *vars,
		 const struct meant *here)
{
	const char *active = vars->active;
	bool is_here = active && here->path && !strcmp(active, here->path);

	facts->lives = is_here ||
		(active && *active && is_environment(active));
	/* Only what ends somebody else's has to know. */
	facts->private = is_here || (facts->lives &&
		facts->verb != VERB_HOOK && is_private(active));
	facts->before_lives = vars->before && is_environment(vars->before);
}

/* As they are; PATH is where the environment has it, to be read only. */
static void read_vars(struct vars *vars)
{
	static char none[1];
	char *path = var_get("PATH");

	vars->active = var_get("VIRTUAL_ENV");
	vars->prompt = var_get("VIRTUAL_ENV_PROMPT");
	vars->automatic = var_get("VENV_WHICH_AUTO");
	vars->home = var_get("PYTHONHOME");
	vars->kept_home = var_get("_VENV_PYTHONHOME");
	vars->before = var_get("_VENV_BEFORE");
	vars->before_prompt = var_get("_VENV_BEFORE_PROMPT");
	vars->path = (struct entries) { path ? path : none, 0, path,
				       false };
}

/* -- what is to be set -------------------------------------------------- */

struct change {
	const char *name, *was, *is;
};

enum { CHANGES = 8 };

static void compare(struct change *ret, const struct vars *was,
		    const struct vars *is)
{
	const struct change changes[CHANGES] = {
		{ "VIRTUAL_ENV", was->active, is->active },
		{ "VIRTUAL_ENV_PROMPT", was->prompt, is->prompt },
		{ "VENV_WHICH_AUTO", was->automatic, is->automatic },
		{ "PYTHONHOME", was->home, is->home },
		{ "_VENV_PYTHONHOME", was->kept_home, is->kept_home },
		{ "_VENV_BEFORE", was->before, is->before },
		{ "_VENV_BEFORE_PROMPT", was->before_prompt,
		  is->before_prompt },
		{ "PATH", was->path.set ? was->path.text : NULL,
		  is->path.set ? is->path.text : NULL },
	};

	memcpy(ret, changes, sizeof(changes));
}

static bool differs(const struct change *change)
{
	if (!change->was || !change->is)
		return change->was != change->is;
	return strcmp(change->was, change->is);
}

/* Can all of it be told, a line each? */
static bool can_tell(const struct change *changes, const struct vars *is)
{
	for (size_t i = 0; i < CHANGES; i++)
		if (differs(&changes[i]) && changes[i].is &&
		    strchr(changes[i].is, '\n'))
			return false;
	return !is->path.full;
}

static void tell_changes(struct out *out, const struct change *changes,
			 bool apart)
{
	for (const struct change *change = changes;
	     change < changes + CHANGES; change++) {
		if (!differs(change))
			continue;
		if (!change->is) {
			out_line(out, "unset", change->name);
			continue;
		}
		out_str(out, "set ");
		out_str(out, change->name);
		out_line(out, apart ? "\nto" : "", change->is);
	}
}

/* -- when to ask again -------------------------------------------------- */

/* A line; or none, where a newline in the value would make it two. */
static void path_line(struct watch *watch, struct out *out, const char *word,
		      const char *path, const char *rest)
{
	if (strchr(path, '\n')) {
		watch->always = true;
		return;
	}
	out_str(out, word);
	out_char(out, ' ');
	out_str(out, path);
	out_str(out, rest);
	out_char(out, '\n');
}

void hook_watch(void *context, enum seen seen, const char *path,
		const char *near)
{
	struct watch *watch = context;
	size_t room = watch->lines.cap - watch->lines.len;

	(void)path;
	if (seen != SEEN_ABSENT && seen != SEEN_NO_CFG)
		return;
	/*
	 * That a directory above should itself become an environment is so
	 * rare that it need not be looked for at every prompt.
	 */
	if (!strcmp(path_base(near), "pyvenv.cfg") && watch->lines.len)
		return;
	if (strlen(near) + 32 > room)
		watch->always = true;
	else
		path_line(watch, &watch->lines, "watch", near,
			  seen == SEEN_NO_CFG ? "/pyvenv.cfg" : "");
}

/*
 * Where a symbolic link is on the way to what is active, it may come to lead
 * elsewhere: then this is another directory, which nobody judged.
 */
static RARE void tell_same(struct out *out, struct watch *watch,
		      const struct env *here, const struct vars *vars)
{
	char physical[PATH_MAX];

	if (vars->active && !strcmp(vars->active, here->path) &&
	    physical_path(here->fd, here->path, physical) &&
	    strcmp(physical, here->path))
		path_line(watch, out, "same", physical, "");
}

static void tell_watch(struct out *out, struct watch *watch,
		       const struct env *here, const struct vars *vars)
{
	/* A repair of what may not be used now is to be seen at once. */
	bool trouble = here && here->verdict != VERDICT_USE;

	if (here && !trouble) {
		path_line(watch, out, "keep", here->path, "/pyvenv.cfg");
		path_line(watch, out, "keep", here->path, "/bin/python");
		if (*here->redirect)
			path_line(watch, out, "keep", here->redirect, "");
		if (!here->plain)
			tell_same(out, watch, here, vars);
	}
	if (trouble || watch->always)
		out_str(out, "watch /\n");
	else
		out_str(out, watch->lines.len ? watch->lines.buf : "");
}

/* -- the answer --------------------------------------------------------- */

/* Of what is remembered no more is compared with what it was. */
#define MEMORY_KEPT (4 * 1024)
_Static_assert(HOOK_REST > 2 * (SHOWN_MAX + MEMORY_KEPT), "a room for all");

RARE char *hook_room(void)
{
	static char room[HOOK_WATCH + HOOK_REST + PAGE_ROOM];

	return page_in(room);
}

/* The next piece of that room, in front of which `used` bytes are taken. */
static struct out piece(size_t used, size_t cap)
{
	return (struct out) { .fd = -1, .buf = hook_room() + used, .cap = cap };
}

/*
 * What the shell remembers, behind the `used` bytes that are taken; and how
 * many are taken then.  A copy is taken apart, for the text is compared with
 * what it becomes.
 */
static size_t recall(struct memory *ret, char *text, size_t used)
{
	size_t len = text ? strlen(text) : 0;

	if (!text)
		return used;
	if (len < MEMORY_KEPT)
		text = memcpy(hook_room() + used, text, len + 1);
	memory_read(ret, text);
	return used + (len < MEMORY_KEPT ? len + 1 : 0);
}

/* Nothing where it is as it was. */
static void tell_memory(struct out *out, const struct memory *memory,
			const char *had, size_t used)
{
	struct out now = piece(used, MEMORY_KEPT);

	/* A number first, so that the line is never empty. */
	out_str(&now, "2");
	memory_write(&now, memory);
	if (now.len + 1 == now.cap) {
		out_str(out, "memory 2");
		memory_write(out, memory);
		out_char(out, '\n');
	} else if (!had || strcmp(now.buf, had)) {
		out_line(out, "memory", now.buf);
	}
}

/* A function of the shell's first; then the same is asked again. */
static void tell_call(struct out *out, const struct turn *turn)
{
	out_str(out, "call deactivate\n");
	if (turn->facts.verb == VERB_OFF)
		out_str(out, "ask off\n");
	if (turn->facts.verb != VERB_USE)
		return;
	out_str(out, "ask use\n");
	out_line(out, "ask", turn->wanted.path);
}

/* PATH as it should be; a variable takes no more on Linux. */
static char path_now[128 * 1024 + PATH_MAX];

/* How many bytes of the room are taken then. */
static size_t begin(struct turn *turn, struct vars *was,
		    const struct question *question, size_t used)
{
	struct vars *vars = &turn->vars;

	turn->facts = question->facts;
	used = recall(&turn->memory, question->memory, used);
	turn->facts.first = !question->memory || turn->memory.first;
	read_vars(was);
	*vars = *was;
	vars->path = (struct entries) { path_now, sizeof(path_now), false,
					false };
	entries_load(&vars->path, was->path.set ? was->path.text : NULL);
	look(&turn->facts, vars, &turn->here);
	return used;
}

/*
 * Does the shell need all that is shown once more?  Who has changed what is
 * active may have taken our function, too, and put back only the variables.
 */
static bool is_anew(const struct turn *turn, const struct vars *was,
		    const struct memory *before)
{
	const char *active = was->active && *was->active ? was->active : NULL;

	return turn->facts.fresh || !active != !before->last ||
		(active && strcmp(active, before->last));
}

/* All stays as it was. */
static void give_up(struct turn *turn, const struct vars *was,
		    const struct memory *before)
{
	turn->vars = *was;
	turn->memory = *before;
	turn->memory.first = turn->facts.first;
	turn->left = turn->entered = NULL;
	turn->shown = false;
}

bool hook_answer(struct out *out, struct question *question,
		 const struct settings *set, const struct env *here,
		 const struct env *wanted, struct watch *watch)
{
	struct turn turn;
	size_t used = watch->lines.len + 1;
	struct change changes[CHANGES];
	struct memory before;
	struct out shown;
	struct vars was;
	bool told;

	memset(&turn, 0, sizeof(turn));
	turn.here = meant_by(here);
	turn.wanted = meant_by(wanted);
	used = begin(&turn, &was, question, used);
	before = turn.memory;
	table_decide(&turn);
	if (turn.refused)
		return false;
	if (turn.call) {
		tell_call(out, &turn);
		tell_memory(out, &turn.memory, question->memory, used);
		out_str(out, HOOK_END);
		return true;
	}
	compare(changes, &was, &turn.vars);
	told = can_tell(changes, &turn.vars);
	if (told)
		tell_changes(out, changes, turn.facts.apart);
	else
		give_up(&turn, &was, &before);
	shown = piece(used, SHOWN_MAX);
	shown_state(out, &shown, &turn, here, is_anew(&turn, &was, &before));
	shown_did(out, &turn);
	used += shown.len + 1;
	shown = piece(used, SHOWN_MAX);
	shown_said(out, &shown, &turn, set->quiet, told, here);
	tell_memory(out, &turn.memory, question->memory, used);
	tell_watch(out, watch, here, &turn.vars);
	out_str(out, HOOK_END);
	return true;
}

void hook_unknown(struct out *out, struct question *question,
		  const struct settings *set)
{
	const char *active = var_get("VIRTUAL_ENV");
	struct watch watch = { .always = true };

	/* But it may have gone together with the directory. */
	if (!active || !*active || is_environment(active))
		question->facts.fixed = true;
	(void)hook_answer(out, question, set, NULL, NULL, &watch);
}
