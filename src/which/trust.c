/*
 * The rules of trust.
 */
#include "trust.h"

#include <errno.h>
#include <string.h>

#include "blame.h"
#include "file.h"
#include "git.h"
#include "out.h"
#include "path.h"
#include "place.h"
#include "record.h"
#include "secure.h"
#include "shadow.h"

/* -- the record --------------------------------------------------------- */

static void block_record(struct judgement *j, const char *path,
			 const struct stat *st, int err)
{
	if (err == -EPERM && st->st_mode & (S_IWGRP | S_IWOTH)) {
		blame_writers(j, "record", "the record of your decisions", st,
			      "others");
		blame_next(j, "chmod 600", path);
	} else {
		blame(j, "record");
		out_str(&j->why, "the record of your decisions cannot be"
			" read: ");
		out_str(&j->why, err == -EPERM
			? "others could put another one there"
			: error_text(-err));
		blame_next(j, "see to", path);
	}
}

/* False: the rules are asked, and j->decision answers some of them. */
static bool judge_record(struct judgement *j)
{
	char *text = file_room();
	struct env *env = j->env;
	char *path = j->at.path;	/* the way is not asked yet */
	struct stat st = { 0 };
	ptrdiff_t len = record_read(text, path, &st);

	if (env_is_shortage((int)len)) {
		j->err = (int)len;
		return true;
	}
	if (len < 0) {
		block_record(j, path, &st, (int)len);
		blame_file(env, path, &st);
		return true;
	}
	if (!len)
		return false;
	j->decision = record_decides(text, env->path, env->fd, &env->self);
	if (j->decision == DECISION_ALLOW) {
		env->rule = "allowed";
	} else if (j->decision == DECISION_DENY) {
		blame(j, "denied");
		out_str(&j->why, "you denied it");
		blame_next_allow(j);
	} else if (j->decision != DECISION_CREATED) {
		return false;
	}
	blame_file(env, path, &st);
	return j->decision != DECISION_CREATED;
}

/* -- the rules; each false where it blocks ------------------------------ */

/* The list of `under`, where a mount makes up the modes; else NULL. */
static const char *answered_under(const struct judgement *j)
{
	return secure_is_free(&j->env->cfg) && *j->set->under ? j->set->under
							      : NULL;
}

/* Is that what makes up the mode of the file at `path`? */
static RARE bool is_answered(struct judgement *j, const char *path,
			     const struct stat *st)
{
	struct culprit at;

	at.under = answered_under(j);
	return at.under && secure_is_free(st) &&
		secure_path(path, st, &at) == SECURE_YES &&
		path_in_list_above(at.under, at.path);
}

/* The setting that answers for all of them. */
static void next_under(struct judgement *j, const char *clause)
{
	out_str(&j->next, clause);
	out_str(&j->next, ", `under = DIR` in the config file");
}

/* What `command` cannot do where a mount makes up the modes. */
static void next_mode(struct judgement *j, const char *command,
		      const char *path)
{
	blame_next(j, command, path);
	if (secure_is_free(&j->env->cfg))
		next_under(j, "\nor, where the mount shows every mode as"
			   " 0777");
}

/* The owner and the writers of one part: `what` in a sentence. */
static bool part_is_mine(struct judgement *j, const char *what,
			 const char *part, const struct stat *st)
{
	char *path = j->at.path;
	const char *who;

	if (path_join(path, j->env->path, part))
		*path = '\0';
	who = secure_writers(st, path);
	if (!secure_owner(st->st_uid)) {
		blame_owner(j, "owner", what, st);
	} else if (who && !is_answered(j, path, st)) {
		blame_writers(j, "mode", what, st, who);
		next_mode(j, "chmod -R go-w", j->env->path);
	} else {
		return true;
	}
	blame_part(j->env, part, st);
	return false;
}

