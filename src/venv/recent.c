/*
 * The file is read whole, and written anew as the other files of the user's
 * state are.
 */
#include "recent.h"

#include <string.h>

#include "state.h"
#include "which/compat.h"
#include "which/file.h"
#include "which/path.h"
#include "which/record.h"
#include "which/secure.h"
#include "which/settings.h"

static const char header[] =
	"# What `venv use` and `venv create` had last; see venv(1).\n";

/* A line of it; a path may be four times as long with its escapes. */
#define LINE_CAP (4 * PATH_MAX + 1)

static char text[RECENT_MAX * PATH_MAX], reason[256];

/* The text of the file, "" where there is none that is mine. */
static void read_text(const char *file)
{
	struct stat st;

	if (file_read_stat(AT_FDCWD, file, text, sizeof(text), &st) < 0 ||
	    !secure_owner(st.st_uid) || secure_writers(&st, file))
		*text = '\0';
}

/* The next path of *rest, in ret (PATH_MAX bytes).  False: there is none. */
static bool next_path(const char **rest, char *ret)
{
	const char *line;
	size_t len;

	while (record_line(rest, &line, &len))
		if (record_decode(line, line + len, ret))
			return true;
	return false;
}

void recent_each(void (*visit)(void *context, const char *path),
		 void *context)
{
	const char *rest = text;
	char path[PATH_MAX];

	if (settings_recent(path))
		return;
	read_text(path);
	for (int n = 0; n < RECENT_MAX && next_path(&rest, path); n++)
		visit(context, path);
}

static void add_line(struct out *out, const char *path)
{
	static char line[LINE_CAP];
	struct out one = OUT_STRING(line);

	state_out_path(&one, path);
	/* One that does not fit is not remembered. */
	if (out->cap - out->len < one.len + 2)
		return;
	out_str(out, line);
	out_char(out, '\n');
}

/* The new text: `path`, and of the others those that are there still. */
static void rewrite(const char *file, const char *path)
{
	static char new[sizeof(text)];
	struct out out = OUT_STRING(new), why = OUT_STRING(reason);
	const char *rest = text;
	char next[PATH_MAX];

	out_str(&out, header);
	add_line(&out, path);
	for (int n = 1; n < RECENT_MAX && next_path(&rest, next);)
		if (strcmp(next, path) && !access(next, F_OK)) {
			add_line(&out, next);
			n++;
		}
	(void)state_replace(file, &out, false, &why);
}

void recent_add(const char *path)
{
	struct out why = OUT_STRING(reason);
	const char *rest = text;
	char file[PATH_MAX], first[PATH_MAX];
	int lock;

	if (strchr(path, '\n') || settings_recent(file) ||
	    !state_check(file, &why))
		return;
	read_text(file);
	if (next_path(&rest, first) && !strcmp(first, path))
		return;
	lock = state_lock(file, false, &why);
	if (lock < 0)
		return;
	read_text(file);
	rewrite(file, path);
	(void)close(lock);
}
