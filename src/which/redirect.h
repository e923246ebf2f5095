/*
 * A `.venv` file: PEP 832's way of saying that the environment is
 * elsewhere.  And the bare word, in the dialect of zsh-autoswitch-virtualenv
 * and virtualfish, that names one in the container directory.
 */
#ifndef REDIRECT_H
#define REDIRECT_H

#include "env.h"

/*
 * Follow the redirect file `file` (absolute).  Its first line is a path, as
 * it stands or relative to the file; a bare word is a path where an
 * environment stands there, else a name in the container directory.
 *
 * *ret is opened and read, or broken by the rules redirect-unreadable,
 * redirect-empty, redirect-not-text, redirect-dangling and redirect-chain;
 * its ->path is the file's then.  Always sets ->redirect and ->found.
 * 0, or the negative errno of a shortage (env_is_shortage).
 */
int redirect_follow(struct env *ret, const char *file);

/*
 * The same of a link that leads nowhere: broken, by redirect-dangling.
 */
void redirect_lost(struct env *ret, const char *file);

/*
 * The first line of a redirect's text (len bytes, PATH_MAX at most, and a
 * NUL), without byte order mark and line end, in place: a pointer into text.
 * NULL: it is no text, *ret_why says how.
 */
const char *redirect_line(char *text, size_t len, const char **ret_why);

/*
 * The environment that `word` means for somebody who stands in `dir`
 * (absolute): the rule above, for redirects and for `venv use`.  Opens
 * *ret; results as of env_open().
 */
int redirect_open(struct env *ret, const char *dir, const char *word);

#endif
