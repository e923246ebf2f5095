/*
 * The directory of an environment that is being made: what is put into it,
 * and how all of that is taken back.
 *
 * All or nothing.  pyvenv.cfg is what makes a directory an environment; it
 * is written first, under another name (ENV_UNFINISHED), and renamed last.
 * Where an environment stands already, all that takes the place of
 * something waits under other names until then.  A kill at any moment leaves
 * the environment that was there, or a directory that is none, over which
 * the next one succeeds.
 */
#ifndef TREE_H
#define TREE_H

#include "aside.h"
#include "which/compat.h"
#include "which/out.h"

struct made;

struct tree {
	int fd;			/* its directory, locked; -1: not open */
	bool careful;		/* an environment is there already */
	bool strict;		/* something is, and it is none of ours */
	bool unfinished;	/* as somebody who was killed has left it */
	bool aside;		/* what was in it is out of the way */
	bool inherits;		/* it has a list that lets others write */
	struct made **made;	/* what there is to take back */
	size_t count, room;
	unsigned kept;		/* files that were replaced */
	struct out *why;	/* the reason of what failed */
	char path[PATH_MAX];	/* absolute */
};

/* All that are bool: false, and ->why says why. */

/*
 * Open the directory `path` (absolute, clean), and make it where it is not
 * there; in no place that is not the user's own.  Waits for another one who
 * works on it.  What somebody who was killed has left is put right.
 */
bool tree_begin(struct tree *tree, const char *path, struct out *why);

/* How something was made, and so how it is taken back. */
enum made_kind {
	MADE_ABOVE,	/* a directory; rel is absolute */
	MADE_DIR,
	MADE_FILE,
	MADE_WAITING,	/* a file under its other name */
	MADE_CFG,	/* pyvenv.cfg, which comes last, as well */
};

/*
 * Remember what was made at the path `rel`, below the tree's; where that
 * fails, it is taken back at once.
 */
bool tree_made(struct tree *tree, enum made_kind kind, const char *rel);

/*
 * The other name of rel, ".NAME.new" beside it, in ret (PATH_MAX bytes); what
 * somebody has left under it is removed.
 */
bool tree_other_name(struct tree *tree, const char *rel, char *ret);

/* Say why: "WHAT PATH/REL: " and the text of errno `err`.  Always false. */
bool tree_fail(struct tree *tree, const char *what, const char *rel, int err);

/* Was it interrupted?  Then `why` says so. */
bool tree_interrupted(struct tree *tree);

/* Move that out of the way, as aside_put() does; tree_undo() puts it back. */
bool tree_put_aside(struct tree *tree, enum aside what);

/* Everything gets its name in the order it was made, pyvenv.cfg last. */
bool tree_finish(struct tree *tree);

/*
 * What was put aside, or replaced, is removed: nothing can be taken back once
 * this has succeeded.
 */
bool tree_keep(struct tree *tree);

/* Take back what was made after the first `count` things. */
void tree_take_back(struct tree *tree, size_t count);

/*
 * Take back all that was done, also after tree_finish(), and close it.
 * False: what was moved away could not come back, and `why` says so.
 */
bool tree_undo(struct tree *tree);

void tree_close(struct tree *tree);

#endif
