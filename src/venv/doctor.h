/*
 * The parts of `venv doctor`.  Each looks at its subject and says what it
 * found by finding.h; what only the shell can know is in facts.h.
 */
#ifndef DOCTOR_H
#define DOCTOR_H

#include <stdbool.h>

#include "which/env.h"

/* Is the hook loaded, once, of this version, and is it still called? */
void doctor_hook(void);

/* How was it installed, and how is it updated? */
void doctor_install(void);

/* Does another tool activate environments as well? */
void doctor_rivals(void);

/* Is the active environment the one whose programs are found? */
void doctor_path(void);

/* Will uv use the active environment for this project, and pipenv be quiet? */
void doctor_uv(void);

/* Do this directory's environment, the active and the named ones work? */
void doctor_envs(void);

/* Can it be read what the project around the directory demands? */
void doctor_demand(const char *dir);

/* Is the environment's Python for what its project demands? */
bool doctor_python(const char *subject, const struct env *env);

/* Is every setting understood, in the environment and in the config file? */
void doctor_settings(void);

/* Can the record of decisions be believed? */
void doctor_record(void);

/* The time now, in nanoseconds, on a line. */
void doctor_clock(void);

/* What the hook costs.  The exit status: 1 where nothing was measured. */
int doctor_time(void);

#endif
