# venv-which for bash 3.2 and later: what changes in the shell.
#
# Loaded by this line in ~/.bashrc:  eval "$(command venv init bash)"
# The second half of the script, hook/venv.bash, decides when to ask.
#
# Every builtin is called as `\builtin NAME`, for users have aliases and
# functions of those names; `test` compares, for nocasematch changes `[[`.

# Interactive shells only: nobody else may notice.
if [[ $- == *i* ]]; then

# -- State --------------------------------------------------------------------

# Where the programs were installed.  They are never looked up in PATH, where
# an environment could have put its own.
_VENV_BIN='@bindir@'

# What this script is, for `venv doctor`.
_VENV_RELEASE='@version@'

# _VENV_FOUND    the usable environment of this directory, or empty
# _VENV_VERDICT  the helper's word for it: use, none, blocked, broken
# _VENV_NAME     its name; _VENV_VERSION, the version of its Python
# _VENV_MINE     the environment whose activation in this shell is ours
# _VENV_GONE     the one that was, when somebody else's took its place
# _VENV_LEFT     its entry of PATH, for two prompts after it was taken out
# _VENV_OLD      not empty: _OLD_VIRTUAL_PATH was set when ours was activated
# _VENV_DEACTIVATE  not empty: the function `deactivate` is ours
# _VENV_PROMPT   what PS1 shows, "(name) "; _VENV_PS1, how PS1 refers to it
# _VENV_LOADS    how often this was loaded while the shell started
# _VENV_LABEL    what the segment calls the active environment, or empty

# What the environment says of these is somebody else's, unless this script
# was loaded here before.
if ! \builtin declare -F _venv_apply >/dev/null; then
	\builtin unset -v _VENV_FOUND _VENV_VERDICT _VENV_NAME _VENV_VERSION \
		_VENV_MINE _VENV_GONE _VENV_OLD _VENV_DEACTIVATE _VENV_LEFT \
		_VENV_LEFT_ONCE _VENV_PROMPT _VENV_PS1 _VENV_PATHS _VENV_STALE \
		_VENV_ALWAYS _VENV_PWD _VENV_SEEN _VENV_SAID _VENV_WARNED _VENV_READY \
		_VENV_LOADS _VENV_LABEL \
		VENV_WHICH_NAME VENV_WHICH_VERSION VENV_WHICH_STATE VENV_WHICH_PROMPT
fi
if [[ -z ${_VENV_READY-} ]]; then _VENV_LOADS=$((${_VENV_LOADS:-0} + 1)); fi

# May the variable be assigned to?  (A restricted shell's PATH may not; the
# attempt would end the command line that it is part of.)
_venv_writable() {
	\builtin local "$1" 2>/dev/null
}

# -- PATH ---------------------------------------------------------------------

_venv_path_add() {
	if [[ -n ${PATH+set} ]]; then
		PATH=$1:$PATH
	else
		\builtin export "PATH=$1"
	fi
}

_venv_path_has() {
	\builtin local "path=:${PATH-}:"
	\builtin test "${path%%":$1:"*}" != "$path"
}

