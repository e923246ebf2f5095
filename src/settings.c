/*
 * Settings from the environment and the config file.
 */
#include "settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cfg.h"
#include "file.h"
#include "path.h"

/* A variable that is set to something, else NULL. */
static const char *env_var(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/* A variable that holds an absolute path; the XDG rules ignore others. */
static const char *env_path(const char *name)
{
	const char *value = env_var(name);

	return value && *value == '/' ? value : NULL;
}

static int config_path(char *ret)
{
	const char *config = env_path("XDG_CONFIG_HOME");
	const char *home = env_path("HOME");

	if (config)
		return path_join(ret, config, "venv-which/config");
	if (home)
		return path_join(ret, home, ".config/venv-which/config");
	return -ENOENT;
}

/* The value of `key`, copied to buf; "" where it is not there or too long. */
static const char *config_value(const char *text, const char *key,
				char *buf, size_t cap)
{
	const char *value;
	size_t len;

	if (!cfg_get(text, key, &value, &len) || len >= cap)
		return "";
	memcpy(buf, value, len);
	buf[len] = '\0';
	return buf;
}

static bool is_yes(const char *value)
{
	static const char *const words[] = { "1", "yes", "true", "on" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcasecmp(value, words[i]))
			return true;
	return false;
}

/* A name is one component of a path; anything else is passed over. */
static bool is_name(const char *name)
{
	return !strchr(name, '/') && strcmp(name, ".") && strcmp(name, "..");
}

/* Split the list at blanks and colons into names. */
static void split_names(struct settings *set, const char *list)
{
	size_t n = 0, len = strlen(list);
	char *rest = NULL;

	if (len && len < sizeof(set->names_text)) {
		memcpy(set->names_text, list, len + 1);
		for (char *name = strtok_r(set->names_text, " \t:", &rest);
		     name && n < NAMES_MAX;
		     name = strtok_r(NULL, " \t:", &rest))
			if (is_name(name))
				set->names[n++] = name;
	}
	if (!n) {
		set->names[n++] = ".venv";
		set->names[n++] = "venv";
	}
	set->names[n] = NULL;
}

/* The text of the config file, or "". */
static const char *config_text(void)
{
	static char text[CFG_MAX];
	char path[PATH_MAX];

	if (config_path(path) ||
	    file_read_at(AT_FDCWD, path, text, sizeof(text)) < 0)
		return "";
	return text;
}

void settings_load(struct settings *ret)
{
	const char *text = config_text();
	const char *names = env_var("VENV_WHICH_NAMES");
	const char *ceiling = env_var("VENV_WHICH_CEILING");
	const char *hush = env_var("VENV_WHICH_QUIET");
	char list[sizeof(ret->names_text)], quiet[8];

	split_names(ret, names ? names :
		config_value(text, "names", list, sizeof(list)));
	ret->ceiling = ceiling ? ceiling :
		config_value(text, "ceiling", ret->ceiling_text,
			     sizeof(ret->ceiling_text));
	ret->quiet = is_yes(hush ? hush :
		config_value(text, "quiet", quiet, sizeof(quiet)));
}

int settings_container(char *ret)
{
	const char *workon = env_path("WORKON_HOME");
	const char *home = env_path("HOME");

	if (workon)
		return path_copy(ret, workon);
	return home ? path_join(ret, home, ".virtualenvs") : -ENOENT;
}
