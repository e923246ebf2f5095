/*
 * venv doctor: other tools that activate environments by themselves.
 */
#include <stdlib.h>
#include <string.h>

#include "active.h"
#include "command.h"
#include "doctor.h"
#include "facts.h"
#include "finding.h"
#include "which/memory.h"
#include "which/path.h"

/*
 * They are known by the functions that they have the shell call; in elvish,
 * where these have no names, by what is in them.  One that does more than this
 * has `by`, what active_by() says where it has activated something: only then
 * is it in the way.
 */
static const struct rival {
	const char *tool;
	const char *hooks[6];
	const char *by;
	const char *mend;
} rivals[] = {
	{ "zsh-autoswitch-virtualenv", { "check_venv" }, NULL,
		"take it out of the plugins in ~/.zshrc" },
	{ "oh-my-zsh's plugin `python`", { "auto_vrun" }, NULL,
		"take PYTHON_AUTO_VRUN out of ~/.zshrc" },
	{ "oh-my-zsh's plugin `poetry-env`", { "_togglePoetryShell" }, NULL,
		"take it out of the plugins in ~/.zshrc" },
	{ "oh-my-zsh's plugin `pipenv`", { "_togglePipenvShell" }, NULL,
		"put zstyle ':omz:plugins:pipenv' auto-shell no above"
		" oh-my-zsh in ~/.zshrc" },
	{ "oh-my-zsh's plugin `virtualenvwrapper`", { "workon_cwd" }, NULL,
		"put DISABLE_VENV_CD=1 above oh-my-zsh in ~/.zshrc" },
	{ "prezto's module `python`", { "_python-workon-cwd" }, NULL,
		"put zstyle ':prezto:module:python:virtualenv' auto-switch no"
		" into ~/.zpreztorc" },
	{ "fish's auto-venv", { "__auto_source_venv", "__auto_venv" }, NULL,
		"do `fisher remove nakulj/auto-venv`, or take the function out"
		" of ~/.config/fish" },
	{ "pyenv-virtualenv", { "_pyenv_virtualenv_hook" }, NULL,
		"take the line with `pyenv virtualenv-init` out of the"
		" startup file, or for oh-my-zsh's plugin `pyenv` put"
		" ZSH_PYENV_VIRTUALENV=false above it" },
	{ "virtualfish", { "__vfsupport_auto_activate" }, NULL,
		"do `vf delplugins auto_activation`" },
	{ "autovox", { "autovox" }, NULL,
		"take it out of `xontrib load` in ~/.xonshrc" },
	{ "autoenv", { "autoenv_init", "autoenv_cd", "autoenv_chpwd_hook" },
		NULL, "take its activate.sh out of the startup file" },
	{ "mise", { "_mise_hook", "_mise_hook_precmd",
		"_mise_hook_prompt_command", "__mise_env_eval", "hook-env",
		"mise_hook" }, "hand",
		"take `_.python.venv` out of mise.toml, or"
		" `python.uv_venv_auto` out of its settings" },
	{ "direnv", { "_direnv_hook", "__direnv_export_eval", "direnv" },
		"direnv",
		"take `layout python`, or what else sets VIRTUAL_ENV, out of"
		" .envrc" },
};

static bool is_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	return len && !strncmp(path, dir, len) &&
		(!path[len] || path[len] == '/');
}

/*
 * A nested shell cannot know who activated what it inherits.  What these tools
 * activate is the project's: of the .envrc, or of a directory above this one.
 */
static bool is_project(void)
{
	const char *active = getenv("VIRTUAL_ENV");
	const char *envrc = getenv("DIRENV_DIR");
	char dir[PATH_MAX], here[PATH_MAX], container[PATH_MAX];

	if (envrc)
		return is_below(active, envrc + (*envrc == '-'));
	return !path_copy(dir, active) && path_up(dir) &&
		!path_working_dir(here, container, session.pwd) &&
		is_below(here, dir) &&
		(settings_container(container) || !path_equal(dir, container));
}

/* Is it active in this shell by our doing? */
static bool is_ours(const char *active)
{
	const char *remembered = facts_value("memory");
	char *text = strdup(remembered ? remembered : "");
	struct memory memory;
	bool ours;

	if (!text)
		return false;
	memory_read(&memory, text);
	ours = memory.mine && !strcmp(memory.mine, active);
	free(text);
	return ours;
}

/*
 * Is something active that neither the hook nor `venv use` activated, nor a
 * script, as a user would have it do?
 */
static bool is_foreign(void)
{
	const char *active = getenv("VIRTUAL_ENV"), *by = active_by();

	return by && strcmp(by, "hook") && !facts_value("sourced") &&
		!is_ours(active) && is_project();
}

static bool is_loaded(const struct rival *rival)
{
	static const char *const words[] = { "prompt", "chdir", "wrap" };

	for (size_t i = 0; i < 6 && rival->hooks[i]; i++)
		for (size_t word = 0; word < 3; word++)
			if (facts_count(words[word], rival->hooks[i]))
				return true;
	/* It says so to every shell and program, wherever it was loaded. */
	return !strcmp(rival->tool, "direnv") && getenv("DIRENV_DIR");
}

static void judge(const struct rival *rival, bool foreign)
{
	if (active_by_pyenv() && !strcmp(rival->tool, "pyenv-virtualenv"))
		finding_good("rivals", rival->tool, " has activated ",
			     A_PATH(getenv("VIRTUAL_ENV")), ", which the hook"
			     " leaves alone", NULL);
	else if (!rival->by)
		finding_bad("rivals", rival->tool, " is at work in this shell"
			    " as well, and would activate and deactivate"
			    " against the hook", ADVICE, rival->mend, NULL);
	else if (foreign && !strcmp(rival->by, active_by()))
		finding_bad("rivals", "it seems that ", rival->tool,
			    " has activated ", A_PATH(getenv("VIRTUAL_ENV")),
			    ", which the hook leaves alone", ADVICE, "to have"
			    " the hook do it, ", rival->mend, NULL);
	else
		finding_good("rivals", rival->tool, " is loaded as well, and"
			     " is not in the way", NULL);
}

/* It activates by a command of the user's, and its base at the start. */
static bool check_conda(void)
{
	const char *level = getenv("CONDA_SHLVL");
	const char *name = getenv("CONDA_DEFAULT_ENV");

	if (!level || !*level || !strcmp(level, "0") || !name)
		return false;
	if (strcmp(name, "base"))
		finding_good("rivals", "conda's ", A_PATH(name), " is active as"
			     " well, behind what the hook activates; `conda"
			     " deactivate` ends that", NULL);
	else
		finding_good("rivals", "conda's base is active as well, behind"
			     " what the hook activates; `conda config --set"
			     " auto_activate_base false` ends that", NULL);
	return true;
}

void doctor_rivals(void)
{
	bool foreign = is_foreign(), any = check_conda();

	for (size_t i = 0; i < sizeof(rivals) / sizeof(*rivals); i++) {
		const struct rival *rival = &rivals[i];

		if (!is_loaded(rival))
			continue;
		any = true;
		judge(rival, foreign);
	}
	if (!any && facts_value("shell"))
		finding_good("rivals", "no other tool activates"
			     " environments here", NULL);
}
