# venv-which for bash 3.2 and later: does as told.
#
# Loaded by this line in ~/.bashrc:  eval "$(command venv init bash)"
# The second half of the script, hook/venv.bash, decides when to ask; what is
# to be done about the answer is decided in C.
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

# _VENV_MEMORY   what the last answer gave to be handed back; empty: never asked
# _VENV_PATHS    its lines `keep` and `watch`, until a prompt needs them
# _VENV_PROMPT   what PS1 shows in front; _VENV_PS1, how PS1 refers to it
# _VENV_DEACTIVATE  not empty: the function `deactivate` is ours
# _VENV_LABEL    what the user's own prompt shows; _VENV_MARK, what is not active

# What the environment says of these is somebody else's, unless this script
# was loaded here before.
if ! \builtin declare -F _venv_take >/dev/null; then
	\builtin unset -v _VENV_MEMORY _VENV_PATHS _VENV_PROMPT _VENV_PS1 \
		_VENV_DEACTIVATE _VENV_LABEL _VENV_MARK _VENV_STALE _VENV_PWD \
		_VENV_SEEN _VENV_WARNED _VENV_READY _VENV_LOADS VENV_WHICH_NAME \
		VENV_WHICH_VERSION VENV_WHICH_STATE VENV_WHICH_PROMPT
fi

# May the variable be assigned to?  (A restricted shell's PATH may not; the
# attempt would end the command line that it is part of.)
_venv_writable() {
	\builtin local "$1" 2>/dev/null
}

# -- The answer ---------------------------------------------------------------

# Do what the lines of $1 say, but for the user's functions, which are left in
# the caller's `did`.  `keep` and `watch` come last, and wait.  False: it has no
# end, and was not meant for us.
_venv_take() {
	\builtin local IFS=$'\n' glob='' line word value head
	\builtin local -a lines
	case $'\n'$1 in
	*$'\nend 2') ;;
	*) \builtin return 1 ;;
	esac
	head=${1%%$'\n'keep *}
	head=${head%%$'\n'watch *}
	_VENV_PATHS=${1:${#head}}
	_VENV_PROMPT='' _VENV_LABEL='' _VENV_MARK='' _VENV_CALL='' _VENV_AGAIN=''
	VENV_WHICH_NAME='' VENV_WHICH_VERSION=''
	case $- in
	*f*) ;;
	*) glob=1 ;;
	esac
	# Words are split as lines, once globs in them mean nothing.
	\builtin set -f
	# shellcheck disable=SC2206
	lines=($head)
	if [[ -n $glob ]]; then \builtin set +f; fi
	for line in "${lines[@]}"; do
		word=${line%% *} value=${line#* }
		case $word in
		set) \builtin export "${value%% *}=${value#* }" ;;
		unset) \builtin unset -v "$value" ;;
		deactivate) _venv_own "$value" ;;
		prompt) _VENV_PROMPT=$value ;;
		label) _VENV_LABEL=$value ;;
		mark) _VENV_MARK=$value ;;
		state) VENV_WHICH_STATE=$value ;;
		name) VENV_WHICH_NAME=$value ;;
		version) VENV_WHICH_VERSION=$value ;;
		memory) _VENV_MEMORY=$value ;;
		call) _VENV_CALL=$value ;;
		ask) _VENV_AGAIN=${line#ask} ;;
		say) \builtin printf '%s\n' "$value" >&2 ;;
		did) did+=("$value") ;;
		esac
	done
	_venv_segment_again
}

# Call the user's own function, venv_activated or venv_deactivated, if he has it.
_venv_tell() {
	if \builtin declare -F "venv_${1%% *}" >/dev/null; then "venv_${1%% *}" "${1#* }"; fi
}

# Whose `deactivate` there is to be.  One of the user's stays.
_venv_own() {
	case $1 in
	ours)
		if ! \builtin declare -F deactivate >/dev/null; then
			# shellcheck disable=SC2317 # the user calls it
			function deactivate {
				if \builtin declare -F _venv_verb >/dev/null; then _venv_verb off; fi
			}
			_VENV_DEACTIVATE=1
		fi
		;;
	none) if [[ -n ${_VENV_DEACTIVATE-} ]]; then \builtin unset -f deactivate; fi ;;
	esac
	if \builtin test "$1" != ours; then _VENV_DEACTIVATE=''; fi
}

