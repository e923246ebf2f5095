# How bench/run measures in zsh.  Sourced by an interactive shell, it loads
# the hook of $TOOL and defines the words of the plans; words.bash explains
# them.

echo @load
case $TOOL in
(ours)
	eval "$("$STAGE/bin/venv" init zsh)"
	prompt() { _venv_prompt }
	;;
(direnv|direnv-new)
	[[ $TOOL == direnv ]] || DIRENV=$DIRENV_NEW
	eval "$($DIRENV hook zsh)"
	prompt() { _direnv_hook }
	;;
(mise)
	eval "$($MISE activate zsh)"
	prompt() { _mise_hook_precmd }
	;;
esac
echo @end

block() {
	local label=$1 n=$2 i
	shift 2
	$STAMP start >>$OUT
	for ((i = 0; i < n; i++)); do
		"$@"
	done
	$STAMP $label $n >>$OUT
}
nothing() { : }
run() { $EMPTY }
capture() {
	local output
	output=$($EMPTY)
}
go() {
	cd $1
	cd $2
}
type_go() {
	cd $1
	prompt
	cd $2
	prompt
}
# Outside of the line editor, without what compadd itself takes.  What completes
# is read at the first TAB.
_venv_answer() {
	(( ${+functions[_venv_offer]} )) || source $STAGE/share/venv-which/complete.zsh
	_venv_complete
}
tab() {
	setopt local_options extended_glob
	local -a words=(venv use '') candidates
	local CURRENT=3 PREFIX= QIPREFIX= service=venv offered
	compadd() { offered=$#candidates }
	_venv_answer
	echo 0 offered $offered >>$OUT
}
proof() { "$STAMP" active "$VIRTUAL_ENV" >>"$OUT"; }
