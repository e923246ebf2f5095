
# venv-which for bash 3.2 and later: when to ask.
#
# `cd`, `pushd` and `popd` ask, so that `cd app && pytest` finds the right
# pytest; the prompt asks after every other way to change the directory, when
# a watched path has come or gone, and when somebody has changed what we left.
# Otherwise no process is run.

if [[ $- == *i* ]]; then

# -- State --------------------------------------------------------------------

# _VENV_PWD      the directory that was last asked about
# _VENV_STALE    its watched paths as an expression for `test`
# _VENV_SEEN     PWD, VIRTUAL_ENV, VENV_WHICH_AUTO, PATH as we left them
# _VENV_READY    not empty: the first prompt has been, start-up is over
# _VENV_LOADS    how often this was loaded while the shell started
# _VENV_HOOK     our function of PROMPT_COMMAND.  What is exported there finds
#                nothing by that name in a child without us.
_VENV_MEMORY=${_VENV_MEMORY-} _VENV_PATHS=${_VENV_PATHS-} _VENV_SEEN=''
_VENV_PROMPT=${_VENV_PROMPT-} _VENV_HOOK=_venv_prompt
# shellcheck disable=SC2016 # bash expands it at each prompt
_VENV_ELEMENT='${_VENV_HOOK:+"$_VENV_HOOK"}'
if [[ -z ${_VENV_STALE+set} ]]; then _VENV_STALE=(1 -eq 0); fi
if [[ -z ${_VENV_READY-} ]]; then _VENV_LOADS=$((${_VENV_LOADS:-0} + 1)); fi

_venv_warn_once() {
	if \builtin test "$1" != "${_VENV_WARNED-}"; then
		_VENV_WARNED=$1
		\builtin printf 'venv-which: %s\n' "$1" >&2
	fi
}

# -- Asking -------------------------------------------------------------------

# What only this shell knows, into the caller's `facts`.
_venv_facts() {
	facts=()
	if [[ -n $_VENV_MEMORY ]]; then facts+=("memory=$_VENV_MEMORY"); fi
	if [[ -z $_VENV_SEEN ]]; then facts+=(fresh); fi
	if [[ -n ${_OLD_VIRTUAL_PATH+set} ]]; then facts+=(script); fi
	if [[ -z ${_VENV_DEACTIVATE-} ]] && \builtin declare -F deactivate >/dev/null; then facts+=(function); fi
	if [[ -n ${VIRTUAL_ENV_DISABLE_PROMPT-} ]]; then facts+=(plain); fi
	if ! _venv_writable VIRTUAL_ENV || ! _venv_writable PATH; then facts+=(fixed); fi
}

# Ask the helper; with words, the program, about `venv WORD...`.
_venv_ask() {
	\builtin local answer text
	\builtin local -a facts did
	_venv_facts
	if [[ -n ${_VENV_CALLED-} ]]; then facts+=(called); fi
	if [[ $# -gt 0 ]]; then
		answer=$(\builtin export PATH; "$_VENV_BIN/venv" --hook "${facts[@]}" "$@") || \builtin return
	else
		# With `exec`, for bash would not always do without a second process.
		answer=$(\builtin export PATH; \builtin exec "$_VENV_BIN/venv-which" --hook "${facts[@]-fresh}" 2>/dev/null) || \builtin true
	fi
	_VENV_PWD=${PWD-} _VENV_STALE=(1 -eq 0)
	if ! _venv_take "$answer"; then
		_venv_unread "$answer" "$@"
		\builtin return
	fi
	if [[ -n $_VENV_CALL ]]; then _venv_call; fi
	for text in "${did[@]-}"; do
		if [[ -n $text ]]; then _venv_tell "$text"; fi
	done
	_VENV_SEEN=${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}
}

# An activation script's own function undoes what the script did; then the same
# is asked again, as the answer said.
_venv_call() {
	\builtin local _VENV_CALLED=1 "verb=${_VENV_AGAIN# }" "name=$_VENV_CALL"
	if [[ -z ${_VENV_DEACTIVATE-} || -n ${_OLD_VIRTUAL_PATH+set} ]] && \builtin declare -F "$name" >/dev/null; then
		"$name"
	fi
	case $verb in
	*\ *) _venv_ask "${verb%% *}" "${verb#* }" ;;
	?*) _venv_ask "$verb" ;;
	*) _venv_ask ;;
	esac
}