# Without the program nobody can tell anything; one can still get out.
_venv_out() {
	\builtin local "path=:${PATH-}:" "bin=:${VIRTUAL_ENV-}/bin:"
	if \builtin test "${path%%"$bin"*}" != "$path"; then
		path=${path%%"$bin"*}:${path#*"$bin"}
		path=${path#:} PATH=${path%:}
	fi
	\builtin unset -v VIRTUAL_ENV VIRTUAL_ENV_PROMPT VENV_WHICH_AUTO
	_VENV_PROMPT='' _VENV_LABEL='' _VENV_MARK=''
	_venv_own none
}

# -- Prompt -------------------------------------------------------------------

# PS1 refers to a variable, whose value is not expanded again: a name is never
# code.  It does so for good; what comes and goes is the value.  Without
# promptvars it is the text; then what could become code is `?`.
# shellcheck disable=SC2016 # bash expands it at each prompt
_VENV_REFERENCE='${_VENV_PROMPT-}'
_VENV_PS1=${_VENV_PS1-$_VENV_REFERENCE}

_venv_show() {
	\builtin local "text=$_VENV_REFERENCE" head
	if ! \builtin shopt -q promptvars; then text=${_VENV_PROMPT//[\\\$\`]/?}; fi
	if [[ -z ${PS1+set} ]] || _venv_segment_used || ! _venv_writable PS1; then
		\builtin return 0
	fi
	if \builtin test "$text" != "$_VENV_PS1"; then
		head=${PS1%%"$_VENV_PS1"*}
		if \builtin test "$head" != "$PS1"; then PS1=$head${PS1:${#head} + ${#_VENV_PS1}}; fi
		_VENV_PS1=$text
	fi
	# shellcheck disable=SC2295 # it is no pattern
	case $PS1 in
	*"$text"*) ;;
	*) PS1=$text$PS1 ;;
	esac
}

# Does the user's own prompt show the environment?
_venv_segment_used() {
	case ${PS1-} in
	*VENV_WHICH_PROMPT* | *venv_prompt*) ;;
	*) \builtin return 1 ;;
	esac
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

_venv_segment() {
	if ! _venv_writable VENV_WHICH_PROMPT; then \builtin return 0; fi
	VENV_WHICH_PROMPT=''
	if [[ -n ${_VENV_LABEL-} ]]; then _venv_segment_add "$_VENV_LABEL" 36; fi
	if [[ -n ${_VENV_MARK-} ]]; then _venv_segment_add "$_VENV_MARK" 33; fi
}

# Called when something has changed, not at each prompt.  Where a prompt calls
# it, in `$(venv_prompt)`, it prints.  The user may have one of his own.
if ! \builtin declare -F venv_prompt >/dev/null; then
	function venv_prompt {
		# shellcheck disable=SC2319 # what the prompt's other parts see
		\builtin local "keep=$?"
		if \builtin declare -F _venv_segment >/dev/null; then _venv_segment; fi
		if [[ $BASH_SUBSHELL -gt 0 ]]; then
			\builtin printf %s "${VENV_WHICH_PROMPT-}"
		fi
		# shellcheck disable=SC2154 # it is local; set -k wants it quoted
		\builtin return "$keep"
	}
fi
if _venv_writable VENV_WHICH_PROMPT; then VENV_WHICH_PROMPT=${VENV_WHICH_PROMPT-}; fi

# A subshell that turns something off has nothing to print of it; and the
# user's own may print at any time.
_venv_segment_again() {
	if [[ $BASH_SUBSHELL -eq 0 ]]; then \venv_prompt >/dev/null || \builtin true; fi
}

# -- Commands -----------------------------------------------------------------

# The first ones act on the shell.  The next may change the answer about this
# directory.  Everything else is the program's alone.
function venv {
	if ! \builtin declare -F _venv_verb >/dev/null; then
		\builtin command venv "$@"
		\builtin return
	fi
	case ${1-} in
	use | pick | off | on) _venv_verb "$@" ;;
	doctor) _venv_doctor "$@" ;;
	list | status) "$_VENV_BIN/venv" --hook "memory=${_VENV_MEMORY-}" "$@" ;;
	allow | deny | create | recreate | link | remove)
		\builtin local "keep=0"
		"$_VENV_BIN/venv" "$@" || keep=$?
		_venv_again
		# shellcheck disable=SC2154 # it is local; set -k wants it quoted
		\builtin return "$keep"
		;;
	*) "$_VENV_BIN/venv" "$@" ;;
	esac
}

# What only this shell knows of itself, as arguments `WORD VALUE`; see
# src/venv/facts.h.  The program judges.
_venv_doctor() {
	\builtin local text
	\builtin local -a facts
	\builtin shift
	facts=(
		"shell bash" "release $BASH_VERSION" "version $_VENV_RELEASE"
		"bin $_VENV_BIN" "loads ${_VENV_LOADS-}" "memory ${_VENV_MEMORY-}"
		"prompt-in PROMPT_COMMAND"
	)
	if [[ -n ${_OLD_VIRTUAL_PATH+set} ]]; then facts+=(sourced); fi
	if text=$(\builtin alias venv 2>/dev/null); then facts+=("alias ${text#*=}"); fi
	# Beside bash itself bash-preexec calls hooks, and some put what they find
	# in PROMPT_COMMAND somewhere else, to call it themselves.
	text=
	case "${PROMPT_COMMAND[*]-}" in
	*__vsc_prompt_cmd_original*) text=${__vsc_original_prompt_command[*]-} ;;
	*starship_precmd*) text=${STARSHIP_PROMPT_COMMAND[*]-} ;;
	esac
	for text in "${PROMPT_COMMAND[@]-}" "${precmd_functions[@]-}" "$text"; do
		facts+=("prompt ${text//"$_VENV_ELEMENT"/$_VENV_HOOK}")
	done
	for text in cd pushd popd; do
		facts+=("wrap $text $(\builtin declare -f "$text" "_venv_users_$text" || \builtin true)")
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

fi
