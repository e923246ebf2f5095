
# When to ask, in zsh: chpwd does, so that `cd app && pytest` finds the right
# pytest; the prompt does after every other way to change the directory (`cd
# -q`), when a watched path has come or gone, and when somebody has changed what
# we left.  Otherwise no process is run.

if [[ -o interactive ]] && (( ! ${+functions[builtin]} )); then

# -- State --------------------------------------------------------------------

# _VENV_PWD      the directory that was last asked about
# _VENV_STALE    its watched paths as an expression for `test`
# _VENV_SEEN     PWD, VIRTUAL_ENV, VENV_WHICH_AUTO, PATH as we left them
# _VENV_READY    not empty: the first prompt has been, start-up is over
# _VENV_LOADS    how often this was loaded while the shell started
# _VENV_CALLED   not empty: what an activation script did has just been undone
# _VENV_COMPLETES  not empty: the completion system knows of us
\builtin typeset -g _VENV_SEEN=
if [[ -z $_VENV_READY ]]; then _VENV_LOADS=$((_VENV_LOADS + 1)); fi

_venv_warn_once() {
	if [[ $1 != "$_VENV_WARNED" ]]; then \builtin print -ru2 -- "venv-which: $1"; fi
	_VENV_WARNED=$1
}

# -- Asking -------------------------------------------------------------------

