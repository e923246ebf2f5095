/*
 * Finding the recorded place.  All of it is text that is only compared.
 */
#include "place.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cfg.h"
#include "file.h"
#include "path.h"
#include "secure.h"

#define SCRIPT_MAX (16 * 1024)	/* real ones have some 4 KB */
#define NAMES_MAX_ASKED 16	/* a `command` has one path, or few */

/* -- bin/activate ------------------------------------------------------- */

/* The word [s, end) as a shell reads it.  False: it is longer than a path. */
static bool unquote(const char *s, const char *end, char *ret)
{
	char quote = '\0';
	size_t n = 0;

	for (; s < end && n < PATH_MAX - 1; s++) {
		if (quote ? *s == quote : *s == '\'' || *s == '"')
			quote = quote ? '\0' : *s;
		else if (!quote && (*s == ' ' || *s == ';'))
			end = s + 1;
		else
			ret[n++] = *s;
	}
	ret[n] = '\0';
	return s == end;
}

/* What stands between the first quote and the last one, as it is. */
static bool strip_quotes(const char *s, const char *end, char *ret)
{
	if (end - s < 2 || (*s != '\'' && *s != '"') || end[-1] != *s ||
	    end - s - 2 >= PATH_MAX)
		return false;
	memcpy(ret, s + 1, (size_t)(end - s - 2));
	ret[end - s - 2] = '\0';
	return true;
}

static const char *skip_word(const char *s, const char *word)
{
	size_t len = strlen(word);

	return strncmp(s, word, len) ? s : s + len;
}

bool place_in_activate(const char *text, bool bare, char *ret)
{
	static const char key[] = "VIRTUAL_ENV=";
	const char *end;

	for (const char *line = text; *line; line = end + (*end == '\n')) {
		const char *s = line;
		const char *stop;

		end = line + strcspn(line, "\n");
		while (*s == ' ' || *s == '\t')
			s++;
		stop = end - (end > s && end[-1] == '\r');
		s = skip_word(s, "export ");
		if (strncmp(s, key, strlen(key)))
			continue;
		s += strlen(key);
		if ((bare ? strip_quotes(s, stop, ret)
			  : unquote(s, stop, ret)) && *ret == '/')
			return true;
	}
	return false;
}

/* -- scripts of pip's --------------------------------------------------- */

bool place_in_script(const char *text, char *ret)
{
	static const char shell[] = "#!/bin/sh\n'''exec' ";
	const char *s = text, *end;

	if (!strncmp(s, shell, strlen(shell))) {
		s += strlen(shell);
		s += *s == '"';
		end = s + strcspn(s, "\"\n");
		if (s[-1] != '"')
			end = s + strcspn(s, " \n");
	} else if (!strncmp(s, "#!", 2)) {
		s += 2;
		end = s + strcspn(s, "\n");
	} else {
		return false;
	}
	if (*s != '/' || end - s >= PATH_MAX)
		return false;
	memcpy(ret, s, (size_t)(end - s));
	ret[end - s] = '\0';
	/* Off with "/bin/python": what is left was an environment, once. */
	return path_up(ret) && !strcmp(path_base(ret), "bin") &&
		path_up(ret) && ret[1];
}

/* -- the answer --------------------------------------------------------- */

/*
 * By another name only if nobody else could have made it one: else a link of
 * his would be enough, or what /proc/self/cwd means at the moment.
 */
static RARE bool leads_here(const struct env *env, const char *place)
{
	struct culprit at;

	at.under = NULL;
	return secure_path(place, &env->self, &at) == SECURE_YES;
}

static bool is_here(const struct env *env, const char *place)
{
	return !strcmp(place, env->path) || leads_here(env, place);
}

/* `command = PYTHON -m venv OPTIONS… PATH`, and nothing is quoted in it. */
static enum place ask_command(const struct env *env, char *text,
			      struct origin *ret)
{
	enum place place = PLACE_UNKNOWN;
	const char *value;
	size_t len;
	int asked = 0;

	if (!cfg_get(text, "command", &value, &len))
		return PLACE_UNKNOWN;
	text[value - text + (ptrdiff_t)len] = '\0';
	while ((value = strchr(value, ' ')) && asked < NAMES_MAX_ASKED) {
		if (*++value != '/' || strlen(value) >= PATH_MAX)
			continue;
		place = PLACE_ELSEWHERE;
		ret->place = value;
		if (is_here(env, value))
			return PLACE_HERE;
		asked++;
	}
	return place;
}

/*
 * Its text in the room for that; false where there is none to be had.  As
 * file_read_at(), but that nobody else could put another file there between two
 * questions.  Behind it there is room for a path, *ret_path.
 */
static bool read_part(const struct env *env, const char *file,
		      struct origin *ret, char **ret_path)
{
	char *text = file_room();
	struct stat st;
	ptrdiff_t len;
	int fd;

	ret->file = file;
	if (fstatat(env->fd, file, &st, 0) || !S_ISREG(st.st_mode) ||
	    !st.st_size)
		return false;
	fd = openat(env->fd, file, FILE_OPEN_FLAGS);
	if (fd < 0) {
		if (env_is_shortage(-errno))
			ret->err = -errno;
		return false;
	}
	len = file_read_fd(fd, text, SCRIPT_MAX, st.st_size);
	(void)close(fd);
	if (len == -EFBIG)
		len = SCRIPT_MAX - 1;
	if (len > 0)
		ret->place = *ret_path = text + len + 1;
	return len > 0;
}

enum place place_of(const struct env *env, struct origin *ret)
{
	static const char *const scripts[] = { "bin/pip", "bin/pip3" };
	char *text = file_room(), *path;
	enum place place;

	ret->err = 0;
	if (read_part(env, "bin/activate", ret, &path)) {
		if (place_in_activate(text, true, path) &&
		    is_here(env, path))
			return PLACE_HERE;
		if (place_in_activate(text, false, path))
			return is_here(env, path) ? PLACE_HERE
							: PLACE_ELSEWHERE;
	}
	if (read_part(env, "pyvenv.cfg", ret, &path) ||
	    read_part(env, ENV_UNFINISHED, ret, &path)) {
		place = ask_command(env, text, ret);
		if (place != PLACE_UNKNOWN)
			return place;
	}
	for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++)
		if (read_part(env, scripts[i], ret, &path) &&
		    place_in_script(text, path))
			return is_here(env, path) ? PLACE_HERE
							: PLACE_ELSEWHERE;
	return PLACE_UNKNOWN;
}
