
# venv-which for bash 3.2 and later: when to ask.
#
# `cd`, `pushd` and `popd` ask, so that `cd app && pytest` finds the right
# pytest; the prompt asks after every other way to change the directory, and
# when a watched path has come or gone.  Otherwise no process is run.

if [[ $- == *i* ]]; then

# -- State --------------------------------------------------------------------

# _VENV_PWD      the directory that was last asked about
# _VENV_WATCH    paths that were absent then; _VENV_KEEP, paths that were there
# _VENV_ALWAYS   not empty: ask at every prompt
# _VENV_SAID     the line that the user has read about this place
# _VENV_READY    not empty: the first prompt has been, start-up is over
_VENV_FOUND=${_VENV_FOUND-} _VENV_VERDICT=${_VENV_VERDICT-none}
_VENV_NAME=${_VENV_NAME-} _VENV_VERSION=${_VENV_VERSION-}

_venv_warn() {
	\builtin printf 'venv-which: %s\n' "$1" >&2
}

# -- The answer ---------------------------------------------------------------

# The lines of the answer $1, into _VENV_VERDICT _VENV_PATH _VENV_NAME
# _VENV_VERSION _VENV_SAY, and _VENV_REST: its lines `keep` and `watch`.
# False: it is not whole.
_venv_read() {
	\builtin local rest="$1" line
	case $rest in
	*$'\n'end) ;;
	*) \builtin return 1 ;;
	esac
	_VENV_PATH= _VENV_NAME= _VENV_VERSION= _VENV_SAY= _VENV_REST=
	while [[ -n $rest ]]; do
		line=${rest%%$'\n'*}
		case $line in
		watch\ * | end) \builtin break ;;
		keep\ *) _VENV_REST=$_VENV_REST$line$'\n' ;;
		name\ *) _VENV_NAME=${line#* } ;;
		version\ *) _VENV_VERSION=${line#* } ;;
		say\ *) _VENV_SAY=${line#* } ;;
		use\ * | blocked\ * | broken\ *)
			_VENV_VERDICT=${line%% *} _VENV_PATH=${line#* }
			;;
		none | unknown) _VENV_VERDICT=$line ;;
		esac
		rest=${rest#*$'\n'}
	done
	_VENV_REST=$_VENV_REST$rest
}

# Split $_VENV_REST into _VENV_KEEP and _VENV_WATCH.  Word splitting does it
# in one go; globs in the paths have to be kept from meaning anything.
_venv_watch() {
	\builtin local IFS=$'\n' glob= line lines
	case $- in
	*f*) ;;
	*) glob=1 ;;
	esac
	\builtin set -f
	lines=($_VENV_REST)
	[[ -z $glob ]] || \builtin set +f
	_VENV_KEEP=() _VENV_WATCH=() _VENV_ALWAYS=
	for line in "${lines[@]}"; do
		case $line in
		watch\ \*) _VENV_ALWAYS=1 ;;
		watch\ *) _VENV_WATCH[${#_VENV_WATCH[@]}]=${line#* } ;;
		keep\ *) _VENV_KEEP[${#_VENV_KEEP[@]}]=${line#* } ;;
		esac
	done
}

# -- Trigger ------------------------------------------------------------------

# Ask the helper.  An answer without its end is no answer: all stays as it is.
_venv_ask() {
	\builtin local answer before="$_VENV_VERDICT"
	\builtin local _VENV_PATH _VENV_SAY _VENV_REST
	answer=$("$_VENV_BIN/venv-which" --hook 2>/dev/null) || \builtin true
	_VENV_PWD=${PWD-}
	if ! _venv_read "$answer"; then
		if [[ -z ${_VENV_LOST-} ]]; then
			_VENV_LOST=1
			_venv_warn "no answer from $_VENV_BIN/venv-which; install it again, or take its line out of ~/.bashrc"
		fi
		\builtin return 0
	fi
	_VENV_LOST=
	_venv_watch
	if \builtin test "$_VENV_VERDICT" = unknown; then
		_VENV_VERDICT=$before
		\builtin return 0
	fi
	_VENV_FOUND=
	if \builtin test "$_VENV_VERDICT" = use; then
		_VENV_FOUND=$_VENV_PATH
	fi
	if [[ -n $_VENV_SAY ]] && \builtin test "$_VENV_SAY" != "${_VENV_SAID-}"; then
		\builtin printf '%s\n' "$_VENV_SAY" >&2
	fi
	_VENV_SAID=$_VENV_SAY
}

# Could the answer be another one by now?
_venv_is_stale() {
	\builtin local path
	if [[ -n ${_VENV_ALWAYS-} ]] || \builtin test "${PWD-}" != "${_VENV_PWD-}"; then
		\builtin return 0
	fi
	for path in ${_VENV_WATCH[@]+"${_VENV_WATCH[@]}"}; do
		if [[ -e $path ]]; then \builtin return 0; fi
	done
	for path in ${_VENV_KEEP[@]+"${_VENV_KEEP[@]}"}; do
		if [[ ! -e $path ]]; then \builtin return 0; fi
	done
	\builtin return 1
}

_venv_hook() {
	if [[ -n ${VENV_WHICH_DISABLE-} ]]; then \builtin return 0; fi
	if _venv_is_stale; then _venv_ask; fi
	_venv_apply
}

# At the prompt.  The status is kept for what else is in PROMPT_COMMAND; with
# set -e it would end the shell.
_venv_prompt() {
	\builtin local status="$?"
	_VENV_READY=1
	_venv_hook
	case $- in
	*e*) \builtin return 0 ;;
	esac
	\builtin return "$status"
}

# After a change of directory in the shell itself, while it is at work.
_venv_changed() {
	if [[ -n ${_VENV_READY-} && $BASH_SUBSHELL -eq 0 ]]; then
		_venv_hook
	fi
}

# -- Registration -------------------------------------------------------------

# An element of its own where PROMPT_COMMAND is an array (bash 5.1), else a
# line of its own: what is there may end in `;` or in a comment.
_venv_register() {
	case "${PROMPT_COMMAND[*]-}" in
	*_venv_prompt*) \builtin return 0 ;;
	esac
	if ! _venv_writable PROMPT_COMMAND; then
		_venv_warn 'PROMPT_COMMAND is read-only here; only cd, pushd and popd will activate'
		_VENV_READY=1
		\builtin return 0
	fi
	if [[ ${BASH_VERSINFO[0]}${BASH_VERSINFO[1]} -ge 51 && ${PROMPT_COMMAND@a} == *a* ]]; then
		PROMPT_COMMAND[${#PROMPT_COMMAND[@]}]=_venv_prompt
	else
		PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}_venv_prompt
	fi
}

# The user's own cd, pushd or popd is his; the prompt sees to it then.
_venv_wrap() {
	if ! \builtin declare -F cd >/dev/null; then
		function cd { \builtin cd "$@" && _venv_changed; }
	fi
	if ! \builtin declare -F pushd >/dev/null; then
		function pushd { \builtin pushd "$@" && _venv_changed; }
	fi
	if ! \builtin declare -F popd >/dev/null; then
		function popd { \builtin popd "$@" && _venv_changed; }
	fi
}

_venv_register
_venv_wrap

fi
