/*
 * The files in which a project says which Python it is for.
 */
#include "requires.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "relink.h"
#include "pyproject.h"
#include "which/file.h"
#include "which/path.h"

#define PINS ".python-version"
#define PROJECT "pyproject.toml"
#define PINS_SIZE 4096
#define PROJECT_SIZE (512 * 1024)	/* real ones have some thousand bytes */

/* -- what could not be read --------------------------------------------- */

/* The first one is told; and of what a stranger wrote, the beginning. */
static void trouble(struct requires *ret, const char *file, const char *why,
		    const char *what)
{
	struct out out = OUT_STRING(ret->trouble);

	if (*ret->trouble)
		return;
	out_path(&out, file);
	out_str(&out, why);
	out_label(&out, what, strlen(what), 40);
}

/*
 * The file in buf, terminated: 1; 0: it is none, or nothing is in it; -1: it
 * cannot be read, which is told.
 */
static int read_file(struct requires *ret, const char *file, char *buf,
		     size_t cap)
{
	ptrdiff_t len = file_read_at(AT_FDCWD, file, buf, cap);

	if (len == -EACCES || len == -EIO)
		trouble(ret, file, ": ", error_text((int)-len));
	else if (len == -EFBIG)
		trouble(ret, file, " is too large to be read", "");
	else if (len > 0 && memchr(buf, '\0', (size_t)len))
		trouble(ret, file, " holds NUL bytes", "");
	else
		return len > 0;
	return -1;
}

/* -- words of .python-version ------------------------------------------- */

static bool is_specifiers(const char *word)
{
	return *word && strchr("<>=!~", *word);
}

/* One that leads nowhere (CVE-2022-35861), and needs no quotes. */
static bool is_word(const char *word)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789._-+@";
	const struct version any = { .known = 3 };

	if (strlen(word) > 63)
		return false;
	if (is_specifiers(word))
		return pep440_fits(word, DIALECT_PEP440, &any) >= 0;
	return !strchr("._-+@", *word) && !word[strspn(word, letters)];
}

static void add_pin(struct requires *ret, const char *word, const char *file)
{
	struct out out = OUT_STRING(ret->pins);

	out.len = strlen(ret->pins);
	if (!*word)
		return;
	if (!is_word(word) ||
	    out.len + strlen(word) + 2 > sizeof(ret->pins)) {
		trouble(ret, file, ": no version is called ", word);
		return;
	}
	out_str(&out, out.len ? " " : "");
	out_str(&out, word);
}

/*
 * A line is a word, or several between colons; what is behind it is not.
 * False: there is none.
 */
static bool add_pins(struct requires *ret, char *text, const char *file)
{
	char *line, *word;
	bool some = false;

	text += strncmp(text, "\xef\xbb\xbf", 3) ? 0 : 3;
	while ((line = strsep(&text, "\r\n"))) {
		line += strspn(line, " \t\v\f");
		line[strcspn(line, " \t\v\f#")] = '\0';
		while ((word = strsep(&line, ":"))) {
			some |= *word;
			add_pin(ret, word, file);
		}
	}
	return some;
}

/* "cpython@3.12", "pypy3.10-7.3.12", "3.12.1", "3.13.0rc1", "mine" */
static void read_pin(const char *word, struct pin *ret)
{
	static const struct {
		const char *stem, *implementation;
	} stems[] = {
		{ "cpython", "CPython" }, { "python", "CPython" },
		{ "pypy", "PyPy" }, { "", "CPython" },
	};
	const char *at, *rest = "";
	size_t i = 0;

	*ret = (struct pin){ .whole = false };
	if (is_specifiers(word)) {
		ret->specifiers = word;
		return;
	}
	while (strncmp(word, stems[i].stem, strlen(stems[i].stem)))
		i++;
	at = word + strlen(stems[i].stem);
	at += *stems[i].stem && (*at == '-' || *at == '@');
	ret->implementation = stems[i].implementation;
	if (!version_read(at, &ret->version, &rest))
		return;
	/* Of PyPy's own version nothing is known but by this name; and a
	 * name may go on as it likes, as 3.12.1-mine. */
	ret->whole = !*rest ||
		(!strncmp(word, "cpython-", 8) && *rest == '-');
	if (!ret->whole && *rest != '-' && !strchr("abr", *rest))
		ret->version.known = 0;
}

bool requires_next(const char **pins, char *word, size_t cap,
		   struct pin *ret)
{
	size_t len;

	*pins += strspn(*pins, " ");
	len = strcspn(*pins, " ");
	if (!len || len >= cap)
		return false;
	memcpy(word, *pins, len);
	word[len] = '\0';
	*pins += len;
	read_pin(word, ret);
	return true;
}

void requires_take_shell(struct requires *requires)
{
	const char *version = getenv("PYENV_VERSION");
	char text[sizeof(requires->pins)];
	struct out out = OUT_STRING(text);

	if (!version || !*version)
		return;
	out_str(&out, version);
	*requires->pins = *requires->pin_file = '\0';
	(void)add_pins(requires, text, "PYENV_VERSION");
}

/* -- pyproject.toml ----------------------------------------------------- */

static const struct {
	const char *path, *key;
	enum dialect dialect;
} keys[] = {
	{ "project.requires-python", "requires-python", DIALECT_PEP440 },
	{ "tool.poetry.dependencies.python", "poetry's python",
	  DIALECT_POETRY },
};

