/*
 * By which names uv, poetry, hatch, pipenv, pdm and pyenv keep environments.
 */
#include "kept.h"

#include <string.h>

#include "hash.h"
#include "out.h"
#include "path.h"
#include "toml.h"
#include "toolplace.h"
#include "var.h"

const char *kept_word(enum tool tool)
{
	static const char *const words[] = {
#define TOOL(name, word, marker) word,
#include "tools.def"
#undef TOOL
	};

	return words[tool];
}

const char *kept_marker(enum tool tool)
{
	static const char *const markers[] = {
#define TOOL(name, word, marker) marker,
#include "tools.def"
#undef TOOL
	};

	return markers[tool];
}

/* Where Python says that it is, having gone there. */
static bool physical(const char *dir, char *ret)
{
	int fd = open_place(dir, O_STAND | O_DIRECTORY | O_CLOEXEC);
	bool known = fd >= 0 && physical_path(fd, dir, ret);

	if (fd >= 0)
		(void)close(fd);
	return known;
}

static void lower(char *s)
{
	for (; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s |= 0x20;
}

/* As PEP 503 has names: lower case, and one `-` for what stands between. */
static void normalise(char *name)
{
	char *to = name;

	lower(name);
	for (const char *s = name; *s; s++) {
		bool between = *s == '-' || *s == '_' || *s == '.';

		if (between && to > name && to[-1] == '-')
			continue;
		*to++ = between ? '-' : *s;
	}
	*to = '\0';
}

/* -- poetry: NAME-HASH-py3.11 ------------------------------------------- */

struct search {
	char hash[HASH_SIZE];
	void (*visit)(void *context, const char *name);
	void *context;
};

/* The version in such a name, "3.11"; NULL: it is none of the project's. */
static const char *version_in(const char *name, const char *hash)
{
	const size_t len = HASH_SIZE - 1;
	const char *py = strrchr(name, '-');

	if (!py || strncmp(py, "-py", 3) || (size_t)(py - name) <= len ||
	    py[-(ptrdiff_t)len - 1] != '-' || strncmp(py - len, hash, len))
		return NULL;
	return py + 3;
}

static void meet(void *context, const char *name)
{
	const struct search *search = context;

	if (version_in(name, search->hash))
		search->visit(search->context, name);
}

bool kept_of_poetry(const char *dir,
		    void (*visit)(void *context, const char *name),
		    void *context, char *ret)
{
	struct search search = { .visit = visit, .context = context };
	char path[PATH_MAX];

	if (!physical(dir, path) || !toolplace_container(TOOL_POETRY, dir, ret))
		return false;
	hash_text(path, search.hash);
	each_entry(ret, meet, &search);
	return true;
}

/* "3.9" comes before "3.11". */
static bool is_newer(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);

	return n != m ? n > m : strcmp(a, b) > 0;
}

/* The best so far, for a project of the name `own`. */
struct best {
	char own[64], name[256];
};

/* After a change of the name, that of the old one may stand there still. */
static bool is_own(const struct best *best, const char *name)
{
	size_t len = strlen(best->own);

	return !strncmp(name, best->own, len) && name[len] == '-' &&
		strrchr(name, '-') == name + len + HASH_SIZE;
}

static void choose(void *context, const char *name)
{
	struct best *best = context;
	bool own = is_own(best, name);

	if (strlen(name) >= sizeof(best->name))
		return;
	if (!*best->name || (own && !is_own(best, best->name)) ||
	    (own == is_own(best, best->name) &&
	     is_newer(strrchr(name, '-'), strrchr(best->name, '-'))))
		memcpy(best->name, name, strlen(name) + 1);
}

/* What poetry makes of the package's name. */
static void read_own(const char *dir, struct best *ret)
{
	const char *text = toolplace_text(dir, kept_marker(TOOL_POETRY));

	*ret->name = '\0';
	if (!toml_get(text, "project", "name", ret->own, sizeof(ret->own)))
		(void)toml_get(text, "tool.poetry", "name", ret->own,
			       sizeof(ret->own));
	normalise(ret->own);
	ret->own[42] = '\0';
}

static bool poetry_path(const char *dir, char *ret)
{
	char container[PATH_MAX], minor[16], *version;
	struct best best;

	read_own(dir, &best);
	if (!kept_of_poetry(dir, choose, &best, container) || !*best.name)
		return false;
	/* `poetry env use` notes which of them is meant. */
	version = strrchr(best.name, '-');
	*version = '\0';
	if (toml_get(toolplace_text(container, "envs.toml"), best.name,
		     "minor", minor, sizeof(minor)) &&
	    strlen(best.name) + sizeof("-py") + strlen(minor) <=
	    sizeof(best.name))
		memcpy(version + 3, minor, strlen(minor) + 1);
	*version = '-';
	return !path_join(ret, container, best.name);
}

