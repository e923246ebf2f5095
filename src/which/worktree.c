/*
 * Who has such work trees has .git/worktrees; that is one look, and nobody else
 * pays for more.
 */
#include "worktree.h"

#include <string.h>

#include "file.h"
#include "path.h"

/* Where a work tree of a repository has its .git, it is a file like this. */
static bool is_worktree(const char *dir)
{
	static const char below[] = "/.git/worktrees/";
	char path[PATH_MAX], text[PATH_MAX];
	const char *s = text;

	if (path_join(path, dir, ".git") ||
	    file_read_at(AT_FDCWD, path, text, sizeof(text)) < 0 ||
	    strncmp(text, "gitdir:", 7))
		return false;
	while ((s = strchr(s, '/')) && strncmp(s, below, strlen(below)))
		s++;
	return s;
}

bool worktree_any(const struct env *env)
{
	char *path = file_room();	/* no file is read meanwhile */

	env_project(env, path);
	return !path_join(path, path, ".git/worktrees") &&
		!access(path, F_OK);
}

bool worktree_find(const struct env *env, const char *pwd, char *ret)
{
	char top[PATH_MAX], other[PATH_MAX];
	size_t len;

	env_project(env, top);
	len = strlen(top);
	if (path_working_dir(ret, other, pwd))
		return false;
	while (!strncmp(ret, top, len) && ret[len] == '/') {
		if (is_worktree(ret))
			return true;
		(void)path_up(ret);
	}
	return false;
}

bool worktree_ceiling(const struct env *env, const char *dir, char *ret)
{
	char top[PATH_MAX];

	env_project(env, top);
	return !path_copy(ret, dir) && path_up(ret) && strcmp(ret, top);
}
