/*
 * The forms of the answer.
 */
#include "report.h"

#include <string.h>

#include "exits.h"
#include "path.h"
#include "var.h"

const char *verdict_word(enum verdict verdict)
{
	static const char *const words[] = {
		[VERDICT_NONE] = "none", [VERDICT_USE] = "use",
		[VERDICT_BLOCKED] = "blocked", [VERDICT_BROKEN] = "broken",
	};

	return words[verdict];
}

const char *found_word(enum found found)
{
	static const char *const words[] = {
		[FOUND_NAME] = "name", [FOUND_INSIDE] = "inside",
		[FOUND_REDIRECT] = "redirect", [FOUND_ACTIVE] = "active",
		[FOUND_NAMED] = "named", [FOUND_KEPT] = "kept",
	};

	return words[found];
}

const char *report_state_in(const struct env *env, const char *active,
			    const char *automatic)
{
	if (!env || env->verdict != VERDICT_USE)
		return verdict_word(env ? env->verdict : VERDICT_NONE);
	if (active && *active)
		return path_equal(active, env->path) ? "active" : "other";
	return automatic && !strcmp(automatic, env->path) ? "off" : "inactive";
}

const char *report_state(const struct env *env)
{
	return report_state_in(env, var_get("VIRTUAL_ENV"),
			       var_get("VENV_WHICH_AUTO"));
}

int report_exit(const struct env *env)
{
	static const int status[] = {
		[VERDICT_NONE] = EX_NONE, [VERDICT_USE] = EX_FOUND,
		[VERDICT_BLOCKED] = EX_BLOCKED, [VERDICT_BROKEN] = EX_BROKEN,
	};

	return status[env ? env->verdict : VERDICT_NONE];
}

/* -- formats ------------------------------------------------------------ */

char report_check_format(const char *format)
{
	while ((format = strchr(format, '%'))) {
		if (!format[1])
			return '%';
		if (!strchr("nvViprs%", format[1]))
			return format[1];
		format += 2;
	}
	return '\0';
}

void report_short_version(struct out *out, const char *version)
{
	const char *dot = strchr(version, '.');

	if (dot)
		dot = strchr(dot + 1, '.');
	out_bytes(out, version,
		  dot ? (size_t)(dot - version) : strlen(version));
}

/* The container directory holds environments, and is no project. */
static void project_of(const struct env *env, char *ret)
{
	char container[PATH_MAX];

	env_project(env, ret);
	if (*env->redirect || *env->marker)
		return;
	/* Of a tool's, only the file that it was found by tells the project. */
	if (env->found == FOUND_KEPT ||
	    (!settings_container(container) && path_same(ret, container)))
		*ret = '\0';
}

static void out_field(struct out *out, char letter, const struct env *env)
{
	char project[PATH_MAX];

	switch (letter) {
	case 'n': out_str(out, env->name); break;
	case 'v': out_str(out, env->version); break;
	case 'V': report_short_version(out, env->version); break;
	case 'i': out_str(out, env->implementation); break;
	case 'p': out_safe(out, env->path); break;
	case 'r': project_of(env, project); out_safe(out, project); break;
	case 's': out_str(out, report_state(env)); break;
	default: out_char(out, letter); break;
	}
}

void report_format(struct out *out, const char *format, const struct env *env)
{
	for (; *format; format++) {
		if (*format == '%')
			out_field(out, *++format, env);
		else
			out_char(out, *format);
	}
}

/* -- JSON --------------------------------------------------------------- */

void report_json_member(struct out *out, const char *key, const char *value)
{
	out_str(out, ", ");
	out_json(out, key);
	out_str(out, ": ");
	if (*value)
		out_json(out, value);
	else
		out_str(out, "null");
}

/* Numbers, and the mode in the digits that people know it by. */
static void json_file(struct out *out, const struct env *env)
{
	if (!*env->file) {
		out_str(out, ", \"owner\": null, \"mode\": null");
		return;
	}
	out_str(out, ", \"owner\": ");
	out_number(out, env->file_owner, 10);
	out_str(out, ", \"mode\": \"");
	out_number(out, env->file_mode, 8);
	out_char(out, '"');
}

static void json_members(struct out *out, const struct env *env,
			 const char *project)
{
	char python[PATH_MAX], held_by[PATH_MAX];

	project_of(env, held_by);
	report_json_member(out, "path", env->path);
	report_json_member(out, "name", env->name);
	report_json_member(out, "version", env->version);
	report_json_member(out, "implementation", env->implementation);
	report_json_member(out, "python",
			   env_python(env, python) ? "" : python);
	report_json_member(out, "project", project ? project : held_by);
	report_json_member(out, "found", found_word(env->found));
	report_json_member(out, "redirect", env->redirect);
	report_json_member(out, "tool", env->tool);
	report_json_member(out, "rule", env->rule);
	report_json_member(out, "why", env->why);
	report_json_member(out, "next", env->next);
	report_json_member(out, "file", env->file);
	json_file(out, env);
}

