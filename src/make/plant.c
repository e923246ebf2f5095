/*
 * Putting an image of pip into an environment: its files as links or copies,
 * and what differs from one environment to the next, the scripts and RECORD.
 */
#include "image.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fill.h"
#include "launcher.h"
#include "which/path.h"
#include "which/text.h"

#define SCRIPTS_MAX 16

/* A distribution whose RECORD is yet to be written: as the last of all, for
 * pip takes what has one for complete. */
struct dist {
	const char *info;	/* "pip-24.2.dist-info" */
	size_t first, end;	/* its scripts */
};

struct planting {
	struct image *image;
	struct tree *tree;
	const struct base *base;
	const char *exe;
	enum link_mode *mode;
	bool damaged;
	struct launcher scripts[SCRIPTS_MAX];
	struct dist dists[BASE_WHEELS];
	size_t script_count, dist_count, dist_first;
	char rel[PATH_MAX];	/* of the site-packages, and what is below */
	size_t rel_len;
};

/* -- words of a line ---------------------------------------------------- */

/* The next word of *rest, terminated; "" where there is none. */
static char *next_word(char **rest)
{
	char *word = *rest, *end = word + strcspn(word, " ");

	*rest = end + (*end == ' ');
	*end = '\0';
	return word;
}

static unsigned long long number(const char *word)
{
	unsigned long long n;

	return text_digits(&word, &n) && !*word ? n : 0;
}

/* -- files -------------------------------------------------------------- */

/* In site-packages; planting->rel is its path below the environment. */
static bool set_rel(struct planting *p, const char *path)
{
	size_t len = strlen(path);

	if (p->rel_len + len >= sizeof(p->rel))
		return tree_fail(p->tree, "cannot make ", path, ENAMETOOLONG);
	memcpy(p->rel + p->rel_len, path, len + 1);
	return true;
}

/* Is it as it was made?  Its stat(2) in *ret. */
static bool is_intact(struct planting *p, const char *name,
		      unsigned long long size, unsigned long long time,
		      struct stat *ret)
{
	return !fstatat(p->image->fd, name, ret, AT_SYMLINK_NOFOLLOW) &&
		S_ISREG(ret->st_mode) && ret->st_uid == effective_uid() &&
		!(ret->st_mode & 0222) &&
		(unsigned long long)ret->st_size == size &&
		(unsigned long long)stat_mtime(ret).tv_sec * 1000000000ULL +
		(unsigned long long)stat_mtime(ret).tv_nsec == time;
}

static bool plant_copy(struct planting *p, const char *name,
		       const struct stat *st)
{
	const char *end = strrchr(name, '.');
	struct copy copy = {
		.from_fd = p->image->fd, .name = name, .size = st->st_size,
		.mode = 0644, .always = st->st_mode & 0111,
		.clone = *p->mode == LINK_CLONE,
	};

	/* Byte code is known by it to belong to its source. */
	if (end && !strcmp(end, ".py"))
		copy.changed = &stat_mtime(st);
	return fill_copy(p->tree, p->rel, &copy);
}

/* `file SIZE TIME PATH`; a path in the image begins with "tree/". */
static bool plant_file(struct planting *p, char *rest)
{
	unsigned long long size = number(next_word(&rest));
	unsigned long long time = number(next_word(&rest));
	char name[PATH_MAX];
	struct stat st;
	bool cannot = true;

	if (path_join(name, "tree", rest) || !set_rel(p, rest))
		return false;
	if (!is_intact(p, name, size, time, &st)) {
		p->damaged = true;
		return tree_fail(p->tree, "damaged in the cache: ", p->rel,
				 EIO);
	}
	if (*p->mode <= LINK_HARD &&
	    !fill_hard_link(p->tree, p->rel, p->image->fd, name, &cannot))
		return false;
	if (!cannot)
		return true;
	/* What the first file cannot have, the others will not have either;
	 * but that its links are used up is one file's own matter. */
	if (*p->mode <= LINK_HARD && errno != EMLINK)
		*p->mode = LINK_COPY;
	return plant_copy(p, name, &st);
}

/* -- scripts and RECORD ------------------------------------------------- */

static bool plant_script(struct planting *p, struct launcher *script)
{
	static char text[LAUNCHER_MAX];
	struct out out = OUT_STRING(text);
	char rel[PATH_MAX];
	mode_t mask = umask(0);
	int fd, err;

	(void)umask(mask);
	if (path_join(rel, "bin", script->name))
		return false;
	launcher_write(&out, script, p->exe);
	launcher_digest(script, text, out.len);
	fd = fill_file(p->tree, rel, 0644);
	if (fd < 0)
		return false;
	err = fill_bytes(fd, text, out.len);
	/* As pip does it: whoever may read it may run it. */
	if (!err && fchmod(fd, (0644 & ~mask) | 0555))
		err = -errno;
	return fill_written(p->tree, rel, fd, err);
}

