# venv-which for zsh 5.1 and later: does as told.
#: \source '@scriptdir@/venv.zsh'
# `venv init` prints that.  In ~/.zshrc:  eval "$(command venv init zsh)"
# The second half of the script, hook/venv.zsh, decides when to ask; what is to
# be done about the answer is decided in C.
#
# Every builtin is called as `\builtin NAME`, for users have aliases and
# functions of those names.  The functions that zsh or the user calls set
# zsh's own options first; the others inherit them.

# Interactive shells only: nobody else may notice.  And a user's function called
# `builtin` would be asked for everything below.
if [[ -o interactive ]] && (( ! ${+functions[builtin]} )); then

# -- State --------------------------------------------------------------------

# _VENV_MEMORY   what the last answer gave to be handed back; empty: never asked
# _VENV_PATHS    its lines `keep` and `watch`, until a prompt needs them
# _VENV_PROMPT   what the prompt shows in front
# _VENV_DEACTIVATE  not empty: the function `deactivate` is ours
# _VENV_LABEL    what the user's own prompt shows; _VENV_MARK, what is not active
# _VENV_PSVAR    the length of psvar with our elements in it

# What the environment says of these is somebody else's, unless this script
# was loaded here before.  (Two of them are handed down: _VENV_BEFORE, with its
# prompt, and _VENV_PYTHONHOME.)
if (( ! ${+functions[_venv_take]} )); then
	\builtin unset -m '_VENV_[^BP]*' '_VENV_P[^Y]*' VENV_WHICH_NAME VENV_WHICH_VERSION VENV_WHICH_STATE VENV_WHICH_PROMPT || \builtin true
	\builtin typeset -g _VENV_MEMORY= _VENV_PATHS= _VENV_PROMPT= _VENV_LABEL= \
		_VENV_MARK= _VENV_DEACTIVATE= _VENV_PWD= _VENV_READY= _VENV_WARNED= \
		_VENV_CALLED= _VENV_COMPLETES= _VENV_PSVAR=0 _VENV_LOADS=0
	\builtin typeset -ga _VENV_STALE
fi

# Where the programs were installed, for an environment could have put its own
# into PATH; and what this script is, for `venv doctor`.
\builtin typeset -g _VENV_BIN='@bindir@' _VENV_RELEASE='@version@'

# How PROMPT refers to _VENV_PROMPT: an element of psvar is never expanded, as
# a variable would be under PROMPT_SUBST and a text by its `%`.  The index is
# one that no theme counts up to.
\builtin typeset -g _VENV_PS1='%(97V.%97v.)'

# May the variable be assigned to?  The attempt would end the command line.
_venv_writable() {
	[[ ${(Pt)1-} != *readonly* ]]
}

# -- The answer ---------------------------------------------------------------

