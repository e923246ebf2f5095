/*
 * venv doctor: the environments themselves.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "doctor.h"
#include "finding.h"
#include "named.h"
#include "which/find.h"
#include "which/path.h"
#include "which/report.h"
#include "which/worktree.h"

/* What the user wanted to be blocked is as it should be. */
static bool is_wanted(const struct env *env)
{
	return !strcmp(env->rule, "denied") || !strcmp(env->rule, "ask");
}

/* Is it as it should be?  If not, that is said. */
static bool judge(const char *subject, const struct env *env)
{
	static char text[5 * PATH_MAX];
	struct out line = OUT_STRING(text);

	if (env->verdict == VERDICT_USE || is_wanted(env))
		return true;
	report_trouble(&line, env, "\n");
	if (!*env->next)
		out_str(&line, "\n`venv off` ends that");
	finding_bad(subject, REASON(text), NULL);
	return false;
}

static const char *how(const struct env *env)
{
	static char dir[PATH_MAX];

	if (env->verdict != VERDICT_USE)
		return " is blocked, as you want it";
	return worktree_find(env, session.pwd, dir)
		? " may be used; it is of the checkout around this git work"
		  " tree" : " may be used";
}

/* Its path in ret (PATH_MAX bytes), or "". */
static void check_nearest(char *ret)
{
	static struct env env;
	static char text[3 * PATH_MAX];
	struct out line = OUT_STRING(text);
	int found = find_nearest(&session.set, session.pwd, NULL, &env);

	*ret = '\0';
	if (found < 0) {
		report_lost(&line, found);
		finding_bad("environment", REASON(text), NULL);
	} else if (!found) {
		report_none(&line, &session.set, session.pwd);
		finding_good("environment", REASON(text), NULL);
	} else if (judge("environment", &env)) {
		finding_good("environment", A_PATH(env.path), how(&env), NULL);
	}
	if (found > 0) {
		(void)doctor_python("python", &env);
		(void)path_copy(ret, env.path);
		env_close(&env);
	}
}

/* Of the one that is active, whether it is there and works. */
static void check_active(const char *nearest)
{
	static struct env env;

	if (find_active(&session.set, &env) <= 0)
		return;
	if (env.verdict == VERDICT_BROKEN && !path_equal(env.path, nearest))
		(void)judge("active", &env);
	env_close(&env);
}

/* -- named ones --------------------------------------------------------- */

struct count {
	unsigned all, bad;
};

static void visit_named(void *context, struct env *env)
{
	struct count *count = context;

	count->all++;
	count->bad += !judge("named", env) || !doctor_python("named", env);
}

static void check_named(void)
{
	char container[PATH_MAX], number[24];
	struct out out = OUT_STRING(number);
	struct count count = { 0, 0 };
	int err = named_each(visit_named, &count, container);

	out_number(&out, count.all, 10);
	if (err == -ENOTDIR)
		finding_bad("named", A_PATH(container), " is no directory, so"
			    " that no environment can have a name", ADVICE,
			    "move it away, or set WORKON_HOME to a directory",
			    NULL);
	else if (err)
		finding_bad("named", "cannot read ", A_PATH(container), ": ",
			    strerror(-err), ", so that no environment has a"
			    " name", ADVICE, "give yourself the right to, or"
			    " set WORKON_HOME to another directory", NULL);
	else if (!count.bad)
		finding_good("named", number, count.all == 1
			     ? " environment in " : " environments in ",
			     A_PATH(*container ? container : "no directory"),
			     NULL);
}

void doctor_envs(void)
{
	char nearest[PATH_MAX], dir[PATH_MAX], physical[PATH_MAX];

	check_nearest(nearest);
	if (!path_working_dir(dir, physical, session.pwd))
		doctor_demand(dir);
	check_active(nearest);
	check_named();
}
