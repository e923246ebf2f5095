/*
 * Having a base interpreter read the metadata of an environment.
 */
#include "freeze.h"

#include <stdio.h>
#include <string.h>

#include "spawn.h"

static const char program[] = {
#include "freeze.py.inc"
	0
};

#define HEADER "venv-which freeze"
#define SECONDS 120
#define BYTES (4 << 20)	/* more than a struct freeze can hold */

struct reading {
	struct freeze *freeze;
	struct out index, elsewhere, names, lost;
	bool begun, ended, failed;
	char last[512];
};

/* What stands behind `word`, or NULL. */
static const char *behind(const char *line, const char *word)
{
	size_t len = strlen(word);

	return strncmp(line, word, len) || line[len] != ' ' ? NULL
							     : line + len + 1;
}

static void add_line(struct out *out, const char *text)
{
	out_str(out, text);
	out_char(out, '\n');
}

static void take_line(void *context, const char *line)
{
	struct reading *r = context;
	struct out last = OUT_STRING(r->last);
	const char *text;

	if (r->ended)
		return;
	out_str(&last, line);
	if (!r->begun) {
		r->begun = !strcmp(line, HEADER);
	} else if ((text = behind(line, "index"))) {
		add_line(&r->index, text);
		r->freeze->count++;
	} else if ((text = behind(line, "elsewhere"))) {
		add_line(&r->elsewhere, text);
		r->freeze->count++;
		r->freeze->elsewhere_count++;
	} else if ((text = behind(line, "name"))) {
		add_line(&r->names, text);
	} else if ((text = behind(line, "lost"))) {
		out_str(&r->lost, r->lost.len ? ", " : "");
		out_safe(&r->lost, text);
	} else if (behind(line, "error")) {
		r->failed = true;
	} else {
		r->ended = !strcmp(line, "end");
	}
}

static bool is_full(const struct out *out)
{
	return out->len >= out->cap - 1;
}

bool freeze_take(const struct base *base, const char *path,
		 const char *version, struct freeze *ret, struct out *why)
{
	static struct reading r;
	const char *const argv[] = {
		base->exe, "-I", "-S", "-c", program, path, version, NULL,
	};
	struct spawn spawn = {
		.argv = argv, .without = spawn_clean, .line = take_line,
		.context = &r, .seconds = SECONDS,
		.bytes = BYTES,
	};
	int status;

	memset(ret, 0, sizeof(*ret));
	r = (struct reading){
		.freeze = ret, .index = OUT_STRING(ret->index),
		.elsewhere = OUT_STRING(ret->elsewhere),
		.names = OUT_STRING(ret->names),
		.lost = OUT_STRING(ret->lost),
	};
	status = spawn_run(&spawn);
	if (r.ended && !r.failed && !is_full(&r.index) &&
	    !is_full(&r.elsewhere) && !is_full(&r.names))
		return true;
	out_str(why, "what is installed in ");
	out_path(why, path);
	out_str(why, " cannot be told: ");
	out_safe(why, status < 0 ? strerror(-status) : r.failed ? r.last
		 : !r.ended ? r.last : "it is too much");
	return false;
}

/* Is the line [line, line + len) one of `text`? */
static bool has_line(const char *text, const char *line, size_t len)
{
	for (; *text; text += strcspn(text, "\n") + 1)
		if (strcspn(text, "\n") == len && !memcmp(text, line, len))
			return true;
	return false;
}

bool freeze_lacks(const struct freeze *promised, const struct freeze *now,
		  char *ret)
{
	const char *line = promised->names;

	for (; *line; line += strcspn(line, "\n") + 1) {
		size_t len = strcspn(line, "\n");

		if (has_line(now->names, line, len))
			continue;
		(void)snprintf(ret, FREEZE_NAME_MAX, "%.*s", (int)len, line);
		return true;
	}
	return false;
}
