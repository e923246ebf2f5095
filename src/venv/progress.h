/*
 * Showing how far something is that takes longer than a moment: at a
 * terminal, and only there.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "make/image.h"

/* A line that is written over; 100 takes it away. */
void progress_show(const struct base *base, int percent);

/* Nothing. */
void progress_none(const struct base *base, int percent);

#endif
