/*
 * The names that are known, and the way through a tree.  It is walked with two
 * descriptors at whatever depth: the way up is "..", and has to lead to where
 * it came from.
 */
#include "stray.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "aside.h"
#include "erase.h"
#include "which/compat.h"

#define TRIES 16
#define TOLD 6	/* names of each kind; the others are a number */
#define BARE_PARTS 3
#define BARE ((1u << BARE_PARTS) - 1)

/* -- names -------------------------------------------------------------- */

static bool is_in(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (!strcmp(*names, name))
			return true;
	return false;
}

/* ".NAME.new": a part that waits for its name. */
static bool waits(const char *name)
{
	char part[64];
	size_t len = strlen(name), cut = strlen(".") + strlen(".new");

	if (*name != '.' || len <= cut || len - cut >= sizeof(part) ||
	    strcmp(name + len - 4, ".new"))
		return false;
	memcpy(part, name + 1, len - cut);
	part[len - cut] = '\0';
	return aside_is_part(part);
}

bool stray_is_known(const char *name)
{
	static const char *const names[] = {
		/* virtualenvwrapper and pipenv; pip's settings; pipx, uv,
		 * Rye, tox. */
		".project", "pip.conf", "pip.ini", "pipx_metadata.json",
		"uv-receipt.toml", "rye-venv.json", ".tox-info.json",
		/* The system's. */
		".DS_Store", "lost+found", NULL,
	};

	return aside_is_part(name) || aside_is_ours(name) || waits(name) ||
		is_in(names, name) || !strncmp(name, ".nfs", 4);
}

/* What a version control has in a work tree, be it a directory or a file. */
static bool is_control(int dir, const char *name)
{
	static const char *const names[] = {
		".git", ".hg", ".svn", ".bzr", ".jj", ".sl", ".pijul",
		"_darcs", "_MTN", "_FOSSIL_", ".fslckout", "{arch}", NULL,
	};

	if (!strcmp(name, "CVS"))
		return !faccessat(dir, "CVS/Entries", F_OK, 0);
	for (const char *const *at = names; *at; at++)
		/* There are file systems where it is the same. */
		if (!strcasecmp(*at, name))
			return true;
	return false;
}

/* What makes a directory a repository of git's without a work tree. */
static unsigned bare_part(const char *name)
{
	static const char *const parts[] = { "HEAD", "objects", "refs" };

	for (unsigned i = 0; i < BARE_PARTS; i++)
		if (!strcmp(parts[i], name))
			return 1u << i;
	return 0;
}

/* -- the walk ----------------------------------------------------------- */

struct level {
	struct level *above;
	dev_t dev;
	ino_t ino;
	size_t path_len;
	char *names, *next;	/* of the directories in it, each with NUL */
	size_t len, room;
	unsigned bare;		/* which of the parts of such one it has */
};

struct walk {
	struct level *lowest;
	int fd;			/* of the lowest */
	bool only_parts;
	char path[PATH_MAX];	/* of the lowest; a longer one is cut */
	struct out *list;
	unsigned controls, strays;
	char first[TOLD][NAME_MAX + 1];	/* the first strays, in order */
};

static int add_name(struct level *level, const char *name)
{
	size_t size = strlen(name) + 1;
	size_t room = 2 * (level->room + size);
	char *more;

	if (level->len + size > level->room) {
		more = realloc(level->names, room);
		if (!more)
			return -ENOMEM;
		level->names = more;
		level->room = room;
	}
	memcpy(level->names + level->len, name, size);
	level->len += size;
	return 0;
}

/* The path of the lowest level, and `name` (or "") in it. */
static void tell(struct walk *walk, const char *name, const char *note)
{
	if (walk->controls++ >= TOLD)
		return;
	out_str(walk->list, walk->controls > 1 ? ", " : "");
	out_safe(walk->list, walk->path);
	out_str(walk->list, *walk->path && *name ? "/" : "");
	out_safe(walk->list, name);
	out_str(walk->list, note);
}

/* Of many those that come first in the alphabet are told. */
static void take_stray(struct walk *walk, const char *name)
{
	unsigned n = walk->strays < TOLD ? walk->strays : TOLD, at = n;

	walk->strays++;
	while (at && strcmp(name, walk->first[at - 1]) < 0)
		at--;
	if (at == TOLD || strlen(name) > NAME_MAX)
		return;
	if (n == TOLD)
		n--;
	memmove(walk->first[at + 1], walk->first[at],
		(n - at) * sizeof(walk->first[0]));
	memcpy(walk->first[at], name, strlen(name) + 1);
}

static bool is_directory(int fd, const struct dirent *entry)
{
	int kind = entry_kind(entry);
	struct stat st;

	return kind == ENTRY_DIR || (kind == ENTRY_UNKNOWN &&
		(fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) ?
		 errno == EACCES : S_ISDIR(st.st_mode)));
}

static int look_at(struct walk *walk, struct level *level, int fd,
		   const struct dirent *entry)
{
	const char *name = entry->d_name;
	bool top = !level->above;

	if (!strcmp(name, ".") || !strcmp(name, "..") ||
	    (top && walk->only_parts && !aside_is_part(name)))
		return 0;
	if (is_control(fd, name)) {
		tell(walk, name, "");
		return 0;
	}
	level->bare |= bare_part(name);
	if (top && !stray_is_known(name) &&
	    (strcmp(name, STRAY_CHECKOUTS) || !erase_is_empty(fd, name)))
		take_stray(walk, name);
	return is_directory(fd, entry) ? add_name(level, name) : 0;
}

