# venv-which for zsh 5.1 and later: does as told.
#
# Loaded by this line in ~/.zshrc:  eval "$(command venv init zsh)"
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

# Where the programs were installed.  They are never looked up in PATH, where
# an environment could have put its own.
\builtin typeset -g _VENV_BIN='@bindir@'

# What this script is, for `venv doctor`.
\builtin typeset -g _VENV_RELEASE='@version@'

# _VENV_MEMORY   what the last answer gave to be handed back; empty: never asked
# _VENV_PATHS    its lines `keep` and `watch`, until a prompt needs them
# _VENV_PROMPT   what the prompt shows in front
# _VENV_DEACTIVATE  not empty: the function `deactivate` is ours
# _VENV_LABEL    what the user's own prompt shows; _VENV_MARK, what is not active
# _VENV_PSVAR    the length of psvar with our elements in it

# What the environment says of these is somebody else's, unless this script
# was loaded here before.
if (( ! ${+functions[_venv_take]} )); then
	\builtin unset _VENV_MEMORY _VENV_PATHS _VENV_PROMPT _VENV_DEACTIVATE \
		_VENV_LABEL _VENV_MARK _VENV_PSVAR _VENV_STALE _VENV_PWD _VENV_SEEN \
		_VENV_WARNED _VENV_READY _VENV_LOADS _VENV_COMPLETES _VENV_CALLED \
		VENV_WHICH_NAME VENV_WHICH_VERSION VENV_WHICH_STATE VENV_WHICH_PROMPT
	\builtin typeset -g _VENV_MEMORY= _VENV_PATHS= _VENV_PROMPT= _VENV_LABEL= \
		_VENV_MARK= _VENV_DEACTIVATE= _VENV_PWD= _VENV_READY= _VENV_WARNED= \
		_VENV_CALLED= _VENV_COMPLETES= _VENV_PSVAR=0 _VENV_LOADS=0
	\builtin typeset -ga _VENV_STALE
fi

# How PROMPT refers to _VENV_PROMPT: an element of psvar is never expanded, as
# a variable would be under PROMPT_SUBST and a text by its `%`.  The index is
# one that no theme counts up to.
\builtin typeset -g _VENV_PS1='%(97V.%97v.)'

# May the variable be assigned to?  The attempt would end the command line.
_venv_writable() {
	[[ ${(Pt)1-} != *readonly* ]]
}

# -- The answer ---------------------------------------------------------------

