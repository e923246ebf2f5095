/*
 * The walk upwards from the working directory to its environment.
 */
#include "walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "path.h"
#include "redirect.h"

struct walk {
	const struct settings *set;
	const struct visitor *visitor;
	struct env *env;
};

static void tell(const struct walk *walk, enum seen seen, const char *path)
{
	if (walk->visitor)
		walk->visitor->visit(walk->visitor->context, seen, path);
}

static enum seen seen_of(int err)
{
	switch (err) {
	case -EACCES:
	case -EPERM:
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

/* Each of these: 1, it is found; 0, it is not; or a negative errno. */

static int take(const struct walk *walk, const char *path, const char *dir,
		enum found found)
{
	int err = env_open(walk->env, path);

	if (env_is_shortage(err))
		return err;
	if (err) {
		tell(walk, err == -ENOENT ? SEEN_NO_CFG :
			   err == -EINVAL ? SEEN_ODD_CFG : seen_of(err), path);
		return 0;
	}
	walk->env->found = found;
	memcpy(walk->env->project, dir, strlen(dir) + 1);
	/* Inside, the project is the directory that the environment is in. */
	if (found == FOUND_INSIDE)
		(void)path_up(walk->env->project);
	env_read(walk->env);
	tell(walk, SEEN_ENV, path);
	return 1;
}

static int look_inside(const struct walk *walk, const char *dir)
{
	char path[PATH_MAX];
	struct stat st;

	if (path_join(path, dir, "pyvenv.cfg"))
		return 0;
	if (stat(path, &st)) {
		if (errno == ENOENT)
			tell(walk, SEEN_ABSENT, path);
		return 0;
	}
	return S_ISREG(st.st_mode) ? take(walk, dir, dir, FOUND_INSIDE) : 0;
}

static int look_at_name(const struct walk *walk, const char *dir,
			const char *name)
{
	char path[PATH_MAX];
	struct stat st;
	int err = path_join(path, dir, name);

	if (err || stat(path, &st)) {
		tell(walk, seen_of(err ? err : -errno), err ? dir : path);
		return 0;
	}
	if (S_ISDIR(st.st_mode))
		return take(walk, path, dir, FOUND_NAME);
	/* PEP 832 speaks of files called `.venv` alone. */
	if (!S_ISREG(st.st_mode) || strcmp(name, ".venv")) {
		tell(walk, SEEN_NO_DIR, path);
		return 0;
	}
	tell(walk, SEEN_REDIRECT, path);
	err = redirect_follow(walk->env, path);
	return err ? err : 1;
}

static int look_in(const struct walk *walk, const char *dir)
{
	int found = look_inside(walk, dir);

	for (const char *const *name = walk->set->names; !found && *name;
	     name++)
		found = look_at_name(walk, dir, *name);
	return found;
}

/* -- ceilings ----------------------------------------------------------- */

/*
 * Is `dir` in the list?  The rules of GIT_CEILING_DIRECTORIES: absolute
 * paths between colons; a link among them means what it leads to, up to the
 * first empty entry, which says that no link is left.
 */
static bool is_ceiling(const char *list, const char *dir)
{
	char entry[PATH_MAX];
	bool links = true;

	for (; *list; list += *list == ':') {
		size_t len = strcspn(list, ":");

		if (!len)
			links = false;
		if (len && len < sizeof(entry) && *list == '/') {
			memcpy(entry, list, len);
			entry[len] = '\0';
			path_clean(entry);
			if (!strcmp(entry, dir) ||
			    (links && path_same(entry, dir)))
				return true;
		}
		list += len;
	}
	return false;
}

/* -- the way up --------------------------------------------------------- */

static int walk_from(const struct walk *walk, const char *start)
{
	char dir[PATH_MAX];
	int found;

	memcpy(dir, start, strlen(start) + 1);
	found = look_in(walk, dir);
	while (!found && path_up(dir)) {
		/* A ceiling never shuts out the directory one stands in. */
		if (is_ceiling(walk->set->ceiling, dir)) {
			tell(walk, SEEN_CEILING, dir);
			return 0;
		}
		found = look_in(walk, dir);
	}
	return found;
}

int walk_up(const struct settings *set, const char *pwd,
	    const struct visitor *visitor, struct env *ret)
{
	const struct walk walk = { set, visitor, ret };
	char logical[PATH_MAX], physical[PATH_MAX];
	int found = path_working_dir(logical, pwd);

	if (!found)
		found = walk_from(&walk, logical);
	if (found || path_physical_dir(physical) || !strcmp(logical, physical))
		return found;
	tell(&walk, SEEN_PHYSICAL, physical);
	return walk_from(&walk, physical);
}

int walk_here(const struct settings *set, const char *dir, struct env *ret)
{
	const struct walk walk = { set, NULL, ret };

	return look_in(&walk, dir);
}

int walk_active(struct env *ret)
{
	const char *active = getenv("VIRTUAL_ENV");
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
	memcpy(ret->project, ret->path, sizeof(ret->path));
	(void)path_up(ret->project);
	if (!err)
		env_read(ret);
	return 1;
}
