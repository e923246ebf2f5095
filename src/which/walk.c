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

#define NAME_ROOM NAMES_SIZE	/* no name that is looked for is longer */

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
	bool asked;	/* which tools are in use, which is in ->tools */
	unsigned tools;
	size_t dir_len, near_len;	/* but for "/": of that it is 0 */
	char *dir, *near;
	char text[2 * PATH_MAX];	/* both of them */
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

/* Add a component to the first len bytes.  False: that is too long. */
static bool append(char *path, size_t len, const char *name, size_t name_len)
{
	if (len + 1 + name_len >= PATH_MAX)
		return false;
	path[len] = '/';
	memcpy(path + len + 1, name, name_len + 1);
	return true;
}

static void cut(char *path, size_t len)
{
	path[len + !len] = '\0';
}

static size_t length(const char *path)
{
	return path[1] ? strlen(path) : *path != '/';
}

/* Add a component to both names.  False: one would be too long. */
static bool go_in(struct walk *walk, const char *name)
{
	size_t len = strlen(name);

	if (len > NAME_ROOM || !append(walk->dir, walk->dir_len, name, len))
		return false;
	if (append(walk->near, walk->near_len, name, len))
		return true;
	cut(walk->dir, walk->dir_len);
	return false;
}

static void go_out(struct walk *walk)
{
	cut(walk->dir, walk->dir_len);
	cut(walk->near, walk->near_len);
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

/* The environment that a tool, whose marker is here, keeps for it. */
static RARE int take_kept(struct walk *walk, enum tool tool,
			  const struct stat *marker)
{
	struct env *env = walk->env;
	enum seen seen = SEEN_ENV;
	char path[PATH_MAX];
	int err;

	if (!kept_path(tool, walk->dir, path)) {
		if (tool == TOOL_POETRY)
			tell_lock(walk);
		return 0;
	}
	err = env_open(env, path);

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

static int look_elsewhere(struct walk *walk)
{
	unsigned tools = walk->tools;
	const char *before = "";
	struct stat marker;
	bool there = false;
	int found = 0;

	/* Who uses none of them pays no more than one look for each. */
	if (!walk->asked)
		walk->tools = tools = toolplace_present(walk->set->tools);
	walk->asked = true;
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
		if (there)
			found = take_kept(walk, tool, &marker);
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

/* The directory to begin with; `near` stands behind it, on the same page. */
static void begin(struct walk *walk, const char *near)
{
	size_t room;

	walk->dir_len = length(walk->dir);
	room = walk->dir_len + 1 + NAME_ROOM + 1;
	walk->near = walk->text + (room < PATH_MAX ? room : PATH_MAX);
	(void)path_copy(walk->near, near);
	walk->near_len = length(walk->near);
}

/* One directory up, by both names.  False: there is none above. */
static bool go_up(struct walk *walk)
{
	size_t len = walk->dir_len;

	if (!len)
		return false;
	while (walk->dir[--len] != '/')
		;
	walk->dir_len = len;
	cut(walk->dir, len);
	if (walk->near[0] == '/' || walk->barred || walk->near_len + 3 > len) {
		(void)path_copy(walk->near, walk->dir);
		walk->near_len = len;
	} else if (walk->near_len == 1) {
		memcpy(walk->near, "..", 3);
		walk->near_len = 2;
	} else {
		(void)append(walk->near, walk->near_len, "..", 2);
		walk->near_len += 3;
	}
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

/* Where links are in the name, ".." is another way than the name's. */
static RARE int walk_both(struct walk *walk, const char *pwd)
{
	char physical[PATH_MAX];
	int found = path_working_dir(walk->dir, physical, pwd);
	bool same = !strcmp(walk->dir, physical);

	if (found)
		return found;
	begin(walk, same ? "." : walk->dir);
	found = walk_from(walk);
	if (found || same || !*physical)
		return found;
	(void)path_copy(walk->dir, physical);
	begin(walk, ".");
	tell(walk, SEEN_PHYSICAL);
	return walk_from(walk);
}

int walk_up(const struct settings *set, const char *pwd,
	    const struct visitor *visitor, struct env *ret)
{
	struct walk walk;

	walk.set = set;
	walk.visitor = visitor;
	walk.env = ret;
	walk.barred = walk.asked = false;
	walk.dir = walk.text;
	/* Most often both names are one. */
	if (!pwd || *pwd != '/' || working_dir(walk.dir, PATH_MAX) ||
	    strcmp(walk.dir, pwd))
		return walk_both(&walk, pwd);
	begin(&walk, ".");
	return walk_from(&walk);
}

int walk_here(const struct settings *set, const char *dir, struct env *ret)
{
	struct walk walk;

	walk.set = set;
	walk.visitor = NULL;
	walk.env = ret;
	walk.barred = walk.asked = false;
	walk.dir = walk.text;
	(void)path_copy(walk.dir, dir);
	begin(&walk, dir);
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
