# How bench/run measures in bash.  Sourced by an interactive shell, it loads
# the hook of $TOOL and defines the words of the plans:
#
#	block LABEL N COMMAND...   run the command N times, and note the time
#	nothing, run, capture      no program; the empty one; $(the empty one)
#	prompt                     what the tool does at a prompt
#	go A B                     cd to A, then to B
#	type_go A B                the same as command lines, with their prompts
#	proof                      what is active, for the record
#	tab                        the function that TAB calls behind `venv use`

echo @load
case $TOOL in
ours)
	eval "$("$STAGE/bin/venv" init bash)"
	prompt() { _venv_prompt; }
	;;
direnv | direnv-new)
	[[ $TOOL == direnv ]] || DIRENV=$DIRENV_NEW
	eval "$("$DIRENV" hook bash)"
	prompt() { _direnv_hook; }
	;;
mise)
	eval "$("$MISE" activate bash)"
	prompt() { _mise_hook_prompt_command; }
	;;
esac
echo @end

block() {
	local label=$1 n=$2 i
	shift 2
	"$STAMP" start >>"$OUT"
	for ((i = 0; i < n; i++)); do
		"$@"
	done
	"$STAMP" "$label" "$n" >>"$OUT"
}
nothing() { :; }
run() { "$EMPTY"; }
# shellcheck disable=SC2034 # the output is not the point
capture() {
	local output
	output=$("$EMPTY")
}
# shellcheck disable=SC2164 # they exist
go() {
	cd "$1"
	cd "$2"
}
# shellcheck disable=SC2164
type_go() {
	cd "$1"
	prompt
	cd "$2"
	prompt
}
tab() {
	local COMP_LINE='venv use ' COMP_POINT=9 COMP_CWORD=2
	local COMP_WORDS=(venv use '') COMPREPLY=()
	# What completes is read at the first TAB.
	# shellcheck source=/dev/null
	declare -F _venv_complete >/dev/null ||
		source "$STAGE/share/venv-which/complete.bash"
	_venv_complete venv '' use
	echo "0 offered ${#COMPREPLY[@]}" >>"$OUT"
}
proof() { "$STAMP" active "$VIRTUAL_ENV" >>"$OUT"; }
