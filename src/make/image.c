/*
 * Opening the image of pip in the cache, or making it.
 */
#include "image.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "erase.h"
#include "interrupt.h"
#include "spawn.h"
#include "which/path.h"

static const char seed[] = {
#include "seed.py.inc"
	0
};

#define HEADER "venv-which image 2\n"
#define TRAILER "\nend\n"
#define MANIFEST_MAX (4 * 1024 * 1024)

/* -- opening ------------------------------------------------------------ */

/* The whole text, allocated; or NULL. */
static char *read_manifest(int fd)
{
	struct stat st;
	char *text = NULL;
	ssize_t n = -1;
	int file = openat(fd, "manifest", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (file < 0)
		return NULL;
	if (!fstat(file, &st) && S_ISREG(st.st_mode) &&
	    st.st_uid == effective_uid() && st.st_size < MANIFEST_MAX)
		text = malloc((size_t)st.st_size + 1);
	if (text)
		n = read(file, text, (size_t)st.st_size);
	(void)close(file);
	if (n < 0 || n != (ssize_t)st.st_size) {
		free(text);
		return NULL;
	}
	text[n] = '\0';
	return text;
}

static bool is_whole(const char *manifest)
{
	size_t len = strlen(manifest);

	return !strncmp(manifest, HEADER, strlen(HEADER)) &&
		len >= strlen(TRAILER) &&
		!strcmp(manifest + len - strlen(TRAILER), TRAILER);
}

static bool open_kept(struct image *ret, const struct cache *cache,
		      const char *name)
{
	int fd = openat(cache->fd, name,
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return false;
	ret->manifest = read_manifest(fd);
	if (ret->manifest && is_whole(ret->manifest)) {
		ret->fd = fd;
		return true;
	}
	free(ret->manifest);
	ret->manifest = NULL;
	(void)close(fd);
	return false;
}

void image_close(struct image *image)
{
	free(image->manifest);
	image->manifest = NULL;
	if (image->fd >= 0)
		(void)close(image->fd);
	image->fd = -1;
}

/* -- making ------------------------------------------------------------- */

struct making {
	const struct base *base;
	image_progress *progress;
	bool done;
	char last[256];
};

static void take_line(void *context, const char *line)
{
	struct making *making = context;
	struct out last = OUT_STRING(making->last);
	int step, steps;

	if (sscanf(line, "step %d %d", &step, &steps) == 2 && steps > 0) {
		making->progress(making->base, step * 100 / steps);
		return;
	}
	making->done = !strcmp(line, "done");
	if (*line)
		out_str(&last, line);
}

static bool run_seed(const struct base *base, const char *dir,
		     image_progress *progress, struct out *why)
{
	const char *argv[6 + BASE_WHEELS + 1] = {
		base->exe, "-I", "-S", "-c", seed, dir,
	};
	struct making making = { .base = base, .progress = progress };
	struct spawn spawn = {
		.argv = argv, .without = spawn_clean, .line = take_line,
		.context = &making,
	};
	int status;

	for (size_t i = 0; base->wheels[i]; i++)
		argv[6 + i] = base->wheels[i];
	progress(base, 0);
	status = spawn_run(&spawn);
	progress(base, 100);
	if (!status && making.done)
		return true;
	out_str(why, "cannot unpack pip: ");
	out_safe(why, interrupt_pending() ? "interrupted" :
		 status < 0 ? strerror(-status) : making.last);
	return false;
}

/* What somebody who was killed has left is removed: the lock is ours. */
static void sweep(const struct cache *cache)
{
	char where[PATH_MAX];

	(void)erase_at(cache->fd, "image/new", where);
	(void)erase_at(cache->fd, "image/damaged", where);
}

static bool make_locked(const struct cache *cache, const char *name,
			const struct base *base, image_progress *progress,
			struct out *why)
{
	char dir[PATH_MAX];
	int err;

	sweep(cache);
	err = mkdirat(cache->fd, "image/new", 0700) ? errno :
		path_join(dir, cache->path, "image/new") ? ENAMETOOLONG : 0;
	if (err) {
		out_str(why, "cannot unpack pip: ");
		out_str(why, strerror(err));
		return false;
	}
	if (!run_seed(base, dir, progress, why)) {
		sweep(cache);
		return false;
	}
	/* Somebody may still link from the one that is damaged. */
	(void)renameat(cache->fd, name, cache->fd, "image/damaged");
	if (renameat(cache->fd, "image/new", cache->fd, name)) {
		out_str(why, "cannot keep pip in the cache: ");
		out_str(why, strerror(errno));
		sweep(cache);
		return false;
	}
	sweep(cache);
	return true;
}

/* One at a time; who waited takes what the other one has made. */
static int lock(const struct cache *cache)
{
	int fd;

	(void)cache_dir(cache, "image");
	fd = openat(cache->fd, "image/lock",
		    O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	while (fd >= 0 && flock(fd, LOCK_EX) && errno == EINTR &&
	       !interrupt_pending())
		;
	/* seed.py has it, too: it may outlive this program. */
	if (fd >= 0)
		(void)fcntl(fd, F_SETFD, 0);
	return fd;
}

/* The one in the cache, unless it is `damaged` (0: none is); or a new one. */
static bool open_or_make(struct image *ret, const struct cache *cache,
			 const struct base *base, ino_t damaged,
			 image_progress *progress, struct out *why)
{
	char name[96];
	struct stat st;
	bool ok = false;
	int fd;

	*ret = (struct image){ .fd = -1 };
	(void)snprintf(name, sizeof(name), "image/" CACHE_FORMAT "-%.64s",
		       base->image);
	(void)path_join(ret->path, cache->path, name);
	if (!damaged && open_kept(ret, cache, name))
		return true;
	fd = lock(cache);
	if (interrupt_pending())
		out_str(why, "interrupted");
	/* Has another one just made it? */
	else if (fstatat(cache->fd, name, &st, AT_SYMLINK_NOFOLLOW) ||
		 st.st_ino == damaged || !open_kept(ret, cache, name))
		ok = make_locked(cache, name, base, progress, why) &&
			open_kept(ret, cache, name);
	else
		ok = true;
	if (fd >= 0)
		(void)close(fd);
	return ok;
}

bool image_open(struct image *ret, const struct cache *cache,
		const struct base *base, image_progress *progress,
		struct out *why)
{
	return open_or_make(ret, cache, base, 0, progress, why);
}

bool image_again(struct image *image, const struct cache *cache,
		 const struct base *base, image_progress *progress,
		 struct out *why)
{
	struct image old = *image;
	struct stat st;
	/* While it is open, no other one can have its inode. */
	ino_t damaged = fstat(old.fd, &st) ? 1 : st.st_ino;
	bool ok = open_or_make(image, cache, base, damaged, progress, why);

	image_close(&old);
	return ok;
}

/* -- the manifest ------------------------------------------------------- */

void image_facts(const struct image *image, struct image_facts *ret)
{
	const char *line = image->manifest;

	*ret = (struct image_facts){ .longest = 0 };
	while (*line) {
		size_t len = strcspn(line, "\n");

		(void)sscanf(line, "dist pip %63s", ret->pip);
		/* The numbers in front of it make it a little longer. */
		if (!strncmp(line, "file ", 5) && len > ret->longest)
			ret->longest = len;
		line += len + (line[len] == '\n');
	}
}
