/*
 * Running another program: a base interpreter that is asked, or pip.
 */
#ifndef SPAWN_H
#define SPAWN_H

#include <stdbool.h>
#include <stddef.h>

struct spawn {
	const char *const *argv;	/* ends with NULL; argv[0] is a path */
	/* Names of variables that it shall not see, up to NULL; one that ends
	 * in "*" stands for all that begin so. */
	const char *const *without;
	const char *with;	/* NAME=VALUE, or NULL */
	/* Each line of its output and its errors, without line end and cut at
	 * 4 KiB; NULL: both go to stderr. */
	void (*line)(void *context, const char *line);
	void *context;
	/* Where there is `line`, it is killed after so many seconds, or when
	 * it has said more than so many bytes; 0: never. */
	int seconds;
	size_t bytes;
};

/*
 * Run it, with an empty input.  Its exit status, 128 and the signal that
 * ended it, or a negative errno: -ETIMEDOUT, -EFBIG of what is said too
 * much, -EINTR, and those of posix_spawn(3).  Where an interrupt is pending
 * it is given time to end by itself: the terminal has told it, too.  But what
 * is killed after some seconds is killed soon then.
 */
int spawn_run(const struct spawn *spawn);

/* What every Python may not see: what makes it another one. */
extern const char *const spawn_clean[];

#endif
