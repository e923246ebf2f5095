/*
 * The rules of trust, and the sentences for what breaks them.
 */
#include "trust.h"

#include <errno.h>
#include <string.h>

#include "git.h"
#include "out.h"
#include "path.h"
#include "place.h"
#include "record.h"
#include "secure.h"
#include "shadow.h"

/* What is being judged, and the sentence about it that is being written. */
struct judgement {
	const struct settings *set;
	struct env *env;
	struct out why, next;
	int err;			/* a shortage: there is no judgement */
	enum decision decision;		/* what is recorded of it */
	char physical[PATH_MAX];	/* its path, without links */
};

/* -- sentences ---------------------------------------------------------- */

/* The file that decided, with its stat(2). */
static void decide_by(struct env *env, const char *file, const struct stat *st)
{
	(void)path_copy(env->file_text, file);
	env->file = env->file_text;
	env->file_owner = st->st_uid;
	env->file_mode = st->st_mode & 07777;
}

/* Below it; "." is itself. */
static void decide_by_part(struct env *env, const char *part,
			   const struct stat *st)
{
	char path[PATH_MAX];

	if (!strcmp(part, "."))
		decide_by(env, env->path, st);
	else if (!path_join(path, env->path, part))
		decide_by(env, path, st);
}

/* Begin to say why it is blocked; the callers go on in j->why and j->next. */
static void block(struct judgement *j, const char *rule)
{
	struct env *env = j->env;

	env->verdict = VERDICT_BLOCKED;
	env->rule = rule;
	env->why = env->why_text;
	env->next = env->next_text;
	j->why = (struct out)OUT_STRING(env->why_text);
	j->next = (struct out)OUT_STRING(env->next_text);
}

/* "COMMAND PATH", where the path can stand in a line. */
static void next_command(struct judgement *j, const char *command,
			 const char *path)
{
	out_str(&j->next, command);
	out_char(&j->next, ' ');
	if (!out_word(&j->next, path))
		out_str(&j->next, "it");
}

static void next_allow(struct judgement *j)
{
	size_t begin = j->next.len;

	out_str(&j->next, "if you trust it: venv allow ");
	if (out_word(&j->next, j->env->path))
		return;
	/* Without an operand it means the directory's. */
	j->next.len = begin;
	out_str(&j->next, "if you trust it, in this directory: venv allow");
}

static void block_owner(struct judgement *j, const char *rule,
			const char *what, const struct stat *st)
{
	block(j, rule);
	out_safe(&j->why, what);
	out_str(&j->why, " belongs to another user (uid ");
	out_number(&j->why, st->st_uid, 10);
	out_char(&j->why, ')');
	next_allow(j);
}

/* Its caller says what to do. */
static void block_writers(struct judgement *j, const char *rule,
			  const char *what, const struct stat *st,
			  const char *who)
{
	block(j, rule);
	out_safe(&j->why, what);
	out_str(&j->why, " may be written by ");
	out_str(&j->why, who);
	out_str(&j->why, " (mode ");
	out_number(&j->why, st->st_mode & 07777, 8);
	out_char(&j->why, ')');
}

/* -- the record --------------------------------------------------------- */

static void block_record(struct judgement *j, const char *path,
			 const struct stat *st, int err)
{
	if (err == -EPERM && st->st_mode & (S_IWGRP | S_IWOTH)) {
		block_writers(j, "record", "the record of your decisions", st,
			      "others");
		next_command(j, "chmod 600", path);
	} else {
		block(j, "record");
		out_str(&j->why, "the record of your decisions cannot be"
			" read: ");
		out_str(&j->why, err == -EPERM
			? "others could put another one there"
			: error_text(-err));
		next_command(j, "see to", path);
	}
}

