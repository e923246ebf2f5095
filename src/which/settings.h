/*
 * What the user has set: the environment first, then the config file
 * $XDG_CONFIG_HOME/venv-which/config (else ~/.config/…).  Nothing is ever
 * read from a project directory.
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "compat.h"

#define NAMES_MAX 16

/* Tools that keep environments elsewhere: TOOL_UV, TOOL_POETRY ... */
enum tool {
#define TOOL(name, word, marker) TOOL_##name,
#include "tools.def"
#undef TOOL
	TOOLS
};

struct settings {
	/* VENV_WHICH_NAMES, `names`: what an environment in a project is
	 * called, in the order in which they win. */
	const char *names[NAMES_MAX + 1];
	/* VENV_WHICH_CEILING, `ceiling`: a colon list, or "". */
	const char *ceiling;
	/* VENV_WHICH_TRUST, `trust`: nothing is used that was not allowed.
	 * Any word but `here` means that. */
	bool ask;
	/* `under`: a colon list of directories, or "".  Only of a config
	 * file that nobody else may write. */
	const char *under;
	/* `tools`: which of them are asked, a bit each (1 << TOOL_UV). */
	unsigned tools;
	/* VENV_WHICH_QUIET, `quiet`: the hook says nothing. */
	bool quiet;
};

/* The room for the list of `names`; a longer one is none. */
#define NAMES_SIZE 512

/*
 * Fill *ret.  A file that cannot be read counts as empty.  Its texts hold until
 * it is called again.
 */
void settings_load(struct settings *ret);

/* Does the value of `quiet` say yes?  Any other says no. */
bool settings_is_yes(const char *value);

/* The tool that is called so (len bytes), or TOOLS. */
enum tool settings_tool(const char *word, size_t len);

/*
 * `name` in ret (PATH_MAX bytes), below the directory that the XDG variable
 * names, or else below `usual` in the home directory.  0, -ENAMETOOLONG, or
 * -ENOENT: HOME is not set to an absolute path.
 */
int settings_xdg(char *ret, const char *variable, const char *usual,
		 const char *name);

/* May an environment have the name?  It is one component of a path. */
bool settings_is_name(const char *name);

/*
 * Could nobody else have written the file at `path`, whose fstat(2) is st?
 * Its owner, its mode, and unless it is below the home directory the way to
 * it; see secure.h.
 */
bool settings_is_mine(const char *path, const struct stat *st);

/*
 * The record of decisions, $XDG_STATE_HOME/venv-which/allowed or
 * ~/.local/state/…, in ret (PATH_MAX bytes).  Results as below.
 */
int settings_record(char *ret);

/* What was used last: the file `recent` beside it, as above. */
int settings_recent(char *ret);
/* The config file, as above. */
int settings_config(char *ret);

/* The cache, $XDG_CACHE_HOME/venv-which or ~/.cache/venv-which, as above. */
int settings_cache(char *ret);

/*
 * The container directory of named environments, $WORKON_HOME or
 * ~/.virtualenvs, in ret (PATH_MAX bytes); as for virtualenvwrapper, one that
 * is not absolute, or begins with a tilde, counts from the home directory.
 * 0, -ENAMETOOLONG, or -ENOENT: HOME is not set to an absolute path.
 */
int settings_container(char *ret);

/* Does the path begin with "~user", which nobody expands here? */
bool settings_is_anothers(const char *path);

#endif
