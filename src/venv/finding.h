/*
 * What `venv doctor` says: a line for each thing that it has looked at.
 */
#ifndef FINDING_H
#define FINDING_H

#include <stdbool.h>

#include "which/out.h"

/* How they are written. */
enum finding_form { FINDING_LINES, FINDING_JSON };

/* To be called first; with `quiet`, only what is wrong is said. */
void finding_begin(enum finding_form form, bool quiet);

/*
 * `subject` is a word, the rest pieces up to NULL, as in out.h.  All is well
 * with it; or it is not, and then the pieces say what, where, why, and as
 * advice the mend.
 */
void finding_good(const char *subject, ...);
void finding_bad(const char *subject, ...);

/* The end, with how many were wrong: that number. */
unsigned finding_end(void);

#endif
