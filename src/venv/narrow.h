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
 * Those of the n items of which the name or the path has every word of
 * `words` in it, capitals or not: their numbers in ret (room for n), and in
 * *ret_first which of these is meant before all others, since its name is
 * `words`; else the first.  The number of them.
 */
size_t narrow(const struct item *items, size_t n, const char *words,
	      size_t *ret, size_t *ret_first);

/*
 * What the names of the `count` found ones go on with behind `words`, or
 * behind the last of these, as far as they are alike.
 */
void narrow_more(const struct item *items, const size_t *found,
		 size_t count, const char *words, struct out *out);

#endif
