
# How to ask, in shells of POSIX's kind.  When, is below: a function for `cd`
# does, so that `cd app && pytest` finds the right pytest, and in shells that can
# the prompt does, when a watched path has come or gone, and when somebody has
# changed what we left.  Otherwise no process is run.

# -- State --------------------------------------------------------------------

# _VENV_PWD      the directory that was last asked about
# _VENV_SEEN     PWD, VIRTUAL_ENV, VENV_WHICH_AUTO, PATH as we left them
# _VENV_READY    not empty: start-up is over; before that, _VENV_LOADS counts
# _VENV_FIXED    not empty: VIRTUAL_ENV or PATH cannot be set here; _VENV_HELD, PS1
_VENV_SEEN=''
case ${_VENV_READY-} in '') : $((_VENV_LOADS = ${_VENV_LOADS-0} + 1)) ;; esac

_venv_warn_once() {
	case $1 in "${_VENV_WARNED-}") \return 0 ;; esac
	_VENV_WARNED=$1
	_venv_print "venv-which: $1" >&2
}

# -- Asking -------------------------------------------------------------------

# Ask the helper; with words, the program, about `venv WORD...`.
_venv_ask() {
	_VENV_WORDS=$#
	# What only this shell knows.
	case ${_VENV_MEMORY-} in ?*) \set -- "memory=$_VENV_MEMORY" "$@" ;; esac
	case ${_VENV_CALLED-} in ?*) \set -- called "$@" ;; esac
	case ${_OLD_VIRTUAL_PATH+set} in set) \set -- script "$@" ;; esac
	case ${VIRTUAL_ENV_DISABLE_PROMPT-} in ?*) \set -- plain "$@" ;; esac
	case ${_VENV_FIXED-} in ?*) \set -- fixed "$@" ;; esac
	case $_VENV_SEEN in '') \set -- fresh "$@" ;; esac
	case ${_VENV_DEACTIVATE-} in '') ! _venv_defined deactivate || \set -- function "$@" ;; esac
	case $_VENV_WORDS in
	0)
		_venv_answer "$@"
		case $_VENV_ANSWER in 'set '* | 'unset '* | 'call '*) _venv_try || _venv_answer fixed "$@" ;; esac
		;;
	*) _VENV_ANSWER=$(\export PATH && "$_VENV_BIN/venv" --hook "$@") || \return ;;
	esac
	_VENV_PWD=${PWD-}
	if ! _venv_take "$_VENV_ANSWER"; then
		_venv_unread
		\return
	fi
	# An activation script's own function undoes what the script did; then the
	# same is asked again, as the answer said.
	case $_VENV_CALL in
	?*)
		! _venv_defined "$_VENV_CALL" || "$_VENV_CALL"
		_VENV_TOLD=$_VENV_DID _VENV_CALLED=1
		_venv_ask_again
		_VENV_DID=$_VENV_TOLD$_VENV_DID _VENV_CALLED=''
		;;
	esac
	# The user's own functions, venv_activated and venv_deactivated.
	while case $_VENV_DID in '') \break ;; esac; do
		_VENV_LINE=${_VENV_DID%%"$_VENV_NL"*} _VENV_DID=${_VENV_DID#*"$_VENV_NL"}
		! _venv_defined "venv_${_VENV_LINE%% *}" || "venv_${_VENV_LINE%% *}" "${_VENV_LINE#* }"
	done
}

_venv_answer() { _VENV_ANSWER=$(\export PATH && \exec "$_VENV_BIN/venv-which" --hook "$@" 2>/dev/null) || :; }

# May they be set?  What they have already changes nothing.
_venv_try() {
	case ${_VENV_FIXED-}${PATH+set} in set) \command export "PATH=$PATH" 2>/dev/null || _VENV_FIXED=1 ;; esac
	case ${_VENV_FIXED-}${VIRTUAL_ENV+set} in set) \command export "VIRTUAL_ENV=$VIRTUAL_ENV" 2>/dev/null || _VENV_FIXED=1 ;; esac
	case ${_VENV_FIXED-} in ?*) \return 1 ;; esac
}

