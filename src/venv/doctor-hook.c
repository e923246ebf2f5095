/*
 * venv doctor: the script in the shell.
 */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "doctor.h"
#include "facts.h"
#include "finding.h"
#include "startup.h"
#include "make/pathlist.h"
#include "which/path.h"

/* The names by which hook/venv.* has itself called. */
#define AT_PROMPT "_venv_prompt"
#define AT_CHANGE "_venv_changed"

/* The shell does not speak: it has no function `venv`, or was passed by. */
static void not_loaded(void)
{
	static const char unheard[] = "this shell has not loaded it, so that"
		" nothing is activated here (or `venv` was called past its"
		" function, which an alias or a function of yours may hide:"
		" `type venv` shows that)";
	char text[256];
	struct out line = OUT_STRING(text);

	startup_advise(&line);
	finding_bad("hook", unheard, ADVICE, REASON(text), NULL);
}

static void check_version(void)
{
	const char *version = facts_value("version");
	const char *bin = facts_value("bin");

	if (version && !strcmp(version, VERSION))
		finding_good("hook", "version " VERSION " is loaded in ",
			     facts_value("shell"), " ",
			     facts_value("release"), NULL);
	else
		finding_bad("hook", "this shell has loaded version ",
			    version ? version : "?", " of it, and ",
			    A_PATH(bin ? bin : ""), "/venv is " VERSION,
			    ADVICE, "start a new shell", NULL);
}

/* It stands below the line that loads the hook, or above; both hide it. */
static void check_alias(void)
{
	const char *alias = facts_value("alias");

	if (alias)
		finding_bad("hook", "`venv` is an alias here, for `", alias,
			    "`, and what is typed runs that", ADVICE, "take the"
			    " alias out of the startup file, or call it"
			    " otherwise", NULL);
}

/* The line stands in two files, or a plugin loads it as well. */
static void check_loads(void)
{
	const char *loads = facts_value("loads");
	char line[128];

	if (!loads || !*loads || !strcmp(loads, "0") || !strcmp(loads, "1"))
		return;
	finding_bad("hook", "it was loaded ", loads, " times while this shell"
		    " started, each with a process", ADVICE, "its line belongs"
		    " into one file, and that is to be read once, by no other"
		    " startup file as well: ",
		    startup_line(facts_value("shell"), line, sizeof(line)),
		    NULL);
}

static void check_helper(void)
{
	const char *bin = facts_value("bin");
	char path[PATH_MAX];

	if (!bin || path_join(path, bin, "venv-which"))
		return;
	if (path_is_program(path))
		finding_good("helper", A_PATH(path), NULL);
	else
		finding_bad("helper", A_PATH(path), " is no program, so that"
			    " the hook has no answer", ADVICE, "install"
			    " venv-which again", NULL);
}

/* Another one of that name, first in PATH, is what scripts will find. */
static void check_other(const char *name)
{
	const char *bin = facts_value("bin"), *list = getenv("PATH");
	const char *active = getenv("VIRTUAL_ENV");
	char dir[PATH_MAX], ours[PATH_MAX], path[PATH_MAX], own[PATH_MAX];

	if (!bin || path_join(ours, bin, name))
		return;
	if (!active || path_join(own, active, "bin"))
		*own = '\0';
	while (pathlist_next(&list, dir)) {
		/* An environment may well have a program of that name. */
		if (path_equal(dir, own) || path_join(path, dir, name) ||
		    !path_is_program(path))
			continue;
		if (!path_equal(path, ours))
			finding_bad("programs", A_PATH(path), " is first in"
				    " PATH, and this shell has the hook of ",
				    A_PATH(ours), ADVICE, "uninstall one of"
				    " them", NULL);
		return;
	}
}

static void check_prompt(void)
{
	const char *where = facts_value("prompt-in");
	size_t n = facts_count("prompt", AT_PROMPT);
	char line[128];

	/* There are shells in which nothing can be run at a prompt. */
	if (!where)
		return;
	if (n == 1)
		finding_good("prompt", "the hook is in ", where, NULL);
	else if (n)
		finding_bad("prompt", "the hook is in ", where, " more than"
			    " once, and runs as often at each prompt", ADVICE,
			    "start a new shell, and have no startup file copy ",
			    where, NULL);
	else
		finding_bad("prompt", "something has taken the hook out of ",
			    where, ", so that only a `cd` can activate, unless"
			    " a function there calls it", ADVICE, "have its"
			    " line come last, and start a new shell: ",
			    startup_line(facts_value("shell"), line,
				      sizeof(line)), NULL);
}

/* Where a shell has a list for it. */
static void check_change(void)
{
	const char *where = facts_value("chdir-in");

	if (!where)
		return;
	if (facts_count("chdir", AT_CHANGE))
		finding_good("cd", "the hook is in ", where, NULL);
	else
		finding_bad("cd", "something has taken the hook out of ",
			    where, ", so that `cd app && pytest` runs another"
			    " pytest", ADVICE, "start a new shell", NULL);
}

/* Where it has none, functions have to do it. */
static void check_wraps(void)
{
	const char *wrap;
	size_t at = 0;

	while ((wrap = facts_next("wrap", &at))) {
		const char *body = strchr(wrap, ' ');
		char name[32];
		struct out out = OUT_STRING(name);

		out_bytes(&out, wrap, strcspn(wrap, " "));
		if (!body || !body[1])
			finding_bad(name, "the hook's function of that name is"
				    " gone, so that `cd app && pytest` runs"
				    " another pytest", ADVICE, "start a new"
				    " shell", NULL);
		else if (strstr(body, AT_CHANGE))
			finding_good(name, "the hook asks", NULL);
		else
			finding_bad(name, "a function of your own took the"
				    " place of the hook's, so that `cd app &&"
				    " pytest` runs another pytest", ADVICE,
				    "define it in the startup file, where it"
				    " is kept and called", NULL);
	}
}

void doctor_hook(void)
{
	if (!facts_value("shell")) {
		not_loaded();
		return;
	}
	check_version();
	check_alias();
	check_loads();
	check_helper();
	check_other("venv");
	check_other("venv-which");
	check_prompt();
	check_change();
	check_wraps();
}