# What has no end, or another one, changes nothing: an update may have brought
# another protocol to a shell that runs.  A program that was asked for help has
# given it.
_venv_unread() {
	case $'\n'$1 in
	*$'\nend '[0-9]*)
		_venv_warn_once 'another version of it was installed, which this shell cannot read; start a new shell'
		\builtin return 1
		;;
	esac
	if [[ $# -gt 1 ]]; then
		\builtin printf '%s\n' "$1"
		\builtin return 0
	fi
	_venv_warn_once "no answer from $_VENV_BIN/venv-which; install it again, or take its line out of ~/.bashrc"
}

# use, pick, off, on
_venv_verb() {
	if [[ ! -x $_VENV_BIN/venv ]] && \builtin test "$1" = off; then
		_venv_out
		\builtin return 0
	fi
	_venv_ask "$@"
}

# Make _VENV_PATHS the expression _VENV_STALE: a path that was absent is there,
# or one that was there is absent, or what is active by a link is another one by
# now; `*` is asked about each time.
_venv_watch() {
	\builtin local IFS=$'\n' glob='' "lines=${_VENV_PATHS%$'\nend 2'}"
	_VENV_PATHS=''
	case $lines in
	*$'\nwatch *') lines=$'\n1\n-eq\n1' ;;
	*)
		lines=${lines//$'\n'watch /$'\n-o\n-e\n'}
		lines=${lines//$'\n'keep /$'\n-o\n!\n-e\n'}
		lines=${lines//$'\n'same /$'\n-o\n!\n'"${VIRTUAL_ENV-}"$'\n-ef\n'}
		lines=$'\n1\n-eq\n0'$lines
		;;
	esac
	case $- in
	*f*) ;;
	*) glob=1 ;;
	esac
	\builtin set -f
	# shellcheck disable=SC2206 # to be split
	_VENV_STALE=($lines)
	if [[ -n $glob ]]; then \builtin set +f; fi
}

# Has a path come or gone?
_venv_is_stale() {
	if [[ -n $_VENV_PATHS ]]; then _venv_watch; fi
	\builtin test "${_VENV_STALE[@]}"
}

# Ask where the answer could be another one by now.  Where nothing has changed
# a prompt costs no more than the comparisons here.
_venv_hook() {
	if [[ -n ${VENV_WHICH_DISABLE-} ]]; then \builtin return 0; fi
	if \builtin test "${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}" = "$_VENV_SEEN" &&
		\builtin test "${PWD-}" = "${_VENV_PWD-}" && ! _venv_is_stale; then
		\builtin return 0
	fi
	case $- in
	*r*) _venv_warn_once 'a restricted shell may not run it; nothing will be activated' ;;
	*) _venv_ask ;;
	esac
	_VENV_SEEN=${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}
}

# Ask in any case: of the same name another directory may be by now, and a
# decision may have changed the answer.
_venv_again() {
	_VENV_PWD=
	_venv_hook
}

# -- Trigger ------------------------------------------------------------------

# At the prompt.  The status is kept for what else is in PROMPT_COMMAND; with
# set -e it would end the shell.
_venv_prompt() {
	\builtin local "status=$?"
	if [[ -z ${_VENV_READY-} ]]; then _venv_settle; fi
	_venv_hook
	if [[ -n $_VENV_PROMPT ]] || \builtin test "$_VENV_PS1" != "$_VENV_REFERENCE"; then _venv_show; fi
	case $- in
	*e*) \builtin return 0 ;;
	esac
	# shellcheck disable=SC2154 # it is local; set -k wants it quoted
	\builtin return "$status"
}

# After a change of directory in the shell itself, while it is at work, or in a
# subshell that was typed.  Where somebody has thrown our prompt hook out, none
# will say that it is, and none will show the name.
_venv_changed() {
	case "${PROMPT_COMMAND[*]-}" in
	*_VENV_HOOK*) ;;
	*) _VENV_READY=1 ;;
	esac
	if [[ -n ${_VENV_READY-} ]] && [[ $BASH_SUBSHELL -eq 0 || -t 1 ]]; then
		_venv_again
		if [[ -n $_VENV_PROMPT ]]; then _venv_show; fi
	fi
	\builtin return 0
}

# -- Registration -------------------------------------------------------------

