/*
 * Questions to whoever sits at the terminal: yes or no, and which of many.
 */
#ifndef PICK_H
#define PICK_H

#include <stdbool.h>

#include "narrow.h"

/* Is somebody there: are stdin and stderr terminals? */
bool pick_anybody(void);

enum answer { ANSWER_NO, ANSWER_YES, ANSWER_NOBODY };

/*
 * Print `question`, as it is, on stderr and read a line: "y" and "yes" are
 * yes, in capitals too; everything else is no, be it nothing or the end of
 * input.  Ctrl-C ends the program.
 */
enum answer pick_yes(const char *question);

#define PICK_NONE (-1)		/* Ctrl-D, or nothing was typed */
#define PICK_INTERRUPT (-2)	/* Ctrl-C */

/*
 * Which of the n items?  On a terminal that can do it a list stands below the
 * line that is typed, and gets shorter with each letter; nothing of it is left
 * there afterwards.  Otherwise the list is printed, with numbers, and a line
 * read.  `words` are typed already.  All of it goes to stderr.
 *
 * The number of the item, or one of the above.  Ctrl-C may also end the
 * program.
 */
int pick(const char *question, const char *words, const struct item *items,
	 size_t n);

#endif
