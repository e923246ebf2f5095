/*
 * What a word that means a place could be.
 *
 * Beside the container directory only the one that the word itself names is
 * read, and what is in it is opened as little as by the walk.
 */
#ifndef OFFERDIRS_H
#define OFFERDIRS_H

#include "listing.h"
#include "offer.h"

/* Named environments, each with its version and what is wrong with it. */
void offer_named(struct offer *offer);

/* The same, and what the nearest one and those used last are called. */
void offer_choices(struct offer *offer);

/*
 * Named environments; where the word is no path, the environment of this
 * directory; directories that are one, or hold one, as `venv use` means them;
 * and, where it is a path or nothing else fits, the directories to go into.
 */
void offer_environments(struct offer *offer);

/* The same, and the paths that something is recorded of. */
void offer_decided(struct offer *offer);

/* Directories, to go into; with them what `file` (or NULL) wants. */
void offer_directories(struct offer *offer);
void offer_paths(struct offer *offer,
		 bool (*file)(const struct listing *list));

#endif
