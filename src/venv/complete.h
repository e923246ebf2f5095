/*
 * What a TAB asks: venv --complete [--plain] [--dot=TEXT] [PROGRAM] -- WORD...
 *
 * The words are those behind the program's name; the last one is being typed,
 * and may be empty.  What it could be is printed as candidates.h says, whole
 * words always.  All begin with the word; only where none does, those are told
 * that do but for capitals, for shells that match so.  One that ends in `/` or
 * `=` is not finished.  An empty candidate speaks to the shell: `command N`,
 * from word N (from 1) on this is a command line of its own, for the shell to
 * complete.
 *
 * For a shell that takes the lines as they are, --plain leaves out what could
 * not be told to it, which are those that have a tab or odd characters; and it
 * says `command N` by exit status 1.  Where a candidate begins with a dot, TEXT
 * is put for that; one that has a tab or a newline is not.
 *
 * Otherwise the exit status is 0, and nothing is said on stderr, whatever is
 * wrong: it is not the time.
 */
#ifndef COMPLETE_H
#define COMPLETE_H

#include "options.h"

/* Answer what stands behind `--complete` in argv, and exit. */
_Noreturn void complete_line(char **argv);

#endif