static RARE void blame_way(struct judgement *j, enum secure secure,
			   const struct culprit *at)
{
	char what[PATH_MAX + 16];
	struct out out = OUT_STRING(what);

	out_path(&out, at->path);
	out_str(&out, " on its path");
	if (secure == SECURE_OWNER) {
		blame_owner(j, "dir-owner", what, &at->st);
	} else if (secure == SECURE_WRITERS) {
		blame_writers(j, "dir-mode", what, &at->st, at->who);
		next_mode(j, "chmod go-w", at->path);
	} else {
		blame(j, "changed");
		out_str(&j->why, "its path leads by way of /proc, or changed"
			" while it was judged");
		out_str(&j->next, "look again");
		return;
	}
	blame_file(j->env, at->path, &at->st);
}

/* Nobody else may lead `path` elsewhere; in at->path it is without links. */
static bool way_is_mine(struct judgement *j, const char *path,
			const struct stat *want, struct culprit *at)
{
	enum secure secure;

	at->under = answered_under(j);
	secure = secure_path(path, want, at);
	if (secure != SECURE_YES)
		blame_way(j, secure, at);
	return secure == SECURE_YES;
}

/* A part that is a link stands elsewhere. */
static RARE bool link_is_mine(struct judgement *j, const char *part,
			 const struct stat *want)
{
	char path[PATH_MAX];
	struct culprit at;

	return !path_join(path, j->env->path, part) &&
		way_is_mine(j, path, want, &at);
}

/* The redirect to it, or the file by which a tool's is found. */
static RARE bool lead_is_mine(struct judgement *j)
{
	const struct env *env = j->env;
	const struct stat *st = &env->redirect_st;
	const char *lead = *env->redirect ? env->redirect : env->marker;
	const char *what = *env->redirect ? "the redirect to it"
		: "the file that it is found by";
	struct culprit at;
	const char *who = secure_writers(st, lead);

	if (!secure_owner(st->st_uid)) {
		blame_owner(j, "owner", what, st);
	} else if (who && !is_answered(j, lead, st)) {
		blame_writers(j, "mode", what, st, who);
		next_mode(j, "chmod go-w", lead);
	} else {
		return way_is_mine(j, lead, st, &at);
	}
	blame_file(j->env, lead, st);
	return false;
}

static bool all_is_mine(struct judgement *j)
{
	const struct env *env = j->env;

	return part_is_mine(j, "it", ".", &env->self) &&
		part_is_mine(j, "its bin", "bin", &env->bin) &&
		part_is_mine(j, "its pyvenv.cfg", "pyvenv.cfg", &env->cfg) &&
		way_is_mine(j, env->path, &env->self, &j->at) &&
		(!env->bin_is_link || link_is_mine(j, "bin", &env->bin)) &&
		(!env->cfg_is_link ||
		 link_is_mine(j, "pyvenv.cfg", &env->cfg)) &&
		((!*env->redirect && !*env->marker) || lead_is_mine(j));
}

static RARE void blame_place(struct judgement *j, const struct origin *origin)
{
	struct env *env = j->env;
	char cfg[PATH_MAX];
	struct stat st;
	bool copy;

	blame(j, "place");
	if (!fstatat(env->fd, origin->file, &st, 0))
		blame_part(env, origin->file, &st);
	copy = !path_join(cfg, origin->place, "pyvenv.cfg") && !stat(cfg, &st);
	out_str(&j->why, copy ? "it is a copy of " : "it was made at ");
	/* Somebody else's text: where it is no plain path, it is quoted. */
	if (!out_word(&j->why, origin->place))
		out_safe(&j->why, origin->place);
	out_str(&j->why, copy ? "" : ", and moved or copied here");
	blame_next_anew(j);
}

static bool place_is_right(struct judgement *j)
{
	struct origin origin;
	struct env *env = j->env;
	enum place place = place_of(env, &origin);

	blame_file(env, env->path, &env->self);
	if (place == PLACE_UNKNOWN) {
		j->err = origin.err;
		blame(j, "unplaced");
		out_str(&j->why, "nothing in it tells where it was made");
		blame_next_allow(j);
		next_under(j, "\nor, for all below a directory of yours");
		return false;
	}
	if (place == PLACE_ELSEWHERE)
		blame_place(j, &origin);
	return place == PLACE_HERE;
}

