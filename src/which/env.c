/*
 * Reading one environment: its directory, its pyvenv.cfg and its health.
 * Nothing in it is ever run.
 */
#include "env.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "cfg.h"
#include "drift.h"
#include "file.h"
#include "out.h"
#include "path.h"
#include "text.h"

#define CFG "pyvenv.cfg"
#define PLACE_FLAGS (O_STAND | O_DIRECTORY | O_CLOEXEC)

void env_clear(struct env *env)
{
	*env->name = *env->version = *env->implementation = '\0';
	env->verdict = VERDICT_NONE;
	env->rule = env->why = env->next = env->note = env->redirect = "";
	env->file = env->tool = env->marker = "";
	env->fd = env->cfg_fd = -1;
	env->cfg_err = 0;
	env->plain = false;
}

bool env_is_shortage(int err)
{
	return err == -EMFILE || err == -ENFILE || err == -ENOMEM;
}

/* 0, or the negative errno of a shortage; any other is env_read()'s to say. */
static int open_cfg(struct env *env)
{
	/* An empty one need not be read; and one in /proc, which says that it
	 * is empty, must not be: that can already be an act (/proc/kmsg). */
	if (!env->cfg.st_size)
		return 0;
	env->cfg_fd = openat(env->fd, CFG, FILE_OPEN_FLAGS);
	if (env->cfg_fd >= 0)
		return 0;
	env->cfg_err = -errno;
	return env_is_shortage(env->cfg_err) ? env->cfg_err : 0;
}

/* stat(2), and whether it took a link to get there.  0 or an errno < 0. */
static int stat_part(int fd, const char *part, struct stat *ret,
		     bool *ret_is_link)
{
	if (fstatat(fd, part, ret, AT_SYMLINK_NOFOLLOW))
		return -errno;
	*ret_is_link = S_ISLNK(ret->st_mode);
	if (!*ret_is_link)
		return 0;
	return fstatat(fd, part, ret, 0) ? -errno : 0;
}

int env_open(struct env *ret, const char *path)
{
	int err = path_copy(ret->path, path);

	env_clear(ret);
	if (err)
		return err;
	ret->fd = open_plain(path, PLACE_FLAGS);
	ret->plain = ret->fd >= 0;
	if (ret->fd < 0 && errno == ELOOP)
		ret->fd = open_place(path, PLACE_FLAGS);
	if (ret->fd < 0)
		return -errno;
	err = fstat(ret->fd, &ret->self) ? -errno :
		stat_part(ret->fd, CFG, &ret->cfg, &ret->cfg_is_link);
	if (err == -ENOTDIR || err == -ELOOP)
		err = -ENOENT;
	if (!err)
		err = S_ISREG(ret->cfg.st_mode) ? open_cfg(ret) : -EINVAL;
	if (err)
		env_close(ret);
	return err;
}

void env_close(struct env *env)
{
	if (env->fd > 0)
		(void)close(env->fd);
	if (env->cfg_fd > 0)
		(void)close(env->cfg_fd);
	env->fd = env->cfg_fd = -1;
}

/* What stands in its project: the file that leads to it, or itself. */
static const char *in_project(const struct env *env)
{
	return *env->redirect ? env->redirect :
		*env->marker ? env->marker : env->path;
}

void env_project(const struct env *env, char *ret)
{
	const char *place = in_project(env);

	memcpy(ret, place, strlen(place) + 1);
	(void)path_up(ret);
}

int env_python(const struct env *env, char *ret)
{
	return *env->path ? path_join(ret, env->path, "bin/python") : -EINVAL;
}

void env_break(struct env *env, const char *rule, ...)
{
	struct out why = OUT_STRING(env->why_text);
	const char *piece;
	va_list pieces;

	/* The first reason found is the one to mend first. */
	if (env->verdict == VERDICT_BROKEN)
		return;
	env->verdict = VERDICT_BROKEN;
	env->rule = rule;
	env->why = env->why_text;
	va_start(pieces, rule);
	while ((piece = va_arg(pieces, const char *)))
		out_safe(&why, piece);
	va_end(pieces);
}

/* -- pyvenv.cfg -------------------------------------------------------- */

/* What is asked of it. */
enum { KEY_HOME, KEY_PROMPT, KEY_VERSION, KEY_VERSION_INFO, KEY_PYTHON_VERSION,
       KEY_IMPLEMENTATION, KEY_EXECUTABLE, KEYS };

static const char *const keys[KEYS] = {
	"home", "prompt", "version", "version_info", "python-version",
	"implementation", "executable",
};

/* "3.11.7" of "3.11.7", "3.11.7.final.0", "3.13.0rc1"; "" of other text. */
static void set_version(struct env *env, const char *value, size_t len)
{
	size_t end = 0, used = 0;
	int parts = 0;

	while (parts < 3 && used < len && used < VERSION_SIZE - 1) {
		if (value[used] < '0' || value[used] > '9')
			break;
		while (used < len && used < VERSION_SIZE - 1 &&
		       value[used] >= '0' && value[used] <= '9')
			used++;
		end = used;
		parts++;
		if (used == len || value[used] != '.')
			break;
		used++;
	}
	memcpy(env->version, value, end);
	env->version[end] = '\0';
}

/* CPython writes `version`, virtualenv and uv `version_info`; PEP 838. */
static void read_version(struct env *env, const struct cfg_value *values)
{
	for (size_t i = KEY_VERSION; i <= KEY_PYTHON_VERSION; i++)
		if (!*env->version && values[i].text)
			set_version(env, values[i].text, values[i].len);
}

