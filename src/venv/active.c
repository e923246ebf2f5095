/*
 * Who activated $VIRTUAL_ENV, told by the environment alone.
 */
#include "active.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "which/memory.h"
#include "which/path.h"

static const struct {
	const char *who;
	const char *variable;	/* set by the tool while it is at work */
	const char *until;
} tools[] = {
	{ "direnv", "DIRENV_DIR", "direnv ends it where its .envrc ends" },
	{ "poetry", "POETRY_ACTIVE", "leaving poetry's shell ends it" },
	{ "pipenv", "PIPENV_ACTIVE", "leaving pipenv's shell ends it" },
};

static int is_automatic(const char *active)
{
	const char *automatic = getenv("VENV_WHICH_AUTO");

	return automatic && !strcmp(automatic, active);
}

/* The shell says what was activated in it by us: that was not the hook. */
static bool is_used(const char *active)
{
	const char *told = session.question.memory;
	char *text = strdup(told ? told : "");
	struct memory memory;
	bool used;

	if (!text)
		return false;
	memory_read(&memory, text);
	used = memory.mine && !strcmp(memory.mine, active);
	free(text);
	return used;
}

static const char *find_tool(const char **ret_until)
{
	for (size_t i = 0; i < sizeof(tools) / sizeof(*tools); i++) {
		if (getenv(tools[i].variable)) {
			*ret_until = tools[i].until;
			return tools[i].who;
		}
	}
	*ret_until = "`venv off` ends it; the hook leaves it alone";
	return "hand";
}

static const char *ask(const char **ret_until)
{
	const char *active = getenv("VIRTUAL_ENV");

	*ret_until = NULL;
	if (!active || !*active)
		return NULL;
	if (!is_automatic(active) && is_used(active)) {
		*ret_until = "`venv off` ends it";
		return "use";
	}
	if (!is_automatic(active))
		return find_tool(ret_until);
	*ret_until = "leaving the project ends it, or `venv off`";
	return "hook";
}

const char *active_by(void)
{
	const char *until;

	return ask(&until);
}

const char *active_until(void)
{
	const char *until;

	(void)ask(&until);
	return until;
}

bool active_by_pyenv(void)
{
	const char *active = getenv("VIRTUAL_ENV");
	const char *its = getenv("PYENV_VIRTUAL_ENV");

	return active && *active && its && path_equal(active, its);
}