/* How it gets out of that index, and stays where it is. */
static void next_untrack(struct judgement *j, const struct repository *repo)
{
	size_t len = strlen(repo->dir);
	const char *rest = j->at.path + len;

	if (strncmp(j->at.path, repo->dir, len) || *rest != '/' || !rest[1])
		return;
	blame_next(j, "take them out of it: git -C", repo->dir);
	out_str(&j->next, " rm -r --cached -- ");
	out_operand(&j->next, rest + 1);
	out_str(&j->next, "\nor, ");
}

static bool is_untracked(struct judgement *j)
{
	struct repository repo;
	enum tracked tracked = git_tracks(j->at.path, &repo);

	if (tracked == TRACKED_NO)
		return true;
	if (env_is_shortage(repo.err))
		j->err = repo.err;
	blame(j, "tracked");
	if (tracked == TRACKED_YES) {
		out_str(&j->why, "its files are in the git index of ");
		out_path(&j->why, repo.dir);
		out_str(&j->why, ", so others may have written them");
		next_untrack(j, &repo);
	} else {
		out_str(&j->why, "nobody can tell whether it is in the git"
			" index ");
		out_path(&j->why, repo.busy ? "while git writes that"
					    : repo.file);
	}
	if (repo.busy)
		blame_next(j, "look again when it is done\nwhere no git is at"
			   " work: rm", repo.file);
	else
		blame_next_allow(j);
	blame_file(j->env, repo.file, &repo.st);
	return false;
}

/* Is it below one of the directories of `under`? */
static RARE bool is_under(const struct judgement *j)
{
	char dir[PATH_MAX];

	return !path_copy(dir, j->at.path) && path_up(dir) &&
		path_in_list_above(j->set->under, dir);
}

static void judge(struct judgement *j)
{
	/* To make one says nothing of who may write it or what git has. */
	bool created = j->decision == DECISION_CREATED;
	bool placed = created || j->env->found == FOUND_PARTS;

	if (j->set->ask && !created) {
		blame(j, "ask");
		out_str(&j->why, "`trust = allow` is set, and you did not"
			" allow it");
		blame_next_allow(j);
	} else if (all_is_mine(j)) {
		if (*j->set->under && is_under(j)) {
			j->env->rule = "under";
			j->env->file = "";
		} else if ((placed || place_is_right(j)) && is_untracked(j)) {
			j->env->rule = created ? "created" : "made-here";
		}
	}
}

/* -- both -------------------------------------------------------------- */

int trust_judge(const struct settings *set, struct env *env)
{
	struct judgement j;

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

/* The directory at or above `path` that is there. */
static void climb(char *path, struct stat *ret)
{
	while ((stat(path, ret) || !S_ISDIR(ret->st_mode)) && path_up(path))
		;
}

bool trust_ground(const struct settings *set, const char *path, int fd,
		  struct out *why)
{
	static struct judgement j;
	static struct env env;

	env_clear(&env);
	j.set = set;
	j.env = &env;
	(void)path_copy(env.path, path);
	if (fd < 0 || fstat(fd, &env.self))
		climb(env.path, &env.self);
	/* There is no file yet to tell whether the modes are made up. */
	env.cfg = env.self;
	/* Above what is right below the root there is nothing to look at. */
	if (!env.path[1] || ((strcmp(env.path, path) ||
			      part_is_mine(&j, "it", ".", &env.self)) &&
			     way_is_mine(&j, env.path, &env.self, &j.at)))
		return true;
	/* To allow it would be a word about one that is there. */
	out_str(why, env.why);
	out_char(why, '\n');
	out_str(why, strstr(env.rule, "owner")
		? "make it in a directory of your own" : env.next);
	return false;
}

void trust_note(struct env *env)
{
	struct out note = OUT_STRING(env->why_text);

	if (env->verdict == VERDICT_USE && !*env->note && *env->rule &&
	    strcmp(env->rule, "made-here") && strcmp(env->rule, "created") &&
	    shadow_tell(env, &note))
		env->note = env->why_text;
}
