/*
 * Settings of poetry, hatch, pipenv, pdm and pyenv, as far as they say where
 * environments stand: variables, and a line of a file of the user's.
 */
#include "toolplace.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "cfg.h"
#include "file.h"
#include "path.h"
#include "toml.h"
#include "var.h"

/* The same of a file by its path. */
static char *read_text(const char *path)
{
	char *text = file_room();
	ptrdiff_t len = file_read_at(AT_FDCWD, path, text, CFG_MAX);

	if (len < 0 && len != -EFBIG)
		*text = '\0';
	return text;
}

char *toolplace_text(const char *dir, const char *name)
{
	char path[PATH_MAX];

	return read_text(path_join(path, dir, name) ? "" : path);
}

bool toolplace_expand(char *ret, const char *path)
{
	const char *home = var_set("HOME");

	if (*path == '/')
		return !path_copy(ret, path);
	return *path == '~' && home && (!path[1] || path[1] == '/') &&
		!path_join(ret, home, path[1] ? path + 2 : ".");
}

/* What the variable says, else `name` below a directory of the user's. */
static bool place_of(char *ret, const char *variable, const char *xdg,
		     const char *usual, const char *name)
{
	const char *set = var_set(variable);

	return set ? toolplace_expand(ret, set)
		   : !settings_xdg(ret, xdg, usual, name);
}

/* -- each of them ------------------------------------------------------- */

static bool poetry_cache(char *ret)
{
	return place_of(ret, "POETRY_CACHE_DIR", "XDG_CACHE_HOME", USER_CACHE,
			"pypoetry");
}

static bool poetry_container(char *ret)
{
	const char *set = var_set("POETRY_VIRTUALENVS_PATH");
	char path[PATH_MAX];

	if (set)
		return toolplace_expand(ret, set);
	if (place_of(path, "POETRY_CONFIG_DIR", "XDG_CONFIG_HOME", USER_CONFIG,
		     "pypoetry") &&
	    toml_get(toolplace_text(path, "config.toml"), "virtualenvs",
		     "path", path, sizeof(path)))
		return toolplace_expand(ret, path);
	return poetry_cache(ret) && !path_join(ret, ret, "virtualenvs");
}

/* It is written when hatch is used for the first time. */
static bool hatch_config(char *ret)
{
	return place_of(ret, "HATCH_CONFIG", "XDG_CONFIG_HOME", USER_CONFIG,
			"hatch/config.toml");
}

static bool hatch_container(const char *dir, char *ret)
{
	const char *set = var_set("HATCH_DATA_DIR");
	char *text, path[PATH_MAX];

	text = read_text(hatch_config(path) ? path : "");
	if (toml_get(text, "dirs.env", "virtual", path, sizeof(path)))
		return toolplace_expand(ret, path) ||
			(dir && !path_below(ret, dir, path));
	if (set || toml_get(text, "dirs", "data", path, sizeof(path))) {
		if (!toolplace_expand(ret, set ? set : path))
			return false;
	} else if (settings_xdg(ret, "XDG_DATA_HOME", USER_DATA, "hatch")) {
		return false;
	}
	return !path_join(ret, ret, "env/virtual");
}

static bool pipenv_container(char *ret)
{
	return place_of(ret, "WORKON_HOME", "XDG_DATA_HOME", ".local/share",
			"virtualenvs");
}

static bool pyenv_container(char *ret)
{
	const char *root = var_set("PYENV_ROOT");

	return toolplace_expand(ret, root ? root : "~/.pyenv") &&
		!path_join(ret, ret, "versions");
}

bool toolplace_container(enum tool tool, const char *dir, char *ret)
{
	switch (tool) {
	case TOOL_POETRY:
		return poetry_container(ret);
	case TOOL_HATCH:
		return hatch_container(dir, ret);
	case TOOL_PIPENV:
		return pipenv_container(ret);
	case TOOL_PDM:
		return !settings_xdg(ret, "XDG_DATA_HOME", USER_DATA,
				     "pdm/venvs");
	case TOOL_PYENV:
		return pyenv_container(ret);
	default:
		return false;
	}
}

/* -- in use ------------------------------------------------------------- */

/* Then pipenv has none elsewhere. */
static bool pipenv_stays(void)
{
	static const char *const no[] = { "0", "false", "no", "off", "n" };
	const char *value = var_set("PIPENV_VENV_IN_PROJECT");

	for (size_t i = 0; value && i < sizeof(no) / sizeof(*no); i++)
		if (!strcasecmp(value, no[i]))
			return false;
	return value;
}

/* What is there, in ret, where the tool is in use. */
static bool trace_of(enum tool tool, char *ret)
{
	const char *set;

	switch (tool) {
	case TOOL_POETRY:
		set = var_set("POETRY_VIRTUALENVS_PATH");
		return set ? toolplace_expand(ret, set) : poetry_cache(ret);
	case TOOL_HATCH:
		set = var_set("HATCH_DATA_DIR");
		return set ? toolplace_expand(ret, set) : hatch_config(ret);
	case TOOL_PIPENV:
		return !pipenv_stays() && pipenv_container(ret);
	case TOOL_PDM:
		return place_of(ret, "PDM_CACHE_DIR", "XDG_CACHE_HOME",
				USER_CACHE, "pdm");
	case TOOL_PYENV:
		/* A hook of pyenv-virtualenv's own does it. */
		return !var_set("PYENV_VIRTUALENV_INIT") &&
			pyenv_container(ret);
	default:
		return false;
	}
}

unsigned toolplace_present(unsigned tools)
{
	unsigned present = 0;
	char *path = file_room();	/* no file is read meanwhile */

	for (unsigned i = 0; i < TOOLS; i++) {
		if (!(tools & 1u << i))
			continue;
		if (i == TOOL_UV ? (bool)var_set("UV_PROJECT_ENVIRONMENT")
		    : trace_of((enum tool)i, path) && !access(path, F_OK))
			present |= 1u << i;
	}
	return present;
}
