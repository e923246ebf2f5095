/*
 * Candidates for a word of a command line of ours: what kinds.c and those who
 * know of places and programs add to.
 */
#ifndef OFFER_H
#define OFFER_H

#include "candidates.h"
#include "options.h"

struct offer {
	struct candidates found;
	const struct option *table;	/* of the command; NULL: none */
	bool dashes;	/* behind `--`: what begins with `-` is no option */
	/* The number of the word where a command line of its own would begin;
	 * and, as an answer: it does, so that the shell knows better. */
	size_t start;
	bool other;
};

/* Is `name`, as a word of its own, an option, and so of no use? */
bool offer_is_option(const struct offer *offer, const char *name);

#endif