static bool contains(const char *s, size_t len, const char *word)
{
	for (size_t n = strlen(word); len >= n; s++, len--)
		if (!memcmp(s, word, n))
			return true;
	return false;
}

/* virtualenv and uv say it; of CPython's own venv the paths tell. */
static void read_implementation(struct env *env,
				const struct cfg_value *values)
{
	const struct cfg_value *said = &values[KEY_IMPLEMENTATION];
	const struct cfg_value *path = &values[KEY_EXECUTABLE];
	const char *name = "CPython";

	if (said->text && said->len) {
		struct out out = OUT_STRING(env->implementation);
		char text[VERSION_SIZE];

		cfg_unquote(said->text, said->len, text, sizeof(text));
		out_safe(&out, text);
		return;
	}
	if (!path->text)
		path = &values[KEY_HOME];
	if (path->text && contains(path->text, path->len, "pypy"))
		name = "PyPy";
	else if (path->text && contains(path->text, path->len, "graalpy"))
		name = "GraalPy";
	memcpy(env->implementation, name, strlen(name) + 1);
}

/* What CPython itself could not read, or reads otherwise than one thinks. */
static void check_cfg(struct env *env, const char *text, size_t len,
		      const struct cfg_value *values)
{
	if (memchr(text, '\0', len))
		env_break(env, "cfg-nul", "its " CFG " holds NUL bytes", NULL);
	else if (!text_is_utf8(text, len))
		env_break(env, "cfg-not-utf8", "its " CFG
			  " is not UTF-8: Python would not start", NULL);
	else if (!strncmp(text, "\xef\xbb\xbf", 3))
		env->note = "its " CFG " begins with a byte order mark:"
			" Python does not see the first key";
	else if (!values[KEY_HOME].text)
		env->note = "its " CFG " has no key `home`";
}

static void read_cfg(struct env *env)
{
	char *text = file_room();
	struct cfg_value values[KEYS];
	ptrdiff_t len = env->cfg_err;

	*text = '\0';
	if (env->cfg_fd >= 0)
		len = file_read_fd(env->cfg_fd, text, CFG_MAX,
				   env->cfg.st_size);

	if (len == -EFBIG)
		env_break(env, "cfg-too-large",
			  "its " CFG " is larger than 64 KiB", NULL);
	else if (len < 0)
		env_break(env, "cfg-unreadable", "cannot read its " CFG ": ",
			  error_text((int)-len), NULL);
	cfg_find(len < 0 ? "" : text, keys, KEYS, values);
	name_find(&values[KEY_PROMPT], env->path, in_project(env), env->name);
	if (len < 0)
		return;
	check_cfg(env, text, (size_t)len, values);
	read_version(env, values);
	read_implementation(env, values);
}

/* -- health ------------------------------------------------------------ */

/* A program, and still the one that the environment was made for. */
static void check_program(struct env *env, const struct stat *python)
{
	char was[DRIFT_SIZE], is[DRIFT_SIZE];

	if (!S_ISREG(python->st_mode) || !(python->st_mode & 0111))
		env_break(env, "python-missing",
			  "its bin/python is no program", NULL);
	else if (drift_find(env->fd, env->version, was, is))
		env_break(env, "python-replaced", "it was made for Python ",
			  was, ", and its bin/python leads to ", is, NULL);
}

static void check_python(struct env *env)
{
	struct stat python;

	if (stat_part(env->fd, "bin", &env->bin, &env->bin_is_link)) {
		env_break(env, "python-missing",
			  fstatat(env->fd, "Scripts", &python, 0)
			  ? "it has no bin" : "it was made for Windows: it"
			  " has Scripts and no bin", NULL);
		return;
	}
	if (!fstatat(env->fd, "bin/python", &python, 0)) {
		check_program(env, &python);
		return;
	}
	if (errno == EACCES)
		env_break(env, "python-missing",
			  "its bin/python cannot be reached: ",
			  error_text(errno), NULL);
	else if (!fstatat(env->fd, "bin/python", &python, AT_SYMLINK_NOFOLLOW))
		env_break(env, "python-dangling", "its bin/python leads to an"
			  " interpreter that is gone", NULL);
	else
		env_break(env, "python-missing", "it has no bin/python", NULL);
}

/* VIRTUAL_ENV and PATH must be able to hold it, and a line to tell it. */
static void check_path(struct env *env)
{
	if (strchr(env->path, ':'))
		env_break(env, "path-colon", "its path has a `:` in it,"
			  " which no PATH can hold", NULL);
	else if (strchr(env->path, '\n'))
		env_break(env, "path-newline", "its path has a newline in it,"
			  " which no line can tell", NULL);
	else if (strlen(env->path) + sizeof("/bin/python") > PATH_MAX)
		env_break(env, "path-long", "its path leaves no room for that"
			  " of its Python", NULL);
}

/* What to do about a broken one. */
static void advise(struct env *env)
{
	struct out next = OUT_STRING(env->next_text);

	if (!strncmp(env->rule, "path-", 5)) {
		env->next = "make it in a directory of another name";
		return;
	}
	env->next = env->next_text;
	out_str(&next, "make it anew: venv recreate ");
	out_operand(&next, env->path);
}

void env_read(struct env *env)
{
	env->verdict = VERDICT_USE;
	check_path(env);
	read_cfg(env);
	check_python(env);
	if (env->verdict == VERDICT_BROKEN)
		advise(env);
}
