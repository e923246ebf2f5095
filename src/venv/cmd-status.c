/*
 * venv status: which environment belongs here, by which rule, whether it is
 * active and by whom, and what will end that.
 */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include "active.h"
#include "demand.h"
#include "fit.h"
#include "options.h"
#include "unlooked.h"
#include "which/report.h"
#include "which/worktree.h"
#include "which/trust.h"

static void row(const char *label, const char *text)
{
	static const char blanks[] = "             ";

	if (!text || !*text)
		return;
	out_str(&session.out, label);
	out_str(&session.out, blanks + strlen(label));
	out_reason(&session.out, blanks, text);
	out_char(&session.out, '\n');
}

static void row_path(const char *label, const char *path)
{
	static char text[PATH_MAX];
	struct out line = OUT_STRING(text);

	*text = '\0';
	out_path(&line, path);
	row(label, text);
}

static void row_found(const struct env *env)
{
	static char text[2 * PATH_MAX];
	struct out line = OUT_STRING(text);
	char project[PATH_MAX];

	switch (env->found) {
	case FOUND_INSIDE:
		out_str(&line, "this directory is inside of it");
		break;
	case FOUND_REDIRECT:
		out_str(&line, "by the redirect ");
		out_path(&line, env->redirect);
		break;
	case FOUND_KEPT:
		env_project(env, project);
		out_str(&line, "kept by ");
		out_str(&line, env->tool);
		out_str(&line, " for ");
		out_path(&line, project);
		break;
	default:
		env_project(env, project);
		out_str(&line, "in ");
		out_path(&line, project);
	}
	if (worktree_find(env, session.pwd, project))
		out_str(&line, ", the checkout around this git work tree");
	row("found", text);
}

static const char *why_usable(const char *rule)
{
	if (!strcmp(rule, "allowed"))
		return "you allowed it";
	if (!strcmp(rule, "created"))
		return "made by venv create";
	return !strcmp(rule, "under")
		? "it is yours, below a directory of the setting `under`"
		: "you made it here, and nobody else may write to it";
}

/* Where all is well nobody asks by which file. */
static void row_file(const struct env *env)
{
	static char text[2 * PATH_MAX];
	struct out line = OUT_STRING(text);
	const struct passwd *owner;

	if (env->verdict == VERDICT_USE || !*env->file)
		return;
	out_path(&line, env->file);
	out_str(&line, " (owner ");
	owner = getpwuid(env->file_owner);
	if (owner)
		out_str(&line, owner->pw_name);
	else
		out_number(&line, env->file_owner, 10);
	out_str(&line, ", mode ");
	out_number(&line, env->file_mode, 8);
	out_str(&line, ")");
	row("decided by", text);
}

static void row_verdict(const struct env *env)
{
	static char text[3 * PATH_MAX];
	struct out line = OUT_STRING(text);

	out_str(&line, env->verdict == VERDICT_USE ? "yes: " :
		env->verdict == VERDICT_BROKEN ? "no, it is broken: " :
		"no, it is blocked: ");
	out_str(&line, env->verdict == VERDICT_USE ? why_usable(env->rule) :
		env->why);
	if (env->verdict != VERDICT_USE) {
		out_str(&line, " (rule ");
		out_str(&line, env->rule);
		out_str(&line, ")");
	}
	row("usable", text);
}

/* What the state word means for the one who reads it. */
static const char *state_meaning(const char *state)
{
	static const struct {
		const char *state, *meaning;
	} meanings[] = {
		{ "active", "active" },
		{ "other", "not active: another one is" },
		{ "off", "turned off by hand; `venv on` or leaving the"
			" project ends that" },
		{ "inactive", "not active: this shell has no hook, or has not"
			" asked yet" },
	};

	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
		if (!strcmp(state, meanings[i].state))
			return meanings[i].meaning;
	return state;
}

/* False: all is well, and nothing is said. */
static bool row_misfit(const struct env *env)
{
	static char text[1024], demand[512];
	struct out line = OUT_STRING(text), why = OUT_STRING(demand);

	if (fit_check(env, &why))
		return false;
	fit_say(&line, env, demand);
	row("misfit", text);
	return true;
}

static void print_env(const struct env *env)
{
	bool misfit;

	static char version[VERSION_SIZE * 2 + 4];
	struct out line = OUT_STRING(version);

	if (!env) {
		static char none[2 * PATH_MAX];
		struct out text = OUT_STRING(none);

		report_none(&text, &session.set, session.pwd);
		row("environment", none);
		*none = '\0';
		text = (struct out)OUT_STRING(none);
		if (!unlooked_advise(&text))
			out_str(&text, "to make one: venv create");
		row("next", none);
		return;
	}
	row_path("environment", env->path);
	row("name", env->name);
	out_str(&line, env->implementation);
	out_str(&line, *env->version ? " " : "");
	out_str(&line, env->version);
	row("python", version);
	row_found(env);
	row_verdict(env);
	row_file(env);
	row("note", env->note);
	misfit = row_misfit(env);
	row("next", misfit && !*env->next ? "to make it with a Python that is:"
	    " venv recreate" : env->next);
	row("state", state_meaning(report_state(env)));
}

static void print_active(void)
{
	const char *by = active_by();
	static char text[64];
	struct out line = OUT_STRING(text);

	if (!by)
		return;
	row_path("active", getenv("VIRTUAL_ENV"));
	out_str(&line, strcmp(by, "hand") ? "by " : "by hand or another tool");
	if (!strcmp(by, "hook"))
		out_str(&line, "the ");
	if (!strcmp(by, "use"))
		out_str(&line, "venv ");
	out_str(&line, strcmp(by, "hand") ? by : "");
	row("activated", text);
	row("until", active_until());
}

static void json_or_null(struct out *out, const char *value)
{
	if (value)
		out_json(out, value);
	else
		out_str(out, "null");
}

static void print_json(const struct env *env)
{
	struct out *out = &session.out;

	out_str(out, "{ \"environment\": ");
	report_json(out, env);
	out_str(out, ", \"active\": ");
	json_or_null(out, active_by() ? getenv("VIRTUAL_ENV") : NULL);
	out_str(out, ", \"activated_by\": ");
	json_or_null(out, active_by());
	out_str(out, ", \"until\": ");
	json_or_null(out, active_until());
	fit_json(out, env);
	out_str(out, " }\n");
}

int cmd_status(const struct command *self, char **argv)
{
	static struct env env;
	bool json = false;
	const struct option table[] = {
		{ 0, "json", NULL, "as a JSON object", .flag = &json },
		{ 0 },
	};
	const struct env *nearest;

	(void)options_at_most(self, options_parse(self, table, 0, argv), 0);
	nearest = demand_nearest(self, &env) ? &env : NULL;
	if (nearest)
		trust_note(&env);
	if (json) {
		print_json(nearest);
	} else {
		print_env(nearest);
		print_active();
	}
	return report_exit(nearest);
}
