
# When to ask, in bash: `cd`, `pushd` and `popd` do, so that `cd app && pytest`
# finds the right pytest; the prompt does after every other way to change the
# directory, when a watched path has come or gone, and when somebody has changed
# what we left.  Otherwise no process is run.

if [[ $- == *i* ]] && ! \declare -F builtin >/dev/null; then

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
	if \builtin test "$1" = "${_VENV_WARNED-}"; then \builtin return 0; fi
	_VENV_WARNED=$1
	\builtin printf 'venv-which: %s\n' "$1" >&2
}

# -- Asking -------------------------------------------------------------------

# What only this shell knows, besides what it remembers; most often it is nothing.
_venv_facts() {
	if [[ -n ${_VENV_CALLED-} ]]; then facts+=(called); fi
	if [[ -n ${_OLD_VIRTUAL_PATH+set} ]]; then facts+=(script); fi
	if [[ -n ${VIRTUAL_ENV_DISABLE_PROMPT-} ]]; then facts+=(plain); fi
	if [[ -z $_VENV_SEEN ]]; then facts+=(fresh); fi
	if [[ -z ${_VENV_DEACTIVATE-} ]] && \builtin declare -f +i deactivate; then facts+=(function); fi
	if [[ -n ${_VENV_TRIED-}$* ]] && ! _venv_writable VIRTUAL_ENV PATH; then facts+=(fixed); fi
}

# Ask the helper; with words, the program, about `venv WORD...`.
_venv_ask() {
	\builtin local answer facts "IFS="$' \t\n'
	facts=("memory=$_VENV_MEMORY")
	if [[ -n ${_VENV_CALLED-}${_OLD_VIRTUAL_PATH+set}${VIRTUAL_ENV_DISABLE_PROMPT-}${_VENV_TRIED-}$* || -z $_VENV_SEEN || -z ${_VENV_DEACTIVATE-} ]]; then _venv_facts "$@"; fi
	if [[ $# -gt 0 ]]; then
		answer=$(\builtin export PATH; "$_VENV_BIN/venv" --hook "${facts[@]}" "$@") || \builtin return
	else
		# With `exec`, for bash would not always do without a second process.
		answer=$(\builtin export PATH; \builtin exec "$_VENV_BIN/venv-which" --hook "${facts[@]}" 2>/dev/null) || \builtin true
	fi
	_VENV_PWD=${PWD-}
	# Within a project nothing but what is watched becomes another.
	case $answer in
	keep\ *$'\nend 2' | watch\ *$'\nend 2') _VENV_PATHS=$'\n'$answer ;;
	*) _venv_act "$@" ;;
	esac
}

# Do as `answer` says, and ask again, or call, what it wants.
_venv_act() {
	\builtin local text "call="
	\builtin local -a again did
	# That a variable is read-only is looked at where it is to be set; then again.
	if [[ -z ${_VENV_TRIED-}$* && ($answer == set\ * || $answer == unset\ * || $answer == call\ *) ]] && ! _venv_writable VIRTUAL_ENV PATH; then
		\builtin local "_VENV_TRIED=1"; _venv_ask; \builtin return
	fi
	_VENV_STALE=(1 -eq 0)
	if ! _venv_take "$answer"; then _venv_unread "$answer" "$@"; \builtin return; fi
	# An activation script's own function undoes what the script did; then the
	# same is asked again, as the answer said.
	if [[ -n $call ]]; then
		\builtin local "_VENV_CALLED=1"
		if \builtin declare -f +i "$call"; then "$call"; fi
		_venv_ask "${again[@]+"${again[@]}"}"
	fi
	# The user's own functions, venv_activated and venv_deactivated.
	for text in "${did[@]+"${did[@]}"}"; do
		if \builtin declare -f +i "venv_${text%% *}"; then "venv_${text%% *}" "${text#* }"; fi
	done
}

