/*
 * What a platform lacks or spells differently.  The only #ifdefs of the C
 * code are here, so that every other file reads the same everywhere.
 */
#ifndef COMPAT_H
#define COMPAT_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <string.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#endif

/* A descriptor to stand on, that needs no read permission. */
#if defined(O_PATH)
#define O_STAND O_PATH
#elif defined(O_SEARCH)
#define O_STAND O_SEARCH
#else
#define O_STAND O_RDONLY
#endif

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

/* Where programs keep what is theirs, below the home directory. */
#ifdef __APPLE__
#define USER_CACHE "Library/Caches"
#define USER_CONFIG "Library/Application Support"
#define USER_DATA "Library/Application Support"
#define FOLDS_CASE 1
#else
#define USER_CACHE ".cache"
#define USER_CONFIG ".config"
#define USER_DATA ".local/share"
#define FOLDS_CASE 0
#endif

/* What a kernel reads of a script's first line, with "#!" and its end. */
#ifdef __APPLE__
#define SHEBANG_MAX 512
#else
#define SHEBANG_MAX 127
#endif

/*
 * Of a function that is seldom called: what it has on the stack is no part of
 * its caller's frame then.  A page that is never touched costs nothing.
 */
#define RARE __attribute__((noinline))

/*
 * The first page that begins in `room`, which has PAGE_ROOM bytes more than
 * are wanted: what is touched of a text is one page then, wherever it stands.
 */
#define PAGE_ROOM 4096
static inline char *page_in(char *room)
{
	return room + (PAGE_ROOM - (uintptr_t)room % PAGE_ROOM) % PAGE_ROOM;
}

/* OpenBSD's promise to do no more than this; nothing elsewhere. */
#ifndef __OpenBSD__
#define pledge(promises, execpromises) 0
#endif

/* The effective user; the kernel has told it to the program at its start. */
static inline uid_t effective_uid(void)
{
#ifdef __linux__
	return (uid_t)getauxval(AT_EUID);
#else
	return geteuid();
#endif
}

/*
 * getcwd(2) into buf.  musl's brings malloc along, for callers without a
 * buffer, which would be a thirtieth of venv-which.
 */
static inline int working_dir(char *buf, size_t size)
{
#if defined(SYS_getcwd) && defined(__linux__)
	return syscall(SYS_getcwd, buf, size) < 0 ? -errno : 0;
#else
	return getcwd(buf, size) ? 0 : -errno;
#endif
}

/*
 * open(2) for a path whose text is going to be used by other programs: it
 * has to mean the same place to all of them, so none of Linux's magic links
 * (/proc/self/cwd) may be on the way: -1 and ELOOP.
 */
static inline int open_place(const char *path, int flags)
{
#ifdef SYS_openat2
	/* struct open_how and RESOLVE_NO_MAGICLINKS of linux/openat2.h */
	struct {
		uint64_t flags, mode, resolve;
	} how = { .flags = (uint64_t)flags, .resolve = 0x02 };
	long fd = syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how));

	if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
		return (int)fd;
#endif
#ifdef __linux__
	/* A kernel before 5.6 leaves the text to go by. */
	if (!strncmp(path, "/proc/", 6) || !strncmp(path, "/dev/fd/", 8)) {
		errno = ELOOP;
		return -1;
	}
#endif
	return openat(AT_FDCWD, path, flags);
}

/*
 * The same, by no symbolic link at all: -1 and ELOOP where there is one, or
 * where nobody can tell.
 */
static inline int open_plain(const char *path, int flags)
{
#ifdef SYS_openat2
	/* RESOLVE_NO_SYMLINKS */
	struct {
		uint64_t flags, mode, resolve;
	} how = { .flags = (uint64_t)flags, .resolve = 0x04 };
	long fd = syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how));

	if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
		return (int)fd;
#else
	(void)path;
	(void)flags;
#endif
	errno = ELOOP;
	return -1;
}

/*
 * openat(2) of the directory `name` in dirfd, to read it; by no link, and on
 * the same mount: -1 and EXDEV.  Only this way is a directory seen that is
 * mounted elsewhere on its own device; otherwise st_dev has to tell.
 */
static inline int open_dir_at(int dirfd, const char *name)
{
	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
#ifdef SYS_openat2
	/* RESOLVE_NO_XDEV */
	struct {
		uint64_t flags, mode, resolve;
	} how = { .flags = (uint64_t)flags, .resolve = 0x01 };
	long fd = syscall(SYS_openat2, dirfd, name, &how, sizeof(how));

	if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
		return (int)fd;
#endif
	return openat(dirfd, name, flags);
}

/*
 * What a directory entry says of itself; of a link only stat(2) knows, and not
 * every system or file system has an entry say anything.
 */
enum { ENTRY_UNKNOWN, ENTRY_DIR, ENTRY_OTHER };
static inline int entry_kind(const struct dirent *entry)
{
#ifdef DT_DIR
	if (entry->d_type == DT_DIR)
		return ENTRY_DIR;
	return entry->d_type == DT_UNKNOWN || entry->d_type == DT_LNK
		? ENTRY_UNKNOWN : ENTRY_OTHER;
#else
	(void)entry;
	return ENTRY_UNKNOWN;
#endif
}

