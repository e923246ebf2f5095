/*
 * Settings from the environment and the config file.
 */
#include "settings.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "cfg.h"
#include "file.h"
#include "out.h"
#include "path.h"
#include "secure.h"
#include "var.h"

/* A variable that holds an absolute path; the XDG rules ignore others. */
static const char *env_path(const char *name)
{
	const char *value = var_set(name);

	return value && *value == '/' ? value : NULL;
}

int settings_xdg(char *ret, const char *variable, const char *usual,
		 const char *name)
{
	const char *dir = env_path(variable), *home;

	if (dir)
		return path_join(ret, dir, name);
	home = env_path("HOME");
	if (!home)
		return -ENOENT;
	return path_join(ret, home, usual) || path_join(ret, ret, name)
		? -ENAMETOOLONG : 0;
}

int settings_record(char *ret)
{
	return settings_xdg(ret, "XDG_STATE_HOME", ".local/state",
			    "venv-which/allowed");
}

int settings_recent(char *ret)
{
	return settings_xdg(ret, "XDG_STATE_HOME", ".local/state",
			    "venv-which/recent");
}

int settings_config(char *ret)
{
	return settings_xdg(ret, "XDG_CONFIG_HOME", ".config",
			    "venv-which/config");
}

int settings_cache(char *ret)
{
	return settings_xdg(ret, "XDG_CACHE_HOME", ".cache", "venv-which");
}

/* A value, copied to buf; "" where there is none, or it is too long. */
static const char *copy(const struct cfg_value *value, char *buf, size_t cap)
{
	size_t len = value->text && value->len < cap ? value->len : 0;

	if (len)
		memcpy(buf, value->text, len);
	buf[len] = '\0';
	return buf;
}

bool settings_is_yes(const char *value)
{
	static const char *const words[] = { "1", "yes", "true", "on" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcasecmp(value, words[i]))
			return true;
	return false;
}

/* Does the variable, else the file, demand to be asked? */
static bool asks(const struct cfg_value *value, const char *variable)
{
	if (variable)
		return strcasecmp(variable, "here");
	return value->len &&
		(value->len != 4 || strncasecmp(value->text, "here", 4));
}

bool settings_is_name(const char *name)
{
	return !strchr(name, '/') && strcmp(name, ".") && strcmp(name, "..");
}

/* Split the list at blanks and colons into names. */
static void split_names(struct settings *set, const char *list)
{
	static char text[NAMES_SIZE];
	size_t n = 0, len = strlen(list);
	char *rest = NULL;

	if (len && len < sizeof(text)) {
		memcpy(text, list, len + 1);
		for (char *name = strtok_r(text, " \t:", &rest);
		     name && n < NAMES_MAX;
		     name = strtok_r(NULL, " \t:", &rest))
			if (settings_is_name(name))
				set->names[n++] = name;
	}
	if (!n) {
		set->names[n++] = ".venv";
		set->names[n++] = "venv";
	}
	set->names[n] = NULL;
}

enum tool settings_tool(const char *word, size_t len)
{
	static const char *const words[] = {
#define TOOL(name, word, marker) word,
#include "tools.def"
#undef TOOL
	};
	unsigned i = 0;

	while (i < TOOLS && (strlen(words[i]) != len ||
			     memcmp(words[i], word, len)))
		i++;
	return (enum tool)i;
}

/* Those of the list; all where there is none. */
static unsigned split_tools(const char *list)
{
	unsigned tools = 0;

	if (!*list)
		return (1u << TOOLS) - 1;
	while (*(list += strspn(list, " \t"))) {
		size_t len = strcspn(list, " \t");

		tools |= 1u << settings_tool(list, len);
		list += len;
	}
	return tools;
}

/* The colon list in ret (PATH_MAX bytes), each "~/" the home directory. */
static const char *expand(const char *list, char *ret)
{
	const char *home = env_path("HOME");
	struct out out = { .fd = -1, .buf = ret, .cap = PATH_MAX };

	for (; *list; list += *list == ':') {
		size_t len = strcspn(list, ":");

		if (home && !strncmp(list, "~/", 2)) {
			out_str(&out, home);
			out_bytes(&out, list + 1, len - 1);
		} else {
			out_bytes(&out, list, len);
		}
		list += len;
		out_str(&out, ":");
	}
	return ret;
}

bool settings_is_mine(const char *path, const struct stat *st)
{
	struct culprit at;
	const char *home = env_path("HOME");
	size_t len = home ? strlen(home) : 0;

	if (!secure_owner(st->st_uid) || secure_writers(st, path))
		return false;
	if (len && !strncmp(path, home, len) && path[len] == '/')
		return true;
	at.under = NULL;
	return secure_path(path, st, &at) == SECURE_YES;
}

/*
 * The text of the config file, or "".  In *ret_mine, whether nobody else
 * could have written it.
 */
static const char *config_text(bool *ret_mine)
{
	char *text = file_room(), path[PATH_MAX];
	struct stat st;

	*ret_mine = false;
	if (settings_config(path) ||
	    file_read_stat(AT_FDCWD, path, text, CFG_MAX, &st) < 0)
		return "";
	*ret_mine = settings_is_mine(path, &st);
	return text;
}

enum { NAMES, CEILING, UNDER, TRUST, TOOLS_ASKED, QUIET, KEYS };

void settings_load(struct settings *ret)
{
	static const char *const keys[KEYS] = {
		"names", "ceiling", "under", "trust", "tools", "quiet",
	};
	static char under[PATH_MAX], under_text[PATH_MAX];
	static char ceiling_text[PATH_MAX];
	struct cfg_value value[KEYS];
	bool mine;
	const char *names = var_set("VENV_WHICH_NAMES");
	const char *ceiling = var_set("VENV_WHICH_CEILING");
	const char *hush = var_set("VENV_WHICH_QUIET");
	char list[NAMES_SIZE], word[8];

	cfg_find(config_text(&mine), keys, KEYS, value);
	split_names(ret, names ? names :
		    copy(&value[NAMES], list, sizeof(list)));
	ret->ceiling = ceiling ? ceiling : !value[CEILING].len ? "" :
		copy(&value[CEILING], ceiling_text, sizeof(ceiling_text));
	ret->under = "";
	if (mine && *copy(&value[UNDER], under, sizeof(under)))
		ret->under = expand(under, under_text);
	ret->tools = split_tools(copy(&value[TOOLS_ASKED], list, sizeof(list)));
	ret->ask = asks(&value[TRUST], var_set("VENV_WHICH_TRUST"));
	ret->quiet = settings_is_yes(hush ? hush :
		copy(&value[QUIET], word, sizeof(word)));
}

bool settings_is_anothers(const char *path)
{
	return path[0] == '~' && path[1] && path[1] != '/';
}

int settings_container(char *ret)
{
	const char *workon = var_set("WORKON_HOME");
	const char *home = env_path("HOME");

	if (workon && *workon == '/')
		return path_copy(ret, workon);
	if (!home)
		return -ENOENT;
	if (!workon || settings_is_anothers(workon))
		workon = ".virtualenvs";
	return path_join(ret, home, workon + strspn(workon, "~/"));
}
