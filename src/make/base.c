/*
 * Asking an interpreter, or the cache.
 *
 * An answer is kept as the lines of facts.py, but that each `guard PATH` has
 * become `is-file DEVICE INODE SIZE MTIME CTIME PATH` (times in nanoseconds)
 * or `no-file PATH`.  The times of change are what no program can put back.
 */
#include "base.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spawn.h"
#include "which/env.h"
#include "which/file.h"
#include "which/path.h"
#include "which/text.h"

static const char facts[] = {
#include "facts.py.inc"
	0
};

#define HEADER "venv-which facts"
#define SECONDS 60	/* cold disks are slow */
#define BYTES (1 << 20)	/* more than an answer and any greeting before it */
#define HOPS 4		/* from an environment, or a shim, to its base */

/* -- one answer --------------------------------------------------------- */

/* What is being read, and what it said last, in case that is all. */
struct answer {
	struct out text;
	bool begun, ended;
	char last[256];
};

static void take_line(void *context, const char *line)
{
	struct answer *answer = context;

	if (answer->ended)
		return;
	if (!strcmp(line, HEADER)) {
		answer->begun = true;
		answer->text.len = 0;
		return;
	}
	answer->ended = answer->begun && !strcmp(line, "end");
	if (answer->begun && !answer->ended) {
		out_str(&answer->text, line);
		out_char(&answer->text, '\n');
	} else if (*line && !answer->ended) {
		struct out last = OUT_STRING(answer->last);

		out_str(&last, line);
	}
}

static int patience(void)
{
	const char *text = getenv("VENV_WHICH_PATIENCE");
	unsigned long long seconds;

	return text && text_digits(&text, &seconds) && !*text && seconds &&
		seconds < 24 * 60 * 60 ? (int)seconds : SECONDS;
}

static bool ask(const char *path, const char *dir, struct answer *answer,
		struct out *why)
{
	const char *const argv[] = {
		path, "-I", "-S", "-c", facts, path, dir, NULL,
	};
	struct spawn spawn = {
		.argv = argv, .without = spawn_clean, .line = take_line,
		.context = answer, .seconds = patience(), .bytes = BYTES,
	};
	int status = spawn_run(&spawn);

	if (status < 0)
		out_str(why, status == -ETIMEDOUT ? "it does not answer" :
			status == -EFBIG ? "it says too much to be a Python" :
			strerror(-status));
	else if (!answer->ended) {
		out_str(why, "it is no Python that `venv create` knows");
		out_str(why, *answer->last ? ": " : "");
		out_safe(why, answer->last);
	} else {
		return true;
	}
	return false;
}

/* -- guards ------------------------------------------------------------- */

static void out_time(struct out *out, time_t seconds, long nanoseconds)
{
	out_number(out, (unsigned long long)seconds * 1000000000ULL +
		   (unsigned long long)nanoseconds, 10);
}

/* What stat(2) says of it, in the words of a kept answer. */
static void out_guard(struct out *out, const char *path, bool link)
{
	struct stat st;

	if (link ? lstat(path, &st) : stat(path, &st)) {
		out_str(out, link ? "no-link " : "no-file ");
	} else {
		out_str(out, link ? "is-link " : "is-file ");
		out_number(out, (unsigned long long)st.st_dev, 10);
		out_char(out, ' ');
		out_number(out, st.st_ino, 10);
		out_char(out, ' ');
		out_number(out, (unsigned long long)st.st_size, 10);
		out_char(out, ' ');
		out_time(out, stat_mtime(&st).tv_sec, stat_mtime(&st).tv_nsec);
		out_char(out, ' ');
		out_time(out, stat_ctime(&st).tv_sec, stat_ctime(&st).tv_nsec);
		out_char(out, ' ');
	}
	out_str(out, path);
	out_char(out, '\n');
}

static bool is_word(const char *line, const char *word)
{
	size_t len = strlen(word);

	return !strncmp(line, word, len) && line[len] == ' ';
}

/* Is a kept guard still what would be written today? */
static bool guard_holds(const char *line)
{
	char now[PATH_MAX + 256] = "";
	struct out out = OUT_STRING(now);
	const char *path = strchr(line, '/');
	bool link = is_word(line, "is-link") || is_word(line, "no-link");

	if (!path)
		return false;
	out_guard(&out, path, link);
	return out.len == strlen(line) + 1 && !memcmp(now, line, out.len - 1);
}

/* The answer for the cache: each `guard` with what it is now. */
static void keep(const struct cache *cache, const char *name,
		 const char *path, const char *answer)
{
	static char text[64 * 1024];
	struct out out = OUT_STRING(text);
	char line[PATH_MAX + 64];

	while (*answer) {
		size_t len = strcspn(answer, "\n");

		if (len >= sizeof(line))
			return;
		memcpy(line, answer, len);
		line[len] = '\0';
		answer += len + 1;
		if (is_word(line, "guard")) {
			out_guard(&out, line + strlen("guard "), false);
			continue;
		}
		out_str(&out, line);
		out_char(&out, '\n');
	}
	/* And the link by which it was called. */
	out_guard(&out, path, true);
	out_str(&out, "end\n");
	if (out.len < sizeof(text) - 1)
		cache_put(cache, name, &out);
}

/* -- reading an answer -------------------------------------------------- */

static bool is_guard(const char *line)
{
	return is_word(line, "is-file") || is_word(line, "no-file") ||
		is_word(line, "is-link") || is_word(line, "no-link");
}

/* Below an environment, and nowhere else. */
static bool is_below(const char *rel)
{
	for (const char *part = rel; part; part = strchr(part, '/')) {
		part += *part == '/';
		if (!*part || *part == '/' ||
		    (!strncmp(part, "..", 2) && (!part[2] || part[2] == '/')))
			return false;
	}
	return *rel != '/' && strlen(rel) < 256;
}

