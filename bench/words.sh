# How bench/run measures in shells of POSIX's kind; words.bash explains the words.
# What completes there is not ours, and none of the peers has a hook for them.

echo @load
case $TOOL in
ours)
	eval "$("$STAGE/bin/venv" init "$NAME")"
	case $NAME in
	dash) prompt() { :; } ;;
	*) prompt() { _venv_prompt; } ;;
	esac
	;;
esac
echo @end

block() {
	label=$1 n=$2 left=$2
	shift 2
	"$STAMP" start >>"$OUT"
	while [ "$left" -gt 0 ]; do
		"$@"
		left=$((left - 1))
	done
	"$STAMP" "$label" "$n" >>"$OUT"
}
nothing() { :; }
run() { "$EMPTY"; }
capture() { output=$("$EMPTY"); }
go() {
	cd "$1"
	cd "$2"
}
type_go() {
	cd "$1"
	prompt
	cd "$2"
	prompt
}
proof() { "$STAMP" active "$VIRTUAL_ENV" >>"$OUT"; }
