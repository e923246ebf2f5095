/*
 * venv doctor: what uv and pipenv would say of the active environment.
 *
 * In a project uv uses one environment, `.venv` beside pyproject.toml or the
 * one that UV_PROJECT_ENVIRONMENT names.  Where another one is active it warns
 * that VIRTUAL_ENV "does not match the project environment path", and goes
 * on with its own.
 */
#include <stdlib.h>
#include <string.h>

#include "active.h"
#include "command.h"
#include "doctor.h"
#include "finding.h"
#include "make/pathlist.h"
#include "which/path.h"

/* Does uv work in the project `dir`, be it a member of a workspace? */
static bool is_project(const char *dir)
{
	char path[PATH_MAX];

	return !path_join(path, dir, "pyproject.toml") &&
		!access(path, F_OK);
}

/* The environment that uv has for a project. */
static bool own_env(const char *dir, char *ret)
{
	const char *own = getenv("UV_PROJECT_ENVIRONMENT");

	return !path_below(ret, dir, own && *own ? own : ".venv");
}

static bool is_there(const char *env)
{
	char path[PATH_MAX];

	return !path_join(path, env, "pyvenv.cfg") && !access(path, F_OK);
}

/* The names in a project come first here, and not for uv. */
static void blame_variable(const char *own, const char *active)
{
	const char *set = getenv("UV_PROJECT_ENVIRONMENT");

	/* uv may not be in use there at all. */
	if (set && *set && is_there(own))
		finding_bad("uv", "it uses ", A_PATH(own), ", as"
			    " UV_PROJECT_ENVIRONMENT says, and ",
			    A_PATH(active), ", which the project holds, is"
			    " active", ADVICE, "unset the variable, or remove"
			    " the one that is not wanted", NULL);
}

static void blame_active(const char *own, const char *active)
{
	finding_bad("uv", "it will warn that VIRTUAL_ENV does not match the"
		    " project environment path ", A_PATH(own), ", and not"
		    " use ", A_PATH(active), ADVICE, is_there(own)
		    ? "`venv off` and `venv on` activate the project's own"
		    : "`uv sync` makes the project's own",
		    ", and `uv run --active` uses this one", NULL);
}

/* It has no eyes for whose the active one is: here it is the project's. */
static void check_pipenv(const char *dir)
{
	char path[PATH_MAX];

	if (!getenv("PIPENV_VERBOSITY") && !getenv("PIPENV_ACTIVE") &&
	    !getenv("PIPENV_IGNORE_VIRTUALENVS") &&
	    !path_join(path, dir, "Pipfile") && !access(path, F_OK) &&
	    pathlist_find("pipenv", path))
		finding_good("pipenv", "says at each run that an environment"
			     " is active, and uses it; PIPENV_VERBOSITY=-1"
			     " ends that", NULL);
}

/* Nothing is active: of what uv will make, the hook has to wait. */
static void announce(void)
{
	const char *set = getenv("UV_PROJECT_ENVIRONMENT");
	char dir[PATH_MAX], physical[PATH_MAX], own[PATH_MAX];

	if (!set || !*set || path_working_dir(dir, physical, session.pwd))
		return;
	while (!is_project(dir))
		if (!path_up(dir))
			return;
	if (!own_env(dir, own))
		return;
	if (!(session.set.tools & 1u << TOOL_UV))
		finding_bad("uv", "it has ", A_PATH(own), " for this project,"
			    " as UV_PROJECT_ENVIRONMENT says, and `tools` in"
			    " the config file leaves uv out", ADVICE, "add uv"
			    " to `tools`, or unset the variable", NULL);
	else if (!is_there(own))
		finding_good("uv", "it will make ", A_PATH(own), ", as"
			     " UV_PROJECT_ENVIRONMENT says", NULL);
	else
		finding_good("uv", "it has ", A_PATH(own), ", as"
			     " UV_PROJECT_ENVIRONMENT says", NULL);
}

void doctor_uv(void)
{
	const char *active = getenv("VIRTUAL_ENV"), *by = active_by();
	char dir[PATH_MAX], physical[PATH_MAX], own[PATH_MAX];
	char nearest[PATH_MAX] = "", uv[PATH_MAX];

	if (!by)
		announce();
	if (!by || path_working_dir(dir, physical, session.pwd))
		return;
	check_pipenv(dir);
	if (!pathlist_find("uv", uv))
		return;
	do {
		if (!is_project(dir) || !own_env(dir, own))
			continue;
		/* A workspace's root has the one of its members. */
		if (path_equal(active, own)) {
			finding_good("uv", "uses the active environment",
				     NULL);
			return;
		}
		if (!*nearest)
			memcpy(nearest, own, sizeof(nearest));
	} while (path_up(dir));
	/* What the hook activates where there is no `.venv` is the project's
	 * own. */
	if (*nearest && strcmp(by, "hook"))
		blame_active(nearest, active);
	else if (*nearest)
		blame_variable(nearest, active);
}
