/*
 * Reading a small file that a stranger may have put there.  Nothing but a
 * regular file is ever opened: to open a device can already be an act (a
 * tape rewinds, a watchdog starts), and a FIFO would wait.  Nor is one that
 * says it is empty, as those in /proc do: to read /proc/kmsg empties it.
 */
#ifndef FILE_H
#define FILE_H

#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>

#include "compat.h"

/*
 * Room for the text of a file, where it is wanted for a moment: it holds until
 * the next one is read there.  A page that is never touched costs nothing, and
 * one that is as much as two system calls; this way it is one for all.
 */
#define FILE_ROOM (256 * 1024 + PATH_MAX)
char *file_room(void);

/*
 * Read the file `name`, relative to the directory dirfd, into buf (cap
 * bytes), and put a NUL behind it.  Symbolic links are followed.
 *
 * Returns the number of bytes, or a negative errno: -ENOENT; -EACCES;
 * -EINVAL: it is no regular file; -EFBIG: it does not fit, and buf holds
 * as much of it as does.
 */
ptrdiff_t file_read_at(int dirfd, const char *name, char *buf, size_t cap);

/* The same, and the fstat(2) of what was read goes to *ret_st. */
ptrdiff_t file_read_stat(int dirfd, const char *name, char *buf, size_t cap,
			 struct stat *ret_st);

/* How to open such a file, once fstatat(2) has said that it is regular. */
#define FILE_OPEN_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

/*
 * The same from an open descriptor.  A file that has `size` bytes need not
 * be asked whether there are more; 0 where that is not known.
 */
ptrdiff_t file_read_fd(int fd, char *buf, size_t cap, off_t size);

#endif
