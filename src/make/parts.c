/*
 * Looking for parts of an environment, and for programs among them.
 */
#include "parts.h"

#include <dirent.h>
#include <string.h>

#include "aside.h"
#include "which/compat.h"

/* Call look() for each entry of a directory below fd until it says true. */
static bool any_entry(int fd, const char *name,
		      bool (*look)(int dir, const char *name))
{
	int below = openat(fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = below < 0 ? NULL : fdopendir(below);
	struct dirent *entry;
	bool found = false;

	while (dir && !found && (entry = readdir(dir)))
		found = strcmp(entry->d_name, ".") &&
			strcmp(entry->d_name, "..") &&
			look(dirfd(dir), entry->d_name);
	if (dir)
		(void)closedir(dir);
	else if (below >= 0)
		(void)close(below);
	return found;
}

static bool is_any(int dir, const char *name)
{
	(void)dir;
	(void)name;
	return true;
}

static bool is_mark(const char *name)
{
	static const char *const marks[] = {
		".gitignore", "CACHEDIR.TAG", ".lock", "pip-selfcheck.json",
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (!strcmp(name, marks[i]))
			return true;
	return false;
}

static bool is_setting(const char *name)
{
	return !strcmp(name, "pip.conf");
}

static bool is_part(int dir, const char *name)
{
	(void)dir;
	return (aside_is_part(name) && !is_mark(name)) ||
		aside_is_ours(name) || is_setting(name);
}

bool parts_any(int fd)
{
	return any_entry(fd, ".", is_part);
}

static bool is_program(int dir, const char *name)
{
	struct stat st;

	return !fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) &&
		(S_ISLNK(st.st_mode) ||
		 (S_ISREG(st.st_mode) && st.st_mode & 0111));
}

/* In lib/pythonX.Y: anything but the directory where packages would be. */
static bool is_package(int dir, const char *name)
{
	return strcmp(name, "site-packages") || any_entry(dir, name, is_any);
}

static bool has_packages(int dir, const char *name)
{
	return any_entry(dir, name, is_package);
}

bool parts_code(int fd)
{
	struct stat st;

	return !fstatat(fd, "pip.conf", &st, AT_SYMLINK_NOFOLLOW) ||
		any_entry(fd, "bin", is_program) ||
		any_entry(fd, "lib", has_packages) ||
		any_entry(fd, "lib64", has_packages);
}
