/*
 * Splitting PATH.
 */
#include "pathlist.h"

#include <string.h>

#include "which/compat.h"

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
