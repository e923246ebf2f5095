/*
 * Reading the container directory.
 */
#include "named.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "path.h"
#include "settings.h"

static int is_entry(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
}

int named_each(void (*visit)(void *context, const char *path), void *context,
	       char *ret)
{
	struct dirent **entries;
	char path[PATH_MAX];
	int n;

	if (settings_container(ret))
		return 0;
	n = scandir(ret, &entries, is_entry, alphasort);
	if (n < 0)
		return errno == ENOENT ? 0 : -errno;
	for (int i = 0; i < n; i++) {
		if (!path_join(path, ret, entries[i]->d_name))
			visit(context, path);
		free(entries[i]);
	}
	free(entries);
	return 0;
}

void named_call(struct env *env)
{
	struct out name = OUT_STRING(env->name);
	char project[PATH_MAX];

	if (*env->name || !*env->redirect)
		return;
	env_project(env, project);
	out_safe(&name, path_base(project));
}
