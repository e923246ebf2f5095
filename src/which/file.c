/*
 * Reading a small regular file, whatever stands at its name.
 */
#include "file.h"

#include <errno.h>
#include <unistd.h>

RARE char *file_room(void)
{
	static char room[FILE_ROOM + PAGE_ROOM];

	return page_in(room);
}

ptrdiff_t file_read_fd(int fd, char *buf, size_t cap, off_t size)
{
	size_t len = 0;

	while (len < cap - 1) {
		ssize_t n = read(fd, buf + len, cap - 1 - len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		len += (size_t)n;
		if (!n || (off_t)len == size)
			break;
	}
	buf[len] = '\0';
	return len == cap - 1 ? -EFBIG : (ptrdiff_t)len;
}

ptrdiff_t file_read_stat(int dirfd, const char *name, char *buf, size_t cap,
			 struct stat *ret_st)
{
	ptrdiff_t len;
	int fd;

	if (fstatat(dirfd, name, ret_st, 0))
		return -errno;
	if (!S_ISREG(ret_st->st_mode))
		return -EINVAL;
	if (!ret_st->st_size) {
		*buf = '\0';
		return 0;
	}
	fd = openat(dirfd, name, FILE_OPEN_FLAGS);
	if (fd < 0)
		return -errno;
	len = fstat(fd, ret_st) ? -errno : !S_ISREG(ret_st->st_mode) ? -EINVAL :
		file_read_fd(fd, buf, cap, ret_st->st_size);
	(void)close(fd);
	return len;
}

ptrdiff_t file_read_at(int dirfd, const char *name, char *buf, size_t cap)
{
	struct stat st;

	return file_read_stat(dirfd, name, buf, cap, &st);
}
