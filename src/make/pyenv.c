/*
 * The directories of pyenv ($PYENV_ROOT/versions/NAME), of uv
 * ($UV_PYTHON_INSTALL_DIR/cpython-3.11.9-PLATFORM), of mise
 * ($MISE_DATA_DIR/installs/python/3.11.9) and of asdf (the same in
 * $ASDF_DATA_DIR).
 */
#include "pyenv.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "which/file.h"
#include "which/path.h"
#include "which/text.h"

static bool below(char *ret, const char *variable, const char *dir)
{
	const char *root = getenv(variable);

	return root && *root == '/' && !(*dir ? path_join(ret, root, dir)
					      : path_copy(ret, root));
}

static bool pyenv_root(char *ret)
{
	return below(ret, "PYENV_ROOT", "") || below(ret, "HOME", ".pyenv");
}

static bool pyenv_versions(char *ret)
{
	return pyenv_root(ret) && !path_join(ret, ret, "versions");
}

static bool uv_root(char *ret)
{
	return below(ret, "UV_PYTHON_INSTALL_DIR", "") ||
		below(ret, "XDG_DATA_HOME", "uv/python") ||
		below(ret, "HOME", ".local/share/uv/python");
}

static bool mise_root(char *ret)
{
	return below(ret, "MISE_DATA_DIR", "installs/python") ||
		below(ret, "XDG_DATA_HOME", "mise/installs/python") ||
		below(ret, "HOME", ".local/share/mise/installs/python");
}

static bool asdf_root(char *ret)
{
	return below(ret, "ASDF_DATA_DIR", "installs/python") ||
		below(ret, "HOME", ".asdf/installs/python");
}

/* -- versions ----------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * Is `name` the version, or the version and more parts of it?  Of a name that
 * is no number, as pypy3.10, pyenv has parts behind a dot or a hyphen alone.
 */
static bool fits(const char *name, const char *version)
{
	size_t len = strlen(version);

	if (!len)
		return is_digit(*name);
	return !strncmp(name, version, len) &&
		(!name[len] || name[len] == '.' || name[len] == '-' ||
		 (is_digit(*version) && !is_digit(name[len])));
}

/* Less than, equal to or greater than 0, by their numbers. */
static int compare(const char *a, const char *b)
{
	unsigned long long x, y;

	for (;;) {
		while (*a && *a == *b && !is_digit(*a)) {
			a++;
			b++;
		}
		if (!text_digits(&a, &x) || !text_digits(&b, &y))
			return strcmp(a, b);
		if (x != y)
			return x < y ? -1 : 1;
	}
}

static const char *version_of(const char *name)
{
	return strncmp(name, "cpython-", 8) ? name : name + 8;
}

static int newest_first(const struct dirent **a, const struct dirent **b)
{
	return -compare(version_of((*a)->d_name), version_of((*b)->d_name));
}

static int is_shown(const struct dirent *entry)
{
	return *entry->d_name != '.';
}

static bool python_in(const char *dir, char *ret)
{
	return !path_join(ret, dir, "bin/python3") && path_is_program(ret);
}

static bool visit_root(const char *root, const char *version,
		       bool (*visit)(void *context, const char *python),
		       void *context)
{
	struct dirent **entries;
	char dir[PATH_MAX], python[PATH_MAX];
	int n = scandir(root, &entries, is_shown, newest_first);
	bool found = false;

	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name;

		found = found || (fits(version_of(name), version) &&
				  !path_join(dir, root, name) &&
				  python_in(dir, python) &&
				  visit(context, python));
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	return found;
}

bool pyenv_each(const char *version,
		bool (*visit)(void *context, const char *python),
		void *context)
{
	static bool (*const roots[])(char *ret) = {
		pyenv_versions, uv_root, mise_root, asdf_root,
	};
	char root[PATH_MAX];

	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		if (roots[i](root) && visit_root(root, version, visit, context))
			return true;
	return false;
}

/* -- shims -------------------------------------------------------------- */

/* A name that cannot lead out of pyenv's directory (CVE-2022-35861). */
static bool is_name(const char *name)
{
	return *name && *name != '.' && !strchr(name, '/');
}

struct search {
	const char *command;
	char *ret;
};

/* The visitor for a version that is given by its first numbers. */
static bool take(void *context, const char *python)
{
	struct search *search = context;

	return !path_copy(search->ret, python) && path_up(search->ret) &&
		!path_join(search->ret, search->ret, search->command) &&
		path_is_program(search->ret);
}

bool pyenv_version(const char *name, const char *command, char *ret)
{
	char root[PATH_MAX];
	struct search search = { command, ret };

	if (!is_name(name) || !pyenv_versions(root))
		return false;
	if (!path_join(ret, root, name) && !path_join(ret, ret, "bin") &&
	    !path_join(ret, ret, command) && path_is_program(ret))
		return true;
	/* "3.11" is the newest of these. */
	return visit_root(root, name, take, &search);
}

/* The first word of the file, in ret.  False: it says nothing. */
static bool first_word(const char *file, char *ret, size_t cap)
{
	ptrdiff_t len = file_read_at(AT_FDCWD, file, ret, cap);
	char *word;

	if (len <= 0)
		return false;
	word = ret + strspn(ret, " \t\r\n");
	word[strcspn(word, " \t\r\n#:")] = '\0';
	memmove(ret, word, strlen(word) + 1);
	return *ret;
}

static bool chosen(const char *root, char *ret, size_t cap)
{
	const char *version = getenv("PYENV_VERSION");
	char dir[PATH_MAX], file[PATH_MAX];

	if (version && *version) {
		size_t len = strcspn(version, ":");

		if (len >= cap)
			return false;
		memcpy(ret, version, len);
		ret[len] = '\0';
		return true;
	}
	if (!working_dir(dir, sizeof(dir)))
		do
			if (!path_join(file, dir, ".python-version") &&
			    first_word(file, ret, cap))
				return true;
		while (path_up(dir));
	return !path_join(file, root, "version") &&
		first_word(file, ret, cap);
}

bool pyenv_behind(const char *path, char *ret)
{
	char root[PATH_MAX], shims[PATH_MAX], version[256];

	if (!pyenv_root(root) || path_join(shims, root, "shims") ||
	    strncmp(path, shims, strlen(shims)) ||
	    path[strlen(shims)] != '/')
		return false;
	*ret = '\0';
	if (chosen(root, version, sizeof(version)) &&
	    strcmp(version, "system") &&
	    !pyenv_version(version, path_base(path), ret))
		*ret = '\0';
	return true;
}
