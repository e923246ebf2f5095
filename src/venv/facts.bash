# What only a shell knows of itself, for `venv doctor`, in bash: arguments
# `WORD VALUE`; see facts.h.  The program judges.  Read when it is asked for.

_venv_doctor() {
	\builtin local "IFS= " text
	\builtin local -a facts
	\builtin shift
	facts=(
		"shell bash" "release $BASH_VERSION" "version $_VENV_RELEASE"
		"bin $_VENV_BIN" "loads ${_VENV_LOADS-}" "memory ${_VENV_MEMORY-}"
		"prompt-in PROMPT_COMMAND" ${_OLD_VIRTUAL_PATH+"sourced"}
	)
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
	case " $* " in
	*' --time '*) facts+=("laps 200 50 $(_venv_laps 2>/dev/null)") ;;
	esac
	"$_VENV_BIN/venv" --hook doctor "${facts[@]}" end "$@"
}

# The time before and after nothing, prompts, a program that does nothing, and
# what `cd` asks.  In a subshell, where all that they change is forgotten.
_venv_laps() {
	_venv_lap 0
	_venv_lap 0
	_venv_lap 200 _venv_prompt
	_venv_lap 50 _venv_program
	_venv_lap 50 _venv_anew
}

_venv_anew() {
	_VENV_PWD=''
	_venv_hook
}

_venv_program() {
	\builtin local text
	text=$(\builtin exec "$_VENV_BIN/venv-which" -V)
}

_venv_lap() {
	\builtin local i
	for ((i = 0; i < $1; i++)); do "$2"; done
	"$_VENV_BIN/venv" --hook doctor clock
}
