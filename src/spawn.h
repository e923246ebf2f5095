/*
 * Running another program: a base interpreter that is asked, or pip.
 */
#ifndef SPAWN_H
#define SPAWN_H

#include <stdbool.h>

struct spawn {
	const char *const *argv;	/* ends with NULL; argv[0] is a path */
	/* Names of variables that it shall not see, up to NULL; one that ends
	 * in "*" stands for all that begin so. */
	const char *const *without;
	/* Each line of its output and its errors, without line end and cut at
	 * 4 KiB; NULL: both go to stderr. */
	void (*line)(void *context, const char *line);
	void *context;
	int seconds;		/* after which it is killed; 0: never */
};

/*
 * Run it, with an empty input.  Its exit status, 128 and the signal that
 * ended it, or a negative errno: -ETIMEDOUT, and those of posix_spawn(3).
 * Where an interrupt is pending it is given time to end by itself: the
 * terminal has told it, too.
 */
int spawn_run(const struct spawn *spawn);

/* What every Python may not see: what makes it another one. */
extern const char *const spawn_clean[];

#endif
