/*
 * venv list: the environment of this directory, the active one, and the
 * named ones of the container directory.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "active.h"
#include "columns.h"
#include "fail.h"
#include "fit.h"
#include "make/home.h"
#include "make/relink.h"
#include "named.h"
#include "options.h"
#include "usage.h"
#include "which/find.h"
#include "which/path.h"
#include "which/place.h"
#include "which/report.h"

struct list {
	bool json, extra;
	size_t printed;
	time_t now;
	struct env *here;	/* the directory's, or NULL */
	struct env *active;	/* $VIRTUAL_ENV, or NULL */
};

/* One of them, and why it is in the list. */
struct row {
	const struct env *env;
	bool named;
	bool measured;		/* usage is known */
	struct usage usage;
	const char *moved_from;	/* "", or where it was made */
	char misfit[512];	/* "", or what it is not for */
	char project[PATH_MAX];	/* "", or what a named one says */
};

/* -- what is known of one ----------------------------------------------- */

/* Rule `place` has asked before; this time for the place alone. */
static const char *moved_from(const struct env *env)
{
	static struct origin origin;

	if (env->verdict != VERDICT_BLOCKED || strcmp(env->rule, "place") ||
	    place_of(env, &origin) != PLACE_ELSEWHERE)
		return "";
	return origin.place;
}

static void look_at(const struct list *list, struct row *row)
{
	const struct env *env = row->env;

	struct out misfit = OUT_STRING(row->misfit);

	row->moved_from = moved_from(env);
	*row->misfit = '\0';
	(void)fit_check(env, &misfit);
	if (!row->named || !relink_project(env, row->project))
		*row->project = '\0';
	row->measured = list->extra && env->fd >= 0 &&
		!usage_of(env->fd, &row->usage);
}

/* -- the line ----------------------------------------------------------- */

/* The clauses between the brackets. */
static void clause(struct out *out, const char *word, const char *rest)
{
	if (out->len)
		out_str(out, ", ");
	out_str(out, word);
	out_path(out, rest);
}

static void why_moved(struct out *out, const char *place)
{
	char path[PATH_MAX];
	struct stat st;
	bool there = !path_join(path, place, "pyvenv.cfg") &&
		!stat(path, &st);

	clause(out, there ? "copied from " : "moved from ", place);
}

static void why_project(struct out *out, const struct row *row)
{
	struct stat st;

	if (!*row->project)
		return;
	clause(out, "of ", row->project);
	if (stat(row->project, &st) || !S_ISDIR(st.st_mode))
		clause(out, "project gone", "");
	else if (!relink_leads(row->project, row->env))
		clause(out, "redirect gone", "");
}

/* The path of its base interpreter is of any length, and so stands here. */
static void why_base(struct out *out, const struct env *env)
{
	char base[PATH_MAX];
	int err = env->fd < 0 ? -EINVAL : home_python(env, base);

	if (err != -EINVAL)
		clause(out, "base ", err ? "gone" : base);
}

#define WIDTH 100

/*
 * Why it is in the list, behind so many columns; where it is no longer the
 * state that says it.
 */
static void print_why(const struct list *list, const struct row *row,
		      int width)
{
	static char text[8 * PATH_MAX];
	struct out why = OUT_STRING(text);
	const struct env *env = row->env;

	if (list->here && path_equal(env->path, list->here->path))
		clause(&why, "this directory's", "");
	if (row->named)
		clause(&why, "named", "");
	if (list->active && path_equal(env->path, list->active->path))
		clause(&why, "active by ", active_by());
	why_project(&why, row);
	if (list->extra)
		why_base(&why, env);
	if (*row->moved_from)
		why_moved(&why, row->moved_from);
	else if (!strcmp(env->rule, "unfinished"))
		clause(&why, env->rule, "");
	else if (env->verdict != VERDICT_USE)
		clause(&why, verdict_word(env->verdict), "");
	if (*row->misfit)
		clause(&why, "not for ", row->misfit);
	/* Where nothing is left of it, it cannot be asked. */
	if (env->fd < 0) {
		out_str(&why, ": ");
		out_safe(&why, env->why);
	}
	/* A line that a usual terminal would wrap goes on in the next. */
	if (list->extra && width + columns_of(text) + 4 > WIDTH)
		out_str(&session.out, "\n    (");
	else
		out_str(&session.out, "  (");
	out_str(&session.out, text);
	out_str(&session.out, ")\n");
}

