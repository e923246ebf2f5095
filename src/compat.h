/*
 * What a platform lacks or spells differently.  The only #ifdefs of the C
 * code are here, so that every other file reads the same everywhere.
 */
#ifndef COMPAT_H
#define COMPAT_H

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/auxv.h>
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

#endif