/*
 * Call `visit` with the name of each entry of the directory `path`; nothing
 * where it cannot be read.  opendir(3) would bring malloc along.
 */
static inline void each_entry(const char *path,
			      void (*visit)(void *context, const char *name),
			      void *context)
{
#ifdef SYS_getdents64
	/* struct linux_dirent64 has its length at 16, the name at 19. */
	_Alignas(8) char entries[4096];
	int fd = openat(AT_FDCWD, path,
			O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	long n;
	uint16_t len;

	while (fd >= 0 && (n = syscall(SYS_getdents64, fd, entries,
				       sizeof(entries))) > 0)
		for (long at = 0; at < n; at += len) {
			memcpy(&len, entries + at + 16, sizeof(len));
			visit(context, entries + at + 19);
		}
	if (fd >= 0)
		(void)close(fd);
#else
	DIR *dir = opendir(path);
	const struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		visit(context, entry->d_name);
	if (dir)
		(void)closedir(dir);
#endif
}

/*
 * When the file was made, in nanoseconds since 1970; 0 where nobody knows.
 * An inode's number may be given out again; together with this, not.
 */
static inline unsigned long long birth_of(int fd, const struct stat *st)
{
#if defined(SYS_statx)
	/* struct statx of linux/stat.h: 256 bytes, stx_mask the first word,
	 * stx_btime (8 bytes of seconds, 4 of nanoseconds) at 80; with
	 * AT_EMPTY_PATH, STATX_BTIME. */
	union {
		unsigned char bytes[256];
		uint32_t mask;
	} x = { .mask = 0 };
	int64_t seconds;
	uint32_t nanoseconds;

	(void)st;
	if (syscall(SYS_statx, fd, "", 0x1000, 0x800, &x) ||
	    !(x.mask & 0x800))
		return 0;
	memcpy(&seconds, x.bytes + 80, sizeof(seconds));
	memcpy(&nanoseconds, x.bytes + 88, sizeof(nanoseconds));
	return (unsigned long long)seconds * 1000000000 + nanoseconds;
#elif defined(__APPLE__)
	(void)fd;
	return (unsigned long long)st->st_birthtimespec.tv_sec * 1000000000 +
		(unsigned long long)st->st_birthtimespec.tv_nsec;
#elif defined(__FreeBSD__) || defined(__NetBSD__)
	(void)fd;
	return (unsigned long long)st->st_birthtim.tv_sec * 1000000000 +
		(unsigned long long)st->st_birthtim.tv_nsec;
#else
	(void)fd;
	(void)st;
	return 0;
#endif
}

/* When its content, and when anything of it, was last changed. */
#ifdef __APPLE__
#define stat_mtime(st) ((st)->st_mtimespec)
#define stat_ctime(st) ((st)->st_ctimespec)
#else
#define stat_mtime(st) ((st)->st_mtim)
#define stat_ctime(st) ((st)->st_ctim)
#endif

/*
 * Make the empty file `to` share the blocks of `from`: ioctl(FICLONE), which
 * stands in linux/fs.h.  -1: this file system cannot, or this system.
 */
static inline int clone_file(int from, int to)
{
#ifdef __linux__
	return ioctl(to, _IOW(0x94, 9, int), from);
#else
	(void)from;
	(void)to;
	return -1;
#endif
}

/*
 * The path of the open directory `fd` without symbolic links, in ret (PATH_MAX
 * bytes); it was opened as `path`.  False: nobody can tell.
 */
static inline bool physical_path(int fd, const char *path, char *ret)
{
#if defined(__linux__)
	char name[32] = "/proc/self/fd/", digits[12];
	size_t end = strlen(name), n = 0;
	ssize_t len;

	(void)path;
	do
		digits[n++] = (char)('0' + fd % 10);
	while (fd /= 10);
	while (n)
		name[end++] = digits[--n];
	len = readlink(name, ret, PATH_MAX - 1);
	if (len <= 0 || *ret != '/')
		return false;
	ret[len] = '\0';
	return true;
#elif defined(F_GETPATH)
	(void)path;
	return !fcntl(fd, F_GETPATH, ret);
#else
	(void)fd;
	return realpath(path, ret);
#endif
}

/*
 * Has the file an access control list?  Then the group bits of its mode are
 * the list's mask, and say nothing of the group.
 */
static inline int has_acl(const char *path)
{
#ifdef __linux__
	return getxattr(path, "system.posix_acl_access", NULL, 0) > 0;
#else
	(void)path;
	return 0;
#endif
}

/*
 * And the list that a directory gives to what is made in it, in the place of
 * the umask.
 */
static inline int has_default_acl(int fd)
{
#ifdef __linux__
	return fgetxattr(fd, "system.posix_acl_default", NULL, 0) > 0;
#else
	(void)fd;
	return 0;
#endif
}

static inline void drop_default_acl(const char *path)
{
#ifdef __linux__
	(void)removexattr(path, "system.posix_acl_default");
#else
	(void)path;
#endif
}

#endif