# Do what the lines of $1 say, but for the user's functions, which are left in
# the caller's `did`.  `keep` and `watch` come last, and wait.  False: it has no
# end, and was not meant for us.
_venv_take() {
	\builtin local head line value
	[[ $'\n'$1 == *$'\nend 2' ]] || \builtin return 1
	head=${1%%$'\n'keep *}
	head=${head%%$'\n'watch *}
	_VENV_PATHS=${1:${#head}}
	_VENV_PROMPT= _VENV_LABEL= _VENV_MARK= call= again=
	\builtin typeset -g VENV_WHICH_NAME= VENV_WHICH_VERSION=
	for line in "${(@f)head}"; do
		value=${line#* }
		case ${line%% *} in
		(set) \builtin typeset -gx "${value%% *}=${value#* }" ;;
		(unset) \builtin unset "$value" ;;
		(deactivate) _venv_own "$value" ;;
		(prompt) _VENV_PROMPT=$value ;;
		(label) _VENV_LABEL=$value ;;
		(mark) _VENV_MARK=$value ;;
		(state) \builtin typeset -g VENV_WHICH_STATE=$value ;;
		(name) VENV_WHICH_NAME=$value ;;
		(version) VENV_WHICH_VERSION=$value ;;
		(memory) _VENV_MEMORY=$value ;;
		(call) call=$value ;;
		(ask) again=${line#ask} ;;
		(say) \builtin print -ru2 -- "$value" ;;
		(did) did+=("$value") ;;
		esac
	done
	# A subshell has no prompt, and the user's own may print at any time.
	_venv_prompt_keep
	if (( ! ZSH_SUBSHELL )); then \venv_prompt >/dev/null || \builtin true; fi
}

# Call the user's own function, venv_activated or venv_deactivated, if he has it.
_venv_tell() {
	if (( ${+functions[venv_${1%% *}]} )); then "venv_${1%% *}" "${1#* }"; fi
}

# Whose `deactivate` there is to be.  One of the user's stays.
_venv_own() {
	if [[ $1 == ours ]]; then
		if (( ! ${+functions[deactivate]} )); then
			function deactivate {
				if (( ${+functions[_venv_verb]} )); then _venv_verb off; fi
			}
			_VENV_DEACTIVATE=1
		fi
		\builtin return 0
	elif [[ $1 == none && -n $_VENV_DEACTIVATE ]]; then
		\builtin unfunction deactivate
	fi
	_VENV_DEACTIVATE=
}

# Without the program nobody can tell anything; one can still get out.
_venv_out() {
	\builtin local entries=":${PATH-}:" bin=":${VIRTUAL_ENV-}/bin:"
	if [[ $entries == *"$bin"* ]]; then
		entries=${entries%%"$bin"*}:${entries#*"$bin"}
		entries=${entries#:} PATH=${entries%:}
	fi
	\builtin unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT VENV_WHICH_AUTO
	_VENV_PROMPT= _VENV_LABEL= _VENV_MARK=
	_venv_prompt_keep
	_venv_own none
}

# -- Prompt -------------------------------------------------------------------

# PROMPT refers to our element for good; what comes and goes is the value.
_venv_show() {
	if [[ ${PS1-} == *"$_VENV_PS1"* || -z ${PS1+set} ]] || _venv_segment_used || ! _venv_writable PS1; then
		\builtin return 0
	fi
	PS1=$_VENV_PS1$PS1
}

# Have our elements in psvar, from which themes that build it anew at every
# prompt take them.  It grows by empty elements up to ours, which go with them.
_venv_prompt_keep() {
	if ! _venv_writable psvar; then
		\builtin return 0
	fi
	if [[ -n $_VENV_PROMPT$_VENV_LABEL$_VENV_MARK ]] || (( ${#psvar} > 96 )); then
		psvar[97]=$_VENV_PROMPT
		psvar[98]=${_VENV_LABEL:+"($_VENV_LABEL)"}
		psvar[99]=${_VENV_MARK:+"($_VENV_MARK)"}
		while (( ${#psvar} )) && [[ -z ${psvar[-1]} ]]; do
			psvar[-1]=()
		done
	fi
	_VENV_PSVAR=${#psvar}
}

# Does the user's own prompt show the environment?
_venv_segment_used() {
	\builtin local prompts=${PS1-}${RPS1-}${RPROMPT-}
	[[ $prompts == *VENV_WHICH_PROMPT* || $prompts == *venv_prompt* || $prompts == *'%(98V.'* ]]
}

# How a prompt refers to the segment, without a word of it: with PROMPT_SUBST
# and without, at whatever time the prompt takes the text.
_venv_segment() {
	if ! _venv_writable VENV_WHICH_PROMPT; then
		\builtin return 0
	fi
	\builtin typeset -g VENV_WHICH_PROMPT='%(98V.%98v .)%(99V.%99v .)'
	if [[ -z ${NO_COLOR-} && -n ${TERM-} && ${TERM-} != dumb ]]; then
		VENV_WHICH_PROMPT='%(98V.%F{cyan}%98v%f .)%(99V.%F{yellow}%99v%f .)'
	fi
}

# Called when something has changed, not at each prompt.  Where a prompt calls
# it, in `$(venv_prompt)`, it prints.  The user may have one of his own.
if (( ! ${+functions[venv_prompt]} )); then
	function venv_prompt {
		\builtin local keep=$?
		\builtin emulate -L zsh -o no_err_exit -o no_err_return
		if (( ${+functions[_venv_segment]} )); then _venv_segment; fi
		if (( ZSH_SUBSHELL )); then
			\builtin print -rn -- "${VENV_WHICH_PROMPT-}"
		fi
		\builtin return $keep
	}
fi
_venv_segment

# -- Commands -----------------------------------------------------------------

# The first ones act on the shell.  The next may change the answer about this
# directory.  Everything else is the program's alone.
function venv {
	if (( ! ${+functions[_venv_verb]} )); then
		\builtin command venv "$@"
		\builtin return
	fi
	case ${1-} in
	(use|pick|off|on) _venv_verb "$@" ;;
	(doctor) _venv_doctor "$@" ;;
	(list | status) "$_VENV_BIN/venv" --hook "memory=${_VENV_MEMORY-}" "$@" ;;
	(allow|deny|create|recreate|link|remove)
		\builtin local keep=0
		"$_VENV_BIN/venv" "$@" || keep=$?
		_venv_again
		\builtin return $keep
		;;
	(*) "$_VENV_BIN/venv" "$@" ;;
	esac
}

# What only this shell knows of itself, as arguments `WORD VALUE`; see
# src/venv/facts.h.  The program judges.
_venv_doctor() {
	\builtin emulate -L zsh -o no_err_exit -o no_err_return
	\builtin local text
	\builtin local -a facts
	\builtin shift
	facts=(
		'shell zsh' "release $ZSH_VERSION" "version $_VENV_RELEASE"
		"bin $_VENV_BIN" "loads $_VENV_LOADS" "memory $_VENV_MEMORY"
		'prompt-in precmd_functions' 'chdir-in chpwd_functions'
	)
	if [[ -n ${_OLD_VIRTUAL_PATH+set} ]]; then facts+=(sourced); fi
	if (( ${+aliases[venv]} )); then facts+=("alias ${aliases[venv]}"); fi
	for text in "${precmd_functions[@]}"; do facts+=("prompt $text"); done
	for text in "${chpwd_functions[@]}"; do facts+=("chdir $text"); done
	if (( ${+functions[cd]} )); then facts+=("chdir ${functions[cd]}"); fi
	if (( ${@[(Ie)--time]} )); then
		facts+=("laps 1000 50 $(_venv_laps 2>/dev/null)")
	fi
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
	for ((i = 0; i < 50; i++)); do
		text=$("$_VENV_BIN/venv-which" -V)
	done
	"$_VENV_BIN/venv" --hook doctor clock
	for ((i = 0; i < 50; i++)); do _venv_again; done
	"$_VENV_BIN/venv" --hook doctor clock
}

fi
