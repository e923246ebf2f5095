# What only a shell knows of itself, for `venv doctor`, in zsh: arguments
# `WORD VALUE`; see facts.h.  The program judges.  Read when it is asked for.

_venv_doctor() {
	\builtin emulate -L zsh -o no_err_exit -o no_err_return
	\builtin local -a facts
	\builtin shift
	facts=(
		'shell zsh' "release $ZSH_VERSION" "version $_VENV_RELEASE"
		"bin $_VENV_BIN" "loads $_VENV_LOADS" "memory $_VENV_MEMORY"
		'prompt-in precmd_functions' 'chdir-in chpwd_functions'
		${_OLD_VIRTUAL_PATH+sourced} ${aliases[venv]+"alias ${aliases[venv]}"}
		"prompt ${(@)^precmd_functions}" "chdir ${(@)^chpwd_functions}"
		${functions[cd]+"chdir ${functions[cd]}"}
	)
	if (( ${@[(Ie)--time]} )); then
		facts+=("laps 200 50 $(_venv_laps 2>/dev/null)")
	fi
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
	_VENV_PWD=
	_venv_hook
}

_venv_program() {
	\builtin local text
	text=$("$_VENV_BIN/venv-which" -V)
}

_venv_lap() {
	repeat $1; do $2; done
	"$_VENV_BIN/venv" --hook doctor clock
}
