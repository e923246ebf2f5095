# venv-which for shells of POSIX's kind, dash, ksh93, mksh and yash: does as told.
#: \. '@scriptdir@/venv.@shell@'
# `venv init` prints that.  In the startup file (INSTALL):
#	eval "$(command venv init dash)"
# hook/venv.sh asks, hook/venv.SHELL says when; what is to be done about the
# answer is decided in C.
#
# Builtins are called past aliases, and past functions where one may have the
# name.  No word is split, for IFS is the user's; what would be local elsewhere
# is called _VENV_X.

# Interactive shells only: nobody else may notice.
case $- in *i*) ;; *) \return 0 ;; esac

# -- State --------------------------------------------------------------------

# What the environment says of these is somebody else's, unless this script
# was loaded here before.
\command -v _venv_take >/dev/null || \unset -v _VENV_MEMORY _VENV_PATHS \
	_VENV_PROMPT _VENV_DEACTIVATE _VENV_LABEL _VENV_MARK _VENV_PWD _VENV_SEEN \
	_VENV_WARNED _VENV_READY _VENV_LOADS _VENV_CALLED _VENV_FIXED _VENV_HELD _VENV_AGAIN \
	VENV_WHICH_NAME VENV_WHICH_VERSION VENV_WHICH_STATE VENV_WHICH_PROMPT

# Where the programs were installed, for an environment could have put its own
# into PATH; and what this script is, for `venv doctor`.
_VENV_BIN='@bindir@' _VENV_RELEASE='@version@'
_VENV_PROMPT=${_VENV_PROMPT-} _VENV_PATHS=${_VENV_PATHS-}
_VENV_NL='
'

# -- The answer ---------------------------------------------------------------

# Do what the lines of $1 say, but for what is to be called, which is left in
# _VENV_CALL, _VENV_AGAIN and _VENV_DID.  What is to be shown begins with `state`;
# without it all of it stays.  False: it has no end, and was not meant for us.
_venv_take() {
	_VENV_CALL='' _VENV_AGAIN='' _VENV_DID='' _VENV_PATHS=''
	case $_VENV_NL$1 in *"${_VENV_NL}end 2") ;; *) \return 1 ;; esac
	_VENV_TEXT=$1
	while :; do
		_VENV_LINE=${_VENV_TEXT%%"$_VENV_NL"*}
		_VENV_VALUE=${_VENV_LINE#* }
		case $_VENV_LINE in
		'set '*) \command export "${_VENV_VALUE%% *}=${_VENV_VALUE#* }" 2>/dev/null || _VENV_FIXED=1 ;;
		'unset '*) \command unset -v "$_VENV_VALUE" 2>/dev/null || _VENV_FIXED=1 ;;
		'state '*)
			VENV_WHICH_STATE=$_VENV_VALUE VENV_WHICH_NAME='' VENV_WHICH_VERSION=''
			_VENV_PROMPT='' _VENV_LABEL='' _VENV_MARK=''
			;;
		'name '*) VENV_WHICH_NAME=$_VENV_VALUE ;;
		'version '*) VENV_WHICH_VERSION=$_VENV_VALUE ;;
		'prompt '*) _venv_quote; _VENV_PROMPT=$_VENV_VALUE ;;
		'label '*) _VENV_LABEL=$_VENV_VALUE ;;
		'mark '*) _VENV_MARK=$_VENV_VALUE ;;
		'deactivate '*) _venv_own "$_VENV_VALUE" ;;
		'memory '*) _VENV_MEMORY=$_VENV_VALUE ;;
		'say '*) _venv_print "$_VENV_VALUE" >&2 ;;
		'call '*) _VENV_CALL=$_VENV_VALUE ;;
		'ask '*) _VENV_AGAIN=$_VENV_AGAIN$_VENV_VALUE$_VENV_NL ;;
		'did '*) _VENV_DID=$_VENV_DID$_VENV_VALUE$_VENV_NL ;;
		'keep '* | 'watch '* | 'same '* | 'end 2') \break ;;
		esac
		_VENV_TEXT=${_VENV_TEXT#*"$_VENV_NL"}
	done
	_VENV_PATHS=${_VENV_TEXT%'end 2'}
}

# Whose `deactivate` there is to be.  That comes last of what is to be shown.
_venv_own() {
	case ${_VENV_DEACTIVATE-}$1 in 1none) \unset -f deactivate ;; esac
	_VENV_DEACTIVATE=''
	case $1 in
	ours)
		_venv_define_deactivate
		_VENV_DEACTIVATE=1
		;;
	esac
	\venv_prompt >/dev/null || :
}

# -- Prompt -------------------------------------------------------------------

# PS1 refers to a variable, whose value is not expanded again: a name is never
# code.  (Or where it is, as ! in ksh93, _venv_quote has seen to it.)  It does so
# for good; what comes and goes is the value.  Or the user's own prompt shows it;
# in mksh the hook is in the reference, and stays.
_venv_show() {
	case ${PS1-} in
	*"$_VENV_REFERENCE"*) \return 0 ;;
	*VENV_WHICH_PROMPT* | *'$(venv_prompt)'*) case $_VENV_SHELL in mksh) ;; *) \return 0 ;; esac ;;
	esac
	# Where it is read-only the attempt ends all that is being done: one will do.
	case ${_VENV_HELD-} in '') _VENV_HELD=1 PS1=$_VENV_REFERENCE${PS1-} && _VENV_HELD='' ;; esac
}

# Called when something has changed, not at each prompt.  Where a prompt calls
# it, in `$(venv_prompt)`, it prints.  The user may have one of his own.
\command -v venv_prompt >/dev/null || venv_prompt() {
	\set -- "$?"
	_VENV_VALUE=${_VENV_LABEL:+"($_VENV_LABEL) "}${_VENV_MARK:+"($_VENV_MARK) "}
	_venv_quote
	VENV_WHICH_PROMPT=$_VENV_VALUE
	_venv_print "$VENV_WHICH_PROMPT"
	\return "$1"
}
VENV_WHICH_PROMPT=${VENV_WHICH_PROMPT-}

# -- Commands -----------------------------------------------------------------

# The first ones act on the shell, which tells the last one what only it knows.
# Every other one may change the answer about this directory.
_venv_command() {
	case ${1-} in
	use | pick | off | on) _venv_verb "$@" ;;
	doctor)
		\. '@scriptdir@/doctor.sh'
		_venv_doctor "$@"
		;;
	*)
		_VENV_STATUS=0
		"$_VENV_BIN/venv" --hook "memory=${_VENV_MEMORY-}" "$@" || _VENV_STATUS=$?
		_venv_changed
		\return "$_VENV_STATUS"
		;;
	esac
}
