/*
 * venv list: the environment of this directory, the active one, and the
 * named ones of the container directory; with -a all others that are known.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "active.h"
#include "amount.h"
#include "columns.h"
#include "elsewhere.h"
#include "fail.h"
#include "fit.h"
#include "make/home.h"
#include "make/relink.h"
#include "named.h"
#include "options.h"
#include "recent.h"
#include "usage.h"
#include "which/find.h"
#include "which/path.h"
#include "which/place.h"
#include "which/report.h"

struct list {
	bool json, extra, all;
	size_t printed;
	struct stat *seen;	/* of each that was printed */
	size_t seen_cap;
	time_t now;
	struct env *here;	/* the directory's, or NULL */
	struct env *active;	/* $VIRTUAL_ENV, or NULL */
};

/* Of which list it is. */
enum from { FROM_HERE, FROM_NAMED, FROM_TOOL, FROM_RECENT };

/* One of them, and why it is in the list. */
struct row {
	const struct env *env;
	enum from from;
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
	static char place[PATH_MAX];
	struct origin origin;

	if (env->verdict != VERDICT_BLOCKED || strcmp(env->rule, "place") ||
	    place_of(env, &origin) != PLACE_ELSEWHERE)
		return "";
	(void)path_copy(place, origin.place);
	return place;
}

static void look_at(const struct list *list, struct row *row)
{
	const struct env *env = row->env;
	struct out misfit = OUT_STRING(row->misfit);

	row->moved_from = moved_from(env);
	*row->misfit = '\0';
	(void)fit_check(env, &misfit);
	/* pipenv tells them as virtualenvwrapper does. */
	if ((row->from != FROM_NAMED && row->from != FROM_TOOL) ||
	    env->fd < 0 || !relink_project(env, row->project))
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
	else if (row->from == FROM_NAMED &&
		 !relink_leads(row->project, row->env))
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
	if (row->from == FROM_NAMED)
		clause(&why, "named", "");
	else if (*env->tool)
		clause(&why, "kept by ", env->tool);
	else if (row->from == FROM_RECENT)
		clause(&why, "used before", "");
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

static void print_extra(const struct list *list, const struct row *row,
			struct out *out)
{
	char text[2][32] = { "", "" };
	struct out age = OUT_STRING(text[0]), size = OUT_STRING(text[1]);
	const struct env *env = row->env;

	if (env->fd >= 0)
		amount_age(&age, list->now - env->cfg.st_mtime);
	if (row->measured) {
		out_str(&size, row->usage.partial ? ">" : "");
		amount_size(&size, row->usage.own);
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

static bool is_seen(const struct list *list, const struct env *env)
{
	for (size_t i = 0; i < list->printed; i++)
		if (env->fd >= 0 && list->seen[i].st_ino == env->self.st_ino &&
		    list->seen[i].st_dev == env->self.st_dev)
			return true;
	return false;
}

/* What is printed, for those that come after; no memory, no list. */
static void note_seen(struct list *list, const struct env *env)
{
	static const struct stat none;
	size_t n = list->printed, cap = n ? 2 * n : 16;

	if (n >= list->seen_cap) {
		list->seen = realloc(list->seen, cap * sizeof(*list->seen));
		list->seen_cap = cap;
	}
	if (!list->seen)
		die(EX_NONE, "there is no memory left", NULL);
	list->seen[n] = env->fd >= 0 ? env->self : none;
}

static void print_env(struct list *list, struct env *env, enum from from)
{
	static struct row row;

	row.env = env;
	row.from = from;
	note_seen(list, env);
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
	print_env(context, env, FROM_NAMED);
}

static void list_kept(void *context, struct env *env)
{
	if (!is_seen(context, env))
		print_env(context, env, FROM_TOOL);
}

static void list_recent(void *context, const char *path)
{
	static struct env env;

	if (find_named(&session.set, "/", path, &env) <= 0)
		return;
	if (!is_seen(context, &env))
		print_env(context, &env, FROM_RECENT);
	env_close(&env);
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
	int status;

	if (list->here && !is_contained(list->here))
		print_env(list, list->here, FROM_HERE);
	if (list->active && !is_contained(list->active) &&
	    !(list->here && path_equal(list->active->path, list->here->path)))
		print_env(list, list->active, FROM_HERE);
	status = list_container(list);
	if (list->all) {
		elsewhere_each(list_kept, list);
		recent_each(list_recent, list);
	}
	return status;
}

int cmd_list(const struct command *self, char **argv)
{
	static struct env here, active;
	struct list list = { .now = time(NULL) };
	const struct option table[] = {
		{ 'a', "all", NULL, "also what tools keep elsewhere, and what"
		  " was used last", .flag = &list.all },
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
	free(list.seen);
	return status;
}
