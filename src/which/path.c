/*
 * Paths as bounded strings, and the logical and physical names of the
 * working directory.
 */
#include "path.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

int path_copy(char *ret, const char *s)
{
	size_t len = strlen(s);

	if (len >= PATH_MAX)
		return -ENAMETOOLONG;
	memcpy(ret, s, len + 1);
	return 0;
}

int path_join(char *ret, const char *dir, const char *name)
{
	size_t dir_len = strlen(dir), name_len = strlen(name);

	while (dir_len && dir[dir_len - 1] == '/')
		dir_len--;
	if (dir_len + 1 + name_len >= PATH_MAX)
		return -ENAMETOOLONG;
	memmove(ret, dir, dir_len);
	ret[dir_len] = '/';
	memcpy(ret + dir_len + 1, name, name_len + 1);
	return 0;
}

void path_clean(char *path)
{
	char *to = path;
	const char *from = path;

	while (*from) {
		size_t len;

		from += strspn(from, "/");
		len = strcspn(from, "/");
		if (len == 2 && from[0] == '.' && from[1] == '.') {
			while (to > path && *--to != '/')
				;
		} else if (len && !(len == 1 && from[0] == '.')) {
			*to++ = '/';
			memmove(to, from, len);
			to += len;
		}
		from += len;
	}
	if (to == path)
		*to++ = '/';
	*to = '\0';
}

bool path_same(const char *a, const char *b)
{
	struct stat x, y;

	return !stat(a, &x) && !stat(b, &y) &&
		x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool path_equal(const char *a, const char *b)
{
	return !strcmp(a, b) || path_same(a, b);
}

bool path_is_program(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode) &&
		!access(path, X_OK);
}

bool path_in_list(const char *list, const char *dir)
{
	char entry[PATH_MAX];
	bool links = true;

	for (; *list; list += *list == ':') {
		size_t len = strcspn(list, ":");

		if (!len)
			links = false;
		if (len && len < sizeof(entry) && *list == '/') {
			memcpy(entry, list, len);
			entry[len] = '\0';
			path_clean(entry);
			if (!strcmp(entry, dir) ||
			    (links && path_same(entry, dir)))
				return true;
		}
		list += len;
	}
	return false;
}

bool path_in_list_above(const char *list, const char *dir)
{
	char at[PATH_MAX];
	bool more = *list && !path_copy(at, dir);

	while (more && !path_in_list(list, at))
		more = path_up(at);
	return more;
}

bool path_up(char *path)
{
	char *slash = strrchr(path, '/');

	if (!slash || !slash[1])
		return false;
	slash[slash == path] = '\0';
	return true;
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The next ".." of the path, at its slash; NULL: there is none. */
static const char *next_dotdot(const char *path)
{
	for (; (path = strchr(path, '/')); path++)
		if (path[1] == '.' && path[2] == '.' &&
		    (!path[3] || path[3] == '/'))
			return path;
	return NULL;
}

/*
 * Does a ".." of the path, where nothing is, lead elsewhere than to where the
 * text came from, as from behind a link?  What is not there leads nowhere.
 */
static bool goes_astray(const char *path)
{
	char way[PATH_MAX], text[PATH_MAX];
	const char *at = path;
	struct stat st;

	for (; (at = next_dotdot(at)); at++) {
		size_t len = (size_t)(at - path);

		memcpy(way, path, len + strlen("/.."));
		way[len + strlen("/..")] = '\0';
		(void)path_copy(text, way);
		path_clean(text);
		if (path_same(text, way))
			continue;
		way[len] = '\0';
		if (!lstat(way, &st))
			return true;
	}
	return false;
}

int path_below(char *ret, const char *dir, const char *name)
{
	char joined[PATH_MAX];
	struct stat st;
	int err = name[0] == '/' ? path_copy(joined, name)
				 : path_join(joined, dir, name);

	if (err)
		return err;
	(void)path_copy(ret, joined);
	path_clean(ret);
	/* Only ".." can make the text and the kernel disagree. */
	if (next_dotdot(joined) && !path_same(ret, joined) &&
	    (!stat(ret, &st) || goes_astray(joined)))
		(void)path_copy(ret, joined);
	return 0;
}

static int physical_dir(char *ret)
{
	int err = working_dir(ret, PATH_MAX);

	if (err)
		return err;
	/* Linux says "(unreachable)/..." of a directory outside the root. */
	return ret[0] == '/' ? 0 : -ENOENT;
}

int path_working_dir(char *ret, char *ret_physical, const char *pwd)
{
	int err = physical_dir(ret_physical);

	if (err)
		*ret_physical = '\0';
	if (pwd && pwd[0] == '/' && !path_copy(ret, pwd)) {
		path_clean(ret);
		if (!strcmp(ret, ret_physical) || path_same(ret, "."))
			return 0;
	}
	return err ? err : path_copy(ret, ret_physical);
}