/* -- hatch: NAME/HASH/NAME ---------------------------------------------- */

/* In the project, and in the directory that others use, too, no NAME/HASH. */
static bool is_flat(const char *container, const char *project)
{
	size_t len = strlen(project);
	char shared[PATH_MAX];

	return (!strncmp(container, project, len) && container[len] == '/') ||
		(toolplace_expand(shared, "~/.virtualenvs") &&
		 !strcmp(container, shared));
}

static bool hatch_path(const char *dir, char *ret)
{
	const char *set = var_set("HATCH_ENV_TYPE_VIRTUAL_PATH");
	const char *pyproject = toolplace_text(dir, "pyproject.toml");
	char name[256], path[PATH_MAX], hash[HASH_SIZE];
	bool flat;

	if (set || toml_get(pyproject, "tool.hatch.envs.default", "path", path,
			    sizeof(path)))
		return !path_below(ret, dir, set ? set : path);
	(void)toml_get(pyproject, "project", "name", name, sizeof(name));
	if (!physical(dir, path) || !toolplace_container(TOOL_HATCH, path, ret))
		return false;
	if (!*name && strlen(path_base(path)) < sizeof(name))
		memcpy(name, path_base(path), strlen(path_base(path)) + 1);
	normalise(name);
	flat = is_flat(ret, path);
	if (FOLDS_CASE)
		lower(path);
	hash_text(path, hash);
	return (flat || (!path_join(ret, ret, name) &&
			 !path_join(ret, ret, hash))) &&
		!path_join(ret, ret, name);
}

/* -- pipenv: NAME-HASH -------------------------------------------------- */

/* The first 42 characters, with `_` for those that trouble a shell. */
static void out_slug(struct out *out, const char *s)
{
	static const char odd[] = " &$`!*@\"()[]\\\r\n\t";

	for (int n = 0; *s && n < 42; n++)
		do
			out_char(out, strchr(odd, *s) ? '_' : *s);
		while ((*++s & 0xc0) == 0x80);
}

static bool pipenv_path(const char *dir, char *ret)
{
	const char *custom = var_set("PIPENV_CUSTOM_VENV_NAME");
	const char *python = var_set("PIPENV_PYTHON");
	char name[256] = "", path[PATH_MAX], hash[HASH_SIZE];
	struct out out = OUT_STRING(name);

	if (!toolplace_container(TOOL_PIPENV, dir, ret) ||
	    !physical(dir, path))
		return false;
	if (custom)
		return settings_is_name(custom) && !path_join(ret, ret, custom);
	out_slug(&out, path_base(path));
	if (path_join(path, path, kept_marker(TOOL_PIPENV)))
		return false;
	hash_text(path, hash);
	out_char(&out, '-');
	out_str(&out, hash);
	if (python) {
		out_char(&out, '-');
		out_str(&out, *python == '/' ? path_base(python) : python);
	}
	return settings_is_name(name) && !path_join(ret, ret, name);
}

/* -- pdm, pyenv --------------------------------------------------------- */

/* The file holds the path of ENV/bin/python. */
static bool pdm_path(const char *dir, char *ret)
{
	char *line = toolplace_text(dir, kept_marker(TOOL_PDM));

	line[strcspn(line, "\r\n")] = '\0';
	return *line && !path_below(ret, dir, line) && path_up(ret) &&
		!strcmp(path_base(ret), "bin") && path_up(ret);
}

/* The first word that names an environment: others name a Python. */
static bool pyenv_path(const char *dir, char *ret)
{
	char container[PATH_MAX], cfg[PATH_MAX], *rest = NULL;
	char *text = toolplace_text(dir, kept_marker(TOOL_PYENV));

	if (!toolplace_container(TOOL_PYENV, dir, container))
		return false;
	for (char *word = strtok_r(text, " \t\r\n", &rest); word;
	     word = strtok_r(NULL, " \t\r\n", &rest))
		if (settings_is_name(word) &&
		    !path_join(ret, container, word) &&
		    !path_join(cfg, ret, "pyvenv.cfg") && !access(cfg, F_OK))
			return true;
	return false;
}

bool kept_path(enum tool tool, const char *dir, char *ret)
{
	const char *own = var_set("UV_PROJECT_ENVIRONMENT");

	switch (tool) {
	case TOOL_UV:
		return own && !path_below(ret, dir, own);
	case TOOL_POETRY:
		return poetry_path(dir, ret);
	case TOOL_HATCH:
		return hatch_path(dir, ret);
	case TOOL_PIPENV:
		return pipenv_path(dir, ret);
	case TOOL_PDM:
		return pdm_path(dir, ret);
	case TOOL_PYENV:
		return pyenv_path(dir, ret);
	default:
		return false;
	}
}