/* The way from site-packages to bin, as RECORD has it. */
static void out_bin(struct out *out, const char *site)
{
	out_str(out, "../");
	for (; *site; site++)
		if (*site == '/')
			out_str(out, "../");
	out_str(out, "bin/");
}

static bool copy_record(struct planting *p, const char *info, struct out *out)
{
	char name[PATH_MAX], buf[16 * 1024];
	int fd = path_join(name, "record", info) ? -1 :
		openat(p->image->fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	ssize_t n = -1;

	while (fd >= 0 && (n = read(fd, buf, sizeof(buf))) > 0)
		out_bytes(out, buf, (size_t)n);
	if (fd >= 0)
		(void)close(fd);
	return !n;
}

/* The rows of the scripts sort first: they begin with "../". */
static bool plant_record(struct planting *p, const struct dist *dist)
{
	char buf[16 * 1024], name[512];
	struct out out = OUT_FILE(-1, buf);
	bool whole;

	if (path_join(name, dist->info, "RECORD") || !set_rel(p, name))
		return false;
	out.fd = fill_file_late(p->tree, p->rel, 0644);
	if (out.fd < 0)
		return false;
	for (size_t i = dist->first; i < dist->end; i++) {
		out_bin(&out, p->base->site);
		out_str(&out, p->scripts[i].name);
		out_str(&out, ",sha256=");
		out_str(&out, p->scripts[i].digest);
		out_char(&out, ',');
		out_number(&out, p->scripts[i].size, 10);
		out_str(&out, "\r\n");
	}
	whole = copy_record(p, dist->info, &out);
	p->damaged |= !whole;
	return fill_written(p->tree, p->rel, out.fd,
			    whole ? out_flush(&out) : -EIO);
}

/* -- all ---------------------------------------------------------------- */

static bool take_script(struct planting *p, char *rest)
{
	struct launcher *script = &p->scripts[p->script_count];

	if (p->script_count == SCRIPTS_MAX)
		return tree_fail(p->tree, "too many scripts for ", "", E2BIG);
	script->name = next_word(&rest);
	script->module = next_word(&rest);
	script->attribute = next_word(&rest);
	p->script_count++;
	return true;
}

static bool take_dist(struct planting *p, const char *info)
{
	if (p->dist_count == BASE_WHEELS)
		return tree_fail(p->tree, "too many wheels for ", "", E2BIG);
	p->dists[p->dist_count++] = (struct dist){
		info, p->dist_first, p->script_count,
	};
	p->dist_first = p->script_count;
	return true;
}

static bool plant_line(struct planting *p, char *line)
{
	char *rest = line;
	const char *word = next_word(&rest);

	if (!strcmp(word, "file"))
		return plant_file(p, rest);
	if (!strcmp(word, "dir"))
		return set_rel(p, rest) && fill_dir(p->tree, p->rel);
	if (!strcmp(word, "script"))
		return take_script(p, rest);
	return strcmp(word, "record") || take_dist(p, rest);
}

static bool is_pip(const struct dist *dist)
{
	return !strncmp(dist->info, "pip-", strlen("pip-"));
}

/* That of pip is the last one: by it one knows that all is there. */
static bool plant_records(struct planting *p)
{
	for (int last = 0; last < 2; last++)
		for (size_t i = 0; i < p->dist_count; i++)
			if (is_pip(&p->dists[i]) == (last == 1) &&
			    !plant_record(p, &p->dists[i]))
				return false;
	return true;
}

bool image_plant(struct image *image, struct tree *tree,
		 const struct base *base, const char *exe,
		 enum link_mode *mode, bool *ret_damaged)
{
	static struct planting p;
	char *line = image->manifest;
	bool ok = true;

	p = (struct planting){
		.image = image, .tree = tree, .base = base, .exe = exe,
		.mode = mode, .rel_len = strlen(base->site) + 1,
	};
	memcpy(p.rel, base->site, p.rel_len - 1);
	p.rel[p.rel_len - 1] = '/';
	while (ok && *line) {
		char *end = line + strcspn(line, "\n");
		char *next = end + (*end == '\n');

		*end = '\0';
		ok = plant_line(&p, line);
		line = next;
	}
	for (size_t i = 0; ok && i < p.script_count; i++)
		ok = plant_script(&p, &p.scripts[i]);
	ok = ok && plant_records(&p);
	*ret_damaged = p.damaged;
	return ok;
}