/* False: it says nothing. */
static bool read_range(struct requires *ret, const char *file)
{
	static char text[PROJECT_SIZE];
	const struct version any = { .known = 3 };
	int found = read_file(ret, file, text, sizeof(text));

	if (found <= 0)
		return found;
	found = 0;
	for (size_t i = 0; !found && i < sizeof(keys) / sizeof(*keys); i++) {
		ret->key = keys[i].key;
		ret->dialect = keys[i].dialect;
		found = pyproject_string(text, keys[i].path, ret->range,
				    sizeof(ret->range));
	}
	if (found < 0)
		trouble(ret, file, " is not understood, up to where ",
			"requires-python would be");
	else if (found && pep440_fits(ret->range, ret->dialect, &any) < 0)
		trouble(ret, file, ": this demand is not understood: ",
			ret->range);
	else
		return found;
	*ret->range = '\0';
	return true;
}

/* -- the project -------------------------------------------------------- */

static bool has(const char *dir, const char *name)
{
	char path[PATH_MAX];
	struct stat st;

	return !path_join(path, dir, name) && !lstat(path, &st);
}

/* Does the walk end below it, wherever it began? */
static bool is_limit(const struct settings *set, const char *dir)
{
	const char *home = getenv("HOME");

	return !dir[1] || (home && *home == '/' && path_equal(dir, home)) ||
		path_in_list(set->ceiling, dir);
}

/* The last directory of the walk from `dir`, in ret (PATH_MAX bytes). */
static void find_root(const struct settings *set, const char *dir, char *ret)
{
	char at[PATH_MAX], project[PATH_MAX] = "", below[PATH_MAX] = "";
	const char *home = getenv("HOME");

	(void)path_copy(at, dir);
	(void)path_copy(ret, dir);
	do {
		if (is_limit(set, at) && strcmp(at, dir))
			break;
		if (has(at, ".git") || has(at, ".hg")) {
			(void)path_copy(ret, at);
			return;
		}
		if (!*project && has(at, PROJECT))
			(void)path_copy(project, at);
		(void)path_copy(below, at);
	} while (!is_limit(set, at) && path_up(at));
	if (*project)
		(void)path_copy(ret, project);
	else if (home && path_equal(at, home))
		(void)path_copy(ret, below);
}

static void begin(struct requires *ret)
{
	*ret->pins = *ret->range = *ret->trouble = '\0';
	*ret->pin_file = *ret->range_file = '\0';
	ret->key = "";
	ret->dialect = DIALECT_PEP440;
}

/* False: it says nothing. */
static bool read_pins(struct requires *ret, const char *file)
{
	static char text[PINS_SIZE];
	int found = read_file(ret, file, text, sizeof(text));

	return found > 0 ? add_pins(ret, text, file) : found;
}

void requires_read(struct requires *ret, const struct settings *set,
		   const char *dir)
{
	char root[PATH_MAX], at[PATH_MAX], file[PATH_MAX];
	bool pinned = false, ranged = false;

	begin(ret);
	if (path_copy(at, dir))
		return;
	find_root(set, at, root);
	do {
		if (!pinned && !path_join(file, at, PINS) &&
		    (pinned = read_pins(ret, file)))
			(void)path_copy(ret->pin_file, file);
		if (!ranged && !path_join(file, at, PROJECT) &&
		    (ranged = read_range(ret, file)))
			(void)path_copy(ret->range_file, file);
	} while (strcmp(at, root) && path_up(at));
}

void requires_of_env(struct requires *ret, const struct settings *set,
		     const struct env *env)
{
	char dir[PATH_MAX], container[PATH_MAX];

	env_project(env, dir);
	if (!*env->redirect && !settings_container(container) &&
	    path_same(dir, container) &&
	    (env->fd < 0 || !relink_project(env, dir)))
		begin(ret);
	else
		requires_read(ret, set, dir);
}

/* -- the rule ----------------------------------------------------------- */

static bool pin_fits(const struct pin *pin, const char *word,
		     const char *implementation,
		     const struct version *version)
{
	if (pin->specifiers)
		return pep440_fits(pin->specifiers, DIALECT_PEP440,
				   version) > 0;
	return !pin->version.known || !strcmp(word, "system") ||
		(!strcmp(pin->implementation, implementation) &&
		 version_begins(version, &pin->version));
}

static bool pins_fit(const struct requires *requires,
		     const char *implementation,
		     const struct version *version)
{
	const char *pins = requires->pins;
	char word[64];
	struct pin pin;

	while (requires_next(&pins, word, sizeof(word), &pin))
		if (pin_fits(&pin, word, implementation, version))
			return true;
	return !*requires->pins;
}

bool requires_fits(const struct requires *requires, const char *implementation,
		   const char *version, struct out *out)
{
	struct version numbers;

	if (!version_read(version, &numbers, NULL) || numbers.known < 2)
		return true;
	if (!pins_fit(requires, implementation, &numbers)) {
		if (out)
			requires_say_pins(out, requires, requires->pins);
		return false;
	}
	if (*requires->range && !pep440_fits(requires->range,
					     requires->dialect, &numbers)) {
		if (out)
			requires_say_range(out, requires);
		return false;
	}
	return true;
}

/* -- saying it ---------------------------------------------------------- */

void requires_say_pins(struct out *out, const struct requires *requires,
		       const char *word)
{
	out_str(out, *requires->pin_file ? PINS " " : "PYENV_VERSION ");
	out_safe(out, word);
}

void requires_say_range(struct out *out, const struct requires *requires)
{
	out_str(out, requires->key);
	out_char(out, ' ');
	out_safe(out, requires->range);
}

const char *requires_file(const struct requires *requires)
{
	return *requires->pins ? requires->pin_file : requires->range_file;
}
