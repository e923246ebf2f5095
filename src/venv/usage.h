/*
 * How much of the disk a directory takes, with all that is in it.
 */
#ifndef USAGE_H
#define USAGE_H

#include <stdbool.h>

struct usage {
	/* In bytes, by the blocks that are used.  A file with more names than
	 * one counts once; it is shared where a name of it is elsewhere, as
	 * in a cache, so that to remove the directory would not free it. */
	unsigned long long own, shared;
	bool partial;	/* there is more, which cannot be read */
};

/*
 * Measure the open directory fd; O_STAND will do.  No link is followed, and
 * no other file system entered.  0 or a negative errno.
 */
int usage_of(int fd, struct usage *ret);

#endif