# Take the first entry $1 out; all other bytes stay.  PATH that is nothing but
# our entry was not set before.
_venv_path_drop() {
	\builtin local "path=:${PATH-}:" head
	head=${path%%":$1:"*}
	if \builtin test "${PATH-}" = "$1"; then
		\builtin unset -v PATH
	elif \builtin test "$head" != "$path"; then
		path=$head${path#"$head:$1"}
		path=${path#:}
		PATH=${path%:}
	fi
}

# Put entry $1 back where another tool or a login took it out; with $2, also
# where it is no longer first.
_venv_path_heal() {
	\builtin local "path=:${PATH-}:"
	if ! _venv_path_has "$1"; then
		_venv_path_add "$1"
	elif [[ -n $2 ]] && \builtin test "${path#":$1:"}" = "$path"; then
		_venv_path_drop "$1"
		_venv_path_add "$1"
	fi
}

# The entry that was just taken out may be back: direnv puts back the whole PATH
# that it found, and a function may have had a PATH of its own.  At the two
# prompts after that it is taken out again.
_venv_path_left() {
	if \builtin test "$_VENV_LEFT" != "${VIRTUAL_ENV-}/bin"; then
		_venv_path_drop "$_VENV_LEFT"
	fi
	if [[ -n ${_VENV_LEFT_ONCE-} ]]; then
		_VENV_LEFT='' _VENV_LEFT_ONCE=''
	else
		_VENV_LEFT_ONCE=1
	fi
}

# -- Prompt -------------------------------------------------------------------

# PS1 refers to a variable, whose value is not expanded again: a name is never
# code.  Without promptvars it is text; then what could become code is `?`.
_venv_prompt_on() {
	_venv_prompt_off
	_VENV_PROMPT="($1) "
	if [[ -n ${VIRTUAL_ENV_DISABLE_PROMPT-} || -z ${PS1+set} ]] ||
		_venv_segment_used || ! _venv_writable PS1; then
		\builtin return 0
	fi
	# shellcheck disable=SC2016 # bash expands it at each prompt
	_VENV_PS1='${_VENV_PROMPT-}'
	if ! \builtin shopt -q promptvars; then
		_VENV_PS1=${_VENV_PROMPT//[\\\$\`]/?}
	fi
	PS1=$_VENV_PS1$PS1
}

_venv_prompt_off() {
	\builtin local "ps1=${PS1-}" head
	# A read-only one goes on to refer to it.
	_VENV_PROMPT=
	if [[ -n ${_VENV_PS1-} && -n $ps1 ]] && _venv_writable PS1; then
		head=${ps1%%"$_VENV_PS1"*}
		if \builtin test "$head" != "$ps1"; then
			PS1=$head${ps1#"$head$_VENV_PS1"}
		fi
	fi
}

# Does the user's own prompt show the environment?
_venv_segment_used() {
	case ${PS1-} in
	*VENV_WHICH_PROMPT* | *venv_prompt*) ;;
	*) \builtin return 1 ;;
	esac
}

# The name $1 and the version $2, of which two numbers say enough.
_venv_label() {
	_VENV_LABEL=$1${2:+ $2}
	case $2 in
	*.*.*) _VENV_LABEL=${_VENV_LABEL%".${2#*.*.}"} ;;
	esac
}

# What another shell, or a tool, activated: its name is what the environment
# says, and so anybody's text.  CPython's activation had it as "(name) " once.
# One that was activated in this shell by its script is shown by that.
_venv_label_inherited() {
	_VENV_LABEL=
	if [[ -n ${VIRTUAL_ENV-} && -z ${_OLD_VIRTUAL_PATH+set} ]]; then
		_VENV_LABEL=${VIRTUAL_ENV_PROMPT:-${VIRTUAL_ENV##*/}}
		case $_VENV_LABEL in
		\(*\)\ ) _VENV_LABEL=${_VENV_LABEL:1:${#_VENV_LABEL}-3} ;;
		esac
		_VENV_LABEL=${_VENV_LABEL:0:64}
		_VENV_LABEL=${_VENV_LABEL//[![:print:]]/?}
	fi
}

# Add $1 in colour $2.  The blank is no part of what is coloured.  A prompt that
# has our text instead of the variable expands it: what could be code is `?`.
_venv_segment_add() {
	\builtin local "text=($1)"
	text=${text//[\\\$\`]/?}
	if [[ -z ${NO_COLOR-} && -n ${TERM-} ]] && \builtin test "$TERM" != dumb; then
		# Between these marks readline counts no columns.
		text=$'\001\e['$2$'m\002'$text$'\001\e[39m\002'
	fi
	VENV_WHICH_PROMPT="$VENV_WHICH_PROMPT$text "
}

# What is active here, and what would be but for a reason.
_venv_segment() {
	\builtin local "state=${VENV_WHICH_STATE:-none}" "mark="
	# shellcheck disable=SC2154 # it is local; set -k wants it quoted
	case $state in
	active) _venv_label "$VENV_WHICH_NAME" "$VENV_WHICH_VERSION" ;;
	none) ;;
	*) mark=${VENV_WHICH_NAME:+$VENV_WHICH_NAME: }$state ;;
	esac
	if [[ -z ${_VENV_MINE-} ]] && \builtin test "$state" != active; then
		_venv_label_inherited
	fi
	if ! _venv_writable VENV_WHICH_PROMPT; then \builtin return 0; fi
	VENV_WHICH_PROMPT=''
	if [[ -n ${_VENV_LABEL-} ]]; then _venv_segment_add "$_VENV_LABEL" 36; fi
	if [[ -n $mark ]]; then _venv_segment_add "$mark" 33; fi
}

# Called when something has changed, not at each prompt.  Where a prompt calls
# it, in `$(venv_prompt)`, it prints.  The user may have one of his own.
if ! \builtin declare -F venv_prompt >/dev/null; then
	function venv_prompt {
		# shellcheck disable=SC2319 # what the prompt's other parts see
		\builtin local "keep=$?"
		_venv_segment
		if [[ $BASH_SUBSHELL -gt 0 ]]; then
			\builtin printf %s "$VENV_WHICH_PROMPT"
		fi
		# shellcheck disable=SC2154 # it is local; set -k wants it quoted
		\builtin return "$keep"
	}
fi
if _venv_writable VENV_WHICH_PROMPT; then VENV_WHICH_PROMPT=${VENV_WHICH_PROMPT-}; fi

# -- Verbs --------------------------------------------------------------------

# Make $1, called $2, with Python $3, the shell's environment.
_venv_set() {
	if ! _venv_writable VIRTUAL_ENV || ! _venv_writable PATH; then
		_venv_warn_once 'VIRTUAL_ENV or PATH is read-only here; no environment can be active'
		\builtin return 1
	fi
	\builtin export "VIRTUAL_ENV=$1" "VIRTUAL_ENV_PROMPT=$2"
	_venv_path_add "$1/bin"
	if [[ -n ${PYTHONHOME+set} ]]; then
		\builtin export "_VENV_PYTHONHOME=$PYTHONHOME"
		\builtin unset -v PYTHONHOME
	fi
	_venv_dress "$2" "$3"
}

# Take the shell's environment away, whoever made it so.
_venv_unset() {
	if ! _venv_writable VIRTUAL_ENV || ! _venv_writable PATH; then
		\builtin return 1
	fi
	_VENV_LEFT=$VIRTUAL_ENV/bin _VENV_LEFT_ONCE=''
	_venv_path_drop "$_VENV_LEFT"
	# One that is still there is the user's own.
	if _venv_path_has "$_VENV_LEFT"; then _VENV_LEFT=''; fi
	\builtin unset -v VIRTUAL_ENV VIRTUAL_ENV_PROMPT
	_venv_home_back
	_venv_undress
}

# A PYTHONHOME that the user set meanwhile is his.
_venv_home_back() {
	if [[ -n ${_VENV_PYTHONHOME+set} ]]; then
		if [[ -z ${PYTHONHOME+set} ]]; then
			\builtin export "PYTHONHOME=$_VENV_PYTHONHOME"
		fi
		\builtin unset -v _VENV_PYTHONHOME
	fi
}

# What an environment has in this shell beside its variables, which a shell
# inherits: the prompt and `deactivate`, unless the user has one of his own.
_venv_dress() {
	_VENV_MINE=$VIRTUAL_ENV
	_VENV_OLD=${_OLD_VIRTUAL_PATH+set}
	_venv_label "$1" "$2"
	_venv_prompt_on "$1"
	if ! \builtin declare -F deactivate >/dev/null; then
		# shellcheck disable=SC2317 # the user calls it
		function deactivate { _venv_off; }
		_VENV_DEACTIVATE=1
	fi
}

_venv_undress() {
	_venv_prompt_off
	if [[ -n ${_VENV_DEACTIVATE-} ]] && ! _venv_taken_over; then
		\builtin unset -f deactivate
	fi
	_VENV_MINE='' _VENV_DEACTIVATE=''
}

# Has an activation script been sourced over ours?  It may have been the same
# environment's; what it leaves in any case is _OLD_VIRTUAL_PATH, and its own
# `deactivate`.
_venv_taken_over() {
	\builtin test "${_OLD_VIRTUAL_PATH+set}" != "${_VENV_OLD-}"
}

# -- The table ----------------------------------------------------------------

# Bring the shell in line with the answer.  VIRTUAL_ENV is what is active,
# VENV_WHICH_AUTO what the hook made so; that they differ, and how, tells who
# did what since.
_venv_apply() {
	\builtin local "active=${VIRTUAL_ENV-}" "auto=${VENV_WHICH_AUTO-}"
	if [[ -n ${_VENV_MINE-} ]]; then
		if \builtin test "$_VENV_MINE" != "$active" || _venv_taken_over; then
			_venv_stand_down "$_VENV_MINE"
		fi
	fi
	if [[ -z $active ]]; then
		_venv_apply_none
	elif \builtin test "$active" = "$auto"; then
		_venv_apply_ours
	elif [[ -n $auto ]]; then
		_venv_stand_down "$auto"
	fi
	_venv_state
}

# What is active is the user's own or another tool's, or nothing is: take away
# what is left of our environment $1.
_venv_stand_down() {
	if _venv_writable PATH; then
		_venv_path_drop "$1/bin"
	fi
	_venv_undress
	if [[ -n $active ]]; then
		# Their `deactivate` may bring back the PATH they found.
		_VENV_GONE=$1
		\builtin unset -v VENV_WHICH_AUTO
		auto=
	fi
}

# Nothing is active.  What was ours was deactivated by the user, and so it
# stays, until the answer changes.
_venv_apply_none() {
	if [[ -n ${_VENV_GONE-} ]]; then
		_venv_path_drop "$_VENV_GONE/bin"
		_venv_prompt_off
		_venv_home_back
		# That was its activation by hand; its end is the user's, too.
		if \builtin test "$_VENV_GONE" = "$_VENV_FOUND"; then
			auto=$_VENV_GONE
			\builtin export "VENV_WHICH_AUTO=$auto"
		fi
		_VENV_GONE=''
	fi
	if [[ -z $auto ]] || \builtin test "$auto" != "$_VENV_FOUND"; then
		\builtin unset -v VENV_WHICH_AUTO
		_venv_enter
	fi
}

_venv_apply_ours() {
	if \builtin test "$active" != "$_VENV_FOUND"; then
		if _venv_unset; then
			\builtin unset -v VENV_WHICH_AUTO
			_venv_enter
		fi
	elif \builtin test "${_VENV_MINE-}" = "$active"; then
		# Loaded again: the startup file may have set PATH and PS1 anew.
		if [[ -z $_VENV_SEEN ]]; then
			_venv_path_heal "$active/bin" first
			_venv_prompt_on "$_VENV_NAME"
		else
			_venv_path_heal "$active/bin" ''
		fi
	elif _venv_writable PATH; then
		_venv_path_heal "$active/bin" first
		_venv_dress "$_VENV_NAME" "$_VENV_VERSION"
	fi
}

_venv_enter() {
	if [[ -n $_VENV_FOUND ]] && _venv_set "$_VENV_FOUND" "$_VENV_NAME" "$_VENV_VERSION"; then
		\builtin export "VENV_WHICH_AUTO=$_VENV_FOUND"
	fi
}

# For prompts: the directory's environment, and what it is to this shell.
# shellcheck disable=SC2034 # the user's prompt has them
_venv_state() {
	VENV_WHICH_NAME=$_VENV_NAME
	VENV_WHICH_VERSION=$_VENV_VERSION
	VENV_WHICH_STATE=$_VENV_VERDICT
	if \builtin test "$_VENV_VERDICT" = use; then
		if \builtin test "${VIRTUAL_ENV-}" = "$_VENV_FOUND"; then
			VENV_WHICH_STATE=active
		elif [[ -n ${VIRTUAL_ENV-} ]]; then
			VENV_WHICH_STATE=other
		elif \builtin test "${VENV_WHICH_AUTO-}" = "$_VENV_FOUND"; then
			VENV_WHICH_STATE=off
		else
			VENV_WHICH_STATE=inactive
		fi
	fi
	# A subshell that turns something off has nothing to print of it; and the
	# user's own may print at any time.
	if [[ $BASH_SUBSHELL -eq 0 ]]; then
		\venv_prompt >/dev/null || \builtin true
	fi
}

# -- Commands -----------------------------------------------------------------

# $1 is the answer; it begins with a line more where the environment is the one
# of the working directory.
_venv_use() {
	\builtin local _VENV_SAY _VENV_VERDICT _VENV_PATH _VENV_NAME _VENV_VERSION _VENV_REST
	_venv_read "$1"
	_venv_drop_active
	\builtin unset -v VENV_WHICH_AUTO
	case $1 in
	nearest*) _VENV_FOUND=$_VENV_PATH ;;
	esac
	if _venv_set "$_VENV_PATH" "$_VENV_NAME" "$_VENV_VERSION" &&
		\builtin test "$_VENV_PATH" = "$_VENV_FOUND"; then
		\builtin export "VENV_WHICH_AUTO=$_VENV_PATH"
	fi
}

# End what is active, in its own way where it has one.
_venv_drop_active() {
	if [[ -z ${VIRTUAL_ENV-} ]]; then
		\builtin return 0
	fi
	if \builtin test "$VIRTUAL_ENV" != "${_VENV_MINE-}" || _venv_taken_over; then
		if \builtin declare -F deactivate >/dev/null; then
			deactivate
		fi
	fi
	if [[ -n ${VIRTUAL_ENV-} ]]; then
		_venv_unset
	fi
}

_venv_off() {
	_venv_drop_active
	\builtin unset -v VENV_WHICH_AUTO
	if [[ -n ${_VENV_FOUND-} ]]; then
		\builtin export "VENV_WHICH_AUTO=$_VENV_FOUND"
	fi
	_venv_apply
}

_venv_on() {
	if [[ -n ${VIRTUAL_ENV-} ]] && \builtin test "$VIRTUAL_ENV" != "${VENV_WHICH_AUTO-}"; then
		# shellcheck disable=SC2016 # it is no command
		\builtin printf '%s\n' 'venv: on: what is active was activated by hand, and stays; `venv off` ends it' >&2
		\builtin return 1
	fi
	if [[ -z ${VIRTUAL_ENV-} ]]; then
		\builtin unset -v VENV_WHICH_AUTO
	fi
	_venv_ask
	_venv_apply
}

# $1 is the answer, the rest the command line.  What is active goes before its
# files do, whoever activated it.  What is there after that, the hook finds out;
# where it cannot, since the working directory went as well, there is nothing.
_venv_remove() {
	\builtin local "keep=0"
	case $1 in
	active*)
		_venv_drop_active
		\builtin unset -v VENV_WHICH_AUTO
		;;
	esac
	\builtin shift 2
	"$_VENV_BIN/venv" remove -y "$@" || keep=$?
	_VENV_FOUND='' _VENV_VERDICT=none
	_venv_again
	\builtin return "$keep"
}

# What only this shell knows of itself, as arguments `WORD VALUE`; see
# src/facts.h.  The program judges.
_venv_doctor() {
	\builtin local text
	\builtin local -a facts
	\builtin shift
	facts=(
		"shell bash" "release $BASH_VERSION" "version $_VENV_RELEASE"
		"bin $_VENV_BIN" "loads ${_VENV_LOADS-}" "mine ${_VENV_MINE-}"
		"prompt-in PROMPT_COMMAND"
	)
	if [[ -n ${_OLD_VIRTUAL_PATH+set} ]]; then facts+=(sourced); fi
	text=$(\builtin alias venv 2>/dev/null) && facts+=("alias ${text#*=}")
	# Beside bash itself bash-preexec calls hooks, and some put what they find
	# in PROMPT_COMMAND somewhere else, to call it themselves.
	for text in "${PROMPT_COMMAND[@]-}" "${precmd_functions[@]-}"; do
		facts+=("prompt $text")
	done
	case "${PROMPT_COMMAND[*]-}" in
	*__vsc_prompt_cmd_original*) facts+=("prompt ${__vsc_original_prompt_command[*]-}") ;;
	*starship_precmd*) facts+=("prompt ${STARSHIP_PROMPT_COMMAND[*]-}") ;;
	esac
	for text in cd pushd popd; do
		facts+=("wrap $text $(\builtin declare -f "$text" || \builtin true)")
	done
	for text; do
		if \builtin test "$text" = --time; then
			facts+=("laps 1000 50 $(_venv_laps 2>/dev/null)")
		fi
	done
	"$_VENV_BIN/venv" --hook doctor "${facts[@]}" end "$@"
}

