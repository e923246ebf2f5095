/*
 * Reading the container directory.
 */
#include "named.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "make/dispose.h"
#include "which/find.h"
#include "which/path.h"

/*
 * Is it what `venv create` leaves behind when it is killed?  Then *ret is
 * broken, and open.
 */
static bool open_unfinished(const char *path, struct env *ret)
{
	struct out name = OUT_STRING(ret->name);
	struct out next = OUT_STRING(ret->next_text);

	env_clear(ret);
	(void)path_copy(ret->path, path);
	ret->fd = open_place(path, O_STAND | O_DIRECTORY | O_CLOEXEC);
	if (ret->fd < 0)
		return false;
	if (!dispose_is_unfinished(ret->fd) || fstat(ret->fd, &ret->self) ||
	    fstatat(ret->fd, ENV_UNFINISHED, &ret->cfg,
		    AT_SYMLINK_NOFOLLOW) || !S_ISREG(ret->cfg.st_mode)) {
		env_close(ret);
		return false;
	}
	out_safe(&name, path_base(path));
	ret->found = FOUND_NAMED;
	env_break(ret, "unfinished", "its creation did not come to an end",
		  NULL);
	ret->next = ret->next_text;
	out_str(&next, "make it again: venv create ");
	out_operand(&next, path);
	out_str(&next, "\nor: venv remove ");
	out_operand(&next, path);
	return true;
}

static bool open_one(const char *container, const char *name, struct env *ret)
{
	char path[PATH_MAX];

	return !path_join(path, container, name) &&
		(find_named(&session.set, "/", path, ret) > 0 ||
		 open_unfinished(path, ret));
}

static int is_entry(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
}

int named_each(void (*visit)(void *context, struct env *env), void *context,
	       char *ret_container)
{
	static struct env env;
	struct dirent **entries;
	int n;

	if (settings_container(ret_container)) {
		*ret_container = '\0';
		return 0;
	}
	n = scandir(ret_container, &entries, is_entry, alphasort);
	if (n < 0)
		return errno == ENOENT ? 0 : -errno;
	for (int i = 0; i < n; i++) {
		if (open_one(ret_container, entries[i]->d_name, &env)) {
			visit(context, &env);
			env_close(&env);
		}
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
