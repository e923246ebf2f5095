/*
 * The Python that an environment was made from: its base interpreter.
 */
#ifndef HOME_H
#define HOME_H

#include "which/env.h"

/*
 * The path of the base interpreter of the open environment, in ret (PATH_MAX
 * bytes): in the directory that the key `home` of its pyvenv.cfg names, by
 * the name that its bin/python leads to; else what `executable` says.
 *
 * 0; -ENOENT: it is not there any more, and *ret says where it was; -EINVAL:
 * nothing tells.
 */
int home_python(const struct env *env, char *ret);

#endif
