/*
 * An environment that is there, but by a name that nobody looks for.
 */
#ifndef UNLOOKED_H
#define UNLOOKED_H

#include "which/out.h"

/*
 * Advice, where such a one stands in the working directory, or by a usual
 * name above it.  False: there is none, and nothing is added.
 */
bool unlooked_advise(struct out *out);

#endif
