/*
 * What `venv doctor` says: a line for each thing that it has looked at.
 */
#ifndef FINDING_H
#define FINDING_H

#include <stdbool.h>

/* From now on, say only what is wrong. */
void finding_quiet(void);

/*
 * `subject` is a word, the rest pieces up to NULL, each made safe for a
 * terminal.  All is well with it; or it is not, and then the pieces say what,
 * where, why, and behind a semicolon the mend.
 */
void finding_good(const char *subject, ...);
void finding_bad(const char *subject, ...);

/* Was anything wrong? */
bool finding_any(void);

#endif
