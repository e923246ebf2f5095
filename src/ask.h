/*
 * A question to whoever sits at the terminal.
 */
#ifndef ASK_H
#define ASK_H

#include <stdbool.h>

enum answer { ANSWER_NO, ANSWER_YES, ANSWER_NOBODY };

/* Is somebody there: are stdin and stderr terminals? */
bool ask_anybody(void);

/*
 * Print `question`, as it is, on stderr and read a line: "y" and "yes" are
 * yes, in capitals too; everything else is no, be it nothing or the end of
 * input.  Ctrl-C ends the program.
 */
enum answer ask(const char *question);

#endif
