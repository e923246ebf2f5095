/*
 * How the shell of shell.h asks the real code, hook.c and what is below it, and
 * does as told.  What is found is told with the whole story.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include <unistd.h>

#include "which/compat.h"

/* There are no files: what lives is the model's business. */
static int model_access(const char *path, int mode);
#define access model_access
#define physical_path(fd, path, ret) ((void)(fd), (void)(ret), false)
#include "which/hook.c"
#undef access

#include "shell.h"

extern char **environ;

static bool lives[ENVS], usable[ENVS];

/* Where one is: in a project, below it, in the other one, in none. */
enum place { IN_APP, BELOW_APP, IN_LIB, PLAIN, PLACES };
static const char *const place_name[] = {
	"app", "app/sub", "lib", "plain"
};
static enum place place;

static struct shell shells[4];
static size_t depth;

static int model_access(const char *path, int mode)
{
	(void)mode;
	for (enum env_id env = APP; env < ENVS; env++) {
		size_t len = strlen(env_path[env]);

		if (!strncmp(path, env_path[env], len) && path[len] == '/')
			return lives[env] ? 0 : -1;
	}
	return -1;
}

static enum env_id here(void)
{
	enum env_id env = place == PLAIN ? NO_ENV :
		place == IN_LIB ? LIB : APP;

	return env != NO_ENV && lives[env] && usable[env] ? env : NO_ENV;
}

/* -- what is told of a finding ------------------------------------------ */

static bool telling;
static const uint8_t *input;
static size_t input_size;

static void tell_shell(const struct shell *sh)
{
	static const char *const whose[] = { "", "(theirs)", "(ours)" };
	static const char *const functions[] = { "none", "the hook's",
						 "a script's", "the user's" };

	if (!telling)
		return;
	for (enum name name = VIRTUAL_ENV; name < PATH; name++)
		if (get(sh, name))
			fprintf(stderr, "\t%s", sh->exported[name].text);
	fprintf(stderr, "\n\tPATH=");
	for (size_t i = 0; i < sh->path.count; i++)
		fprintf(stderr, "%s%s%s", i ? ":" : "",
			sh->path.entries[i].text, whose[sh->path.entries[i].whose]);
	fprintf(stderr, "\n\tin fact %s\n", get(sh, PATH) ?
		sh->exported[PATH].text : "PATH is not set");
	if (sh->old.set)
		fprintf(stderr, "\t_OLD_VIRTUAL_PATH of %zu entries\n",
			sh->old.count);
	fprintf(stderr, "\tdeactivate: %s%s; memory: %s\n",
		functions[sh->function], sh->mark ? ", marked" : "",
		sh->asked ? sh->memory : "never asked");
	fprintf(stderr, "\tledger: %s%s%s%s\n", active(sh) == NO_ENV ? "-" :
		sh->by == OURS ? "ours" : "theirs", sh->used ? " used" : "",
		sh->base != NO_ENV ? " base" : "",
		sh->hidden ? " hidden" : "");
}

static void say(const char *what, unsigned arg)
{
	if (telling)
		fprintf(stderr, "%zu> %s (%u: %s; of an environment: %s)\n",
			depth, what, arg, place_name[arg % PLACES],
			env_path[arg % ENVS]);
}

static _Noreturn void finding(const char *file, int line, const char *what)
{
	if (!telling) {
		telling = true;
		(void)LLVMFuzzerTestOneInput(input, input_size);
	}
	tell_shell(&shells[depth]);
	fprintf(stderr, "input: ");
	for (size_t i = 0; i < input_size; i++)
		fprintf(stderr, "%02x", input[i]);
	fprintf(stderr, "\n");
	fuzz_broken(file, line, what);
}

#define claim(what) \
	((what) ? (void)0 : finding(__FILE__, __LINE__, #what))

/* -- the answer, as a shell takes it ------------------------------------ */

struct told {
	char call[16];
	bool end, changes;
};

static void take_set(struct shell *sh, char *value, bool is)
{
	char *is_what = is ? strchr(value, ' ') : NULL;

	if (is_what)
		*is_what++ = '\0';
	for (enum name name = VIRTUAL_ENV; name < NAMES; name++) {
		size_t len = strlen(names[name]) - 1;

		if (strlen(value) == len && !memcmp(value, names[name], len))
			put(sh, name, is_what);
	}
}

static void take_own(struct shell *sh, const char *whose)
{
	bool ours = !strcmp(whose, "ours");

	if (ours)
		sh->function = HOOKS;
	else if (!strcmp(whose, "none") && sh->mark)
		sh->function = NONE;
	sh->mark = ours;
}

static void take_line(struct shell *sh, char *line, struct told *told)
{
	char *value = strchr(line, ' ');

	if (value)
		*value++ = '\0';
	told->end = false;
	if (!value)
		return;
	if (!strcmp(line, "set") || !strcmp(line, "unset")) {
		take_set(sh, value, *line == 's');
		told->changes = true;
	} else if (!strcmp(line, "deactivate")) {
		take_own(sh, value);
	} else if (!strcmp(line, "memory")) {
		must(strlen(value) < sizeof(sh->memory));
		strcpy(sh->memory, value);
		sh->asked = true;
	} else if (!strcmp(line, "call")) {
		strcpy(told->call, value);
	} else if (!strcmp(line, "did")) {
		told->changes = true;
	}
	told->end = !strcmp(line, "end") && !strcmp(value, "2");
}

/* One question and its answer.  False: it is refused. */
static bool question(struct shell *sh, struct facts facts, enum env_id wanted,
		     struct told *told)
{
	static struct env envs[ENVS];
	static struct settings settings = { .quiet = true };
	static char text[8192];
	struct out out = OUT_STRING(text);
	struct watch watch = WATCH_INIT;
	char memory[sizeof(sh->memory)], *exported[NAMES + 1], **kept = environ;
	struct question asked = { facts, NULL };
	size_t count = 0;
	bool is;

	for (enum env_id env = APP; env < ENVS; env++) {
		envs[env].verdict = VERDICT_USE;
		envs[env].redirect = "";
		strcpy(envs[env].path, env_path[env]);
		strcpy(envs[env].name, env_path[env] + 1);
		strcpy(envs[env].version, env == LIB ? "" : "3.12.1");
	}
	asked.facts.fresh = !sh->seen;
	asked.facts.script = sh->old.set;
	asked.facts.function = !sh->mark && sh->function != NONE;
	if (sh->asked)
		asked.memory = strcpy(memory, sh->memory);
	for (enum name name = VIRTUAL_ENV; name < NAMES; name++)
		if (sh->exported[name].set)
			exported[count++] = sh->exported[name].text;
	exported[count] = NULL;
	environ = exported;
	is = hook_answer(&out, &asked, &settings,
			 here() == NO_ENV ? NULL : &envs[here()],
			 wanted == NO_ENV ? NULL : &envs[wanted], &watch);
	environ = kept;
	must(out.len + 1 < out.cap);
	memset(told, 0, sizeof(*told));
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		take_line(sh, line, told);
	must(told->end == is);
	return is;
}

#endif
