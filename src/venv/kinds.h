/*
 * What there is of a kind: environments, directories, interpreters, programs.
 * The kind is named by the word that usage lines have for it.
 *
 * Nothing is run.  The directories that are read are the container directory,
 * those of PATH, pyenv and uv, and the one that the word itself names.
 */
#ifndef KINDS_H
#define KINDS_H

#include "offer.h"

/* Add what `kind` (len bytes) means: "NAME | DIR", "PYTHON", "copy|clone". */
void kinds_offer(struct offer *offer, const char *kind, size_t len);

#endif
