/*
 * Colour, where somebody sees it.
 */
#ifndef COLOUR_H
#define COLOUR_H

#include <stdbool.h>

#include "which/out.h"

enum colour { COLOUR_RED = 1, COLOUR_GREEN = 2 };

/* Is fd a terminal that can show colour, and did the user not set NO_COLOR? */
bool colour_wanted(int fd);

/*
 * Add `text` to `out`, in that colour where it is wanted.
 */
void colour_str(struct out *out, enum colour colour, const char *text);

#endif
