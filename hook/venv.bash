
# venv-which for bash 3.2 and later: when to ask.
#
# `cd`, `pushd` and `popd` ask, so that `cd app && pytest` finds the right
# pytest; the prompt asks after every other way to change the directory, and
# when a watched path has come or gone.  Otherwise no process is run.

if [[ $- == *i* ]]; then

# -- State --------------------------------------------------------------------

# _VENV_PWD      the directory that was last asked about
# _VENV_PATHS    the answer's lines `keep` and `watch`, until a prompt needs them
# _VENV_STALE    the same as an expression for `test`
# _VENV_ALWAYS   not empty: ask at every prompt
# _VENV_SEEN     PWD, VIRTUAL_ENV, VENV_WHICH_AUTO, PATH as we left them
# _VENV_SAID     the line that the user has read about this place
# _VENV_READY    not empty: the first prompt has been, start-up is over
_VENV_FOUND=${_VENV_FOUND-} _VENV_VERDICT=${_VENV_VERDICT-none}
_VENV_NAME=${_VENV_NAME-} _VENV_VERSION=${_VENV_VERSION-}
_VENV_PATHS=${_VENV_PATHS-} _VENV_SEEN=''
if [[ -z ${_VENV_STALE+set} ]]; then _VENV_STALE=(1 -eq 0); fi

_venv_warn() {
	\builtin printf 'venv-which: %s\n' "$1" >&2
}

_venv_warn_once() {
	if \builtin test "$1" != "${_VENV_WARNED-}"; then
		_VENV_WARNED=$1
		_venv_warn "$1"
	fi
}

# -- The answer ---------------------------------------------------------------

# The answer $1, into _VENV_VERDICT _VENV_PATH _VENV_NAME _VENV_VERSION
# _VENV_SAY and _VENV_REST, its lines `keep` and `watch`.  False: it is not
# whole.
_venv_read() {
	\builtin local head line
	case $1 in
	*$'\nend 1') ;;
	*) \builtin return 1 ;;
	esac
	head=${1%%$'\n'keep *}
	head=${head%%$'\n'watch *}
	_VENV_REST=${1:${#head}}
	_VENV_PATH='' _VENV_NAME='' _VENV_VERSION='' _VENV_SAY=''
	while [[ -n $head ]]; do
		line=${head%%$'\n'*}
		case $line in
		name\ *) _VENV_NAME=${line#* } ;;
		version\ *) _VENV_VERSION=${line#* } ;;
		say\ *) _VENV_SAY=${line#* } ;;
		use\ * | blocked\ * | broken\ *)
			_VENV_VERDICT=${line%% *} _VENV_PATH=${line#* }
			;;
		none | unknown) _VENV_VERDICT=$line ;;
		esac
		head=${head#"$line"}
		head=${head#$'\n'}
	done
}

# Say why the answer $1 was not read.  An update may have brought another
# protocol to a shell that runs.
_venv_unread() {
	case $1 in
	*$'\nend '*) _venv_warn_once 'another version of it was installed, which this shell cannot read; start a new shell' ;;
	*) _venv_warn_once "no answer from $_VENV_BIN/venv-which; install it again, or take its line out of ~/.bashrc" ;;
	esac
}

# Make _VENV_PATHS the expression _VENV_STALE: a path that was absent is there,
# or one that was there is absent.  Word splitting makes the words of it, if
# globs in the paths are kept from meaning anything.
_venv_watch() {
	\builtin local IFS glob lines
	IFS=$'\n' glob='' lines=${_VENV_PATHS%$'\nend 1'}
	_VENV_PATHS=''
	lines=${lines//$'\n'watch /$'\n-o\n-e\n'}
	lines=${lines//$'\n'keep /$'\n-o\n!\n-e\n'}
	case $- in
	*f*) ;;
	*) glob=1 ;;
	esac
	\builtin set -f
	# shellcheck disable=SC2206 # to be split
	_VENV_STALE=(1 -eq 0 $lines)
	if [[ -n $glob ]]; then \builtin set +f; fi
}

