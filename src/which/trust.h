/*
 * May it be used?  The one function that knows the rules of trust.  An
 * environment's bin goes in front of PATH, so whoever may write there
 * decides what `ls` does: it has to be the user himself.
 *
 * The files around it know the facts and judge nothing: secure.h who else
 * could write, place.h where it was made, git.h whether it is in a
 * repository, record.h what the user decided, shadow.h what it would hide.
 */
#ifndef TRUST_H
#define TRUST_H

#include "env.h"
#include "out.h"
#include "settings.h"

/*
 * Judge an environment that env_read() found to work.  It stays VERDICT_USE
 * or becomes VERDICT_BLOCKED, with ->rule, ->why, ->next and ->file.  A
 * broken one is left as it is: nobody is going to use it.  In this order:
 *
 * record	Others may write the record of decisions, or nobody can read
 *		it: blocked, whatever it says.
 * denied	By `venv deny`: blocked.
 * allowed	By `venv allow`, and it still is the same directory: used.
 * ask		The setting `trust`, and `venv create` did not make it: blocked.
 * owner, mode	It, its bin or its pyvenv.cfg, or the redirect to it, belongs
 *		to another user (after git's safe.directory), or others may
 *		write it: blocked.
 * dir-owner, dir-mode, changed
 *		The same of a directory on its path: blocked.  See secure.h.
 *		Where pyvenv.cfg, which is no program, has the mode 0777, the
 *		mount makes the modes up: below a directory of `under`, and of
 *		itself, these say nothing then.
 * under	The setting `under` holds a directory above it: used.
 * place, unplaced
 *		It was made at another place, or nothing tells where: blocked.
 *		Not asked of what `venv create` made, and recorded.
 * tracked	It is in the git index of the repository around it, or nobody
 *		can tell: blocked.
 * created	`venv create` or `venv recreate` made it, and it still is the
 *		same directory: used.
 * made-here	Otherwise: used.
 *
 * Of parts of one (FOUND_PARTS) nothing is asked about the place.
 *
 * 0, or the negative errno of a shortage, which says nothing.
 */
int trust_judge(const struct settings *set, struct env *env);

/*
 * May the user make an environment in the directory `path` (absolute)?  By the
 * rules owner, mode, dir-owner, dir-mode and changed, with what `under` answers
 * of them; nothing is asked about
 * what is in it.  It is open at fd; or with fd -1 it may have to be made, and
 * then it is the nearest directory above that is there, which may be sticky.
 *
 * False: `why` says the reason, a clause, and in a line below it what to do.
 */
bool trust_ground(const struct settings *set, const char *path, int fd,
		  struct out *why);

/*
 * After trust_judge(): has it, without having been made here, programs that
 * everybody types in its bin?  Then ->note says so.  For whoever shows it to
 * people; what is blocked says so in ->why already.
 */
void trust_note(struct env *env);

#endif
