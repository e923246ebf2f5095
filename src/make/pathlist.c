/*
 * Splitting PATH.
 */
#include "pathlist.h"

#include <stdlib.h>
#include <string.h>

#include "which/path.h"

bool pathlist_next(const char **list, char *ret)
{
	while (*list && **list) {
		const char *entry = *list;
		size_t len = strcspn(entry, ":");

		*list += len;
		*list += **list == ':';
		if (*entry == '/' && len < PATH_MAX) {
			memcpy(ret, entry, len);
			ret[len] = '\0';
			return true;
		}
	}
	return false;
}

bool pathlist_find(const char *command, char *ret)
{
	const char *list = getenv("PATH");
	char dir[PATH_MAX];

	while (pathlist_next(&list, dir))
		if (!path_join(ret, dir, command) && path_is_program(ret))
			return true;
	return false;
}
