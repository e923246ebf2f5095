/*
 * What somebody may have meant who wrote a word wrongly.
 */
#ifndef GUESS_H
#define GUESS_H

#include <stddef.h>

/* `word` stays the caller's; the rest begins as { 0 }. */
struct guess {
	const char *word;
	char best[64];		/* the likeliest so far, or "" */
	size_t distance;	/* its own */
};

/*
 * Offer what it could be.  It is likely if a third of its letters, at most,
 * are wrong, lacking, too many, or in the place of a neighbour; or if it
 * begins with the word.
 */
void guess_offer(struct guess *guess, const char *candidate);

#endif
