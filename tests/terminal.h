/*
 * A program on a terminal of its own: what it prints is kept, what it asks of
 * the terminal is answered, and something is typed when that is read.
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The program says that it reads a line; a terminal shows nothing of it.  Leave
 * it out where the modes tell: a line editor may have the terminal only after
 * the prompt (ksh93).
 */
#define READS "\033]7770;reads\a"

/* What pty itself ends with. */
enum { EX_EARLY = 123, EX_LATE = 124, EX_SELF = 125 };

/*
 * Start the program; what was on the screen shall go to the file out, or where
 * that is NULL to standard output.  Each of the waits below takes PTY_TIMEOUT
 * (60) seconds at most; then it says what was waited for, and ends the tests.
 */
void terminal_start(const char *out, char **argv);

void terminal_type(const char *s, size_t n);

/* Type a key by which a line, or a question, may be finished. */
void terminal_give(char key);

/*
 * Wait until a line is read.  What is typed before that is kept, but appears on
 * the screen twice, and an editor that asks the terminal something as it starts
 * may take it for the answer.
 */
void terminal_wait_to_type(void);

/* Wait until text is on the screen.  False: the program ended without it. */
bool terminal_wait_for(const char *text);

/* What was waited for was the seal of a mark. */
void terminal_sealed(void);

/* Wait for the end of the program: its status, as a shell tells it. */
int terminal_end(void);

#endif
