/*
 * What there is of a kind: environments, directories, interpreters, programs.
 * The kind is named by the word that usage lines have for it.
 *
 * Nothing is run.  The directories that are read are the container directory,
 * those of PATH, pyenv and uv, and the one that the word itself names.
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

/* Add what `kind` (len bytes) means: "NAME | DIR", "PYTHON", "copy|clone". */
void offer_kind(struct offer *offer, const char *kind, size_t len);

#endif
