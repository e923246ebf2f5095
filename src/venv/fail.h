/*
 * How the commands of `venv` fail: one line on stderr, and an exit.
 */
#ifndef FAIL_H
#define FAIL_H

#include "which/exits.h"

/* "venv: " and the pieces up to NULL, made safe for a terminal; exits. */
_Noreturn void die(int status, ...);

#endif
