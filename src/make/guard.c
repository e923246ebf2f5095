/*
 * What a directory holds, or is, that nobody wants to lose.
 */
#include "guard.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "stray.h"
#include "which/compat.h"
#include "which/path.h"
#include "which/settings.h"

static bool is_at(const struct stat *dir, const char *path)
{
	struct stat st;

	return !stat(path, &st) && st.st_dev == dir->st_dev &&
		st.st_ino == dir->st_ino;
}

/* Is `dir` the path, or above it? */
static bool is_on(const struct stat *dir, const char *path)
{
	char above[PATH_MAX];

	if (path_copy(above, path))
		return false;
	do
		if (is_at(dir, above))
			return true;
	while (path_up(above));
	return false;
}

/* By its name, and where that leads through links. */
static bool holds_home(const struct stat *dir, const char *home)
{
	char *physical = realpath(home, NULL);
	bool holds = is_on(dir, home) || (physical && is_on(dir, physical));

	free(physical);
	return holds;
}

static bool is_known_place(const struct stat *dir, struct out *why)
{
	const char *home = getenv("HOME");
	char container[PATH_MAX];

	if (is_at(dir, "/"))
		out_str(why, "it is the root directory");
	else if (home && is_at(dir, home))
		out_str(why, "it is your home directory");
	else if (home && *home == '/' && holds_home(dir, home))
		out_str(why, "your home directory is in it");
	else if (!settings_container(container) && is_at(dir, container))
		out_str(why, "it is the directory of all named environments");
	return why->len > 0;
}

/* Is the name one by which a project is known? */
static bool is_sign(const char *name)
{
	static const char *const signs[] = {
		".git", ".hg", ".svn", ".bzr", ".jj", "_darcs", "CVS",
		"pyproject.toml", "setup.cfg", "tox.ini", "Pipfile",
		"poetry.lock", "uv.lock", ".venv",
		"Cargo.toml", "package.json", "Makefile", "go.mod",
		"CMakeLists.txt", "meson.build", "pom.xml", "Gemfile",
	};
	static const char stem[] = "requirements";
	size_t len = strlen(name);

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (!strcmp(name, signs[i]))
			return true;
	if (len > 3 && !strcmp(name + len - 3, ".py"))
		return true;
	return len > 4 && !strcmp(name + len - 4, ".txt") &&
		!strncmp(name, stem, sizeof(stem) - 1);
}

bool guard_is_project(int fd, struct out *ret)
{
	int own = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = own < 0 ? NULL : fdopendir(own);
	struct dirent *entry;
	bool found = false;

	while (dir && !found && (entry = readdir(dir))) {
		found = is_sign(entry->d_name);
		if (found)
			out_safe(ret, entry->d_name);
	}
	if (dir)
		(void)closedir(dir);
	else if (own >= 0)
		(void)close(own);
	return found;
}

/* What stray_find() has found, or that it could not, in words. */
static bool is_in_the_way(int fd, int found, const char *list,
			  struct out *why)
{
	char text[NAME_MAX + 1];
	struct out sign = OUT_STRING(text);

	if (!found)
		return false;
	if (found < 0) {
		out_str(why, "nobody can tell what is in it: ");
		out_str(why, error_text(-found));
		return true;
	}
	out_str(why, "it holds ");
	out_str(why, list);
	out_str(why, guard_is_project(fd, &sign) ? ", as a project does" :
		strstr(list, STRAY_UNREAD) ? "" :
		found > 1 ? ", which are no parts of an environment"
			  : ", which is no part of an environment");
	out_str(why, "\ntake out what shall stay");
	return true;
}

bool guard_refuses(int fd, struct out *why)
{
	char list[2048];
	struct out names = OUT_STRING(list);

	return guard_is_known(fd, why) ||
		is_in_the_way(fd, stray_find(fd, &names), list, why);
}

bool guard_refuses_anew(int fd, struct out *why)
{
	char list[2048];
	struct out names = OUT_STRING(list);

	if (guard_is_known(fd, why))
		return true;
	return is_in_the_way(fd, guard_is_project(fd, &names) ? 1 :
			     stray_find_in_parts(fd, &names), list, why);
}

bool guard_is_known(int fd, struct out *why)
{
	struct stat st;

	if (fstat(fd, &st)) {
		out_str(why, error_text(errno));
		return true;
	}
	return is_known_place(&st, why);
}
