/*
 * copy: what a test begins with, in one process.
 *
 *	copy FROM TO [PLACE]
 *
 * All that is in the directory FROM comes to be in TO, which is made where it
 * is not, as by cp -R: with the modes of FROM, less the umask, and with the
 * times of now.  With PLACE, TO becomes an environment: in each file where that
 * text stands, the copy has the path of TO.
 *
 * Exit status: 1, with a message, when something fails; 2 with PLACE, and nothing
 * is made, where Python would make another one: by the umask, or as the path has
 * to be quoted, or is not the one that it writes.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char from[PATH_MAX], to[PATH_MAX];
static const char *place, *here;

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "copy: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* One more name on a path; it ends at the length that is returned before. */
static size_t enter(char *path, const char *name)
{
	size_t n = strlen(path), more = strlen(name);

	if (n + more + 2 > PATH_MAX) {
		errno = ENAMETOOLONG;
		fail(name);
	}
	path[n] = '/';
	memcpy(path + n + 1, name, more + 1);
	return n;
}

static char *read_file(size_t *ret_len)
{
	struct stat st;
	char *text;
	size_t len = 0;
	ssize_t n;
	int fd = open(from, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st))
		fail(from);
	text = malloc((size_t)st.st_size + 1);
	if (!text)
		fail("malloc");
	while ((n = read(fd, text + len, (size_t)st.st_size - len)) > 0)
		len += (size_t)n;
	if (n < 0)
		fail(from);
	(void)close(fd);
	text[len] = '\0';
	*ret_len = len;
	return text;
}

static void put(int fd, const char *s, size_t n)
{
	while (n) {
		ssize_t done = write(fd, s, n);

		if (done < 0)
			fail(to);
		s += done;
		n -= (size_t)done;
	}
}

/* A file that has a NUL in it is no text, and goes on behind that as it is. */
static void copy_file(mode_t mode)
{
	size_t len;
	char *text = read_file(&len), *rest = text, *it;
	int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
		      mode & 07777);

	if (fd < 0)
		fail(to);
	while (place && (it = strstr(rest, place))) {
		put(fd, rest, (size_t)(it - rest));
		put(fd, here, strlen(here));
		rest = it + strlen(place);
	}
	put(fd, rest, len - (size_t)(rest - text));
	if (close(fd))
		fail(to);
	free(text);
}

static void copy_link(void)
{
	char target[PATH_MAX];
	ssize_t n = readlink(from, target, sizeof target - 1);

	if (n < 0)
		fail(from);
	target[n] = '\0';
	if (symlink(target, to) && (errno != EEXIST || unlink(to) ||
				    symlink(target, to)))
		fail(to);
}

static void copy_all(void)
{
	DIR *dir = opendir(from);
	struct dirent *e;
	struct stat st;

	if (!dir)
		fail(from);
	while ((e = readdir(dir))) {
		size_t f, t;

		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		f = enter(from, e->d_name);
		t = enter(to, e->d_name);
		if (lstat(from, &st))
			fail(from);
		if (S_ISLNK(st.st_mode)) {
			copy_link();
		} else if (!S_ISDIR(st.st_mode)) {
			copy_file(st.st_mode);
		} else {
			if (mkdir(to, st.st_mode & 07777) && errno != EEXIST)
				fail(to);
			copy_all();
		}
		from[f] = to[t] = '\0';
	}
	(void)closedir(dir);
}

/* As Python begins: below the working directory, without a link in that. */
static void set_path(char *path, const char *name)
{
	if (*name != '/') {
		if (!getcwd(path, PATH_MAX))
			fail("getcwd");
		(void)enter(path, name);
	} else if (strlen(name) < PATH_MAX) {
		strcpy(path, name);
	} else {
		errno = ENAMETOOLONG;
		fail(name);
	}
}

static bool is_usual(const char *path)
{
	const char *name = strrchr(path, '/') + 1;

	return *name && strcmp(name, ".") && strcmp(name, "..") &&
		!strstr(path, "//") && !strstr(path, "/./") &&
		!strstr(path, "/../") && !path[strspn(path, "/._-0123456789"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")];
}

static void make_all(char *path)
{
	for (char *end = path; end; *end = '/') {
		end = strchr(end + 1, '/');
		if (end)
			*end = '\0';
		if (mkdir(path, 0777) && errno != EEXIST)
			fail(path);
		if (!end)
			return;
	}
}

int main(int argc, char **argv)
{
	mode_t mask = umask(0);

	(void)umask(mask);
	if (argc < 3 || argc > 4) {
		fprintf(stderr, "usage: copy FROM TO [PLACE]\n");
		return 1;
	}
	set_path(from, argv[1]);
	set_path(to, argv[2]);
	place = argv[3];
	if (place && (mask != 022 || !is_usual(to)))
		return 2;
	make_all(to);
	here = strdup(to);
	copy_all();
	return 0;
}