# An element of its own where PROMPT_COMMAND is an array (bash 5.1), else a
# line of its own: what is there may end in `;` or in a comment.
_venv_register() {
	case "${PROMPT_COMMAND[*]-}" in
	*_VENV_HOOK*) \builtin return 0 ;;
	esac
	if ! _venv_writable PROMPT_COMMAND; then
		_venv_warn_once 'PROMPT_COMMAND is read-only here; only cd, pushd and popd will activate'
	elif [[ ${BASH_VERSINFO[0]}${BASH_VERSINFO[1]} -ge 51 && "${PROMPT_COMMAND[*]@a}" == *a* ]]; then
		PROMPT_COMMAND+=("$_VENV_ELEMENT")
	else
		PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}$_VENV_ELEMENT
	fi
}

# At the first prompt the startup files are done, and so are those who come
# after us in them: who puts back a PATH, or builds the prompt, is to come
# before us.  (bash-preexec has to be the last one, and counts on it.)
_venv_settle() {
	\builtin local IFS=$'\n' text
	\builtin local -a others
	text=${PROMPT_COMMAND[*]-}
	_VENV_READY=1
	case $- in
	*r*) \builtin return 0 ;;
	esac
	case $(\builtin declare -f cd pushd popd) in
	*_venv_users_cd*_venv_users_pushd*_venv_users_popd*) ;;
	*) _venv_wrap ;;
	esac
	case $text in
	*"$_VENV_ELEMENT" | *__bp_*) \builtin return 0 ;;
	*"$_VENV_ELEMENT"*) ;;
	*) \builtin return 0 ;;
	esac
	if ! _venv_writable PROMPT_COMMAND; then \builtin return 0; fi
	if [[ ${#PROMPT_COMMAND[@]} -gt 1 ]]; then
		for text in "${PROMPT_COMMAND[@]}"; do
			if \builtin test "$text" != "$_VENV_ELEMENT"; then others+=("$text"); fi
		done
		PROMPT_COMMAND=("${others[@]}" "$_VENV_ELEMENT")
	else
		text=${text/"$_VENV_ELEMENT"[;$'\n']/}
		PROMPT_COMMAND=$text$'\n'$_VENV_ELEMENT
	fi
}

# The user's own cd, pushd or popd goes on to be called, by another name.  Its
# text is bash's; nothing else is made into code here.
_venv_keep() {
	\builtin local text
	text=$(\builtin declare -f "$1") || \builtin return 0
	case $text in
	*_venv_changed*) ;;
	*) \builtin eval "_venv_users_$text" ;;
	esac
}

# Called by a shell that has only these of our functions, they are as before.
_venv_wrap() {
	\builtin local name
	for name in cd pushd popd; do
		if \builtin declare -F "$name" >/dev/null; then _venv_keep "$name"; fi
	done
	function cd {
		if \builtin declare -F _venv_users_cd >/dev/null; then _venv_users_cd "$@"; else \builtin cd "$@"; fi || \builtin return
		if \builtin declare -F _venv_changed >/dev/null; then _venv_changed; fi
	}
	function pushd {
		if \builtin declare -F _venv_users_pushd >/dev/null; then _venv_users_pushd "$@"; else \builtin pushd "$@"; fi || \builtin return
		if \builtin declare -F _venv_changed >/dev/null; then _venv_changed; fi
	}
	function popd {
		if \builtin declare -F _venv_users_popd >/dev/null; then _venv_users_popd "$@"; else \builtin popd "$@"; fi || \builtin return
		if \builtin declare -F _venv_changed >/dev/null; then _venv_changed; fi
	}
}

# What completes is read at the first TAB.  What the user has set up stays.
_venv_later() {
	\builtin complete -r venv venv-which 2>/dev/null
	\builtin source '@scriptdir@/complete.bash'
	_venv_complete "$@"
}

_venv_complete_later() {
	\builtin local name
	for name in venv venv-which; do
		\builtin complete -p "$name" >/dev/null 2>&1 || \builtin complete -F _venv_later "$name"
	done
}

# A user's function called `builtin` would be asked for everything above.
_VENV_BUILTIN=
\builtin printf -v _VENV_BUILTIN 1 >/dev/null 2>&1
if [[ -n $_VENV_BUILTIN ]]; then
	_venv_register
	_venv_complete_later
	_venv_wrap
else
	printf 'venv-which: a function called "builtin" is in the way; nothing will be activated\n' >&2
fi

fi
