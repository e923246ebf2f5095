/*
 * Which of many are meant, by what was typed so far.
 */
#ifndef NARROW_H
#define NARROW_H

#include <stddef.h>

#include "which/out.h"

/* One of them; all but `path` are safe for a terminal. */
struct item {
	const char *name;
	const char *version;	/* or "" */
	const char *state;	/* a word, or "" */
	const char *place;	/* the path as it is shown */
	const char *path;
};

/*
 * Those of the n items that have every word of `words` in what is shown of
 * them, capitals or not: their numbers in ret (room for n).  First come those
 * of this name, then those that have all words in it.  The number of them.
 */
size_t narrow(const struct item *items, size_t n, const char *words,
	      size_t *ret);

/*
 * What the names of the `count` found ones go on with behind `words`, or
 * behind the last of these, as far as they are alike.
 */
void narrow_more(const struct item *items, const size_t *found,
		 size_t count, const char *words, struct out *out);

#endif
