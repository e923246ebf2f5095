/*
 * From an environment to its repository, and to the index of that.
 */
#include "git.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "file.h"
#include "path.h"
#include "secure.h"

/*
 * Ask the index repo->file, whose stat(2) is known.  `rel` is "" for the work
 * tree itself.  A shared index stands beside it.
 */
static enum tracked ask_index(struct repository *repo, const char *rel,
			      char *ret_shared)
{
	enum tracked tracked = TRACKED_DOUBT;
	int fd;

	if (!S_ISREG(repo->st.st_mode))
		return TRACKED_DOUBT;
	fd = openat(AT_FDCWD, repo->file, FILE_OPEN_FLAGS);
	repo->err = fd < 0 ? -errno : 0;
	if (fd < 0)
		return TRACKED_DOUBT;
	if (!fstat(fd, &repo->st) && S_ISREG(repo->st.st_mode))
		tracked = index_tracks(fd, repo->st.st_size, rel, ret_shared);
	(void)close(fd);
	return tracked;
}

/* And the shared index that it may go on in; that can go on nowhere. */
static RARE enum tracked ask_indices(struct repository *repo, const char *rel)
{
	char shared[SHARED_SIZE] = "", name[SHARED_SIZE + 16] = "sharedindex.";
	enum tracked tracked = ask_index(repo, rel, shared);

	if (tracked != TRACKED_NO || !*shared)
		return tracked;
	(void)path_up(repo->file);
	memcpy(name + strlen(name), shared, strlen(shared) + 1);
	if (path_join(repo->file, repo->file, name) ||
	    stat(repo->file, &repo->st))
		return TRACKED_DOUBT;
	tracked = ask_index(repo, rel, shared);
	return *shared ? TRACKED_DOUBT : tracked;
}

/* The directory that the file `.git` names, in ret (PATH_MAX bytes). */
static bool follow_file(struct repository *repo, char *ret)
{
	static const char key[] = "gitdir: ";
	char text[PATH_MAX + sizeof(key)];
	char *value = text + strlen(key);

	repo->err = (int)file_read_at(AT_FDCWD, repo->file, text,
				      sizeof(text));
	if (repo->err <= 0 || strncmp(text, key, strlen(key)))
		return false;
	value[strcspn(value, "\r\n")] = '\0';
	return *value && !(*value == '/' ? path_copy(ret, value)
				: path_join(ret, repo->dir, value));
}

/*
 * Does a git write the index, and the files in it before that?  Whoever asks
 * first reads the one from before, or the one from after.
 */
static bool is_busy(struct repository *repo, const char *dir)
{
	if (path_join(repo->file, dir, "index.lock"))
		return true;
	repo->busy = !lstat(repo->file, &repo->st);
	return repo->busy || errno != ENOENT;
}

/*
 * Is the repository without an index a new one?  A clone whose checkout
 * failed, or goes on, has files and no index, too.
 */
static bool is_new(const char *dir)
{
	static const char *const signs[] = {
		"packed-refs", "logs", "FETCH_HEAD", "ORIG_HEAD",
		"shallow", "reftable",
	};
	char path[PATH_MAX];
	struct stat st;

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (path_join(path, dir, signs[i]) || !lstat(path, &st) ||
		    errno != ENOENT)
			return false;
	return true;
}

/*
 * The index of repo->dir, whose `.git` is at repo->file, in repo->file.
 * 1; 0: it has none, or is no repository at all (*ret_none tells); or -1:
 * that cannot be told.
 */
static RARE int find_index(struct repository *repo, bool *ret_none)
{
	char dir[PATH_MAX];
	struct stat st;
	bool linked = S_ISREG(repo->st.st_mode);

	*ret_none = false;
	if (linked ? !follow_file(repo, dir)
		   : !S_ISDIR(repo->st.st_mode) || path_copy(dir, repo->file))
		return -1;
	if (path_join(repo->file, dir, "HEAD"))
		return -1;
	/* It may be a link to a branch that has no commit. */
	if (lstat(repo->file, &st)) {
		*ret_none = !linked && errno == ENOENT;
		return *ret_none ? 0 : -1;
	}
	if (is_busy(repo, dir) || path_join(repo->file, dir, "index"))
		return -1;
	if (!stat(repo->file, &repo->st))
		return 1;
	return errno == ENOENT && is_new(dir) ? 0 : -1;
}

/* 1: a `.git` of this user's is in repo->dir; 0: none; -1: cannot be told. */
static int find_git(struct repository *repo)
{
	if (path_join(repo->file, repo->dir, ".git"))
		return 0;
	if (!stat(repo->file, &repo->st))
		return secure_owner(repo->st.st_uid);
	return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
}

enum tracked git_tracks(const char *path, struct repository *ret)
{
	bool none = true;
	int found;

	ret->err = 0;
	ret->busy = false;
	memset(&ret->st, 0, sizeof(ret->st));
	ret->dir = file_room();
	(void)path_copy(ret->dir, path);
	/* It only gets shorter, and nothing else is read there meanwhile. */
	ret->file = ret->dir + strlen(ret->dir) + 1;
	do {
		found = find_git(ret);
		if (found > 0)
			found = find_index(ret, &none);
		else
			none = true;
		if (found < 0)
			return TRACKED_DOUBT;
		if (found) {
			size_t len = strlen(ret->dir);

			/* "/" has its slash in itself. */
			path += len - (len == 1);
			return ask_indices(ret, path + (*path == '/'));
		}
	} while (none && path_up(ret->dir));
	return TRACKED_NO;
}
