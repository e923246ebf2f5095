/*
 * What could stand in the place of a word that somebody has begun: collected,
 * sorted and printed for the shells, a line each.
 *
 * CANDIDATE<TAB>DESCRIPTION: a description has no tab, so the candidate ends
 * at the last one.  One that has a newline cannot be told, and is left out.
 * Where the description ends in CANDIDATES_ODD, the candidate may not go to a
 * terminal as it is: shells write it in ASCII, or leave it out.
 */
#ifndef CANDIDATES_H
#define CANDIDATES_H

#include <stdint.h>

#include "which/out.h"

#define CANDIDATES_ODD "odd characters"

struct candidate {
	const char *text, *note;
	size_t nth;		/* in the order in which they came */
	uint64_t key;		/* for sorting them */
};

/* What they are made of: thousands, each of which would be an allocation. */
struct candidates_room {
	struct candidates_room *next;
	size_t used;
	char text[64 * 1024];
};

struct candidates {
	const char *word;	/* all of them begin with it, capitals or not */
	bool exact;		/* there are some, and as it is typed */
	bool strict;		/* no more that differ are wanted */
	const char *before;	/* stands in front of it: "--env=" */
	size_t before_len;
	bool plain;		/* leave out what is odd, or has a tab in it */
	const char *dot;	/* is put for the dot that one begins with */
	char **given;		/* are not offered again; NULL-terminated */
	struct candidate *list;
	size_t n, cap;
	struct candidates_room *room;
};

/* Does it begin with the word, capitals or not, and can it be told? */
bool candidates_fit(const struct candidates *set, const char *text);

/*
 * Add one, if it fits.  Those that differ in capitals stay only while there
 * are no others: not every shell wants them, and none prefers them.  `note`
 * is its description: the first line, which is made safe for a terminal.
 */
void candidates_add(struct candidates *set, const char *text,
		    const char *note);

/*
 * Print them, sorted by their bytes, but 3.9 before 3.10; each once, as it
 * came first.
 */
void candidates_print(struct candidates *set, struct out *out);

#endif
