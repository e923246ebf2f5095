/*
 * What the user sees of an answer, as lines of the hook's protocol.
 */
#ifndef SHOWN_H
#define SHOWN_H

#include <stdbool.h>

#include "env.h"
#include "out.h"
#include "turn.h"

#define SHOWN_MAX (4 * PATH_MAX)

/*
 * Once the turn is decided: the state of the directory's environment `here`
 * (or NULL), what the prompt shows in front, and last whose `deactivate` there
 * is.  Nothing where all of it is as the turn's memory has it, if not `anew`.
 * It is put together in *lines, an empty string with room for SHOWN_MAX, which
 * the turn's memory refers to.
 */
void shown_state(struct out *out, struct out *lines, struct turn *turn,
		 const struct env *here, bool anew);

/* What the user's own functions are told. */
void shown_did(struct out *out, const struct turn *turn);

/*
 * What is wrong, or worth knowing; once for as long as it stays the same,
 * which the turn's memory tells.  `told` is false where the changes could not
 * be told in lines; *lines is as above.
 */
void shown_said(struct out *out, struct out *lines, struct turn *turn,
		bool quiet, bool told, const struct env *here);

#endif
