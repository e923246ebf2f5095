/*
 * Colour, where somebody sees it.
 */
#ifndef COLOUR_H
#define COLOUR_H

#include "out.h"

enum colour { COLOUR_RED = 1, COLOUR_GREEN = 2 };

/*
 * Add `text` to `out`, in that colour if it goes to a terminal that can show
 * one, and the user did not set NO_COLOR.
 */
void colour_str(struct out *out, enum colour colour, const char *text);

#endif
