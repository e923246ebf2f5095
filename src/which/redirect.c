/*
 * Following a `.venv` file to the environment it names.
 */
#include "redirect.h"

#include <errno.h>
#include <string.h>

#include "file.h"
#include "out.h"
#include "path.h"
#include "settings.h"
#include "text.h"

/* Cut text to its first line.  PEP 832: it ends in \n or \r\n. */
static void first_line(char *text)
{
	size_t len = strcspn(text, "\n");

	if (text[len] && len && text[len - 1] == '\r')
		len--;
	text[len] = '\0';
}

/* A word without a slash, which is no way to go either. */
static bool is_bare(const char *word)
{
	return !strchr(word, '/') && strcmp(word, ".") && strcmp(word, "..");
}

int redirect_open(struct env *ret, const char *dir, const char *word)
{
	char path[PATH_MAX];
	int err = path_below(path, dir, word);

	if (err)
		return err;
	err = env_open(ret, path);
	if (!err || env_is_shortage(err) || !is_bare(word))
		return err;
	if (settings_container(path) || path_join(path, path, word))
		return err;
	return env_open(ret, path) ? err : 0;
}

/* Does the line lead to another .venv file?  Nobody follows chains. */
static bool is_chain(const char *dir, const char *line)
{
	char path[PATH_MAX];
	struct stat st;

	return !path_below(path, dir, line) && !stat(path, &st) &&
		S_ISREG(st.st_mode) && !strcmp(path_base(path), ".venv");
}

/*
 * The line as a message may show it.  The file may be a link to one that is
 * no redirect at all, and that only its owner may read.
 */
static const char *shown(const char *file, const char *line)
{
	struct stat st;

	return !lstat(file, &st) && S_ISREG(st.st_mode) ? line : "a place";
}

/* Where it leads: *ret is opened, or broken with the reason; or a shortage. */
static int follow_line(struct env *ret, const char *file, const char *dir,
		       const char *line)
{
	int err = redirect_open(ret, dir, line);

	if (!err || env_is_shortage(err))
		return err;
	if (is_chain(dir, line))
		env_break(ret, "redirect-chain",
			  "it leads to another redirect, ", shown(file, line),
			  NULL);
	else if (line[0] == '~')
		env_break(ret, "redirect-dangling", "it leads to ",
			  shown(file, line), ", and nobody expands `~` in it",
			  NULL);
	else
		env_break(ret, "redirect-dangling", "it leads to ",
			  shown(file, line), ", where there is no environment",
			  NULL);
	return 0;
}

const char *redirect_line(char *text, size_t len, const char **ret_why)
{
	size_t line = strcspn(text, "\n");

	*ret_why = NULL;
	if (line == PATH_MAX)
		*ret_why = "its first line is longer than any path";
	else if ((line == strlen(text) && line < len) ||
		 !text_is_utf8(text, line))
		*ret_why = "its first line is not UTF-8 text";
	if (*ret_why)
		return NULL;
	if (!strncmp(text, "\xef\xbb\xbf", 3))
		text += 3;
	first_line(text);
	return text;
}

static int follow_text(struct env *ret, const char *file, const char *dir,
		       char *text, size_t len)
{
	const char *why;
	const char *line = redirect_line(text, len, &why);

	if (!line)
		env_break(ret, "redirect-not-text", why, NULL);
	else if (!*line)
		env_break(ret, "redirect-empty", "its first line is empty",
			  NULL);
	else
		return follow_line(ret, file, dir, line);
	return 0;
}

static void belong(struct env *ret, const char *file)
{
	ret->found = FOUND_REDIRECT;
	(void)path_copy(ret->redirect_text, file);
	ret->redirect = ret->redirect_text;
}

void redirect_lost(struct env *ret, const char *file)
{
	char text[PATH_MAX], dir[PATH_MAX], target[PATH_MAX];
	struct out next = OUT_STRING(ret->next_text);
	ssize_t len = readlink(file, text, sizeof(text) - 1);

	text[len < 0 ? 0 : len] = '\0';
	env_clear(ret);
	belong(ret, file);
	env_break(ret, "redirect-dangling", "it is a link to ",
		  *text ? text : "a place", ", where nothing is", NULL);
	(void)path_copy(dir, file);
	(void)path_up(dir);
	(void)path_copy(ret->path, file);
	ret->next = ret->next_text;
	if (*text && !path_below(target, dir, text)) {
		out_str(&next, "make one there: venv create ");
		out_operand(&next, target);
		out_str(&next, "\nor ");
	}
	out_str(&next, "take it away: rm ");
	out_operand(&next, file);
}

int redirect_follow(struct env *ret, const char *file)
{
	char text[PATH_MAX + 1], dir[PATH_MAX];
	struct out next = OUT_STRING(ret->next_text);
	ptrdiff_t len = file_read_stat(AT_FDCWD, file, text, sizeof(text),
				       &ret->redirect_st);
	int err = 0;

	if (env_is_shortage((int)len))
		return (int)len;
	env_clear(ret);
	(void)path_copy(dir, file);
	(void)path_up(dir);
	/* Of a longer file, too, only the first line counts. */
	if (len == -EFBIG)
		len = PATH_MAX;
	if (len < 0)
		env_break(ret, "redirect-unreadable", "cannot read it: ",
			  error_text((int)-len), NULL);
	else
		err = follow_text(ret, file, dir, text, (size_t)len);
	if (err)
		return err;

	belong(ret, file);
	if (ret->verdict == VERDICT_BROKEN) {
		(void)path_copy(ret->path, file);
		ret->next = ret->next_text;
		out_str(&next, "have it lead to one: venv link NAME\n"
			"or take it away: rm ");
		out_operand(&next, file);
	} else {
		env_read(ret);
	}
	return 0;
}
