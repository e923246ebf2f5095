# venv-which for bash 3.2 and later: does as told.
#: \source '@scriptdir@/venv.bash'
# `venv init` prints that.  In ~/.bashrc:  eval "$(command venv init bash)"
# The second half of the script, hook/venv.bash, decides when to ask; what is to
# be done about the answer is decided in C.
#
# Every builtin is called as `\builtin NAME`, for users have aliases and
# functions of those names; `test` compares, for nocasematch changes `[[`.

# Interactive shells only: nobody else may notice.  And a user's function called
# `builtin` would be asked for everything below.
if [[ $- == *i* ]] && ! \declare -F builtin >/dev/null; then

# -- State --------------------------------------------------------------------

# Where the programs were installed, for an environment could have put its own
# into PATH; and what this script is, for `venv doctor`.
_VENV_BIN='@bindir@' _VENV_RELEASE='@version@'

# _VENV_MEMORY   what the last answer gave to be handed back; empty: never asked
# _VENV_PATHS    its lines `keep` and `watch`, until a prompt needs them
# _VENV_PROMPT   what PS1 shows in front; _VENV_PS1, how PS1 refers to it
# _VENV_DEACTIVATE  not empty: the function `deactivate` is ours
# _VENV_LABEL    what the user's own prompt shows; _VENV_MARK, what is not active

# What the environment says of these is somebody else's, unless this script
# was loaded here before.
if ! \builtin declare -f +i _venv_take; then
	\builtin unset -v _VENV_MEMORY _VENV_PATHS _VENV_PROMPT _VENV_PS1 \
		_VENV_DEACTIVATE _VENV_LABEL _VENV_MARK _VENV_STALE _VENV_PWD \
		_VENV_SEEN _VENV_WARNED _VENV_READY _VENV_LOADS _VENV_CALLED _VENV_TRIED VENV_WHICH_NAME \
		VENV_WHICH_VERSION VENV_WHICH_STATE VENV_WHICH_PROMPT
fi

# May all of these be assigned to?  (A restricted shell's PATH may not; the
# attempt would end the command line that it is part of.)
_venv_writable() {
	\builtin local "$@" 2>/dev/null
}

# -- The answer ---------------------------------------------------------------

# Do what the lines of $1 say, but for what is to be called, which is left in the
# caller's `call`, `again` and `did`.  What is to be shown begins with `state`;
# without it all of it stays.  `keep` and `watch` come last, and wait.  False: it
# has no end, and was not meant for us.
# shellcheck disable=SC2034,SC2086 # prompts, and the caller; $1 is to be split
_venv_take() {
	\builtin local line value "IFS="$'\n'
	case $- in
	*f*) \builtin set -- $1 ;;
	*) \builtin set -f; \builtin set -- $1; \builtin set +f ;;
	esac
	if [[ "${*:$#}" != 'end 2' ]]; then \builtin return 1; fi
	IFS=$' \t\n' _VENV_PATHS=''
	for line; do
		value=${line#* }
		case $line in
		keep\ * | watch\ *) IFS=$'\n' _VENV_PATHS=$'\n'"$*"; \builtin break ;;
		set\ *) \builtin export "${value/ /=}" ;;
		unset\ *) \builtin unset -v "$value" ;;
		state\ *)
			VENV_WHICH_STATE=$value VENV_WHICH_NAME='' VENV_WHICH_VERSION=''
			_VENV_PROMPT='' _VENV_LABEL='' _VENV_MARK=''
			;;
		name\ *) VENV_WHICH_NAME=$value ;;
		version\ *) VENV_WHICH_VERSION=$value ;;
		prompt\ *) _VENV_PROMPT=$value ;;
		label\ *) _VENV_LABEL=$value ;;
		mark\ *) _VENV_MARK=$value ;;
		deactivate\ *) _venv_own "$value" ;;
		memory\ *) _VENV_MEMORY=$value ;;
		say\ *) \builtin printf '%s\n' "$value" >&2 ;;
		call\ *) call=$value ;;
		ask\ *) again+=("$value") ;;
		did\ *) did+=("$value") ;;
		esac
		\builtin shift
	done
}

