/*
 * Listing the Pythons that are installed.
 */
#include "installed.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "pathlist.h"
#include "pyenv.h"
#include "which/path.h"

struct list {
	struct installed *each;
	size_t n, cap;
};

static void add(struct list *list, const struct installed *new)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->each[i].path, new->path))
			return;
	if (list->n < list->cap) {
		list->each[list->n] = *new;
		list->each[list->n].nth = list->n;
		list->n++;
	}
}

/* -- PATH --------------------------------------------------------------- */

/* "python3.12", of this very form. */
static bool read_command(const char *name, struct installed *ret)
{
	static const char stem[] = "python";
	const char *rest;

	return !strncmp(name, stem, strlen(stem)) &&
		version_read(name + strlen(stem), &ret->version, &rest) &&
		ret->version.known == 2 && !*rest;
}

static void add_commands(struct list *list, const char *dir)
{
	static struct installed new;
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *stream = opendir(dir);

	while (stream && (entry = readdir(stream))) {
		new = (struct installed){ .command = true };
		if (!read_command(entry->d_name, &new) ||
		    path_join(path, dir, entry->d_name) ||
		    !path_is_program(path))
			continue;
		/* A shim stands for what pyenv has chosen, or for nothing. */
		if (!pyenv_behind(path, new.path))
			(void)path_copy(new.path, path);
		if (*new.path)
			add(list, &new);
	}
	if (stream)
		(void)closedir(stream);
}

/* -- pyenv and uv ------------------------------------------------------- */

/*
 * DIR/3.12.1/bin/python3, DIR/cpython-3.13.0rc1-PLATFORM/bin/python3; and not
 * 3.13.0t or 3.13.0+freethreaded, in which not every package works.
 */
static bool read_directory(const char *python, struct installed *ret)
{
	static const char stem[] = "cpython-";
	const char *name, *rest;
	char dir[PATH_MAX];

	if (path_copy(dir, python) || !path_up(dir) || !path_up(dir))
		return false;
	name = path_base(dir);
	name += strncmp(name, stem, strlen(stem)) ? 0 : strlen(stem);
	if (!version_read(name, &ret->version, &rest) ||
	    ret->version.known < 2)
		return false;
	ret->preview = (*rest && strchr("abr", *rest)) ||
		!strncmp(rest, "-dev", 4);
	return !*rest || *rest == '-' || ret->preview;
}

static bool add_directory(void *context, const char *python)
{
	static struct installed new;

	new = (struct installed){ .command = false };
	if (read_directory(python, &new) && !path_copy(new.path, python))
		add(context, &new);
	return false;
}

/* -- all ---------------------------------------------------------------- */

static int order(unsigned long long a, unsigned long long b)
{
	return a < b ? 1 : a > b ? -1 : 0;
}

static int newest_first(const void *left, const void *right)
{
	const struct installed *a = left, *b = right;
	int result = a->preview - b->preview;

	for (int i = 0; !result && i < 2; i++)
		result = order(a->version.part[i], b->version.part[i]);
	if (!result)
		result = b->command - a->command;
	/* uv's link of two numbers leads to the newest. */
	if (!result)
		result = a->version.known - b->version.known;
	if (!result)
		result = order(a->version.part[2], b->version.part[2]);
	return result ? result : order(b->nth, a->nth);
}

size_t installed_list(struct installed *ret, size_t cap)
{
	struct list list = { .each = ret, .cap = cap };
	const char *dirs = getenv("PATH");
	char dir[PATH_MAX];

	while (pathlist_next(&dirs, dir))
		add_commands(&list, dir);
	(void)pyenv_each("", add_directory, &list);
	qsort(ret, list.n, sizeof(*ret), newest_first);
	return list.n;
}
