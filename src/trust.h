/*
 * May it be used?  The one function that knows the rules of trust.  An
 * environment's bin goes in front of PATH, so whoever may write there
 * decides what `ls` does: it has to be the user himself.
 */
#ifndef TRUST_H
#define TRUST_H

#include "env.h"

/*
 * Judge an environment that env_read() found to work.  It stays
 * VERDICT_USE, or becomes VERDICT_BLOCKED with ->rule, ->why and ->next.
 * A broken one is left as it is: nobody is going to use it.
 *
 * Rule 1 (after git's safe.directory): the environment, its bin and its
 * pyvenv.cfg belong to the effective user or to root, and nobody else may
 * write them.  For root they belong to root or to the user behind sudo
 * ($SUDO_UID).  A group that has no other member is nobody else, unless an
 * access list makes the group's bits its mask.
 */
void trust_judge(struct env *env);

#endif
