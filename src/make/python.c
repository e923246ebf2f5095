/*
 * Finding the Python that somebody means.
 */
#include "python.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "pathlist.h"
#include "pyenv.h"
#include "which/env.h"
#include "which/find.h"
#include "which/path.h"

struct search {
	const struct cache *cache;
	const struct stand *stand;
	const char *version;
	struct base *base;
	bool is_named;		/* what is tried has the version in its name */
	struct out failed;	/* one such that is there, and will not do */
};

/*
 * The program `command` of PATH, absolute, in ret; of a shim, what is behind
 * it.  False: there is none.
 */
static bool in_path(const char *command, char *ret)
{
	const char *list = getenv("PATH");
	char dir[PATH_MAX], behind[PATH_MAX];

	while (pathlist_next(&list, dir)) {
		if (!path_join(ret, dir, command) && path_is_program(ret)) {
			if (!pyenv_behind(ret, behind))
				return true;
			if (*behind)
				return !path_copy(ret, behind);
		}
	}
	return false;
}

/* -- versions ----------------------------------------------------------- */

static bool is_version(const char *word)
{
	return *word >= '2' && *word <= '9' &&
		!word[strspn(word, "0123456789.")];
}

static bool has_version(const struct base *base, const char *version)
{
	size_t len = strlen(version);

	return !strncmp(base->version, version, len) &&
		(!base->version[len] || base->version[len] == '.');
}

/* Is that one of the version?  Then it is in search->base. */
static bool try_python(void *context, const char *python)
{
	struct search *search = context;
	char text[1024];
	struct out why = OUT_STRING(text);

	if (base_ask(search->cache, python, search->base, &why))
		return has_version(search->base, search->version);
	/* By its name, or its directory's, it is the one that is meant. */
	if (search->is_named && !search->failed.len) {
		out_path(&search->failed, python);
		out_str(&search->failed, ": ");
		out_str(&search->failed, text);
	}
	return false;
}

static bool try_command(struct search *search, const char *command)
{
	char path[PATH_MAX];

	return in_path(command, path) && try_python(search, path);
}

/* python3.11 for "3.11" and "3.11.7"; python3 for "3". */
static bool try_named(struct search *search)
{
	char command[32] = "python";
	size_t len = strcspn(search->version, ".");

	if (search->version[len])
		len += 1 + strcspn(search->version + len + 1, ".");
	if (len + sizeof("python") > sizeof(command))
		return false;
	memcpy(command + strlen("python"), search->version, len);
	command[strlen("python") + len] = '\0';
	search->is_named = true;
	if (try_command(search, command))
		return true;
	search->is_named = false;
	return false;
}

/* Only of one that may be used: else a stranger chose the program. */
static bool try_nearest(struct search *search)
{
	static struct env env;
	char path[PATH_MAX];

	if (find_nearest(search->stand->set, search->stand->pwd, NULL,
			 &env) <= 0)
		return false;
	env_close(&env);
	return env.verdict == VERDICT_USE && !env_python(&env, path) &&
		try_python(search, path);
}

/* What pyenv, uv, mise and asdf have. */
static bool try_installed(struct search *search)
{
	search->is_named = true;
	return pyenv_each(search->version, try_python, search);
}

static bool find_version(struct search *search, struct out *why)
{
	if (try_named(search) || try_command(search, "python3") ||
	    try_command(search, "python") || try_installed(search) ||
	    try_nearest(search))
		return true;
	if (search->failed.len) {
		out_str(why, search->failed.buf);
		return false;
	}
	out_str(why, "there is no Python ");
	out_safe(why, search->version);
	out_str(why, " in PATH, nor of pyenv's, uv's,"
		" mise's or asdf's\n"
		"install it, or give a path");
	return false;
}

/* -- paths and commands ------------------------------------------------- */

/* The program in ret: `word`, or in the directory that it is. */
static bool by_path(const char *word, char *ret, struct out *why)
{
	static const char *const below[] = {
		"bin/python3", "bin/python", "python3", "python", "bin/pypy3",
	};
	char here[PATH_MAX], path[PATH_MAX];
	struct stat st;
	int err = 0;

	if (*word == '/')
		memcpy(here, "/", 2);
	else
		err = -working_dir(here, sizeof(here));
	if (!err && path_below(path, here, word))
		err = ENAMETOOLONG;
	if (!err && path_is_program(path))
		return !path_copy(ret, path);
	if (!err && stat(path, &st))
		err = errno;
	else if (!err && !S_ISDIR(st.st_mode))
		err = EACCES;
	for (size_t i = 0; !err && i < sizeof(below) / sizeof(*below); i++)
		if (!path_join(ret, path, below[i]) && path_is_program(ret))
			return true;
	out_path(why, word);
	out_str(why, err == EACCES ? " is no program" : ": ");
	if (err != EACCES)
		out_str(why, err ? strerror(err) : "no Python is in it");
	return false;
}

/* A file of the working directory is meant by ./NAME, and only so. */
static bool by_command(const char *word, char *ret, struct out *why)
{
	struct stat st;

	if (in_path(word, ret) || pyenv_version(word, "python", ret))
		return true;
	if (!*word) {
		out_str(why, "the name of a Python cannot be empty");
		return false;
	}
	out_str(why, "there is no command ");
	out_safe(why, word);
	out_str(why, " in PATH");
	if (!stat(word, &st)) {
		out_str(why, "\nwhat is here is ./");
		out_safe(why, word);
	}
	return false;
}

bool python_default(char *ret, struct out *why)
{
	if (in_path("python3", ret) || in_path("python", ret))
		return true;
	out_str(why, "there is no Python in PATH\ninstall one, or say which"
		" by -p PYTHON");
	return false;
}

/* A shim that was named itself. */
static void pass_shim(char *path)
{
	char behind[PATH_MAX];

	if (pyenv_behind(path, behind) && *behind)
		(void)path_copy(path, behind);
}

/* The version that `word` means; "python3.9" is one where no PATH has it. */
static const char *version_of(const char *word)
{
	static const char stem[] = "python";
	char path[PATH_MAX];

	if (!word || is_version(word))
		return word;
	if (strncmp(word, stem, strlen(stem)) ||
	    !is_version(word + strlen(stem)) || in_path(word, path))
		return NULL;
	return word + strlen(stem);
}

bool python_find(const struct cache *cache, const struct stand *stand,
		 const char *word, struct base *ret, struct out *why)
{
	char path[PATH_MAX], text[1024], failed[PATH_MAX + 1024];
	struct out reason = OUT_STRING(text);
	struct search search = {
		.cache = cache, .stand = stand, .version = version_of(word),
		.base = ret, .failed = OUT_STRING(failed),
	};

	if (search.version)
		return find_version(&search, why);
	if (!word ? !python_default(path, why) : strchr(word, '/')
	    ? !by_path(word, path, why) : !by_command(word, path, why))
		return false;
	pass_shim(path);
	if (base_ask(cache, path, ret, &reason))
		return true;
	out_path(why, path);
	out_str(why, ": ");
	out_str(why, text);
	return false;
}
