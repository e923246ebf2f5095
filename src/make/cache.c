/*
 * Opening the cache, if it is nobody else's.
 */
#include "cache.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "compat-sha256.h"
#include "dirs.h"
#include "erase.h"
#include "which/path.h"
#include "which/settings.h"

/*
 * For root, too, it has to be his own: what another user could swap, he
 * could run as root.
 */
static const char *objection(const char *path, const struct stat *st)
{
	char above[PATH_MAX];
	struct stat above_st;

	if (st->st_uid != effective_uid())
		return " belongs to another user\nremove it, or set"
			" XDG_CACHE_HOME";
	if (st->st_mode & (S_IWGRP | S_IWOTH))
		return " may be written by others\nread it, and: chmod 700 ";
	if (!settings_is_mine(path, st))
		return " could be swapped by others\nset XDG_CACHE_HOME to a"
			" directory of yours";
	if (effective_uid())
		return NULL;
	for (memcpy(above, path, sizeof(above)); path_up(above); )
		if (stat(above, &above_st) || above_st.st_uid)
			return " is below a directory of another user, and"
				" root keeps no cache there\nset"
				" XDG_CACHE_HOME, or HOME";
	return NULL;
}

static bool open_lasting(struct cache *ret, struct out *why)
{
	const char *wrong;
	char at[PATH_MAX];
	struct stat st;
	int err = settings_cache(ret->path);

	if (err) {
		out_str(why, "HOME is not set");
		return false;
	}
	ret->fd = open(ret->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (ret->fd < 0 && errno == ENOENT && !dirs_make(ret->path, at))
		ret->fd = open(ret->path,
			       O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (ret->fd < 0 || fstat(ret->fd, &st)) {
		wrong = NULL;
		err = errno;
	} else {
		wrong = objection(ret->path, &st);
		if (!wrong && !faccessat(ret->fd, ".", W_OK | X_OK,
					 AT_EACCESS))
			return true;
		err = errno;
	}
	out_path(why, ret->path);
	out_str(why, wrong ? wrong : ": ");
	if (!wrong)
		out_str(why, strerror(err));
	else if (wrong[strlen(wrong) - 1] == ' ')
		out_operand(why, ret->path);
	if (ret->fd >= 0)
		(void)close(ret->fd);
	ret->fd = -1;
	return false;
}

/* In a directory of others' it could be swapped while pip is run from it. */
static bool open_passing_in(struct cache *ret, const char *tmp)
{
	struct stat st;

	if (path_join(ret->path, tmp, "venv-which.XXXXXX") ||
	    !mkdtemp(ret->path))
		return false;
	ret->fd = open(ret->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
		       O_CLOEXEC);
	if (ret->fd >= 0 && !fstat(ret->fd, &st) &&
	    settings_is_mine(ret->path, &st)) {
		ret->passing = true;
		return true;
	}
	if (ret->fd >= 0)
		(void)close(ret->fd);
	ret->fd = -1;
	(void)rmdir(ret->path);
	return false;
}

static bool open_passing(struct cache *ret)
{
	const char *tmp = getenv("TMPDIR");

	return (tmp && *tmp == '/' && open_passing_in(ret, tmp)) ||
		open_passing_in(ret, "/tmp");
}

bool cache_open(struct cache *ret, struct out *why)
{
	ret->fd = -1;
	ret->passing = false;
	return open_lasting(ret, why) || open_passing(ret);
}

void cache_close(struct cache *cache)
{
	char where[PATH_MAX];

	if (cache->passing && cache->fd >= 0 &&
	    !erase_contents(cache->fd, NULL, where))
		(void)rmdir(cache->path);
	if (cache->fd >= 0)
		(void)close(cache->fd);
	cache->fd = -1;
	cache->passing = false;
}

void cache_name(const char *text, char *ret)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char digest[SHA256_SIZE];

	sha256(text, strlen(text), digest);
	for (size_t i = 0; i < sizeof(digest); i++) {
		*ret++ = hex[digest[i] >> 4];
		*ret++ = hex[digest[i] & 15];
	}
	*ret = '\0';
}

#define SCRATCH "scratch."

/* It is locked while somebody is at work in it. */
static int open_scratch(int fd, const char *name)
{
	int dir = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
			 O_CLOEXEC);

	if (dir < 0 || !flock(dir, LOCK_EX | LOCK_NB))
		return dir;
	(void)close(dir);
	return -1;
}

static void sweep_scratch(const struct cache *cache)
{
	int copy = openat(cache->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	char where[PATH_MAX];
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		int fd = strncmp(entry->d_name, SCRATCH, strlen(SCRATCH)) ? -1
			: open_scratch(cache->fd, entry->d_name);

		if (fd < 0)
			continue;
		(void)erase_at(cache->fd, entry->d_name, where);
		(void)close(fd);
	}
	if (dir)
		(void)closedir(dir);
	else if (copy >= 0)
		(void)close(copy);
}

int cache_scratch(const struct cache *cache, char *ret)
{
	int fd;

	sweep_scratch(cache);
	if (path_join(ret, cache->path, SCRATCH "XXXXXX"))
		return -ENAMETOOLONG;
	if (!mkdtemp(ret))
		return -errno;
	fd = open_scratch(AT_FDCWD, ret);
	return fd < 0 ? -EBUSY : fd;
}

int cache_dir(const struct cache *cache, const char *dir)
{
	return mkdirat(cache->fd, dir, 0700) && errno != EEXIST ? -errno : 0;
}

/* What cannot be kept is asked again: no reason to fail. */
void cache_put(const struct cache *cache, const char *name,
	       const struct out *text)
{
	char new[PATH_MAX];
	ssize_t n;
	int fd;

	(void)snprintf(new, sizeof(new), "%s.%ld", name, (long)getpid());
	(void)unlinkat(cache->fd, new, 0);
	fd = openat(cache->fd, new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		    0600);
	if (fd < 0)
		return;
	n = write(fd, text->buf, text->len);
	if (close(fd) || n != (ssize_t)text->len ||
	    renameat(cache->fd, new, cache->fd, name))
		(void)unlinkat(cache->fd, new, 0);
}