# What has no end, or another one, changes nothing: an update may have brought
# another protocol to a shell that runs.  A program that was asked for help has
# given it.
_venv_unread() {
	if [[ $'\n'$1 == *$'\nend '[0-9]* ]]; then
		_venv_warn_once 'another version of it was installed, which this shell cannot read; start a new shell'
		\builtin return 1
	elif [[ $# -gt 1 ]]; then
		\builtin printf '%s\n' "$1"
	else
		_venv_warn_once "no answer from $_VENV_BIN/venv-which; install it again, or take its line out of ~/.bashrc"
	fi
}

# use, pick, off, on.  Without the program one can still get out.
_venv_verb() {
	\builtin local "path=:${PATH-}:" "own=:${VIRTUAL_ENV:+$VIRTUAL_ENV/bin:}"
	if [[ -x $_VENV_BIN/venv ]] || \builtin test "$1" != off; then
		_venv_ask "$@" && _VENV_SEEN=${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}
		\builtin return
	fi
	path=${path/"$own"/:} path=${path#:} PATH=${path%:}
	_venv_take $'state none\ndeactivate none\nunset VIRTUAL_ENV\nunset VIRTUAL_ENV_PROMPT\nunset VENV_WHICH_AUTO\nend 2'
}

# A path that was absent is there, or one that was there is absent, or what is
# active by a link is another one by now.
_venv_is_stale() {
	\builtin local text
	if [[ -n $_VENV_PATHS ]]; then
		\builtin local "IFS="$'\n'
		text=${_VENV_PATHS%$'\nend 2'}
		text=${text//$'\n'watch /$'\n-o\n-e\n'}
		text=${text//$'\n'keep /$'\n-o\n!\n-e\n'}
		text=${text//$'\n'same /$'\n-o\n!\n'"${VIRTUAL_ENV-}"$'\n-ef\n'}
		# shellcheck disable=SC2206 # to be split
		case $- in
		*f*) _VENV_STALE=(1 -eq 0 $text) ;;
		*) \builtin set -f; _VENV_STALE=(1 -eq 0 $text); \builtin set +f ;;
		esac
		_VENV_PATHS='' IFS=' '
	fi
	\builtin test "${_VENV_STALE[@]}"
}

# Ask where the answer could be another one by now.  Where nothing has changed
# a prompt costs no more than the comparisons here.
_venv_hook() {
	if [[ -n ${VENV_WHICH_DISABLE-} ]]; then \builtin return 0; fi
	if \builtin test "${PWD-}" != "${_VENV_PWD-}" ||
		\builtin test "${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}" != "$_VENV_SEEN" || _venv_is_stale; then _venv_renew; fi
}

_venv_renew() {
	if [[ $- != *r* ]]; then _venv_ask; else _venv_warn_once 'a restricted shell may not run it; nothing will be activated'; fi
	_VENV_SEEN=${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}
}

# -- Trigger ------------------------------------------------------------------

# At the prompt.  The status is kept for what else is in PROMPT_COMMAND; with
# set -e it would end the shell.
_venv_prompt() {
	\builtin local "status=$?"
	if [[ -z ${_VENV_READY-} ]]; then _venv_settle; fi
	_venv_hook
	# shellcheck disable=SC2153 # no misspelling
	if [[ -n $_VENV_PROMPT ]] || \builtin test "$_VENV_PS1" != "$_VENV_REFERENCE"; then _venv_show; fi
	if \builtin test "${-/e/}" != "$-"; then \builtin return 0; fi
	# shellcheck disable=SC2154 # it is local; set -k wants it quoted
	\builtin return "$status"
}

# After a change of directory, or of what belongs to it, in the shell itself while
# it is at work, or in a subshell that was typed.  Where somebody has thrown our
# prompt hook out, none will say that start-up is over, and none show the name.
_venv_changed() {
	_VENV_PWD=''
	if [[ -n ${VENV_WHICH_DISABLE-} || ( $BASH_SUBSHELL -gt 0 && ! -t 1 ) ]]; then \builtin return 0; fi
	if [[ "${PROMPT_COMMAND[*]-}" != *_VENV_HOOK* ]]; then
		_VENV_READY=1; _venv_renew
		if [[ -n $_VENV_PROMPT ]]; then _venv_show; fi
	elif [[ -n ${_VENV_READY-} ]]; then _venv_renew; fi
	\builtin return 0
}

# -- Registration -------------------------------------------------------------

# Come last in PROMPT_COMMAND: as an element where it is an array (bash 5.1), else
# as a line: what is there may end in `;` or a comment.  (bash-preexec is the last.)
_venv_register() {
	\builtin local "IFS="$'\n' text
	\builtin local -a others
	case "${PROMPT_COMMAND[*]-}" in
	*"$_VENV_ELEMENT" | *_VENV_HOOK*__bp_* | *__bp_*_VENV_HOOK*) \builtin return 0 ;;
	esac
	if ! _venv_writable PROMPT_COMMAND; then
		if [[ "${PROMPT_COMMAND[*]-}" != *_VENV_HOOK* ]]; then _venv_warn_once 'PROMPT_COMMAND is read-only here; only cd, pushd and popd will activate'; fi
		\builtin return 0
	fi
	for text in "${PROMPT_COMMAND[@]+"${PROMPT_COMMAND[@]}"}"; do
		if \builtin test "$text" != "$_VENV_ELEMENT"; then others+=("${text/"$_VENV_ELEMENT"[;$'\n']/}"); fi
	done
	if [[ ${BASH_VERSINFO[0]}${BASH_VERSINFO[1]} -ge 51 && "${PROMPT_COMMAND[*]@a}" == *a* ]]; then
		PROMPT_COMMAND=("${others[@]}" "$_VENV_ELEMENT")
	else
		PROMPT_COMMAND=${others[0]:+${others[0]}$'\n'}$_VENV_ELEMENT
	fi
}

# At the first prompt the startup files are done, and so are those who come
# after us in them: who puts back a PATH, or builds the prompt, is to come
# before us.  One that has thrown us out has its reasons.
_venv_settle() {
	_VENV_READY=1
	if \builtin test "${-/r/}" != "$-"; then \builtin return 0; fi
	if [[ $(\builtin declare -f cd pushd popd) != *_venv_users_cd\ *_venv_changed*_venv_users_pushd\ *_venv_changed*_venv_users_popd\ *_venv_changed* ]] ||
		\builtin declare -f +i __zoxide_cd || \builtin alias cd >/dev/null 2>&1; then _venv_wrap; fi
	if [[ "${PROMPT_COMMAND[*]-}" == *_VENV_HOOK* ]]; then _venv_register; fi
}

# The user's own cd, pushd or popd goes on to be called, by another name.  Its
# text is bash's; nothing else is made into code here.  Called by a shell that has
# only these of our functions, ours are the builtins.  (`declare -f +i` says whether
# there is one, and prints nothing.)
# shellcheck disable=SC2164 # the status is that of the function
_venv_wrap() {
	\builtin local name "text="
	for name in cd pushd popd; do _venv_rename || \builtin true; done
	function cd { if \builtin declare -f +i _venv_users_cd; then _venv_users_cd "$@"; else \builtin cd "$@"; fi && if \builtin declare -f +i _venv_changed; then _venv_changed; fi; }
	function pushd { if \builtin declare -f +i _venv_users_pushd; then _venv_users_pushd "$@"; else \builtin pushd "$@"; fi && if \builtin declare -f +i _venv_changed; then _venv_changed; fi; }
	function popd { if \builtin declare -f +i _venv_users_popd; then _venv_users_popd "$@"; else \builtin popd "$@"; fi && if \builtin declare -f +i _venv_changed; then _venv_changed; fi; }
	# What does call the builtin: a function for which `cd` is an alias, as nvm
	# has one, or zoxide's, unless the user's cd is that already.
	if \builtin alias cd >/dev/null 2>&1; then
		text=$(\builtin alias cd) text=${text#*\'}
		name=${text%%[!a-zA-Z0-9_:-]*}
		if [[ $name == [a-zA-Z_]* ]] && _venv_rename; then _venv_follow; fi
	fi
	name=__zoxide_cd
	if \builtin declare -f +i "$name" && [[ $text$(\builtin declare -f _venv_users_cd) != *__zoxide_* ]] && _venv_rename; then _venv_follow; fi
}

# True: a function `name` of the user's has its other name now.
_venv_rename() {
	if ! \builtin declare -f +i "$name"; then \builtin return 1; fi
	text=$(\builtin declare -f "$name")
	if [[ $text == *_venv_changed* ]]; then \builtin return 1; fi
	\builtin eval "_venv_users_$text"
}

# And it is followed by ours.  (That its name is one, the caller has seen.)
_venv_follow() {
	\builtin eval "function $name { if \builtin declare -f +i _venv_users_$name; then _venv_users_$name"' "$@"; else \builtin cd "$@"; fi && if \builtin declare -f +i _venv_changed; then _venv_changed; fi; }'
}

# What completes is read at the first TAB.  What the user has set up stays.
_venv_later() {
	\builtin complete -r venv venv-which 2>/dev/null
	\builtin source '@scriptdir@/complete.bash'
	_venv_complete "$@"
}

_venv_register
_venv_wrap
\builtin complete -p venv >/dev/null 2>&1 || \builtin complete -F _venv_later venv
\builtin complete -p venv-which >/dev/null 2>&1 || \builtin complete -F _venv_later venv-which

elif [[ $- == *i* ]]; then
	printf 'venv-which: a function called "builtin" is in the way; nothing will be activated\n' >&2
fi
