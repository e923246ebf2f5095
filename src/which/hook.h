/*
 * The shell's side of the answer, in protocol 2: what a shell says of itself
 * in words, and what it is to do about the answer, in lines.  The protocol is
 * in venv-which(1); what is to be done is decided by table.h.
 */
#ifndef HOOK_H
#define HOOK_H

#include <stdbool.h>

#include "env.h"
#include "out.h"
#include "settings.h"
#include "table.h"
#include "walk.h"

/*
 * The last line, with the number of the protocol: it is another one where
 * shells that know the old one would misread an answer.  Each hook has it,
 * too.
 */
#define HOOK_END "end 2\n"

/*
 * Where the texts of an answer are put together: what is watched, and behind
 * that, on the same page, what is shown and remembered.
 */
#define HOOK_WATCH (64 * 1024)
#define HOOK_REST (48 * 1024)
char *hook_room(void);

/* The paths whose coming would change the answer, found by the walk. */
struct watch {
	struct out lines;	/* "watch PATH" lines */
	bool always;		/* a path was met that no line can tell */
};
#define WATCH_INIT \
	{ .lines = { .fd = -1, .buf = hook_room(), .cap = HOOK_WATCH } }

/* The visitor's function (see walk.h); its context is a struct watch. */
void hook_watch(void *context, enum seen seen, const char *path,
		const char *near);

struct question {
	struct facts facts;
	char *memory;		/* as it was answered last; NULL: never */
};

/*
 * Is `word` one that a shell says of itself?  Then it is taken into *ret:
 * fresh, plain, script, function, called, fixed, apart, memory=TEXT.  An empty
 * text is no memory.
 */
bool hook_hear(struct question *ret, char *word);

/*
 * Answer it.  `here` is the directory's environment (NULL: none), `wanted`
 * what `venv use` is to make active (NULL: nothing); both are judged.  False:
 * VERB_ON is refused, since what is active is the user's; nothing is printed.
 */
bool hook_answer(struct out *out, struct question *question,
		 const struct settings *set, const struct env *here,
		 const struct env *wanted, struct watch *watch);

/* The answer where nobody can tell: all stays as it is, and ask again. */
void hook_unknown(struct out *out, struct question *question,
		  const struct settings *set);

#endif
