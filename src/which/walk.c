/*
 * The walk upwards from the working directory to its environment.
 */
#include "walk.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "kept.h"
#include "path.h"
#include "redirect.h"
#include "toolplace.h"
#include "var.h"

/*
 * The directory that is looked at, twice: by its absolute name, and by the
 * name that the kernel is given.  Six levels up is a short way by "../", and
 * a long one from "/".
 */
struct walk {
	const struct settings *set;
	const struct visitor *visitor;
	struct env *env;
	bool barred;	/* a directory on the way by "../" may not be entered */
	char dir[PATH_MAX];
	char near[PATH_MAX];
};

static void tell(const struct walk *walk, enum seen seen)
{
	if (walk->visitor)
		walk->visitor->visit(walk->visitor->context, seen, walk->dir,
				     walk->near);
}

static enum seen seen_of(struct walk *walk, int err)
{
	switch (err) {
	case -EACCES:
	case -EPERM:
		walk->barred = true;
		return SEEN_DENIED;
	case -ENAMETOOLONG:
		return SEEN_TOO_LONG;
	case -ENOENT:
	case -ENOTDIR:
	case -ELOOP:
		return SEEN_ABSENT;
	default:
		return SEEN_FAILED;
	}
}

/* -- one directory ------------------------------------------------------ */

/* Add a component to both names.  False: one would be too long. */
static bool go_in(struct walk *walk, const char *name)
{
	size_t len = strlen(walk->dir);

	if (path_join(walk->dir, walk->dir, name))
		return false;
	if (!path_join(walk->near, walk->near, name))
		return true;
	walk->dir[len] = '\0';
	return false;
}

static void go_out(struct walk *walk)
{
	(void)path_up(walk->dir);
	(void)path_up(walk->near);
}

/* Each of these: 1, it is found; 0, it is not; or a negative errno. */

static int take(struct walk *walk, enum found found)
{
	int err = env_open(walk->env, walk->dir);

	if (env_is_shortage(err))
		return err;
	if (err) {
		tell(walk, err == -ENOENT ? SEEN_NO_CFG :
			   err == -EINVAL ? SEEN_ODD_CFG : seen_of(walk, err));
		return 0;
	}
	walk->env->found = found;
	env_read(walk->env);
	tell(walk, SEEN_ENV);
	return 1;
}

/* Is the directory itself an environment? */
static int look_inside(struct walk *walk)
{
	struct stat st;
	int err;

	if (!go_in(walk, "pyvenv.cfg"))
		return 0;
	err = stat(walk->near, &st) ? errno : 0;
	if (err == ENOENT)
		tell(walk, SEEN_ABSENT);
	go_out(walk);
	return !err && S_ISREG(st.st_mode) ? take(walk, FOUND_INSIDE) : 0;
}

/* 0, or the errno; ->st_mode is a link's where that leads nowhere. */
static int look_up(struct walk *walk, bool own, struct stat *ret)
{
	int err = (own ? lstat : stat)(walk->near, ret) ? errno : 0;

	if (err || !S_ISLNK(ret->st_mode))
		return err;
	err = stat(walk->near, ret) ? errno : 0;
	if (err == ENOENT || err == ENOTDIR || err == ELOOP)
		return lstat(walk->near, ret) ? errno : 0;
	return err;
}

static int look_at(struct walk *walk, const char *name)
{
	struct stat st;
	int err = look_up(walk, !strcmp(name, ".venv"), &st);

	if (err) {
		tell(walk, seen_of(walk, -err));
		return 0;
	}
	/* What a link leads to is meant by it, as by a redirect. */
	if (S_ISLNK(st.st_mode)) {
		tell(walk, SEEN_REDIRECT);
		redirect_lost(walk->env, walk->dir);
		return 1;
	}
	if (S_ISDIR(st.st_mode))
		return take(walk, FOUND_NAME);
	/* PEP 832 speaks of files called `.venv` alone. */
	if (!S_ISREG(st.st_mode) || strcmp(name, ".venv")) {
		tell(walk, SEEN_NO_DIR);
		return 0;
	}
	tell(walk, SEEN_REDIRECT);
	err = redirect_follow(walk->env, walk->dir);
	return err ? err : 1;
}

/* The environment at `path`, which a tool keeps for this directory. */
static int take_kept(struct walk *walk, enum tool tool, const char *path,
		     const struct stat *marker)
{
	struct env *env = walk->env;
	enum seen seen = SEEN_ENV;
	int err = env_open(env, path);

	if (env_is_shortage(err))
		return err;
	if (err)
		seen = err == -ENOENT ? SEEN_NO_CFG : err == -EACCES
			? SEEN_DENIED : SEEN_FAILED;
	if (walk->visitor)
		walk->visitor->visit(walk->visitor->context, seen, path, path);
	/* There is room: the marker was found by that name. */
	if (err || path_join(env->redirect_text, walk->dir, kept_marker(tool)))
		return 0;
	env->found = FOUND_KEPT;
	env->tool = kept_word(tool);
	env->marker = env->redirect_text;
	env->redirect_st = *marker;
	env_read(env);
	return 1;
}