# Each line is a word.
_venv_ask_again() {
	\set --
	while case $_VENV_AGAIN in '') \break ;; esac; do
		\set -- "$@" "${_VENV_AGAIN%%"$_VENV_NL"*}"
		_VENV_AGAIN=${_VENV_AGAIN#*"$_VENV_NL"}
	done
	_venv_ask "$@"
}

# A program that was asked for help has given it.  What has another end changes
# nothing: an update may have brought another protocol to a shell that runs.
_venv_unread() {
	case $_VENV_NL$_VENV_ANSWER in
	*"${_VENV_NL}end "[0-9]*)
		_venv_warn_once 'another version of it was installed, which this shell cannot read; start a new shell'
		\return 1
		;;
	esac
	case $_VENV_WORDS in
	0) _venv_warn_once "no answer from $_VENV_BIN/venv-which; install it again, or take its line out of your startup file" ;;
	*) _venv_print "$_VENV_ANSWER" ;;
	esac
}

# use, pick, off, on.  Without the program one can still get out.
_venv_verb() {
	case $1 in off) \command test -x "$_VENV_BIN/venv" || {
		_VENV_TEXT=:${PATH-}: _VENV_LINE=${VIRTUAL_ENV:+":$VIRTUAL_ENV/bin:"}
		case $_VENV_TEXT in *"${_VENV_LINE:-?}"*) _VENV_TEXT=${_VENV_TEXT%%"$_VENV_LINE"*}:${_VENV_TEXT#*"$_VENV_LINE"} ;; esac
		_VENV_TEXT=${_VENV_TEXT#:} PATH=${_VENV_TEXT%:}
		_venv_take "state none${_VENV_NL}deactivate none${_VENV_NL}unset VIRTUAL_ENV${_VENV_NL}unset VIRTUAL_ENV_PROMPT${_VENV_NL}unset VENV_WHICH_AUTO${_VENV_NL}end 2"
		\return
	} ;; esac
	_venv_ask "$@" || \return
	_VENV_SEEN=${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}
	_venv_show
}

# A path that was absent is there, or one that was there is absent, or what is
# active by a link is another one by now.
_venv_is_stale() {
	_VENV_TEXT=$_VENV_PATHS
	while :; do
		_VENV_LINE=${_VENV_TEXT%%"$_VENV_NL"*}
		case $_VENV_LINE in
		'') \return 1 ;;
		'watch '*) ! \command test -e "${_VENV_LINE#* }" || \return 0 ;;
		'keep '*) \command test -e "${_VENV_LINE#* }" || \return 0 ;;
		'same '*) \command test "${VIRTUAL_ENV-}" -ef "${_VENV_LINE#* }" || \return 0 ;;
		esac
		_VENV_TEXT=${_VENV_TEXT#*"$_VENV_NL"}
	done
}

# Ask where the answer could be another one by now.
_venv_hook() {
	case ${VENV_WHICH_DISABLE-} in ?*) \return 0 ;; esac
	case ${PWD-}:${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-} in
	"${_VENV_PWD-}:$_VENV_SEEN") _venv_is_stale || \return 0 ;;
	esac
	_venv_ask
	_VENV_SEEN=${PWD-}:${VIRTUAL_ENV-}:${VENV_WHICH_AUTO-}:${PATH-}
	_venv_show
}

# The user's own cd goes on to be called, by another name.  Its text is the
# shell's; nothing else is made into code here.
_venv_wrap() {
	_VENV_TEXT=''
	! _venv_defined cd || _VENV_TEXT=$(\command typeset -f cd)
	case $_VENV_TEXT in
	'' | *_venv_changed*) ;;
	'function '*) \eval "function _venv_users_${_VENV_TEXT#function }" ;;
	*) \eval "_venv_users_$_VENV_TEXT" ;;
	esac
	_venv_define_cd
}
