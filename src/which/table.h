/*
 * The table: what changes in a shell, given what is active there, what it
 * remembers, and which environment belongs to its directory.  Whose the
 * active environment is, and what becomes of PATH, is decided here and
 * nowhere else.
 *
 * A function without effects: it changes the turn that it is handed, and
 * somebody else tells the shell the difference.
 */
#ifndef TABLE_H
#define TABLE_H

#include "turn.h"

/* Decide what is to be; turn->call: nothing, before the function is called. */
void table_decide(struct turn *turn);

#endif
