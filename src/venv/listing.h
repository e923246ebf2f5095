/*
 * The entries of a directory whose names begin with what somebody has typed,
 * capitals or not.
 * Those that begin with a dot are hidden until he types it.
 */
#ifndef LISTING_H
#define LISTING_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>

struct listing {
	DIR *dir;
	const char *begin;
	const struct dirent *entry;	/* the one that listing_next() gave */
};

/* False: the directory cannot be read.  Else listing_close() it. */
bool listing_open(struct listing *list, const char *dir, const char *begin);
void listing_close(struct listing *list);

/* The name of the next entry, which lasts until the next call; or NULL. */
const char *listing_next(struct listing *list);

/*
 * How many may be directories; counting ends above `most`.  The listing then
 * begins again.
 */
size_t listing_count(struct listing *list, size_t most);

/* Of the present entry, links followed: is it a directory, a program? */
bool listing_is_dir(const struct listing *list);
bool listing_is_program(const struct listing *list);

/* Is there something at `path`, in the directory? */
bool listing_has(const struct listing *list, const char *path);

#endif
