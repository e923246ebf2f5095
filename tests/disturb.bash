# shellcheck shell=bash
# Loaded by the files that kill `venv` at its system calls, or have these fail:
# which there are, and what is left afterwards.

# What kills, in C: tests/kill_at.c.  Where it cannot, strace does.
KILL_AT=${PTY%/*}/kill_at status=0
"$KILL_AT" 2>/dev/null || status=$?
((status != 2)) || KILL_AT=
unset status

# Those that change something, or hold it together.
CALLS=mkdir,mkdirat,symlinkat,linkat,openat,write,fchmod,utimensat
CALLS+=,renameat,renameat2,unlinkat,rmdir,flock,close

# steps COMMAND...: "CALL N" for each of these calls of a run of the command,
# from the first that changes something on; strace counts each call by itself.
steps() {
	strace -qq -e "trace=$CALLS" -o steps.trace "$@" || fail "status $?: $*"
	awk -F '(' '
		/^[-+]/ { next }
		{ n[$1]++ }
		/^(mkdir|rename|symlink|link|unlink|rmdir)|O_CREAT|^flock/ { on = 1 }
		on { print $1, n[$1] }' steps.trace
}

# disturb CALL N WHAT COMMAND...: at its Nth such call the command meets WHAT:
# signal=KILL, or error=NAME.  Whether it succeeds goes to $disturbed.
# shellcheck disable=SC2034 # it is for the .bats files
disturb() {
	disturbed=0
	strace -qq -o /dev/null -e "trace=$1" -e "inject=$1:$3:when=$2" "${@:4}" \
		>disturb.out 2>&1 </dev/null || disturbed=$?
}

# state DIR: all that is in it, and the bytes of the files; of byte code, which
# no image has twice, how many.
state() {
	{
		list_all "$1"
		(cd "$1" && find . -type f -exec cksum {} +) |
			sed 's/^[0-9]* \(.*\.pyc\)$/\1/'
	} | LC_ALL=C sort
}

# same_state WHAT DIR FILE: what state() said of it once.
same_state() {
	state "$2" >state.now
	diff "$3" state.now >state.diff && return
	head -n 20 state.diff
	cat disturb.out 2>/dev/null
	fail "another state than expected: $1"
}

# leftovers DIR: what waits or was put aside in it.
leftovers() {
	find "$1" \( -name '.*.new' -o -name '.venv-which.*' -o -name '*.dist-info' \
		! -exec test -s {}/RECORD \; \) -print
}

# is_env DIR: it looks like one.
is_env() { [[ -f $1/pyvenv.cfg && ! -L $1/pyvenv.cfg ]]; }

# runs DIR [MODULE]: its Python does, for it, and imports that.
runs() {
	"$1/bin/python" -I -B -c "import sys${2:+, $2}
assert sys.prefix == '$PWD/$1', sys.prefix"
}

# at_each STEPS killed CHECK COMMAND... or at_each STEPS failing DIR ERRORS COMMAND...:
# at each of the steps that the file lists; see disturb.py.
at_each() {
	PYTHON=$PYTHON KILL_AT=$KILL_AT "$REAL_PYTHON" -I -S "$ROOT/tests/disturb.py" \
		"$@" ||
		fail "not so: $*"
}