# Whose `deactivate` there is to be.  That comes last of what is to be shown.
_venv_own() {
	if [[ -n ${_VENV_DEACTIVATE-} && $1 == none ]]; then \builtin unset -f deactivate; fi
	_VENV_DEACTIVATE=''
	if [[ $1 == ours ]]; then
		# shellcheck disable=SC2317 # the user calls it
		function deactivate { if \builtin declare -f +i _venv_verb; then _venv_verb off; fi; }
		_VENV_DEACTIVATE=1
	fi
	# A subshell that turns something off has nothing to print of it; and the
	# user's own may print at any time.
	if [[ $BASH_SUBSHELL -eq 0 ]]; then \venv_prompt >/dev/null || \builtin true; fi
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
	if \builtin test "$text" = "$_VENV_PS1" && [[ ${PS1-} == *"$text"* ]]; then \builtin return 0; fi
	# Or the user's own prompt shows it.
	if [[ -z ${PS1+set} || $PS1 == *VENV_WHICH_PROMPT* || $PS1 == *venv_prompt* ]] || ! _venv_writable PS1; then \builtin return 0; fi
	head=${PS1%%"$_VENV_PS1"*}
	if \builtin test "$head" != "$PS1"; then PS1=$head${PS1:${#head} + ${#_VENV_PS1}}; fi
	_VENV_PS1=$text
	if [[ $PS1 != *"$text"* ]]; then PS1=$text$PS1; fi
}

# Called when something has changed, not at each prompt.  Where a prompt calls
# it, in `$(venv_prompt)`, it prints.  The user may have one of his own.  The
# blank is no part of what is coloured.  A prompt that has our text instead of the
# variable expands it: what could be code is `?`.
if ! \builtin declare -f +i venv_prompt; then
	function venv_prompt {
		# shellcheck disable=SC2319 # what the prompt's other parts see
		\builtin local "keep=$?" "active=" "mark=" "end=" text
		if [[ -z ${NO_COLOR-} && -n ${TERM-} && $TERM != dumb ]]; then
			# Between \001 and \002 readline counts no columns.
			active=$'\001\e[36m\002' mark=$'\001\e[33m\002' end=$'\001\e[39m\002'
		fi
		text=${_VENV_LABEL:+"$active($_VENV_LABEL)$end "}${_VENV_MARK:+"$mark($_VENV_MARK)$end "}
		text=${text//[\\\$\`]/?}
		if [[ $BASH_SUBSHELL -gt 0 ]]; then
			\builtin printf %s "$text"
		elif \builtin declare -f +i _venv_writable && _venv_writable VENV_WHICH_PROMPT; then
			VENV_WHICH_PROMPT=$text
		fi
		# shellcheck disable=SC2154 # it is local; set -k wants it quoted
		\builtin return "$keep"
	}
fi
if _venv_writable VENV_WHICH_PROMPT; then VENV_WHICH_PROMPT=${VENV_WHICH_PROMPT-}; fi

# -- Commands -----------------------------------------------------------------

# The first ones act on the shell, which tells the last one what only it knows.
# Every other one may change the answer about this directory.
function venv {
	if ! \builtin declare -f +i _venv_verb; then \builtin command venv "$@"; \builtin return; fi
	case ${1-} in
	use | pick | off | on) _venv_verb "$@" ;;
	doctor) \builtin source '@scriptdir@/doctor.bash' && _venv_doctor "$@" ;;
	*)
		\builtin local "keep=0"
		"$_VENV_BIN/venv" --hook "memory=${_VENV_MEMORY-}" "$@" || keep=$?
		_venv_changed
		# shellcheck disable=SC2154 # it is local; set -k wants it quoted
		\builtin return "$keep"
		;;
	esac
}

fi
