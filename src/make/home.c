/*
 * Finding the base interpreter by what pyvenv.cfg and bin/python say.
 */
#include "home.h"

#include <errno.h>
#include <string.h>

#include "which/cfg.h"
#include "which/file.h"
#include "which/path.h"

#define LINKS_MAX 8	/* python, python3, python3.11: real ones have 3 */

/*
 * The name by which bin/python leaves the environment, in ret (PATH_MAX
 * bytes).  False: it is no link.
 */
static bool name_of_python(const struct env *env, char *ret)
{
	char path[PATH_MAX] = "bin/python", target[PATH_MAX];

	for (int i = 0; i < LINKS_MAX; i++) {
		ssize_t len = readlinkat(env->fd, path, target,
					 sizeof(target) - 1);

		if (len <= 0)
			return i > 0;
		target[len] = '\0';
		(void)path_copy(ret, path_base(target));
		if (strchr(target, '/') || path_join(path, "bin", target))
			return true;
	}
	return true;
}

/* The absolute path that a key has, in ret (PATH_MAX bytes). */
static bool path_of_key(const char *text, const char *key, char *ret)
{
	const char *value;
	size_t len;

	if (!cfg_get(text, key, &value, &len) || !len || *value != '/' ||
	    len >= PATH_MAX)
		return false;
	memcpy(ret, value, len);
	ret[len] = '\0';
	return true;
}

/* Is the path the answer?  The first that was asked stays, if none is. */
static bool is_there(const char *path, char *ret)
{
	struct stat st;
	bool there = !stat(path, &st) && S_ISREG(st.st_mode);

	if (there || !*ret)
		(void)path_copy(ret, path);
	return there;
}

int home_python(const struct env *env, char *ret)
{
	/* virtualenv has the last one. */
	static const char *const keys[] = { "executable", "base-executable" };
	static const char *const names[] = { "python3", "python" };
	static char text[CFG_MAX];
	char dir[PATH_MAX], name[PATH_MAX], path[PATH_MAX];
	bool home;

	*ret = '\0';
	if (file_read_at(env->fd, "pyvenv.cfg", text, sizeof(text)) < 0)
		return -EINVAL;
	home = path_of_key(text, "home", dir);
	if (home && name_of_python(env, name) &&
	    !path_join(path, dir, name) && is_there(path, ret))
		return 0;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (path_of_key(text, keys[i], path) && is_there(path, ret))
			return 0;
	for (size_t i = 0; home && i < sizeof(names) / sizeof(*names); i++)
		if (!path_join(path, dir, names[i]) && is_there(path, ret))
			return 0;
	return *ret ? -ENOENT : -EINVAL;
}
