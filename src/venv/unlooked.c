/*
 * Looking for what the walk does not look for.
 */
#include "unlooked.h"

#include <dirent.h>
#include <string.h>

#include "command.h"
#include "which/path.h"

static bool is_looked_for(const char *name)
{
	const char *const *each = session.set.names;

	while (*each && strcmp(*each, name))
		each++;
	return *each;
}

static bool is_env(const char *dir, const char *name, char *ret)
{
	char cfg[PATH_MAX];
	struct stat st;

	return !is_looked_for(name) && !path_join(ret, dir, name) &&
		!path_join(cfg, ret, "pyvenv.cfg") && !stat(cfg, &st) &&
		S_ISREG(st.st_mode);
}

static bool has_usual(const char *dir, char *ret)
{
	static const char *const usual[] = {
		".venv", "venv", "env", ".env", "virtualenv", ".virtualenv",
	};

	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		if (is_env(dir, usual[i], ret))
			return true;
	return false;
}

/* The first one by its name, of whatever name. */
static bool has_any(const char *dir, char *ret)
{
	DIR *stream = opendir(dir);
	struct dirent *entry;
	char path[PATH_MAX];

	*ret = '\0';
	while (stream && (entry = readdir(stream)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
		    is_env(dir, entry->d_name, path) &&
		    (!*ret || strcmp(path, ret) < 0))
			(void)path_copy(ret, path);
	if (stream)
		(void)closedir(stream);
	return *ret;
}

bool unlooked_advise(struct out *out)
{
	char dir[PATH_MAX], physical[PATH_MAX], path[PATH_MAX];
	bool here;

	if (path_working_dir(dir, physical, session.pwd))
		return false;
	/* There they have names of their own. */
	if (!settings_container(path) && path_same(path, dir))
		return false;
	here = has_usual(dir, path) || has_any(dir, path);
	if (!here) {
		while (path_up(dir) && !has_usual(dir, path))
			;
		if (!has_usual(dir, path))
			return false;
	}
	out_path(out, path);
	out_str(out, " is one, by another name: ");
	out_str(out, here ? "venv link " : "venv use ");
	out_operand(out, path);
	return true;
}
