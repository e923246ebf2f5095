/*
 * venv list: the environment of this directory, the active one, and the
 * named ones of the container directory.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "active.h"
#include "fail.h"
#include "find.h"
#include "options.h"
#include "path.h"
#include "report.h"

struct list {
	bool json;
	size_t printed;
	struct env *here;	/* the directory's, or NULL */
	struct env *active;	/* $VIRTUAL_ENV, or NULL */
};

static void pad(struct out *out, const char *text, int width)
{
	out_str(out, text);
	for (; *text; text++)
		width -= ((unsigned char)*text & 0xc0) != 0x80;
	do
		out_char(out, ' ');
	while (--width > 0);
}

/* Why it is in the list; where it is no longer the state that says it. */
static void print_why(struct out *out, const struct list *list,
		      const struct env *env, bool named)
{
	const char *between = "";

	if (list->here && path_equal(env->path, list->here->path)) {
		out_str(out, "this directory's");
		between = ", ";
	}
	if (named) {
		out_str(out, between);
		out_str(out, "named");
		between = ", ";
	}
	if (list->active && path_equal(env->path, list->active->path)) {
		out_str(out, between);
		out_str(out, "active by ");
		out_str(out, active_by());
		between = ", ";
	}
	if (env->verdict != VERDICT_USE) {
		out_str(out, between);
		out_str(out, verdict_word(env->verdict));
	}
}

static void print_env(struct list *list, const struct env *env, bool named)
{
	struct out *out = &session.out;
	const char *state = report_state(env);

	list->printed++;
	if (list->json) {
		out_str(out, list->printed > 1 ? ",\n  " : "\n  ");
		report_json(out, env);
		return;
	}
	out_str(out, !strcmp(state, "active") ? "* " : "  ");
	pad(out, env->name, 20);
	pad(out, env->version, 9);
	out_safe(out, env->path);
	out_str(out, "  (");
	print_why(out, list, env, named);
	out_str(out, ")\n");
}

static void list_named(struct list *list, const char *container,
		       const char *name)
{
	static struct env env;
	char path[PATH_MAX];

	if (path_join(path, container, name) ||
	    find_named(&session.set, "/", path, &env) <= 0)
		return;
	print_env(list, &env, true);
	env_close(&env);
}

static int is_entry(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
}

/* The exit status of the command: 1 where the directory cannot be read. */
static int list_container(struct list *list)
{
	struct dirent **entries;
	char container[PATH_MAX];
	int n;

	if (settings_container(container))
		return EX_FOUND;
	n = scandir(container, &entries, is_entry, alphasort);
	if (n < 0 && errno == ENOENT)
		return EX_FOUND;
	if (n < 0) {
		complain("venv", "list: cannot read ", container, ": ",
			 strerror(errno), NULL);
		return EX_NONE;
	}
	for (int i = 0; i < n; i++) {
		list_named(list, container, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return EX_FOUND;
}

/* Does the container directory hold it, so that its turn comes there? */
static bool is_contained(const struct env *env)
{
	char container[PATH_MAX], parent[PATH_MAX];

	memcpy(parent, env->path, sizeof(parent));
	return path_up(parent) && !settings_container(container) &&
		path_same(parent, container);
}

static int list_all(struct list *list)
{
	if (list->here && !is_contained(list->here))
		print_env(list, list->here, false);
	if (list->active && !is_contained(list->active) &&
	    !(list->here && path_equal(list->active->path, list->here->path)))
		print_env(list, list->active, false);
	return list_container(list);
}

int cmd_list(const struct command *self, char **argv)
{
	static struct env here, active;
	struct list list = { 0 };
	const struct option table[] = {
		{ 0, "json", NULL, "as a JSON array", .flag = &list.json },
		{ 0 },
	};
	int status;

	(void)options_at_most(self, options_parse(self, table, 0, argv), 0);
	if (find_nearest(&session.set, session.pwd, NULL, &here) > 0)
		list.here = &here;
	if (find_active(&session.set, &active) > 0)
		list.active = &active;
	if (list.json)
		out_char(&session.out, '[');
	status = list_all(&list);
	if (list.json)
		out_str(&session.out, list.printed ? "\n]\n" : "]\n");
	return status;
}
