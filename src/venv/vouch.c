/*
 * The facts about a directory that may be less than an environment, for the
 * rules of trust.
 */
#include "vouch.h"

#include <errno.h>
#include <string.h>

#include "command.h"
#include "demand.h"
#include "make/parts.h"
#include "make/stray.h"
#include "which/env.h"
#include "which/path.h"
#include "which/trust.h"

/* A part of it, or where that is missing the directory itself. */
static void look(const struct env *env, const char *name, struct stat *ret,
		 bool *ret_is_link)
{
	struct stat st;

	*ret_is_link = !fstatat(env->fd, name, &st, AT_SYMLINK_NOFOLLOW) &&
		S_ISLNK(st.st_mode);
	if (fstatat(env->fd, name, ret, 0))
		*ret = env->self;
}

static bool judge(struct env *env, struct settings set, struct out *why)
{
	int err;

	/* Whoever makes one has no need to allow it. */
	set.ask = false;
	env->verdict = VERDICT_USE;
	err = trust_judge(&set, env);
	if (!err && env->verdict == VERDICT_USE)
		return true;
	out_safe(why, err ? strerror(-err) : env->why);
	return false;
}

/* What cannot be read may be anything. */
static bool is_read(int fd, struct out *why)
{
	char list[1024];
	struct out names = OUT_STRING(list);
	int found = stray_find_in_parts(fd, &names);

	if (found >= 0 && (!found || !strstr(list, STRAY_UNREAD)))
		return true;
	out_str(why, found < 0 ? strerror(-found) : "it holds ");
	out_str(why, found < 0 ? "" : list);
	return false;
}

static bool vouch_parts(int fd, const char *path, struct out *why)
{
	static struct env parts;

	env_clear(&parts);
	if (path_copy(parts.path, path) || fstat(fd, &parts.self)) {
		out_str(why, strerror(errno));
		return false;
	}
	parts.fd = fd;
	parts.cfg_fd = -1;
	parts.found = parts_code(fd) ? FOUND_NAMED : FOUND_PARTS;
	look(&parts, "bin", &parts.bin, &parts.bin_is_link);
	look(&parts, ENV_UNFINISHED, &parts.cfg, &parts.cfg_is_link);
	return is_read(fd, why) && judge(&parts, session.set, why);
}

bool vouch(int fd, const char *path, struct out *why)
{
	static struct env env;
	struct stat st;
	bool same, own;

	if (!parts_any(fd))
		return true;
	if (env_open(&env, path))
		return vouch_parts(fd, path, why);
	same = !fstat(fd, &st) && st.st_dev == env.self.st_dev &&
		st.st_ino == env.self.st_ino;
	env.found = FOUND_NAMED;
	env_read(&env);
	own = same && !demand_is_strange(&env, why);
	if (!same)
		out_str(why, "it was replaced meanwhile");
	env_close(&env);
	return own;
}
