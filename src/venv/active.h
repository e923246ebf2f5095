/*
 * The environment that is active in the shell which called: $VIRTUAL_ENV,
 * and who activated it.
 */
#ifndef ACTIVE_H
#define ACTIVE_H

#include <stdbool.h>

/*
 * Who activated it: "hook" ($VENV_WHICH_AUTO is the same), "use" (of `venv
 * use`, as the shell remembers), a tool that says so in the
 * environment ("direnv", "poetry", "pipenv"), or "hand".  NULL: nothing is
 * active.
 */
const char *active_by(void);

/* What will end it, a clause for people; NULL: nothing is active. */
const char *active_until(void);

/* Is it pyenv-virtualenv's, whose shims run the programs of it? */
bool active_by_pyenv(void);

#endif