/* False: the rules are asked, and j->decision answers some of them. */
static bool judge_record(struct judgement *j)
{
	static char text[RECORD_MAX + 1];
	struct env *env = j->env;
	char path[PATH_MAX];
	struct stat st = { 0 };
	ptrdiff_t len = record_read(text, path, &st);

	if (env_is_shortage((int)len)) {
		j->err = (int)len;
		return true;
	}
	if (len < 0) {
		block_record(j, path, &st, (int)len);
		decide_by(env, path, &st);
		return true;
	}
	if (!len)
		return false;
	j->decision = record_decides(text, env->path, env->fd, &env->self);
	if (j->decision == DECISION_ALLOW) {
		env->rule = "allowed";
	} else if (j->decision == DECISION_DENY) {
		block(j, "denied");
		out_str(&j->why, "you denied it");
		next_allow(j);
	} else if (j->decision != DECISION_CREATED) {
		return false;
	}
	decide_by(env, path, &st);
	return j->decision != DECISION_CREATED;
}

/* -- the rules; each false where it blocks ------------------------------ */

/* The owner and the writers of one part: `what` in a sentence. */
static bool part_is_mine(struct judgement *j, const char *what,
			 const char *part, const struct stat *st)
{
	char path[PATH_MAX];
	const char *who;

	if (path_join(path, j->env->path, part))
		*path = '\0';
	who = secure_writers(st, path);
	if (!secure_owner(st->st_uid)) {
		block_owner(j, "owner", what, st);
	} else if (who) {
		block_writers(j, "mode", what, st, who);
		next_command(j, "chmod -R go-w", j->env->path);
	} else {
		return true;
	}
	decide_by_part(j->env, part, st);
	return false;
}

/* Nobody else may lead `path` elsewhere. */
static bool way_is_mine(struct judgement *j, const char *path,
			const struct stat *want, char *ret_physical)
{
	static struct culprit at;
	char what[PATH_MAX + 16];
	struct out out = OUT_STRING(what);
	enum secure secure = secure_path(path, want, ret_physical, &at);

	if (secure == SECURE_YES)
		return true;
	out_str(&out, at.path);
	out_str(&out, " on its path");
	if (secure == SECURE_OWNER) {
		block_owner(j, "dir-owner", what, &at.st);
	} else if (secure == SECURE_WRITERS) {
		block_writers(j, "dir-mode", what, &at.st, at.who);
		next_command(j, "chmod go-w", at.path);
	} else {
		block(j, "changed");
		out_str(&j->why, "its path leads by way of /proc, or changed"
			" while it was judged");
		out_str(&j->next, "look again");
		return false;
	}
	decide_by(j->env, at.path, &at.st);
	return false;
}

/* A part that is a link stands elsewhere. */
static bool link_is_mine(struct judgement *j, const char *part,
			 const struct stat *want)
{
	char path[PATH_MAX], physical[PATH_MAX];

	return !path_join(path, j->env->path, part) &&
		way_is_mine(j, path, want, physical);
}

static bool redirect_is_mine(struct judgement *j)
{
	const struct env *env = j->env;
	const struct stat *st = &env->redirect_st;
	char physical[PATH_MAX];
	const char *who = secure_writers(st, env->redirect);

	if (!secure_owner(st->st_uid)) {
		block_owner(j, "owner", "the redirect to it", st);
	} else if (who) {
		block_writers(j, "mode", "the redirect to it", st, who);
		next_command(j, "chmod go-w", env->redirect);
	} else {
		return way_is_mine(j, env->redirect, st, physical);
	}
	decide_by(j->env, env->redirect, st);
	return false;
}

static bool all_is_mine(struct judgement *j)
{
	const struct env *env = j->env;

	return part_is_mine(j, "it", ".", &env->self) &&
		part_is_mine(j, "its bin", "bin", &env->bin) &&
		part_is_mine(j, "its pyvenv.cfg", "pyvenv.cfg", &env->cfg) &&
		way_is_mine(j, env->path, &env->self, j->physical) &&
		(!env->bin_is_link || link_is_mine(j, "bin", &env->bin)) &&
		(!env->cfg_is_link ||
		 link_is_mine(j, "pyvenv.cfg", &env->cfg)) &&
		(!*env->redirect || redirect_is_mine(j));
}

/* Somebody else's text: where it is no plain path, it stands in quotes. */
static void why_place(struct judgement *j, const char *place)
{
	if (!out_word(&j->why, place))
		out_safe(&j->why, place);
}