# -- Trigger ------------------------------------------------------------------

# Ask the helper.  An answer without its end is no answer: all stays as it is.
_venv_ask() {
	\builtin local answer "before=$_VENV_VERDICT"
	\builtin local _VENV_PATH _VENV_SAY _VENV_REST
	# With `exec`, for bash would not always do without a second process.
	answer=$(\builtin exec "$_VENV_BIN/venv-which" --hook 2>/dev/null) || \builtin true
	_VENV_PWD=${PWD-}
	if ! _venv_read "$answer"; then
		_venv_unread "$answer"
		\builtin return 0
	fi
	_VENV_PATHS=$_VENV_REST _VENV_ALWAYS='' _VENV_STALE=(1 -eq 0)
	case $_VENV_REST in
	*$'\nwatch *\n'*) _VENV_ALWAYS=1 _VENV_PATHS='' ;;
	esac
	if \builtin test "$_VENV_VERDICT" = unknown; then
		# shellcheck disable=SC2154 # it is local; set -k wants it quoted
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

# Has a path come or gone?
_venv_is_stale() {
	if [[ -n $_VENV_PATHS ]]; then _venv_watch; fi
	\builtin test "${_VENV_STALE[@]}"
}

# Ask where the answer could be another one by now, and act on it.  Where
# nothing has changed a prompt costs no more than the comparisons here.
_venv_hook() {
	if [[ -n ${VENV_WHICH_DISABLE-} ]]; then \builtin return 0; fi
	if [[ -n ${_VENV_ALWAYS-} ]] || \builtin test "${PWD-}" != "${_VENV_PWD-}" || _venv_is_stale; then
		case $- in
		*r*)
			_venv_warn_once 'a restricted shell may not run it; nothing will be activated'
			\builtin return 0
			;;
		esac
		_venv_ask
	elif \builtin test "${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}" = "$_VENV_SEEN"; then
		\builtin return 0
	fi
	_venv_apply
	_VENV_SEEN=${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}
}

# Ask in any case: of the same name another directory may be by now, and a
# decision may have changed the answer.
_venv_again() {
	_VENV_PWD=
	_venv_hook
}

# At the prompt.  The status is kept for what else is in PROMPT_COMMAND; with
# set -e it would end the shell.
_venv_prompt() {
	\builtin local "status=$?"
	_VENV_READY=1
	if [[ -n ${_VENV_LEFT-} ]]; then _venv_path_left; fi
	_venv_hook
	case $- in
	*e*) \builtin return 0 ;;
	esac
	# shellcheck disable=SC2154 # it is local; set -k wants it quoted
	\builtin return "$status"
}

# After a change of directory in the shell itself, while it is at work.  Where
# somebody has thrown our prompt hook out, none will say that it is.
_venv_changed() {
	case "${PROMPT_COMMAND[*]-}" in
	*_venv_prompt*) ;;
	*) _VENV_READY=1 ;;
	esac
	if [[ -n ${_VENV_READY-} && $BASH_SUBSHELL -eq 0 ]]; then
		_venv_again
	fi
	\builtin return 0
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
		\builtin return 0
	fi
	if [[ ${BASH_VERSINFO[0]}${BASH_VERSINFO[1]} -ge 51 && "${PROMPT_COMMAND[*]@a}" == *a* ]]; then
		PROMPT_COMMAND+=(_venv_prompt)
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

# A user's function called `builtin` would be asked for everything above.
_VENV_BUILTIN=
\builtin printf -v _VENV_BUILTIN 1 >/dev/null 2>&1
if [[ -n $_VENV_BUILTIN ]]; then
	_venv_register
	_venv_wrap
else
	printf 'venv-which: a function called "builtin" is in the way; nothing will be activated\n' >&2
fi

fi
