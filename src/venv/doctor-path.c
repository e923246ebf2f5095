/*
 * venv doctor: whether the programs of the active environment are the ones
 * that are found.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "active.h"
#include "doctor.h"
#include "facts.h"
#include "finding.h"
#include "make/pathlist.h"
#include "which/out.h"
#include "which/path.h"

/* What is in front of the environment's bin. */
struct front {
	char dir[PATH_MAX];
	char program[NAME_MAX + 1];	/* that both have; or "" */
	bool by_fish;			/* it is in fish_user_paths */
};

static bool has_program(const char *dir, const char *name)
{
	char path[PATH_MAX];

	return !path_join(path, dir, name) && path_is_program(path);
}

/* A program of `bin` that `dir` has as well, Python before others. */
static bool find_hidden(const char *bin, const char *dir, char *ret)
{
	struct dirent *entry;
	DIR *stream;

	memcpy(ret, "python", 7);
	if (has_program(dir, ret))
		return true;
	*ret = '\0';
	stream = opendir(bin);
	while (stream && !*ret && (entry = readdir(stream)))
		if (has_program(dir, entry->d_name) &&
		    has_program(bin, entry->d_name))
			memcpy(ret, entry->d_name, strlen(entry->d_name) + 1);
	if (stream)
		(void)closedir(stream);
	return *ret;
}

static bool is_user_path(const char *dir)
{
	const char *path;
	size_t at = 0;

	while ((path = facts_next("user-path", &at)))
		if (path_equal(path, dir))
			return true;
	return false;
}

/*
 * The entry in front of `bin` that does most harm in *ret: one that hides a
 * program, else one that fish puts there, else the first one.  False: there
 * is none.  In *ret_there, whether bin is in PATH at all.
 */
static bool find_front(const char *bin, struct front *ret, bool *ret_there)
{
	const char *list = getenv("PATH");
	static struct front at;
	bool any = false;

	*ret_there = false;
	while (pathlist_next(&list, at.dir)) {
		if (path_equal(at.dir, bin)) {
			*ret_there = true;
			break;
		}
		if (any && *ret->program)
			continue;
		at.by_fish = is_user_path(at.dir);
		(void)find_hidden(bin, at.dir, at.program);
		if (!any || *at.program || (at.by_fish && !ret->by_fish))
			*ret = at;
		any = true;
	}
	return any;
}

/* Whose directory it is, where that can be seen. */
static const char *owner_of(const char *dir)
{
	char path[PATH_MAX], meta[PATH_MAX];
	struct stat st;

	if (is_user_path(dir))
		return " (in fish_user_paths)";
	if (!strcmp(path_base(dir), "shims"))
		return strstr(dir, "pyenv") ? " (pyenv's shims)" : " (shims)";
	if (!path_copy(path, dir) && path_up(path) &&
	    !path_join(meta, path, "conda-meta") && !stat(meta, &st))
		return " (conda's)";
	return "";
}

/* What makes the active environment active once more. */
static const char *again(void)
{
	return strcmp(active_by(), "hook")
		? "`venv use \"$VIRTUAL_ENV\"` puts the environment first again"
		: "`venv off` and `venv on` put the environment first again";
}

static void say_front(const char *bin, const struct front *front)
{
	const char *owner = owner_of(front->dir);
	const char *before = front->by_fish
		? "take it out of fish_user_paths, or " : "";
	const char *behind = front->by_fish ? ""
		: ", and what adds the other belongs above the line that loads"
		  " the hook";

	if (*front->program)
		finding_bad("PATH", A_PATH(front->dir), owner, " is in front"
			    " of ", A_PATH(bin), ", so that its `",
			    front->program, "` is the one that runs", ADVICE,
			    before, again(), behind, NULL);
	else if (front->by_fish)
		finding_bad("PATH", A_PATH(front->dir), owner, " is in front"
			    " of ", A_PATH(bin), ", and would hide programs of"
			    " the same name", ADVICE, before, again(), behind,
			    NULL);
	else
		finding_good("PATH", A_PATH(front->dir), owner, " is in front"
			     " of ", A_PATH(bin), ", and hides nothing of it",
			     NULL);
}

static bool has_shims(void)
{
	const char *list = getenv("PATH");
	char dir[PATH_MAX];

	while (pathlist_next(&list, dir))
		if (!strcmp(path_base(dir), "shims"))
			return true;
	return false;
}

void doctor_path(void)
{
	const char *active = getenv("VIRTUAL_ENV");
	static struct front front;
	char bin[PATH_MAX];
	bool any, there;

	/* One that is gone cannot be put first: `active` says that. */
	if (!active || !*active || path_join(bin, active, "bin") ||
	    access(bin, F_OK))
		return;
	any = find_front(bin, &front, &there);
	if (!there && active_by_pyenv() && has_shims())
		finding_good("PATH", "pyenv's shims run what is in ",
			     A_PATH(bin), NULL);
	else if (!there)
		finding_bad("PATH", A_PATH(bin), " is not in PATH, though"
			    " VIRTUAL_ENV says that the environment is active",
			    ADVICE, again(), NULL);
	else if (any)
		say_front(bin, &front);
	else
		finding_good("PATH", A_PATH(bin), " is first", NULL);
}