void report_json_open(struct out *out, const struct env *env,
		      const char *project)
{
	out_str(out, "{ \"state\": ");
	out_json(out, report_state(env));
	report_json_member(out, "verdict",
			   verdict_word(env ? env->verdict : VERDICT_NONE));
	if (env)
		json_members(out, env, project);
}

void report_json(struct out *out, const struct env *env)
{
	report_json_open(out, env, NULL);
	out_str(out, " }");
}

/* -- for people --------------------------------------------------------- */

void report_trouble(struct out *out, const struct env *env,
		    const char *between)
{
	out_path(out, env->path);
	out_str(out, " is ");
	out_str(out, verdict_word(env->verdict));
	out_str(out, ": ");
	out_str(out, env->why);
	if (!*env->next)
		return;
	out_str(out, between);
	for (const char *next = env->next;; next++) {
		size_t len = strcspn(next, "\n");

		out_bytes(out, next, len);
		next += len;
		if (!*next)
			return;
		out_str(out, between);
	}
}

void report_lost(struct out *out, int err)
{
	bool shortage = env_is_shortage(err);

	out_str(out, shortage ? "cannot look any further: "
			      : "cannot tell the working directory: ");
	out_str(out, error_text(-err));
	out_str(out, shortage ? "" : "\ncd to one that exists");
}

void report_none(struct out *out, const struct settings *set, const char *pwd)
{
	char dir[PATH_MAX], physical[PATH_MAX];

	out_str(out, "no environment at or above ");
	out_path(out, path_working_dir(dir, physical, pwd) ? "here" : dir);
	for (const char *const *name = set->names; *name; name++) {
		out_str(out, name == set->names ? " (looked for " : ", ");
		out_safe(out, *name);
	}
	out_str(out, ")");
}

void report_visit(void *context, enum seen seen, const char *path,
		  const char *near)
{
	static const char *const words[] = {
		[SEEN_ABSENT] = "nothing there",
		[SEEN_NO_CFG] = "no environment: it has no pyvenv.cfg",
		[SEEN_ODD_CFG] = "no environment: its pyvenv.cfg is no file",
		[SEEN_NO_DIR] = "no environment: not a directory",
		[SEEN_DENIED] = "passed over: permission denied",
		[SEEN_FAILED] = "passed over: it cannot be told",
		[SEEN_TOO_LONG] = "passed over: the path is too long",
		[SEEN_CEILING] = "a ceiling: the walk ends",
		[SEEN_PHYSICAL] = "the same directory by its physical path",
		[SEEN_REDIRECT] = "a redirect",
		[SEEN_ENV] = "an environment",
	};
	struct out *out = context;

	(void)near;
	out_safe(out, path);
	out_str(out, ": ");
	out_str(out, words[seen]);
	out_char(out, '\n');
}

void report_file(struct out *out, const struct env *env)
{
	if (!*env->file)
		return;
	out_safe(out, env->file);
	out_str(out, " (owner ");
	out_number(out, env->file_owner, 10);
	out_str(out, ", mode ");
	out_number(out, env->file_mode, 8);
	out_char(out, ')');
}

static void labelled(struct out *out, const char *label, const char *text)
{
	if (!*text)
		return;
	out_str(out, label);
	out_safe(out, text);
	out_char(out, '\n');
}

void report_verdict(struct out *out, const struct env *env)
{
	if (!env) {
		out_str(out, "none\n");
		return;
	}
	out_str(out, verdict_word(env->verdict));
	labelled(out, " ", env->path);
	labelled(out, "  found by: ", found_word(env->found));
	labelled(out, "  redirect: ", env->redirect);
	labelled(out, "  kept by: ", env->tool);
	labelled(out, "  for: ", env->marker);
	labelled(out, "  rule: ", env->rule);
	if (*env->file) {
		out_str(out, "  file: ");
		report_file(out, env);
		out_char(out, '\n');
	}
	labelled(out, "  why: ", env->why);
	labelled(out, "  note: ", env->note);
	for (const char *next = env->next; *next; next += *next == '\n') {
		size_t len = strcspn(next, "\n");

		out_str(out, "  next: ");
		out_bytes(out, next, len);
		out_char(out, '\n');
		next += len;
	}
}
