/*
 * The environments that were used last, for `venv pick`: the file
 * $XDG_STATE_HOME/venv-which/recent, a path a line, the newest first.  It is
 * a convenience, and nothing but paths: whether one may be used is judged
 * each time.
 */
#ifndef RECENT_H
#define RECENT_H

/* How many are remembered. */
#define RECENT_MAX 32

/*
 * Put the environment `path` (absolute) first; those that are gone are
 * forgotten.  Where it is first already nothing is written.  Whatever fails
 * is not worth a word.
 */
void recent_add(const char *path);

/* Call `visit` with each path, the newest first. */
void recent_each(void (*visit)(void *context, const char *path),
		 void *context);

#endif
