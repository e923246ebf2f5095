# What only a shell knows of itself, for `venv doctor`, in shells of POSIX's kind:
# arguments `WORD VALUE`; see facts.h.  The program judges.  Read when it is asked
# for.

_venv_doctor() {
	\shift
	case ${_OLD_VIRTUAL_PATH+set} in set) \set -- sourced end "$@" ;; *) \set -- end "$@" ;; esac
	! _VENV_TEXT=$(\alias venv 2>/dev/null) || \set -- "alias ${_VENV_TEXT#*=}" "$@"
	case $_VENV_SHELL in
	mksh) \set -- 'prompt-in PS1' "prompt ${PS1-}" "$@" ;;
	ksh93) \set -- 'prompt-in PS1.get' "prompt $(\typeset -f PS1.get)" "$@" ;;
	yash)
		# Lists there, each a word.
		# shellcheck disable=SC2066 # yash splits them
		for _VENV_TEXT in "${PROMPT_COMMAND-}"; do \set -- "prompt $_VENV_TEXT" "$@"; done
		# shellcheck disable=SC2066
		for _VENV_TEXT in "${YASH_AFTER_CD-}"; do \set -- "chdir $_VENV_TEXT" "$@"; done
		\set -- 'prompt-in PROMPT_COMMAND' 'chdir-in YASH_AFTER_CD' "$@"
		;;
	esac
	case " $* " in *' --time '*) \set -- "laps 200 50 $(_venv_laps 2>/dev/null)" "$@" ;; esac
	case $_VENV_SHELL in
	*ksh*) \set -- "wrap cd $(\typeset -f cd)" "$@" ;;
	esac
	"$_VENV_BIN/venv" --hook doctor "shell $_VENV_SHELL" \
		"release ${YASH_VERSION-${KSH_VERSION-}}" "version $_VENV_RELEASE" \
		"bin $_VENV_BIN" "loads ${_VENV_LOADS-}" "memory ${_VENV_MEMORY-}" "$@"
}

# The time before and after nothing, prompts, a program that does nothing, and
# what `cd` asks.  In a subshell, where all that they change is forgotten.
_venv_laps() {
	_venv_lap 0
	_venv_lap 0
	_venv_lap 200 _venv_hook
	_venv_lap 50 _venv_program
	_venv_lap 50 _venv_changed
}

_venv_program() {
	_VENV_TEXT=$(\exec "$_VENV_BIN/venv-which" -V)
}

_venv_lap() {
	_VENV_LAP=$1
	while case $_VENV_LAP in 0) \break ;; esac; do
		"$2"
		: $((_VENV_LAP = _VENV_LAP - 1))
	done
	"$_VENV_BIN/venv" --hook doctor clock
}