# Do what the lines of $1 say, but for what is to be called, which is left in the
# caller's `call`, `again` and `did`.  What is to be shown begins with `state`;
# without it all of it stays.  `keep` and `watch` come last, and wait.  False: it
# has no end, and was not meant for us.
_venv_take() {
	\builtin local line value text=$'\n'$1
	if [[ $text != *$'\nend 2' ]]; then \builtin return 1; fi
	line=${text%%$'\n'keep *}
	line=${line%%$'\n'watch *}
	_VENV_PATHS=${text:${#line}}
	for line in ${(f)line}; do
		value=${line#* }
		case ${line%% *} in
		(set) \builtin typeset -g${${value:#${PATH+PATH} *}:+x} "${value/ /=}" ;;
		(unset) \builtin unset "$value" ;;
		(state)
			\builtin typeset -g VENV_WHICH_STATE=$value VENV_WHICH_NAME= VENV_WHICH_VERSION=
			_VENV_PROMPT= _VENV_LABEL= _VENV_MARK=
			;;
		(prompt) _VENV_PROMPT=$value ;;
		(name) VENV_WHICH_NAME=$value ;;
		(version) VENV_WHICH_VERSION=$value ;;
		(label) _VENV_LABEL=$value ;;
		(mark) _VENV_MARK=$value ;;
		(deactivate) _venv_own "$value" ;;
		(memory) _VENV_MEMORY=$value ;;
		(say) \builtin print -ru2 -- "$value" ;;
		(call) call=$value ;;
		(ask) again+=("$value") ;;
		(did) did+=("$value") ;;
		esac
	done
}

# Whose `deactivate` there is to be.  That comes last of what is to be shown.
_venv_own() {
	if [[ $1 == none && -n $_VENV_DEACTIVATE ]] && (( ${+functions[deactivate]} )); then \builtin unfunction deactivate; fi
	_VENV_DEACTIVATE=
	if [[ $1 == ours ]]; then
		function deactivate { if (( ${+functions[_venv_verb]} )); then _venv_verb off; fi; }
		_VENV_DEACTIVATE=1
	fi
	# A subshell has no prompt, and the user's own may print at any time.
	_venv_prompt_keep
	if (( ! ZSH_SUBSHELL )); then \venv_prompt >/dev/null || \builtin true; fi
}

# -- Prompt -------------------------------------------------------------------

# PROMPT refers to our element for good; what comes and goes is the value.  The
# user's own may show it; and powerlevel10k, which comes last from the second
# prompt on, would lose it then.
_venv_show() {
	\builtin local prompts=${PS1-}${RPS1-}${RPROMPT-}
	if [[ -n ${PS1+set} && ${PS1-} != *"$_VENV_PS1"* && $prompts != *VENV_WHICH_PROMPT* && $prompts != *venv_prompt* &&
		$prompts != *'%(98V.'* && $prompts != *_p9k_* ]] && _venv_writable PS1; then
		PS1=$_VENV_PS1$PS1
	fi
}

# Have our elements in psvar, from which themes that build it anew at every
# prompt take them.  It grows by empty elements up to ours, which go with them.
_venv_prompt_keep() {
	if ! _venv_writable psvar; then \builtin return 0; fi
	if [[ -n $_VENV_PROMPT$_VENV_LABEL$_VENV_MARK ]] || (( ${#psvar} > 96 )); then
		psvar[97]=$_VENV_PROMPT
		psvar[98]=${_VENV_LABEL:+"($_VENV_LABEL)"}
		psvar[99]=${_VENV_MARK:+"($_VENV_MARK)"}
		psvar[${psvar[(I)?*]}+1,-1]=()
	fi
	_VENV_PSVAR=${#psvar}
}

# How a prompt refers to the segment, without a word of it, whenever it takes it.
_venv_segment() {
	\builtin local text='%(98V.%98v .)%(99V.%99v .)'
	if [[ -z ${NO_COLOR-} && -n ${TERM-} && ${TERM-} != dumb ]]; then
		text='%(98V.%F{cyan}%98v%f .)%(99V.%F{yellow}%99v%f .)'
	fi
	if _venv_writable VENV_WHICH_PROMPT; then \builtin typeset -g "VENV_WHICH_PROMPT=$text"; fi
}

# Called when something has changed, not at each prompt.  Where a prompt calls
# it, in `$(venv_prompt)`, it prints.  The user may have one of his own.
if (( ! ${+functions[venv_prompt]} )); then
	function venv_prompt {
		\builtin local keep=$?
		\builtin emulate -L zsh -o no_err_exit -o no_err_return
		if (( ${+functions[_venv_segment]} )); then _venv_segment; fi
		if (( ZSH_SUBSHELL )); then \builtin print -rn -- "${VENV_WHICH_PROMPT-}"; fi
		\builtin return $keep
	}
fi
_venv_segment

# -- Commands -----------------------------------------------------------------

# The first ones act on the shell, which tells the last one what only it knows.
# Every other one may change the answer about this directory.
function venv {
	if (( ! ${+functions[_venv_verb]} )); then \builtin command venv "$@"; \builtin return; fi
	case ${1-} in
	(use|pick|off|on) _venv_verb "$@" ;;
	(doctor) \builtin source '@scriptdir@/doctor.zsh' && _venv_doctor "$@" ;;
	(*)
		\builtin local keep=0
		"$_VENV_BIN/venv" --hook "memory=${_VENV_MEMORY-}" "$@" || keep=$?
		_venv_changed
		\builtin return $keep
		;;
	esac
}

fi
