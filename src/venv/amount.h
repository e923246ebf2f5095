/*
 * Ages and sizes as people say them.
 */
#ifndef AMOUNT_H
#define AMOUNT_H

#include <time.h>

#include "which/out.h"

/* "3 d" */
void amount_age(struct out *out, time_t seconds);

/* "13 MB", "1.3 MB" */
void amount_size(struct out *out, unsigned long long bytes);

#endif