/* "3.11.2", and nothing else. */
static bool is_version(const char *text)
{
	unsigned long long number;

	for (int part = 0; part < 3; part++) {
		if (!text_digits(&text, &number))
			return false;
		if (*text != (part < 2 ? '.' : '\0'))
			return false;
		text++;
	}
	return true;
}

/* The strings that have a line of their own. */
static const char **field(struct base *base, const char *line)
{
	const struct {
		const char *word;
		const char **field;
	} fields[] = {
		{ "base", &base->exe }, { "real", &base->real },
		{ "version", &base->version }, { "deps", &base->deps },
		{ "implementation", &base->implementation },
		{ "site", &base->site }, { "image", &base->image },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (is_word(line, fields[i].word))
			return fields[i].field;
	return NULL;
}

struct reading {
	struct base *base;
	size_t parts, wheels;
	const char *see, *error;
	bool fleeting;
};

/* False: the line says nothing that is understood. */
static bool read_line(struct reading *reading, const char *line)
{
	struct base *base = reading->base;
	const char **at = field(base, line);
	const char *value = strchr(line, ' ');

	if (!value++)
		return false;
	if (at)
		*at = value;
	else if (is_word(line, "see"))
		reading->see = value;
	else if (is_word(line, "fleeting"))
		reading->fleeting = true;
	else if (is_word(line, "error"))
		reading->error = value;
	else if (is_word(line, "wheel") && reading->wheels < BASE_WHEELS)
		base->wheels[reading->wheels++] = value;
	else if ((is_word(line, "dir") || is_word(line, "link")) &&
		 reading->parts < BASE_PARTS && is_below(value))
		base->parts[reading->parts++] = (struct part){ .rel = value };
	else if (is_word(line, "to") && reading->parts)
		base->parts[reading->parts - 1].target = value;
	else
		return is_word(line, "guard");
	return true;
}

/* Cut base->text into lines and read them.  False: something is missing. */
static bool read_text(struct base *base, struct reading *reading)
{
	char *line = base->text;

	*reading = (struct reading){ .base = base };
	memset(base, 0, offsetof(struct base, text));
	while (*line) {
		char *end = line + strcspn(line, "\n");
		char *next = end + (*end == '\n');

		*end = '\0';
		if (*line == '/' || !read_line(reading, line))
			return false;
		line = next;
	}
	return reading->see || reading->error ||
		(base->exe && base->real && base->version && base->deps &&
		 base->implementation && base->site && *base->exe == '/' &&
		 is_below(base->site) && is_version(base->version) &&
		 strlen(base->version) < VERSION_SIZE &&
		 !base->image == !base->wheels[0] &&
		 (!base->image || !strchr(base->image, '/')));
}

/* A kept answer in base->text, without its guards.  False: ask again. */
static bool read_kept(const struct cache *cache, const char *name,
		      struct base *base)
{
	char *from = base->text, *to = base->text;
	ptrdiff_t len = file_read_at(cache->fd, name, base->text,
				     sizeof(base->text));

	if (len < 5 || strcmp(base->text + len - 5, "\nend\n"))
		return false;
	base->text[len - 4] = '\0';
	while (*from) {
		size_t line = strcspn(from, "\n");

		from[line] = '\0';
		if (!is_guard(from)) {
			memmove(to, from, line);
			to += line;
			*to++ = '\n';
		} else if (!guard_holds(from)) {
			return false;
		}
		from += line + 1;
	}
	*to = '\0';
	return true;
}

/* -- asking ------------------------------------------------------------- */

/* "base/1-NAME", by how it is called, and what that is. */
static void name_of(const char *path, char *ret, size_t cap)
{
	char real[PATH_MAX], hex[65], both[2 * PATH_MAX];

	if (!realpath(path, real))
		*real = '\0';
	(void)snprintf(both, sizeof(both), "%s\n%s", path, real);
	cache_name(both, hex);
	(void)snprintf(ret, cap, "base/" CACHE_FORMAT "-%s", hex);
}

static bool ask_once(const struct cache *cache, const char *path,
		     struct base *ret, struct reading *reading,
		     struct out *why)
{
	char name[96];
	struct answer answer = { .text = OUT_STRING(ret->text) };

	name_of(path, name, sizeof(name));
	if (read_kept(cache, name, ret) && read_text(ret, reading))
		return true;
	*ret->text = '\0';
	if (!ask(path, cache->path, &answer, why))
		return false;
	/* What the text loses by being read, its copy keeps. */
	static char copy[sizeof(ret->text)];
	memcpy(copy, ret->text, sizeof(copy));
	if (!read_text(ret, reading)) {
		out_str(why, "what it says of itself is not understood");
		return false;
	}
	if (!reading->fleeting && !reading->error &&
	    !cache_dir(cache, "base"))
		keep(cache, name, path, copy);
	return true;
}

bool base_ask(const struct cache *cache, const char *path, struct base *ret,
	      struct out *why)
{
	char next[PATH_MAX];
	struct reading reading;

	if (path_copy(next, path)) {
		out_str(why, strerror(ENAMETOOLONG));
		return false;
	}
	for (int hop = 0; hop < HOPS; hop++) {
		if (!ask_once(cache, next, ret, &reading, why))
			return false;
		if (reading.error) {
			out_safe(why, reading.error);
			return false;
		}
		if (!reading.see)
			return true;
		if (*reading.see != '/' || path_copy(next, reading.see))
			break;
	}
	out_str(why, "it leads from one Python to the next, and to no base"
		" interpreter");
	return false;
}
