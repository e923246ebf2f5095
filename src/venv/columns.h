/*
 * Tables on a terminal: text that takes as many columns as it is told to, or
 * more where it has more, and never touches what follows.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "which/out.h"

/* How many columns the text takes, which is safe for a terminal. */
int columns_of(const char *text);

/* As much of it as takes `width` columns; how many it takes. */
int columns_cut(struct out *out, const char *text, int width);

/* The text, and blanks behind it, or in front of it; one stands behind. */
void columns_left(struct out *out, const char *text, int width);
void columns_right(struct out *out, const char *text, int width);

#endif
