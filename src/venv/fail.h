/*
 * How the commands of `venv` fail: a line on stderr, what to do below it, and
 * an exit.
 */
#ifndef FAIL_H
#define FAIL_H

#include "which/exits.h"
#include "which/out.h"

/* "venv: " and the pieces up to NULL, see out.h; exits. */
_Noreturn void die(int status, ...);

#endif