/* "3 d" */
static void out_age(struct out *out, time_t seconds)
{
	static const struct {
		long from, seconds;
		const char *unit;
	} units[] = {
		{ 365 * 86400, 365 * 86400, " y" }, { 14 * 86400, 7 * 86400,
		" w" }, { 86400, 86400, " d" }, { 3600, 3600, " h" },
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (seconds < units[i].from)
			continue;
		out_number(out, (unsigned long long)(seconds /
						     units[i].seconds), 10);
		out_str(out, units[i].unit);
		return;
	}
	out_number(out, seconds > 0 ? (unsigned long long)seconds / 60 : 0,
		   10);
	out_str(out, " min");
}

/* "13 MB", "1.3 MB" */
static void out_size(struct out *out, unsigned long long bytes)
{
	static const char *const units[] = { " kB", " MB", " GB", " TB" };
	unsigned long long tenths = bytes / 100 + (bytes % 100 >= 50);
	size_t unit = 0;

	while (tenths >= 9995 && unit < sizeof(units) / sizeof(*units) - 1) {
		tenths = (tenths + 500) / 1000;
		unit++;
	}
	if (tenths < 100) {
		out_number(out, tenths / 10, 10);
		out_char(out, '.');
		out_number(out, tenths % 10, 10);
	} else {
		out_number(out, (tenths + 5) / 10, 10);
	}
	out_str(out, units[unit]);
}

static void print_extra(const struct list *list, const struct row *row,
			struct out *out)
{
	char text[2][32] = { "", "" };
	struct out age = OUT_STRING(text[0]), size = OUT_STRING(text[1]);
	const struct env *env = row->env;

	if (env->fd >= 0)
		out_age(&age, list->now - env->cfg.st_mtime);
	if (row->measured) {
		out_str(&size, row->usage.partial ? ">" : "");
		out_size(&size, row->usage.own);
	}
	columns_right(out, text[0], 7);
	columns_right(out, text[1], 9);
	out_char(out, ' ');
}

static void print_line(const struct list *list, const struct row *row)
{
	static char text[PATH_MAX + 1024];
	const struct env *env = row->env;
	struct out line = OUT_STRING(text);

	*text = '\0';
	out_str(&line, !strcmp(report_state(env), "active") ? "* " : "  ");
	columns_left(&line, env->name, 20);
	columns_left(&line, env->version, 9);
	if (list->extra)
		print_extra(list, row, &line);
	out_path(&line, env->path);
	out_str(&session.out, text);
	print_why(list, row, columns_of(text));
}

/* -- JSON --------------------------------------------------------------- */

static void json_number(const char *key, bool known, unsigned long long n)
{
	struct out *out = &session.out;

	if (!known) {
		report_json_member(out, key, "");
		return;
	}
	out_str(out, ", ");
	out_json(out, key);
	out_str(out, ": ");
	out_number(out, n, 10);
}

static void print_json(const struct list *list, const struct row *row)
{
	const struct env *env = row->env;
	struct out *out = &session.out;
	time_t made = env->fd < 0 ? -1 : env->cfg.st_mtime;
	char base[PATH_MAX];

	if (env->fd < 0 || home_python(env, base) == -EINVAL)
		*base = '\0';
	out_str(out, list->printed > 1 ? ",\n  " : "\n  ");
	report_json_open(out, env, *row->project ? row->project : NULL);
	report_json_member(out, "base", base);
	json_number("made", made >= 0, (unsigned long long)made);
	report_json_member(out, "moved_from", row->moved_from);
	report_json_member(out, "misfit", row->misfit);
	json_number("size", row->measured, row->usage.own);
	json_number("total", row->measured,
		    row->usage.own + row->usage.shared);
	out_str(out, " }");
}

/* -- all of them -------------------------------------------------------- */

static void print_env(struct list *list, struct env *env, bool named)
{
	static struct row row;

	row.env = env;
	row.named = named;
	named_call(env);
	look_at(list, &row);
	list->printed++;
	if (list->json)
		print_json(list, &row);
	else
		print_line(list, &row);
}

static void list_named(void *context, struct env *env)
{
	print_env(context, env, true);
}

/* The exit status of the command: 1 where the directory cannot be read. */
static int list_container(struct list *list)
{
	char container[PATH_MAX];
	int err = named_each(list_named, list, container);

	if (!err)
		return EX_FOUND;
	complain("venv", "list: cannot read ", A_PATH(container), ": ",
		 strerror(-err), ADVICE, "give yourself the right to, or set"
		 " WORKON_HOME to another directory", NULL);
	return EX_NONE;
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
	struct list list = { .now = time(NULL) };
	const struct option table[] = {
		{ 'l', "long", NULL, "with age, size and base interpreter",
		  .flag = &list.extra },
		{ 0, "json", NULL, "as a JSON array; sizes with -l alone",
		  .flag = &list.json },
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
