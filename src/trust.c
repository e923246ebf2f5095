/*
 * The rules of trust, judged by what fstat(2) said of the descriptors that
 * env_open() and env_read() used; no name is asked twice.
 */
#include "trust.h"

#include <stdbool.h>
#include <stdlib.h>

#include "group.h"
#include "out.h"
#include "path.h"
#include "text.h"

/* The user behind sudo, whom root trusts as himself; else root. */
static uid_t sudo_uid(void)
{
	const char *text = getenv("SUDO_UID");
	unsigned long uid;

	if (!text || !text_number(text, &uid) || (uid_t)uid != uid)
		return 0;
	return (uid_t)uid;
}

/* The other user, beside root, who may own what I use. */
static uid_t trusted_uid(void)
{
	uid_t me = effective_uid();

	return me ? me : sudo_uid();
}

static void block(struct env *env, const char *rule)
{
	env->verdict = VERDICT_BLOCKED;
	env->rule = rule;
	env->why = env->why_text;
}

static void block_owner(struct env *env, const char *part, uid_t owner)
{
	struct out why = OUT_STRING(env->why_text);

	block(env, "owner");
	env->next = "make one of your own, or chown it if you trust it";
	out_str(&why, part);
	out_str(&why, " belongs to another user (uid ");
	out_number(&why, owner, 10);
	out_str(&why, ")");
}

static void block_writers(struct env *env, const char *part,
			  const struct stat *st, const char *who)
{
	struct out why = OUT_STRING(env->why_text);
	struct out next = OUT_STRING(env->next_text);

	block(env, "mode");
	env->next = env->next_text;
	out_str(&why, part);
	out_str(&why, " may be written by ");
	out_str(&why, who);
	out_str(&why, " (mode ");
	out_number(&why, st->st_mode & 07777, 8);
	out_str(&why, ")");
	out_str(&next, "chmod -R go-w ");
	out_safe(&next, env->path);
}

/* Where nobody can tell, it has one. */
static bool part_has_acl(const struct env *env, const char *file)
{
	char path[PATH_MAX];

	return path_join(path, env->path, file) || has_acl(path);
}

/* Rule 1 for one part of the environment.  False: it is blocked now. */
static bool part_is_mine(struct env *env, const char *part, const char *file,
			 const struct stat *st)
{
	uid_t mine = trusted_uid();

	if (st->st_uid && st->st_uid != mine)
		block_owner(env, part, st->st_uid);
	else if (st->st_mode & S_IWOTH)
		block_writers(env, part, st, "everybody");
	else if (st->st_mode & S_IWGRP && part_has_acl(env, file))
		block_writers(env, part, st, "others, by its access list");
	else if (st->st_mode & S_IWGRP && !group_is_private(st->st_gid, mine))
		block_writers(env, part, st, "its group");
	return env->verdict == VERDICT_USE;
}

void trust_judge(struct env *env)
{
	if (env->verdict != VERDICT_USE)
		return;
	if (part_is_mine(env, "it", ".", &env->self) &&
	    part_is_mine(env, "its bin", "bin", &env->bin) &&
	    part_is_mine(env, "its pyvenv.cfg", "pyvenv.cfg", &env->cfg))
		env->rule = "mine";
}