# The time before and after nothing, prompts, a program that does nothing, and
# what `cd` asks.  In a subshell, where all that they change is forgotten.
_venv_laps() {
	\builtin local i text
	"$_VENV_BIN/venv" --hook doctor clock
	"$_VENV_BIN/venv" --hook doctor clock
	for ((i = 0; i < 1000; i++)); do _venv_prompt; done
	"$_VENV_BIN/venv" --hook doctor clock
	# shellcheck disable=SC2034 # it is what takes the time
	for ((i = 0; i < 50; i++)); do
		text=$(\builtin exec "$_VENV_BIN/venv-which" -V)
	done
	"$_VENV_BIN/venv" --hook doctor clock
	for ((i = 0; i < 50; i++)); do _venv_again; done
	"$_VENV_BIN/venv" --hook doctor clock
}

# The first ones act on the shell, once the program has found them well called.
# The next may change the answer about this directory.  Everything else is the
# program's alone.
function venv {
	case ${1-} in
	use | pick | off | on | remove) _venv_command "$@" ;;
	doctor) _venv_doctor "$@" ;;
	allow | deny | create | recreate | link) "$_VENV_BIN/venv" "$@" && _venv_again ;;
	*) "$_VENV_BIN/venv" "$@" ;;
	esac
}

_venv_command() {
	\builtin local answer
	answer=$("$_VENV_BIN/venv" --hook "$@") || \builtin return
	case $'\n'$answer in
	*$'\nend 1') ;;
	*$'\nend '*)
		_venv_unread "$answer"
		\builtin return 1
		;;
	*)
		\builtin printf '%s\n' "$answer"
		\builtin return 0
		;;
	esac
	case $1 in
	use | pick)
		_venv_use "$answer"
		_venv_state
		;;
	off) _venv_off ;;
	on) _venv_on ;;
	remove) _venv_remove "$answer" "$@" ;;
	esac
}

fi