/* Who uses none of them pays no more than one look for each. */
static unsigned tools_in_use(const struct settings *set)
{
	static unsigned tools;
	static bool asked;

	if (!asked)
		tools = toolplace_present(set->tools);
	asked = true;
	return tools;
}

/* With the first environment of poetry's comes this, for whoever watches. */
static void tell_lock(struct walk *walk)
{
	struct stat st;

	if (!walk->visitor || !go_in(walk, "poetry.lock"))
		return;
	if (stat(walk->near, &st))
		tell(walk, SEEN_ABSENT);
	go_out(walk);
}

static int look_elsewhere(struct walk *walk)
{
	unsigned tools = tools_in_use(walk->set);
	const char *before = "";
	char path[PATH_MAX];
	struct stat marker;
	bool there = false;
	int found = 0;

	for (unsigned i = 0; tools && !found && i < TOOLS; i++) {
		enum tool tool = (enum tool)i;
		const char *name = kept_marker(tool);

		if (!(tools & 1u << i))
			continue;
		if (strcmp(name, before)) {
			before = name;
			there = go_in(walk, name);
			if (!there)
				continue;
			there = !stat(walk->near, &marker);
			go_out(walk);
		}
		if (there && kept_path(tool, walk->dir, path))
			found = take_kept(walk, tool, path, &marker);
		else if (there && tool == TOOL_POETRY)
			tell_lock(walk);
	}
	return found;
}

static int look_in(struct walk *walk)
{
	int found = look_inside(walk);

	for (const char *const *name = walk->set->names; !found && *name;
	     name++) {
		if (!go_in(walk, *name)) {
			tell(walk, SEEN_TOO_LONG);
			continue;
		}
		found = look_at(walk, *name);
		go_out(walk);
	}
	return found ? found : look_elsewhere(walk);
}

/* -- the way up --------------------------------------------------------- */

/* One directory up, by both names.  False: there is none above. */
static bool go_up(struct walk *walk)
{
	if (!path_up(walk->dir))
		return false;
	if (walk->near[0] == '/' || walk->barred ||
	    strlen(walk->near) + 3 > strlen(walk->dir))
		(void)path_copy(walk->near, walk->dir);
	else if (!strcmp(walk->near, "."))
		memcpy(walk->near, "..", 3);
	else
		(void)path_join(walk->near, walk->near, "..");
	return true;
}

static int walk_from(struct walk *walk)
{
	int found = look_in(walk);

	while (!found && go_up(walk)) {
		/* A ceiling never shuts out the directory one stands in. */
		if (path_in_list(walk->set->ceiling, walk->dir)) {
			tell(walk, SEEN_CEILING);
			return 0;
		}
		found = look_in(walk);
	}
	return found;
}

int walk_up(const struct settings *set, const char *pwd,
	    const struct visitor *visitor, struct env *ret)
{
	static struct walk walk;
	char physical[PATH_MAX];
	int found = path_working_dir(walk.dir, physical, pwd);
	bool same = !strcmp(walk.dir, physical);

	if (found)
		return found;
	walk.set = set;
	walk.visitor = visitor;
	walk.env = ret;
	walk.barred = false;
	/* Where links are in the name, ".." is another way than the name's. */
	(void)path_copy(walk.near, same ? "." : walk.dir);
	found = walk_from(&walk);
	if (found || same || !*physical)
		return found;
	(void)path_copy(walk.dir, physical);
	(void)path_copy(walk.near, ".");
	tell(&walk, SEEN_PHYSICAL);
	return walk_from(&walk);
}

int walk_here(const struct settings *set, const char *dir, struct env *ret)
{
	static struct walk walk;

	walk.set = set;
	walk.visitor = NULL;
	walk.env = ret;
	(void)path_copy(walk.dir, dir);
	(void)path_copy(walk.near, dir);
	return look_in(&walk);
}

int walk_active(struct env *ret)
{
	const char *active = var_get("VIRTUAL_ENV");
	char path[PATH_MAX];
	int err = -ENOENT;

	if (!active || !*active)
		return 0;
	if (*active == '/' && !path_below(path, "/", active))
		err = env_open(ret, path);
	if (env_is_shortage(err))
		return err;
	if (err) {
		env_clear(ret);
		if (path_copy(ret->path, active))
			*ret->path = '\0';
		env_break(ret, "active-gone", "VIRTUAL_ENV names it, and there"
			  " is no environment", NULL);
	}
	ret->found = FOUND_ACTIVE;
	if (!err)
		env_read(ret);
	return 1;
}