static bool place_is_right(struct judgement *j)
{
	static struct origin origin;
	struct env *env = j->env;
	enum place place = place_of(env, &origin);
	char cfg[PATH_MAX];
	struct stat st;

	decide_by(env, env->path, &env->self);
	if (place == PLACE_UNKNOWN) {
		j->err = origin.err;
		block(j, "unplaced");
		out_str(&j->why, "nothing in it tells where it was made");
		next_allow(j);
		return false;
	}
	if (place == PLACE_HERE)
		return true;
	block(j, "place");
	if (!fstatat(env->fd, origin.file, &st, 0))
		decide_by_part(env, origin.file, &st);
	if (!path_join(cfg, origin.place, "pyvenv.cfg") && !stat(cfg, &st)) {
		out_str(&j->why, "it is a copy of ");
		why_place(j, origin.place);
	} else {
		out_str(&j->why, "it was made at ");
		why_place(j, origin.place);
		out_str(&j->why, ", and moved or copied here");
	}
	next_command(j, "make it anew: venv recreate", env->path);
	out_str(&j->next, "; or, ");
	next_allow(j);
	return false;
}

static bool is_untracked(struct judgement *j)
{
	static struct repository repo;
	enum tracked tracked = git_tracks(j->physical, &repo);

	if (tracked == TRACKED_NO)
		return true;
	if (env_is_shortage(repo.err))
		j->err = repo.err;
	block(j, "tracked");
	if (tracked == TRACKED_YES) {
		out_str(&j->why, "it is in the git index of ");
		out_safe(&j->why, repo.dir);
	} else {
		out_str(&j->why, "nobody can tell whether it is in the git"
			" index ");
		out_safe(&j->why, repo.busy ? "while git writes that"
					    : repo.file);
	}
	if (repo.busy)
		next_command(j, "look again when it is done; where no git is"
			     " at work: rm", repo.file);
	else
		next_allow(j);
	decide_by(j->env, repo.file, &repo.st);
	return false;
}

/* Is it below one of the directories of `under`? */
static bool is_under(const struct judgement *j)
{
	char dir[PATH_MAX];

	(void)path_copy(dir, j->physical);
	while (*j->set->under && path_up(dir))
		if (path_in_list(j->set->under, dir))
			return true;
	return false;
}

static void judge(struct judgement *j)
{
	/* To make one says nothing of who may write it or what git has. */
	bool created = j->decision == DECISION_CREATED;

	if (j->set->ask && !created) {
		block(j, "ask");
		out_str(&j->why, "`trust = allow` is set, and you did not"
			" allow it");
		next_allow(j);
	} else if (all_is_mine(j)) {
		if (is_under(j)) {
			j->env->rule = "under";
			j->env->file = "";
		} else if ((created || place_is_right(j)) && is_untracked(j)) {
			j->env->rule = created ? "created" : "made-here";
		}
	}
}

/* -- both -------------------------------------------------------------- */

int trust_judge(const struct settings *set, struct env *env)
{
	static struct judgement j;

	if (env->verdict != VERDICT_USE)
		return 0;
	j.set = set;
	j.env = env;
	j.err = 0;
	j.decision = DECISION_NONE;
	if (judge_record(&j))
		return j.err;
	judge(&j);
	if (env->verdict != VERDICT_BLOCKED || j.err)
		return j.err;
	if (j.decision == DECISION_REPLACED)
		out_str(&j.why, ", and it is not the one that you allowed");
	out_str(&j.why, "; ");
	if (!shadow_tell(env, &j.why)) {
		j.why.len -= 2;
		j.why.buf[j.why.len] = '\0';
	}
	return 0;
}

void trust_note(struct env *env)
{
	struct out note = OUT_STRING(env->why_text);

	if (env->verdict == VERDICT_USE && !*env->note && *env->rule &&
	    strcmp(env->rule, "made-here") && strcmp(env->rule, "created") &&
	    shadow_tell(env, &note))
		env->note = env->why_text;
}
