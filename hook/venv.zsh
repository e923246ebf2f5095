
# venv-which for zsh 5.1 and later: when to ask.
#
# chpwd asks, so that `cd app && pytest` finds the right pytest; the prompt
# asks after every other way to change the directory (`cd -q`), and when a
# watched path has come or gone.  Otherwise no process is run.

if [[ -o interactive ]] && (( ! ${+functions[builtin]} )); then

# -- State --------------------------------------------------------------------

# _VENV_PWD      the directory that was last asked about
# _VENV_PATHS    the answer's lines `keep` and `watch`, until a prompt needs them
# _VENV_STALE    the same as an expression for `test`
# _VENV_ALWAYS   not empty: ask at every prompt
# _VENV_SEEN     PWD, VIRTUAL_ENV, VENV_WHICH_AUTO, PATH as we left them
# _VENV_SAID     the line that the user has read about this place
# _VENV_READY    not empty: the first prompt has been, start-up is over
\builtin typeset -g "_VENV_FOUND=${_VENV_FOUND-}" "_VENV_VERDICT=${_VENV_VERDICT-none}"
\builtin typeset -g "_VENV_NAME=${_VENV_NAME-}" "_VENV_VERSION=${_VENV_VERSION-}"
\builtin typeset -g "_VENV_PATHS=${_VENV_PATHS-}" _VENV_SEEN= "_VENV_READY=${_VENV_READY-}"
\builtin typeset -ga _VENV_STALE

_venv_warn() {
	\builtin print -ru2 -- "venv-which: $1"
}

_venv_warn_once() {
	if [[ $1 != "${_VENV_WARNED-}" ]]; then
		\builtin typeset -g _VENV_WARNED=$1
		_venv_warn "$1"
	fi
}

# -- The answer ---------------------------------------------------------------