static int read_level(struct walk *walk, struct level *level, int fd)
{
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	DIR *dir = own < 0 ? NULL : fdopendir(own);
	struct dirent *entry;
	int err = dir ? 0 : -errno;

	if (!dir && own >= 0)
		(void)close(own);
	if (!dir)
		return err;
	errno = 0;
	while (!err && (entry = readdir(dir))) {
		err = look_at(walk, level, fd, entry);
		errno = 0;
	}
	if (!err)
		err = -errno;
	(void)closedir(dir);
	return err;
}

static void pop(struct walk *walk)
{
	struct level *level = walk->lowest;

	walk->lowest = level->above;
	free(level->names);
	free(level);
	if (walk->lowest)
		walk->path[walk->lowest->path_len] = '\0';
}

/* Once it is read: is there no more to be seen below it? */
static bool is_done(struct walk *walk, const struct level *level, int fd)
{
	if (level->bare == BARE) {
		tell(walk, "", "");
		return true;
	}
	if (!level->len)
		return true;
	if (!faccessat(fd, ".", X_OK, AT_EACCESS))
		return false;
	tell(walk, "", STRAY_UNREAD);
	return true;
}

/* The directory fd becomes the lowest level; its descriptor is ours then. */
static int push(struct walk *walk, int fd, const struct stat *st)
{
	struct level *level = calloc(1, sizeof(*level));
	int err;

	if (!level) {
		(void)close(fd);
		return -ENOMEM;
	}
	level->above = walk->lowest;
	level->dev = st->st_dev;
	level->ino = st->st_ino;
	level->path_len = strlen(walk->path);
	walk->lowest = level;
	err = read_level(walk, level, fd);
	level->next = level->names;
	/* One that cannot be searched has no way back, and none down. */
	if (level->above && (err || is_done(walk, level, fd))) {
		(void)close(fd);
		pop(walk);
		return err;
	}
	if (walk->fd >= 0)
		(void)close(walk->fd);
	walk->fd = fd;
	return err;
}

static int go_down(struct walk *walk, const char *name)
{
	size_t len = strlen(walk->path);
	int fd = open_dir_at(walk->fd, name);
	struct stat st;

	if (fd < 0 && errno == EACCES) {
		tell(walk, name, STRAY_UNREAD);
		return 0;
	}
	if (fd < 0)
		return errno == ENOENT || errno == EXDEV ||
			errno == ENOTDIR || errno == ELOOP ? 0 : -errno;
	if (fstat(fd, &st) || st.st_dev != walk->lowest->dev) {
		(void)close(fd);
		return 0;
	}
	if (len + 1 + strlen(name) < sizeof(walk->path)) {
		if (len)
			walk->path[len++] = '/';
		memcpy(walk->path + len, name, strlen(name) + 1);
	}
	return push(walk, fd, &st);
}

static int go_up(struct walk *walk)
{
	const struct level *above = walk->lowest->above;
	struct stat st;
	int fd;

	pop(walk);
	if (!above)
		return 0;
	fd = openat(walk->fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	(void)close(walk->fd);
	walk->fd = fd;
	return fstat(fd, &st) ? -errno : st.st_dev == above->dev &&
		st.st_ino == above->ino ? 0 : -ESTALE;
}

static int walk_all(struct walk *walk)
{
	int err = 0;

	while (!err && walk->lowest) {
		struct level *level = walk->lowest;
		const char *name = level->next;

		if (!name || name == level->names + level->len) {
			err = go_up(walk);
			continue;
		}
		level->next += strlen(name) + 1;
		err = go_down(walk, name);
	}
	return err;
}

/* -- the answer --------------------------------------------------------- */

static void tell_strays(struct walk *walk)
{
	unsigned told = walk->strays < TOLD ? walk->strays : TOLD;
	unsigned more = walk->strays - told;

	more += walk->controls > TOLD ? walk->controls - TOLD : 0;
	for (unsigned i = 0; i < told; i++) {
		out_str(walk->list, walk->controls || i ? ", " : "");
		out_safe(walk->list, walk->first[i]);
	}
	if (!more)
		return;
	out_str(walk->list, " and ");
	out_number(walk->list, more, 10);
	out_str(walk->list, " more");
}

static int find_once(int fd, bool only_parts, struct out *list)
{
	static struct walk walk;
	int own = open_dir_at(fd, ".");
	struct stat st;
	int err;

	if (own < 0)
		return -errno;
	if (fstat(own, &st)) {
		err = -errno;
		(void)close(own);
		return err;
	}
	walk = (struct walk){
		.fd = -1, .only_parts = only_parts, .list = list,
	};
	err = push(&walk, own, &st);
	if (!err)
		err = walk_all(&walk);
	while (walk.lowest)
		pop(&walk);
	if (walk.fd >= 0)
		(void)close(walk.fd);
	if (err)
		return err;
	tell_strays(&walk);
	return (int)(walk.controls + walk.strays);
}

/* Whoever works on it moves all of it aside, while one looks without a lock. */
static int find(int fd, bool only_parts, struct out *list)
{
	size_t len = list->len;
	int found;

	for (int i = 0; i < TRIES; i++) {
		list->len = len;
		found = find_once(fd, only_parts, list);
		if (found != -ESTALE)
			break;
	}
	return found;
}

int stray_find(int fd, struct out *list)
{
	return find(fd, false, list);
}

int stray_find_in_parts(int fd, struct out *list)
{
	return find(fd, true, list);
}