# Ask the helper; with words, the program, about `venv WORD...`.
_venv_ask() {
	\builtin local answer call text
	\builtin local -a facts again did
	# What only this shell knows.
	facts=("memory=$_VENV_MEMORY" ${_VENV_CALLED:+called} ${_OLD_VIRTUAL_PATH+script} ${VIRTUAL_ENV_DISABLE_PROMPT:+plain}
		${${_VENV_DEACTIVATE:-${functions[deactivate]+function}}:#1})
	if [[ -z $_VENV_SEEN ]]; then facts+=(fresh); fi
	if [[ ${(t)VIRTUAL_ENV-}:${(t)PATH-} == *readonly* ]]; then facts+=(fixed); fi
	\builtin typeset -g "_VENV_PWD=${PWD-}"
	if (( $# )); then
		answer=$(\builtin export PATH; "$_VENV_BIN/venv" --hook "${facts[@]}" "$@") || \builtin return
	else
		answer=$(\builtin export PATH; \builtin exec "$_VENV_BIN/venv-which" --hook "${facts[@]}" 2>/dev/null) || \builtin true
	fi
	# Within a project nothing but what is watched becomes another.
	if [[ $answer == keep\ *$'\nend 2' || $answer == watch\ *$'\nend 2' ]]; then \builtin typeset -g "_VENV_PATHS="$'\n'"$answer"; \builtin return 0; fi
	\builtin emulate -L zsh -o no_err_exit -o no_err_return
	_VENV_STALE=(1 -eq 0)
	if ! _venv_take "$answer"; then
		_venv_unread "$answer" "$@"
		\builtin return
	fi
	# An activation script's own function undoes what the script did; then the
	# same is asked again, as the answer said.
	if [[ -n $call ]]; then
		\builtin local _VENV_CALLED=1
		if (( ${+functions[$call]} )); then "$call"; fi
		_venv_ask "${again[@]}"
	fi
	# The user's own functions, venv_activated and venv_deactivated.
	for text in "${did[@]}"; do
		if (( ${+functions[venv_${text%% *}]} )); then "venv_${text%% *}" "${text#* }"; fi
	done
}

# What has no end, or another one, changes nothing: an update may have brought
# another protocol to a shell that runs.  A program that was asked for help has
# given it.
_venv_unread() {
	if [[ $'\n'$1 == *$'\nend '<-> ]]; then
		_venv_warn_once 'another version of it was installed, which this shell cannot read; start a new shell'
		\builtin return 1
	elif (( $# > 1 )); then
		\builtin print -r -- "$1"
	else
		_venv_warn_once "no answer from $_VENV_BIN/venv-which; install it again, or take its line out of ~/.zshrc"
	fi
}

# use, pick, off, on.  Without the program one can still get out.
_venv_verb() {
	\builtin emulate -L zsh -o no_err_exit -o no_err_return
	if [[ -x $_VENV_BIN/venv || $1 != off ]]; then
		_venv_ask "$@" && _VENV_SEEN=${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}
		\builtin return
	fi
	\builtin local entries=":${PATH-}:" entry=":${VIRTUAL_ENV:+$VIRTUAL_ENV/bin:}"
	entries=${entries/"$entry"/:}
	PATH=${${entries#:}%:}
	_venv_take $'state none\ndeactivate none\nunset VIRTUAL_ENV\nunset VIRTUAL_ENV_PROMPT\nunset VENV_WHICH_AUTO\nend 2'
}

# A path that was absent is there, or one that was there is absent, or what is
# active by a link is another one by now.
_venv_is_stale() {
	\builtin local text
	if [[ -n $_VENV_PATHS ]]; then
		text=${_VENV_PATHS%$'\nend 2'}
		text=${text//$'\n'watch /$'\n-o\n-e\n'}
		text=${text//$'\n'keep /$'\n-o\n!\n-e\n'}
		text=${text//$'\n'same /$'\n-o\n!\n'${VIRTUAL_ENV-}$'\n-ef\n'}
		_VENV_STALE=(1 -eq 0 ${(f)text}) _VENV_PATHS=
	fi
	\builtin test "${_VENV_STALE[@]}"
}

# Ask where the answer could be another one by now.  Where nothing has changed
# a prompt costs no more than the comparisons here.
_venv_hook() {
	if [[ -n ${VENV_WHICH_DISABLE-} ]]; then \builtin return 0; fi
	if [[ $_VENV_PWD == - || ${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-} != "$_VENV_SEEN" || ${PWD-} != "$_VENV_PWD" ]] ||
		_venv_is_stale; then
		if [[ ! -o restricted ]]; then _venv_ask; else _venv_warn_once 'a restricted shell may not run it; nothing will be activated'; fi
	fi
	if (( ${#psvar[@]} < _VENV_PSVAR )); then \builtin emulate -L zsh -o no_err_exit -o no_err_return; _venv_prompt_keep; fi
	\builtin typeset -g "_VENV_SEEN=${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}"
}

# -- Trigger ------------------------------------------------------------------

# At the prompt.  zsh itself keeps the status.
_venv_prompt() {
	\builtin emulate -L zsh -o no_err_exit -o no_err_return
	if [[ -z $_VENV_READY ]]; then _venv_settle; fi
	# compinit may run below our line, or at a later prompt.
	if [[ -z $_VENV_COMPLETES && -n ${_comps+set} ]]; then _venv_complete_later; fi
	_venv_hook
	if [[ -n $_VENV_PROMPT ]]; then _venv_show; fi
	\builtin return 0
}

# After a change of directory, or of what belongs to it, while the shell itself, or
# a subshell that was typed, is at work; before others see what is to be left.
_venv_changed() {
	\builtin typeset -g _VENV_PWD=-
	_venv_checked
}

# And behind them: one may have put back what it saw before, or made what is
# watched.  Where there is none, nothing has come or gone since.  (It takes zsh long
# to change options: what runs for a directory of the same project holds under any.)
_venv_checked() {
	if [[ $_VENV_PWD != - ]]; then
		if [[ "$chpwd_functions" == '_venv_changed _venv_checked' ]]; then \builtin return 0; fi
		\builtin emulate -L zsh -o no_err_exit -o no_err_return
	fi
	if [[ -n $_VENV_READY && ( $_VENV_PWD == - || ${#chpwd_functions} -gt 2 || ${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}:$_VENV_PWD != "$_VENV_SEEN:${PWD-}" ) ]] &&
		[[ $ZSH_SUBSHELL -eq 0 || -t 1 ]]; then _venv_hook; fi
	\builtin return 0
}

# -- Registration -------------------------------------------------------------

_venv_register() {
	\builtin emulate -L zsh -o no_err_exit -o no_err_return
	\builtin typeset -ga precmd_functions chpwd_functions
	precmd_functions=(${precmd_functions:#_venv_prompt} _venv_prompt)
	chpwd_functions=(_venv_changed ${chpwd_functions:#_venv_ch(anged|ecked)} _venv_checked)
}

# What completes is read at the first TAB.  What the user has set up stays.
_venv_later() {
	\builtin unset '_comps[venv]' '_comps[venv-which]'
	\builtin source '@scriptdir@/complete.zsh'
	_venv_complete "$@"
}

_venv_complete_later() {
	if [[ -z ${_comps[venv]-} ]]; then compdef _venv_later venv; fi
	if [[ -z ${_comps[venv-which]-} ]]; then compdef _venv_later venv-which; fi
	_VENV_COMPLETES=1
}

# At the first prompt the startup files are done, and so are those who come
# after us in them: who puts back a PATH, or builds the prompt, is to come
# before us.  (powerlevel10k wants to be the last one, too, and has its own.)
_venv_settle() {
	_VENV_READY=1
	if [[ ${precmd_functions[-1]} != _p9k* ]]; then _venv_register; fi
}

_venv_register
if [[ -n ${_comps+set} ]]; then _venv_complete_later; fi

elif [[ -o interactive ]]; then
	print -ru2 -- 'venv-which: a function called "builtin" is in the way; nothing will be activated'
fi
