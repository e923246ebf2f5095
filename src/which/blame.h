/*
 * The sentences of a judgement: why an environment may not be used, what to
 * do about it, and the file that decided.
 */
#ifndef BLAME_H
#define BLAME_H

#include "env.h"
#include "out.h"
#include "record.h"
#include "secure.h"
#include "settings.h"

/* What is being judged, and the sentence about it that is being written. */
struct judgement {
	const struct settings *set;
	struct env *env;
	struct out why, next;
	int err;			/* a shortage: there is no judgement */
	enum decision decision;		/* what is recorded of it */
	struct culprit at;		/* ->path: the env's, without links */
};

/* The file that decided, with its stat(2). */
void blame_file(struct env *env, const char *file, const struct stat *st);

/* A part of it; "." is itself. */
void blame_part(struct env *env, const char *part, const struct stat *st);

/*
 * It is blocked, by `rule`: begin to say why.  The callers go on in j->why
 * and j->next.
 */
void blame(struct judgement *j, const char *rule);

/* Next: "COMMAND PATH".  Another one stands in a line of its own. */
void blame_next(struct judgement *j, const char *command, const char *path);

/* Next: "if you trust it: venv allow PATH" */
void blame_next_allow(struct judgement *j);

/* Next: to make it anew; it is no matter of trust that it is of elsewhere. */
void blame_next_anew(struct judgement *j);

/* `what`, in a sentence, belongs to another user. */
void blame_owner(struct judgement *j, const char *rule, const char *what,
		 const struct stat *st);

/* `what` may be written by `who`; its caller says what to do. */
void blame_writers(struct judgement *j, const char *rule, const char *what,
		   const struct stat *st, const char *who);

#endif