# The answer $1, into _VENV_VERDICT _VENV_PATH _VENV_NAME _VENV_VERSION
# _VENV_SAY and _VENV_REST, its lines `keep` and `watch`.  False: it is not
# whole.
_venv_read() {
	\builtin local head line
	if [[ $1 != *$'\nend 1' ]]; then
		\builtin return 1
	fi
	head=${1%%$'\n'keep *}
	head=${head%%$'\n'watch *}
	_VENV_REST=${1#"$head"}
	_VENV_PATH= _VENV_NAME= _VENV_VERSION= _VENV_SAY=
	for line in "${(@f)head}"; do
		case $line in
		(name\ *) _VENV_NAME=${line#* } ;;
		(version\ *) _VENV_VERSION=${line#* } ;;
		(say\ *) _VENV_SAY=${line#* } ;;
		(use\ *|blocked\ *|broken\ *)
			_VENV_VERDICT=${line%% *} _VENV_PATH=${line#* }
			;;
		(none|unknown) _VENV_VERDICT=$line ;;
		esac
	done
}

# Say why the answer $1 was not read.  An update may have brought another
# protocol to a shell that runs.
_venv_unread() {
	if [[ $1 == *$'\nend '* ]]; then
		_venv_warn_once 'another version of it was installed, which this shell cannot read; start a new shell'
	else
		_venv_warn_once "no answer from $_VENV_BIN/venv-which; install it again, or take its line out of ~/.zshrc"
	fi
}

# Make _VENV_PATHS the expression _VENV_STALE: a path that was absent is there,
# or one that was there is absent.
_venv_watch() {
	\builtin local lines=${_VENV_PATHS%$'\nend 1'}
	_VENV_PATHS=
	lines=${lines//$'\n'watch /$'\n-o\n-e\n'}
	lines=${lines//$'\n'keep /$'\n-o\n!\n-e\n'}
	_VENV_STALE=(1 -eq 0)
	if [[ -n $lines ]]; then
		_VENV_STALE+=("${(@f)lines#$'\n'}")
	fi
}

# -- Trigger ------------------------------------------------------------------

# Ask the helper.  An answer without its end is no answer: all stays as it is.
_venv_ask() {
	\builtin local answer before=$_VENV_VERDICT
	\builtin local _VENV_PATH _VENV_SAY _VENV_REST
	answer=$("$_VENV_BIN/venv-which" --hook 2>/dev/null) || \builtin true
	\builtin typeset -g _VENV_PWD=${PWD-}
	if ! _venv_read "$answer"; then
		_venv_unread "$answer"
		\builtin return 0
	fi
	_VENV_PATHS=$_VENV_REST _VENV_STALE=(1 -eq 0)
	\builtin typeset -g _VENV_ALWAYS=
	if [[ $_VENV_REST == *$'\nwatch *\n'* ]]; then
		_VENV_ALWAYS=1 _VENV_PATHS=
	fi
	if [[ $_VENV_VERDICT == unknown ]]; then
		_VENV_VERDICT=$before
		\builtin return 0
	fi
	_VENV_FOUND=
	if [[ $_VENV_VERDICT == use ]]; then
		_VENV_FOUND=$_VENV_PATH
	fi
	if [[ -n $_VENV_SAY && $_VENV_SAY != "${_VENV_SAID-}" ]]; then
		\builtin print -ru2 -- "$_VENV_SAY"
	fi
	\builtin typeset -g _VENV_SAID=$_VENV_SAY
}

# Has a path come or gone?
_venv_is_stale() {
	if [[ -n $_VENV_PATHS ]]; then _venv_watch; fi
	\builtin test "${_VENV_STALE[@]}"
}

# Ask where the answer could be another one by now, and act on it.  Where
# nothing has changed a prompt costs no more than the comparisons here.
_venv_hook() {
	if [[ -n ${VENV_WHICH_DISABLE-} ]]; then \builtin return 0; fi
	if [[ -n ${_VENV_ALWAYS-} || ${PWD-} != "${_VENV_PWD-}" ]] || _venv_is_stale; then
		if [[ -o restricted ]]; then
			_venv_warn_once 'a restricted shell may not run it; nothing will be activated'
			\builtin return 0
		fi
		_venv_ask
	elif [[ ${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-} == "$_VENV_SEEN" ]]; then
		if (( ${#psvar} < _VENV_PSVAR )); then _venv_prompt_keep; fi
		\builtin return 0
	fi
	_venv_apply
	_VENV_SEEN=${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}
}

# Ask in any case: of the same name another directory may be by now, and a
# decision may have changed the answer.
_venv_again() {
	\builtin emulate -L zsh -o no_err_exit -o no_err_return
	_VENV_PWD=
	_venv_hook
}

# At the prompt.  zsh itself keeps the status.
_venv_prompt() {
	\builtin emulate -L zsh -o no_err_exit -o no_err_return
	_VENV_READY=1
	# compinit may run below our line, or at a later prompt.
	if [[ -z $_VENV_COMPLETES && -n ${_comps+set} ]]; then
		_venv_register_completion
		_VENV_COMPLETES=1
	fi
	if [[ -n $_VENV_LEFT ]]; then _venv_path_left; fi
	_venv_hook
	\builtin return 0
}

# After a change of directory in the shell itself, while it is at work.
_venv_changed() {
	\builtin emulate -L zsh -o no_err_exit -o no_err_return
	if [[ -n ${_VENV_READY-} && $ZSH_SUBSHELL -eq 0 ]]; then
		_venv_again
	fi
	\builtin return 0
}

# -- Registration -------------------------------------------------------------

_venv_register() {
	\builtin emulate -L zsh -o no_err_exit -o no_err_return
	\builtin typeset -ga precmd_functions chpwd_functions
	if (( ! ${precmd_functions[(Ie)_venv_prompt]} )); then
		precmd_functions+=(_venv_prompt)
	fi
	if (( ! ${chpwd_functions[(Ie)_venv_changed]} )); then
		chpwd_functions+=(_venv_changed)
	fi
}

_venv_register

elif [[ -o interactive ]]; then
	print -ru2 -- 'venv-which: a function called "builtin" is in the way; nothing will be activated'
fi
