/*
 * Writing pyvenv.cfg, by the grammar that CPython reads (getpath and site;
 * PEP 405): `key = value`, `home` first and once, no quoting but that of the
 * prompt.
 */
#ifndef PYVENV_H
#define PYVENV_H

#include "plan.h"

/*
 * The text for the environment `path` (absolute; no line break, UTF-8) to
 * out.  The key `command` is the command of CPython's that makes the same
 * environment.
 */
void pyvenv_write(struct out *out, const struct plan *plan, const char *path);

#endif
