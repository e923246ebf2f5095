/*
 * What there is to choose from, and the question.
 */
#include "choose.h"

#include <stdlib.h>
#include <string.h>

#include "demand.h"
#include "elsewhere.h"
#include "fail.h"
#include "named.h"
#include "pick.h"
#include "recent.h"
#include "which/find.h"
#include "which/path.h"
#include "which/report.h"

/* As shells say that Ctrl-C ended a program. */
enum { EX_INTERRUPT = 130 };

static struct {
	struct item *items;
	struct stat *self;	/* of each; st_ino 0: nothing is there */
	size_t n;
} known;

static struct env env;

/* -- what there is ------------------------------------------------------ */

static void *demand_memory(void *memory)
{
	if (!memory)
		die(EX_NONE, "there is no memory left", NULL);
	return memory;
}

/* Copies of text, all of which stay until the end. */
static struct copy {
	struct copy *before;
	char text[];
} *copies;

static char *copy(const char *text)
{
	size_t size = strlen(text) + 1;
	struct copy *new = demand_memory(malloc(sizeof(*new) + size));

	memcpy(new->text, text, size);
	new->before = copies;
	copies = new;
	return new->text;
}

static bool is_known(const struct stat *self)
{
	for (size_t i = 0; i < known.n; i++)
		if (known.self[i].st_ino == self->st_ino &&
		    known.self[i].st_dev == self->st_dev)
			return true;
	return false;
}

/* The path as it is shown: safe, and short below the home directory. */
static char *place_of(const char *path)
{
	static char text[PATH_MAX];
	struct out out = OUT_STRING(text);

	*text = '\0';
	out_path(&out, path);
	return copy(text);
}

/* What is not so with most of them. */
static const char *state_of(const struct env *one)
{
	const char *state = report_state(one);

	return !strcmp(state, "inactive") || !strcmp(state, "other") ? ""
								     : state;
}

static void add(struct env *one)
{
	size_t n = known.n;
	struct item *item;

	if (one->fd >= 0 && is_known(&one->self))
		return;
	known.items = demand_memory(realloc(known.items, (n + 1) *
					    sizeof(*known.items)));
	known.self = demand_memory(realloc(known.self, (n + 1) *
					   sizeof(*known.self)));
	known.self[n] = one->self;
	named_call(one);
	item = &known.items[known.n++];
	*item = (struct item){
		.name = copy(one->name),
		.version = copy(one->version),
		.state = state_of(one),
		.place = place_of(one->path),
		.path = copy(one->path),
	};
}

/* One whose creation was killed cannot be used. */
static void add_named(void *context, struct env *one)
{
	(void)context;
	if (strcmp(one->rule, "unfinished"))
		add(one);
}

static void add_kept(void *context, struct env *one)
{
	(void)context;
	add(one);
}

static void add_path(void *context, const char *path)
{
	(void)context;
	if (find_named(&session.set, "/", path, &env) <= 0)
		return;
	add(&env);
	env_close(&env);
}

/* Is the first one the project's? */
static bool find_all(void)
{
	char container[PATH_MAX];
	bool nearest = find_nearest(&session.set, session.pwd, NULL, &env) > 0;

	if (nearest) {
		add(&env);
		env_close(&env);
	}
	recent_each(add_path, NULL);
	(void)named_each(add_named, NULL, container);
	elsewhere_each(add_kept, NULL);
	return nearest;
}

/* -- which of them ------------------------------------------------------ */

static _Noreturn void die_unmatched(const struct command *self,
				    const char *words)
{
	char text[512];
	struct out names = OUT_STRING(text);
	size_t n = known.n > 8 ? 7 : known.n;

	for (size_t i = 0; i < n; i++) {
		out_str(&names, i ? ", " : "there is ");
		out_str(&names, known.items[i].name);
	}
	if (n < known.n) {
		out_str(&names, ", and ");
		out_number(&names, known.n - n, 10);
		out_str(&names, " more in `venv list`");
	}
	die(EX_NONE, self->name, ": nothing matches \"", words, "\"",
	    ADVICE, REASON(text), NULL);
}

/* One that was not named, and is not the project's, is asked about. */
static size_t ask(const struct command *self, const char *words, bool nearest)
{
	size_t *found = demand_memory(malloc(known.n * sizeof(*found)));
	size_t only, count;
	int chosen;

	count = narrow(known.items, known.n, words, found);
	only = *found;
	free(found);
	if (!count)
		die_unmatched(self, words);
	if (count == 1 && (*words || nearest))
		return only;
	chosen = pick("environment: ", words, known.items, known.n);
	if (chosen < 0)
		exit(chosen == PICK_INTERRUPT ? EX_INTERRUPT : EX_NONE);
	return (size_t)chosen;
}

void choose(const struct command *self, const char *words, struct env *ret)
{
	size_t chosen = 0;
	bool nearest;

	if (!pick_anybody())
		die(EX_NONE, self->name, ": there is no terminal to ask at",
		    ADVICE, "say which one: venv use NAME", NULL);
	nearest = find_all();
	if (known.n)
		chosen = ask(self, words, nearest);
	demand_env(self, (nearest && !chosen) || !known.n ? NULL
		   : known.items[chosen].path, ret);
}

/* -- what is kept for a project ----------------------------------------- */

/* Nobody can be asked: these are the commands to choose from. */
static _Noreturn void die_several(const struct command *self)
{
	static char text[4 * PATH_MAX];
	struct out list = OUT_STRING(text);

	for (size_t i = 0; i < known.n && i < 8; i++) {
		out_str(&list, i ? "\nor: " : "say which: ");
		out_str(&list, "venv ");
		out_str(&list, self->name);
		out_char(&list, ' ');
		out_operand(&list, known.items[i].path);
	}
	die(EX_NONE, self->name, ": more than one is kept for this directory",
	    ADVICE, REASON(text), NULL);
}

bool choose_kept(const struct command *self, const char *dir, struct env *ret)
{
	int chosen = 0;

	elsewhere_of(dir, add_kept, NULL);
	if (known.n > 1 && !pick_anybody())
		die_several(self);
	if (known.n > 1)
		chosen = pick("environment: ", "", known.items, known.n);
	if (chosen < 0)
		exit(chosen == PICK_INTERRUPT ? EX_INTERRUPT : EX_NONE);
	if (!known.n)
		return false;
	demand_found(self, known.items[chosen].path, ret);
	return true;
}
