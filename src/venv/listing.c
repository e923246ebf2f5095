/*
 * Reading a directory by what its entries' names begin with.
 */
#include "listing.h"

#include <string.h>
#include <strings.h>

#include "which/compat.h"

bool listing_open(struct listing *list, const char *dir, const char *begin)
{
	list->dir = opendir(dir);
	list->begin = begin;
	list->entry = NULL;
	return list->dir;
}

void listing_close(struct listing *list)
{
	(void)closedir(list->dir);
}

static bool is_wanted(const struct listing *list, const char *name)
{
	if (!strcmp(name, ".") || !strcmp(name, ".."))
		return false;
	return !strncasecmp(name, list->begin, strlen(list->begin)) &&
		(*name != '.' || *list->begin == '.');
}

const char *listing_next(struct listing *list)
{
	do
		list->entry = readdir(list->dir);
	while (list->entry && !is_wanted(list, list->entry->d_name));
	return list->entry ? list->entry->d_name : NULL;
}

size_t listing_count(struct listing *list, size_t most)
{
	size_t n = 0;

	while (n <= most && listing_next(list))
		n += entry_kind(list->entry) != ENTRY_OTHER;
	rewinddir(list->dir);
	return n;
}

static bool stat_entry(const struct listing *list, struct stat *ret)
{
	return !fstatat(dirfd(list->dir), list->entry->d_name, ret, 0);
}

bool listing_is_dir(const struct listing *list)
{
	struct stat st;
	int kind = entry_kind(list->entry);

	return kind == ENTRY_UNKNOWN ? stat_entry(list, &st) &&
		S_ISDIR(st.st_mode) : kind == ENTRY_DIR;
}

bool listing_is_program(const struct listing *list)
{
	struct stat st;

	return entry_kind(list->entry) != ENTRY_DIR &&
		stat_entry(list, &st) && S_ISREG(st.st_mode) &&
		!faccessat(dirfd(list->dir), list->entry->d_name, X_OK, 0);
}

bool listing_has(const struct listing *list, const char *path)
{
	struct stat st;

	return !fstatat(dirfd(list->dir), path, &st, 0);
}
