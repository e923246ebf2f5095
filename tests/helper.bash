# shellcheck shell=bash
# Loaded by every .bats file: a sandbox, real environments, and real shells on a
# real terminal.
#
# The lines that a test types are the same in every shell, because each shell's
# profile (tests/shells/SHELL) defines these words in its rc file, before the
# hook:
#	show NAME...	record `NAME=value` or `NAME unset`; `status` is $?
#	forget NAME...	unset
#	capture CMD	record what CMD prints in a command substitution
#	names		print the names of all variables and functions
#	manners		print the options, traps and aliases
#	mark N		what tests/pty.c waits for
# and the key Control-] for its ^=, which records `line=` what was typed.  A shell
# that has no line editor, or keeps its editor's modes while it runs commands,
# also prints what tests/terminal.h calls READS whenever it begins to read a line.
# What is recorded goes to the file $OUT, never by way of the screen.
#
# Where a shell's language is another one, its profile has a function `typed`, a
# filter that puts the lines of the tests into it, and ends the shell that calls it.
# What a shell cannot do stands in CANNOT in its profile: a reason, and below it,
# indented, the titles of the cases, or how they begin, or the name of a file.

# bats looks at each command, to name the line where a test fails.  That takes
# longer than most commands, so here it looks only at the one that failed, unless
# it is to print them all.
look_at_failures() {
	((${BATS_TRACE_LEVEL:-0} == 0)) || return 0
	declare -F bats_error_trap bats_capture_stack_trace >/dev/null || return 0
	set +T
	trap - DEBUG
	trap note_failure ERR
	# Where no command fails, as by exit, none is named.
	# shellcheck disable=SC2034 # bats'
	BATS_DEBUG_LAST_STACK_TRACE=() BATS_DEBUG_LASTLAST_STACK_TRACE=()
}
note_failure() {
	bats_error_trap
	bats_capture_stack_trace
	((BASH_SUBSHELL > ${COPIED:-0})) || show_session >>"$BATS_OUT"
}

# It would begin with that before it calls a test; and for the time, and for a
# file that goes with all others, it starts a process each.
if declare -F bats_setup_tracing >/dev/null; then
	TRACING=$(declare -f bats_setup_tracing)
	((${BATS_TRACE_LEVEL:-0})) || TRACING=${TRACING/"trap 'bats_debug_trap "*" DEBUG"/:}
	eval "their_$TRACING"
	bats_setup_tracing() { their_bats_setup_tracing && look_at_failures; }
fi
[[ -z ${EPOCHREALTIME-} ]] || get_mills_since_epoch() {
	echo "$((${EPOCHREALTIME/[!0-9]/} / 1000))"
}
rm() { [[ $# -eq 2 && $2 == "${BATS_OUT-}" ]] || command rm "$@"; }

# It has a shell for each test read all this again, which takes longer than most
# tests do.  The one that has read it for the file makes a copy of itself instead,
# where their script is a function, and what that would read is there.
# shellcheck disable=SC2016,SC2034,SC2154,SC2317 # text; theirs
test_in_copies() {
	local all one theirs=''
	declare -F bats_run_tests bats_run_test_with_retries >/dev/null || return 0
	all=$(declare -f bats_run_tests)
	one=$(declare -f bats_run_test_with_retries)
	[[ ! -f $BATS_LIBEXEC/bats-exec-test ]] || theirs=$(<"$BATS_LIBEXEC/bats-exec-test")
	# As it is in 1.7 to 1.10; a newer one finds the name of a test as it reads.
	[[ $all == *' || bats_exec_file_status=$?'* &&
		$one == *'"$BATS_LIBEXEC/bats-exec-test" "$@" "$try_number"'* &&
		$theirs == *'"$BATS_TEST_NAME" >>"$BATS_OUT" 2>&1 4>&1'* &&
		${num_jobs-} == 1 && ${BATS_TEST_RETRIES-} == 0 ]] || return 0
	[[ -z ${EPOCHREALTIME-} ]] ||
		theirs=${theirs//'$(get_mills_since_epoch)'/'$((${EPOCHREALTIME/[!0-9]/} / 1000))'}
	eval "exec_test() {
		$theirs
	}"
	# On the left of an || nothing would end a test.
	eval "${all//' || bats_exec_file_status=$?'/}"
	bats_run_test_with_retries() {
		local status
		((begun++)) || plan_to_clean
		trap - ERR
		set +e
		(copy_tests "$@" 1)
		status=$?
		set -e
		trap bats_error_trap ERR
		((status == 0)) || bats_exec_file_status=$status
	}
	make_their_directories
	look_at_failures
}
# shellcheck disable=SC2154 # theirs
make_their_directories() {
	local number=$BATS_FILE_FIRST_TEST_NUMBER_IN_SUITE all=()
	local last=$((number + ${#tests_to_run[@]}))
	while ((number++ < last)); do
		all+=("$BATS_RUN_TMPDIR/test/$number"/{home,run})
	done
	(umask 022 && mkdir -p "${all[@]}")
}
# shellcheck disable=SC2034,SC2317 # theirs
copy_tests() {
	BATS_TMPNAME=$BATS_RUN_TMPDIR/bats.$BASHPID
	BATS_OUT=$BATS_TMPNAME.out
	COPIED=$BASH_SUBSHELL
	source() { :; }
	mkdir() { [[ -d ${!#} ]] || command mkdir "$@"; }
	bats_evaluate_preprocessed_source() { unset -f source mkdir; }
	exec_test "$@"
}
test_in_copies

# No process where none is needed: all this is done for each test.
cd -P "${BASH_SOURCE[0]%/*}/.." || return
ROOT=$PWD
cd "$OLDPWD" || return
STAGE=${STAGE:-$ROOT/build/stage}
PTY=${PTY:-$ROOT/build/pty}
COPY=${PTY%/*}/copy
# shellcheck disable=SC2034 # for the .bats files
WITHIN=${PTY%/*}/within
TOOLS=${TOOLS:-$ROOT/build/tools}
SHELLS=("$ROOT/tests/shells/"*)
SHELLS="${SHELLS[*]##*/}"
# Those that have a script: some cannot be had here, and have no profile.
SCRIPTED=("$ROOT/hook/venv."*)
SCRIPTED="${SCRIPTED[*]##*/venv.}"
SCRIPTED=${SCRIPTED/ sh / }
SHELL_UNDER_TEST=${SHELL_UNDER_TEST:-bash}

# Debian, Fedora, Arch, Homebrew on arm64 and x86-64.
BATS_LIB_PATH=${BATS_LIB_PATH:+$BATS_LIB_PATH:}/usr/lib/bats:/usr/lib:/opt/homebrew/lib:/usr/local/lib

# As bats_load_library, without a process for each of their files.
load_library() {
	local dirs dir file
	IFS=: read -ra dirs <<<"$BATS_LIB_PATH"
	for dir in "${dirs[@]}"; do
		[[ -d $dir/$1/src ]] || continue
		for file in "$dir/$1/src/"*.bash; do
			# shellcheck disable=SC1090 # they are not ours
			source "$file"
		done
		return
	done
	bats_load_library "$1"
}
load_library bats-support
load_library bats-assert

PYTHON=/usr/bin/python3
[[ -x $PYTHON ]] || PYTHON=$(command -v python3)
REAL_PYTHON=$PYTHON

# Directory names that have hurt someone.
# shellcheck disable=SC2016,SC2034,SC1003 # text, for the .bats files
HOSTILE_NAMES=(
	'two words' "it's" 'say "so"' '$(touch PWNED)' '`touch PWNED`'
	'a;touch PWNED' '*' '[b]' '?' 'back\slash' 'end\' 'bang!' '%F{red}'
	'%s%n' '#hash' '~' 'a&b' 'a|touch PWNED' '{a,b}' 'k=v' '$HOME' '${IFS}'
	'a<b>c' '(x)' '-dash' '--' 'trailing ' ' leading' $'tab\there'
	$'\360\237\220\215' $'rtl\342\200\256txt' $'bad\377byte' $'esc\033[31m'
	$'bell\007'
)
printf -v LONG_NAME '%255s' ''
HOSTILE_NAMES+=("${LONG_NAME// /x}")
ALL_NAMES=("${HOSTILE_NAMES[@]}")

# --- the sandbox

# Nothing of the caller's reaches a test but what is named here.
clean_environment() {
	[[ -n ${BEHIND-} ]] || plan_to_clean
	# These tests know it, what they start does not.
	export -n TOOLS
	unset "${UNWANTED[@]}"
	export PATH=$STAGE/bin$BEHIND LANG=C.UTF-8 TERM=xterm
}

# What that takes away, and what is behind our own in PATH; once for all tests.
plan_to_clean() {
	local name places=''
	# Where each shell is; no process is started for that.
	for name in $SHELLS; do
		! hash "$name" 2>/dev/null || places+=:${BASH_CMDS[$name]%/*}
	done
	UNWANTED=(_)
	for name in $(compgen -e); do
		case $name in
		BATS_* | PATH | PWD | TMPDIR | STAGE | PTY* | TOOLS | *SAN_OPTIONS) ;;
		REQUIRE_SHELLS | SHELL_UNDER_TEST | SHELL_DIR) ;;
		*) UNWANTED+=("$name") ;;
		esac
	done
	# And the one under test may be another one than the system's.
	BEHIND=${SHELL_DIR:+:$SHELL_DIR}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
	# Shells that are elsewhere, and no directory twice.
	for name in ${places//:/ }; do
		[[ :$STAGE/bin$BEHIND: == *":$name:"* ]] || BEHIND+=:$name
	done
	# bats exports functions, which bash would take over.
	# shellcheck disable=SC2046 # names
	export -nf $(compgen -A function bats)
}

# What `run --separate-stderr` asks for; a process for each would be too much.
mktemp() {
	if [[ $# -gt 1 || $1 != "$BATS_TEST_TMPDIR/separate-stderr-XXXXXX" ]]; then
		command mktemp "$@"
		return
	fi
	local file=${1%XXXXXX}$BASHPID.${EPOCHREALTIME-}
	: >"$file" && printf '%s\n' "$file"
}

# What `run` makes lines with; theirs reads byte by byte, as bash does what it has
# from a pipe.  No test asks for the empty ones.
bats_separate_lines() {
	local IFS=$'\n' flags=$-
	set -f
	eval "$1=(\$$2)"
	[[ $flags == *f* ]] || set +f
}

sandbox() {
	look_at_failures
	clean_environment
	umask 022
	cd -P "${BATS_TEST_TMPDIR:-$BATS_FILE_TMPDIR}" || return
	HOME=$PWD/home
	export HOME XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share
	export XDG_STATE_HOME=$HOME/.local/state XDG_CACHE_HOME=$HOME/.cache
	export OUT=${HOME%/*}/out XDG_RUNTIME_DIR=${HOME%/*}/run
	SCREEN=${HOME%/*}/screen
	[[ -d $HOME ]] || mkdir "$HOME" "$XDG_RUNTIME_DIR"
	cd "$HOME" || return
	profile "$SHELL_UNDER_TEST"
	skip_what_it_cannot
	enter_what_it_can
	: >"$OUT"
	[[ -x $STAGE/bin/venv ]] || { echo "no $STAGE/bin/venv: make stage"; return 1; }
}

# A case that the shell under test cannot do is skipped by the reason.
skip_what_it_cannot() {
	local line reason title=${BATS_TEST_DESCRIPTION-} file=${BATS_TEST_FILENAME##*/}
	local IFS=$'\n'
	[[ -n ${BATS_TEST_NAME_PREFIX-} ]] || return 0
	title=${title#"$BATS_TEST_NAME_PREFIX"}
	# Most can be done.
	[[ $CANNOT == *$'\n\t'"${title:0:4}"* ||
		$CANNOT$'\n' == *$'\n\t'"$file"$'\n'* ]] ||
		return 0
	set -f
	for line in $CANNOT; do
		case $line in
		$'\t'*) [[ $title != "${line#?}"* && $file != "${line#?}" ]] ||
			skip "$SHELL_UNDER_TEST: $reason" ;;
		*) reason=$line ;;
		esac
	done
	set +f
}

# Of the names, those that the shell under test can enter.
enter_what_it_can() {
	local name names=()
	declare -F can_enter >/dev/null || return 0
	for name in "${HOSTILE_NAMES[@]}"; do
		! can_enter "$name" || names+=("$name")
	done
	HOSTILE_NAMES=("${names[@]}")
}

# inner_shells: how those are started that a shell is tried with inside of it: the
# first three and itself, and its neighbour of those that are here.
inner_shells() {
	local shell all=() first next=0
	for shell in $SHELLS; do
		! command -v "$shell" >/dev/null || all+=("$shell")
	done
	first=${all[0]}
	for shell in "${all[@]}" "$first"; do
		if [[ " bash fish zsh $SHELL_UNDER_TEST " == *" $shell "* ]] || ((next)); then
			(profile "$shell" && echo "$INNER")
		fi
		next=0
		[[ $shell != "$SHELL_UNDER_TEST" ]] || next=1
	done | sort -u
}

# A missing shell is skipped by name; where it is required, that is a failure.
# One that the system has not may be among the tools.
need_shell() {
	local shell=${1:-$SHELL_UNDER_TEST}
	command -v "$shell" >/dev/null && return
	if [[ -d $TOOLS/bin/$shell ]]; then
		with_tool "$shell"
		return
	fi
	# All are those that packaging/deps or packaging/tools would bring.
	if [[ " ${REQUIRE_SHELLS-} " == *" $shell "* ]] ||
		{ [[ ${REQUIRE_SHELLS-} == all ]] &&
			grep -qE "^[[:blank:]]+$shell " "$ROOT"/packaging/{deps,tools}; }; then
		fail "$shell is required (REQUIRE_SHELLS), and not installed"
	fi
	skip "no $shell on this machine"
}

# The same for strace, which exists on Linux only.  LeakSanitizer cannot work in
# a traced process.
need_strace() {
	export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
	command -v strace >/dev/null && return
	[[ -z ${REQUIRE_SHELLS-} || $(uname) != Linux ]] ||
		fail 'strace is required with REQUIRE_SHELLS, and not installed'
	skip 'no strace on this machine'
}

# need_tool NAME: the same for any other program.
need_tool() {
	command -v "$1" >/dev/null && return
	[[ -z ${REQUIRE_SHELLS-} ]] ||
		fail "$1 is required with REQUIRE_SHELLS, and not installed"
	skip "no $1 on this machine"
}

# with_tool NAME...: the real one, in the version of packaging/tools, is on the
# PATH of this test and of no other; $TOOLS/NAME is where it is installed.
with_tool() {
	local name
	for name; do
		if [[ -d $TOOLS/bin/$name ]]; then
			PATH=$TOOLS/bin/$name:$PATH
			continue
		fi
		[[ -z ${REQUIRE_SHELLS-} ]] ||
			fail "$name is required with REQUIRE_SHELLS, and not in $TOOLS"
		skip "no $name in build/tools: make deps-check"
	done
}

need_git() { need_tool git; }

# await PID COMMAND...: until COMMAND holds; or the process has ended without it.
await() {
	local pid=$1 ended=
	shift
	until "$@"; do
		[[ -z $ended ]] || fail "it has ended without: $*"
		kill -0 "$pid" 2>/dev/null || ended=1
	done
}

# is_waited_for FILE: somebody waits for its lock, as Linux tells.
is_waited_for() { grep -q -e "->.*:$(stat -c %i "$1") " /proc/locks; }

need_root() {
	[[ $EUID -eq 0 ]] || skip 'needs root, to make files of other users'
	command -v setpriv >/dev/null || skip 'no setpriv on this machine'
}

# only SHELL...: it cannot be so in another one, or nobody has it there.
only() {
	[[ " $* " == *" $SHELL_UNDER_TEST "* ]] ||
		skip "not in $SHELL_UNDER_TEST"
}

# shared NAME: whether $made, which all tests of a run can copy, is there.  Who
# asks first makes it, in that moment; meanwhile others make one for their file.
shared() {
	made=${BATS_SHARED:-$BATS_FILE_TMPDIR}/shared.$1
	[[ ! -e $made ]] || return 0
	mkdir "$made.begun" 2>/dev/null || made=$BATS_FILE_TMPDIR/own.$1
	[[ -e $made ]]
}

# share NAME COMMAND [ARG...]: the same for what takes long: COMMAND makes $made.new
# of it.  Who asks meanwhile waits, where there is flock.
share() {
	if ! command -v flock >/dev/null; then
		shared "$1" || { "${@:2}" && mv "$made.new" "$made"; }
		return
	fi
	made=${BATS_SHARED:-$BATS_FILE_TMPDIR}/shared.$1
	[[ -e $made ]] || (
		flock 9 || exit
		[[ -e $made ]] || { "${@:2}" 9>&- && mv "$made.new" "$made"; }
	) 9>"$made.lock"
}

# quick_build DIR: a build folder in which all is compiled, unoptimized, as `make
# "${QUICK[@]}"` does it, in whatever copy of the repository; that is done once in
# a run.
QUICK=(CFLAGS=-O0 WARN= HARDEN= WHICH_CFLAGS= MAP=)
quick_build() {
	local made
	[[ ! -e $1 ]] || return 0
	share build make_quickly && cp -a "$made" "$1"
}
make_quickly() { make -s -C "$ROOT" "B=$made.new" "${QUICK[@]}"; }

# --- environments

# make_env DIR [OPTION...]: a real one, made by Python.  That is done once, and then
# copied, the place being put where it is told.  A profile's function add_scripts
# makes what Python does not.
make_env() {
	local made status=0
	if [[ $# -eq 1 && ! -e $1 && ! -L $1 && $PYTHON == "$REAL_PYTHON" ]]; then
		share_env "${1##*/}" && "$COPY" "$made/${1##*/}" "$1" "$made.new/${1##*/}" ||
			status=$?
		((status == 2)) || return "$status"
	fi
	make_own_env "$@"
}
make_own_env() {
	"$PYTHON" -m venv --without-pip "${@:2}" "$1" || return
	! declare -F add_scripts >/dev/null || add_scripts "$1"
}
share_env() {
	local kind=env
	! declare -F add_scripts >/dev/null || kind+=.$SHELL_UNDER_TEST
	shared "$kind.$1" || { (umask 022 && make_own_env "$made.new/$1") &&
		mv "$made.new" "$made"; }
}

# make_hostile_envs: in/NAME/.venv for each of HOSTILE_NAMES, by Python wherever it
# can.  A part of a path is quoted as it is anywhere else, so these are copied, too.
make_hostile_envs() {
	local made names=("${ALL_NAMES[@]/%//.venv}") number
	if ! shared hostile; then
		mkdir "$made.new" && (
			cd "$made.new" && mkdir "${ALL_NAMES[@]/#/./}" || exit
			"$PYTHON" -I -c 'if 1:
				import sys, venv
				for number, place in enumerate(sys.argv[1:]):
				    try: venv.EnvBuilder(symlinks=True).create(place)
				    except Exception: print(number)
			' "${names[@]}" | while read -r number; do
				make_env_bytes "./${names[number]}" || exit
			done
		) && mv "$made.new" "$made" || return
	fi
	"$COPY" "$made" "$HOME/in" "$made.new"
}

# make_bare_env DIR: one that tells nothing of the place where it was made.
make_bare_env() {
	mkdir -p "$1/bin"
	ln -s "$PYTHON" "$1/bin/python"
	printf 'home = %s\nversion = 3.11.2\n' "${PYTHON%/*}" >"$1/pyvenv.cfg"
}

# make_env_bytes DIR: one where the name is not UTF-8, at which Python fails.
make_env_bytes() {
	make_bare_env "$1"
	make_place "$1"
}

# make_place DIR: what Python before 3.13 writes, and we read, of the place.
make_place() {
	printf 'VIRTUAL_ENV="%s"\n' "$(cd -P "$1" && pwd)" >"$1/bin/activate"
}

# make_named_envs NAME...: named/N/.venv is called as the Nth of the names, the same
# ones in all of a file.
make_named_envs() {
	local made name n=0
	if ! shared "named.${BATS_TEST_FILENAME##*/}"; then
		for name; do
			n=$((n + 1))
			make_env_bytes "$made.new/$n/.venv"
			printf 'home = /usr/bin\nversion = 3.11.2\nprompt = %s\n' "$name" \
				>"$made.new/$n/.venv/pyvenv.cfg"
		done
		mv "$made.new" "$made" || return
	fi
	"$COPY" "$made" "$HOME/named" "$made.new"
}

# usual_envs KIND DIR...: for each test of a file, make_env_bytes of each DIR in the
# home directory; they are made once in a run, by that name, and copied.
usual_envs() {
	local made dir
	shared "envs.$1" || (
		mkdir "$made.new" && cd "$made.new" || exit
		for dir in "${@:2}"; do make_bare_env "$dir" || exit; done
		mv "$made.new" "$made"
	) || return
	"$COPY" "$made" "$HOME" || return
	for dir in "${@:2}"; do make_place "$HOME/$dir"; done
}

# make_scripts DIR PROMPT: one with our activation scripts, called PROMPT.
make_scripts() {
	XDG_STATE_HOME=${HOME%/*}/nowhere \
		venv create -q --without-pip -p "$PYTHON" --prompt "$2" -- "$1"
}

# put_program FILE TEXT: an executable script for /bin/sh.  Never by way of a
# link, which may lead to a program of the system's.
put_program() {
	[[ ! -e $1 && ! -L $1 ]] || rm -f "$1"
	printf '#!/bin/sh\n%s\n' "$2" >"$1"
	chmod +x "$1"
}

# --- a shell on a terminal

# What is the case wherever no environment is active, and in the project of $E.
untouched() {
	printf 'VIRTUAL_ENV unset\nPATH=%s\n' "$PATH"
}
active() {
	printf 'VIRTUAL_ENV=%s\nPATH=%s\n' "${1-$E}" "${1-$E}/bin:$PATH"
}

# What stands in the rc file of the shell under test before and after the hook.
before_hook() { cat >>"${HOME%/*}/rc.before"; }
after_hook() { cat >>"${HOME%/*}/rc.after"; }

# The line that loads the hook can be another one, or none.
hook_line() { printf '%s\n' "$1" >"${HOME%/*}/rc.load"; }

# Sets START, INNER (how it is started in another shell), RC, LOAD, PAST (how the
# program is called past an alias or a function of its name), COMPLETION,
# CASELESS, PROMPTS (the variables of the prompt), ACTIVATE, TRAP, LOGIN_RC,
# LOGIN_TEXT, CANNOT, words(), typed(), and first_start(), which does what it does
# in a home once only; can_enter(), for names of directories, and parses(), for
# files that are a script; and ONCE, what writes the line that loads the hook,
# where the user does not.
profile() {
	# shellcheck disable=SC2034,SC2317 # for the .bats files
	CANNOT='' ONCE='' PROMPTS=PS1 INNER=$1 PAST='command venv'
	unset -f typed first_start add_scripts can_enter
	# shellcheck disable=SC2317 # called by its name
	parses() { "$START" -n "$1"; }
	# A profile may set it, for its own shell.
	[[ $1 != "$SHELL_UNDER_TEST" ]] || unset ENV
	if declare -F "profile_$1" >/dev/null; then
		"profile_$1"
		return
	fi
	# shellcheck disable=SC1090 # one file a shell
	source "$ROOT/tests/shells/$1"
}
# Nobody reads that of the shell under test, and what others share, twice.
for name in dash "$SHELL_UNDER_TEST"; do
	eval "profile_$name() {
		$(<"$ROOT/tests/shells/$name")
	}"
done
unset name

# translate <LINES: into the language of the shell whose profile was read.
translate() { if declare -F typed >/dev/null; then (typed); else cat; fi; }

write_rc() (
	local extra=${HOME%/*}/rc
	profile "$1"
	mkdir -p "${RC%/*}" "${LOGIN_RC%/*}"
	printf '%s\n' "$LOGIN_TEXT" >"$LOGIN_RC"
	# shellcheck disable=SC2059 # the profile's format
	printf -v LOAD "$LOAD" "'$STAGE/bin/venv'"
	words >"$RC"
	[[ $1 == "$SHELL_UNDER_TEST" ]] || extra=/nonexistent
	{
		translate 2>/dev/null <"$extra.before"
		translate 2>/dev/null <"$extra.load" || printf '%s\n' "$LOAD"
		translate 2>/dev/null <"$extra.after"
	} >>"$RC" || true
)

# The rc files of all shells; they are the same in every test, but for what it
# puts into that of the shell under test.  What this makes at its first start in
# a home comes before ours.
write_rcs() {
	local made file kind=rc
	if [[ $XDG_CONFIG_HOME != "$HOME/.config" ||
		$XDG_DATA_HOME != "$HOME/.local/share" ]]; then
		write_all
		return
	fi
	if [[ ${STARTED_IN-} != "$HOME" ]] && declare -F first_start >/dev/null; then
		kind=rc.$SHELL_UNDER_TEST
	fi
	shared "$kind" || write_all_below "$made" "$kind" || return
	"$COPY" "$made" "$HOME" 2>/dev/null || write_all
	STARTED_IN=$HOME
	for file in "${HOME%/*}"/rc.{before,load,after}; do
		[[ -e $file ]] || continue
		write_rc "$SHELL_UNDER_TEST"
		break
	done
}
write_all() {
	local shell
	for shell in $SHELLS; do
		write_rc "$shell"
	done
}
# What a test of its own has added is not there.
write_all_below() {
	local HOME=$1.new XDG_CONFIG_HOME=$1.new/.config
	local XDG_DATA_HOME=$1.new/.local/share XDG_CACHE_HOME=$1.new/.cache
	mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" || return
	[[ $2 == rc ]] || first_start
	SHELL_UNDER_TEST='' write_all
	mv "$HOME" "$1"
}

# fake_helper TEXT: the shell under test has the script TEXT for its venv-which.
fake_helper() {
	local script=$STAGE/share/venv-which/venv.$SHELL_UNDER_TEST
	local fake=${HOME%/*}/fake
	mkdir -p "$fake"
	ln -sf "$STAGE/bin/venv" "$fake/venv"
	put_program "$fake/venv-which" "$1"
	sed "s|$STAGE/bin|$fake|g" "$script" >"$fake/script"
	! cmp -s "$script" "$fake/script" || fail "no $STAGE/bin in $script"
	hook_line "source '$fake/script'"
}

# in_shell [PROGRAM [ARG...]] <LINES: types the lines, leaves in $OUT what they
# recorded.  A leading tab is for the eye.  Fails if the shell hangs or dies.
in_shell() {
	local status=0
	write_rcs
	: >"$OUT"
	SESSION=1
	# Whoever asks for it may have been in a process of a pipeline.
	echo "$BASHPID.$RANDOM" >"$SCREEN.session"
	if declare -F typed >/dev/null; then
		typed | type_lines "$@" || status=$?
	else
		type_lines "$@" || status=$?
	fi
	[[ $- != *T* ]] || show_session
	case $status in
	123 | 124 | 125) fail "the terminal session failed ($status)" ;;
	129 | 13? | 14?) fail "the shell was killed ($status)" ;;
	esac
}
type_lines() (
	unset "${!BATS_@}" 2>/dev/null || true
	exec "$PTY" -o "$SCREEN" 'mark %d' "${@:-$START}" 3>&-
)

# Where a test fails, its last session is shown.
show_session() {
	[[ -n ${SESSION-} ]] || return 0
	printf '%s\n' '--- screen:' "$(screen)" '--- recorded:'
	cat -v "$OUT"
}

# The screen as text, without escape sequences; screen N: from mark N-1 to mark N,
# that is the Nth line typed, what it printed, and the prompt after it.
screen() {
	local escape=$'\033' bell=$'\007'
	# Not in awk: mawk copies a long line at each of them.
	LC_ALL=C sed -e "s/${escape}[]P][^${escape}$bell]*\\($bell\\|$escape\\\\\\)//g" \
		-e "s/${escape}\\[[0-9;?<=>]*[@-~]//g" \
		-e "s/${escape}[()][0-9A-Za-z]//g" -e "s/${escape}[=>78]//g" \
		-e "s/ *"$'\r'"//g" "$SCREEN" |
		LC_ALL=C awk -v n="${1-}" '
			n == "" || (n > 0 && seen == n) { print }
			$0 == "@" (seen + 0) "@" { seen++ }'
}

# traced_shell <LINES: in_shell, counting processes meanwhile.
traced_shell() {
	local how=(-f)
	TRACE=${HOME%/*}/trace
	# No other call stops the shell then; strace cannot do so before 5.3.
	! strace --seccomp-bpf -V >/dev/null 2>&1 || how+=(--seccomp-bpf)
	# LeakSanitizer cannot work in a traced process.
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 \
		in_shell strace "${how[@]}" -qq -s 16 -o "$TRACE" \
		-e trace=execve,fork,vfork,clone,clone3,write "$START"
}

# processes N M: how many were made, and programs run, between marks N and M.
processes() {
	awk -v from="\"@$1@" -v to="\"@$2@" '
		index($0, from) { on = 1 }
		index($0, to) { on = 0 }
		!on || /CLONE_THREAD/ || /resumed/ || / = -1 / { next }
		/ (v?fork|clone3?)\(/ { made++ }
		/ execve\(/ { run++ }
		END { print made + 0 " made, " run + 0 " run" }' "$TRACE"
}

# completes <LINES: of each pair, typing the first makes the second, which ends
# in |, for the eye.
completes() {
	local typed line lines=${HOME%/*}/lines
	: >"$lines.expected"
	while IFS= read -r typed && IFS= read -r line; do
		printf '^=%s\n' "$typed" >&3
		printf 'line=%s\n' "${line%|}" >>"$lines.expected"
	done 3>"$lines"
	in_shell <"$lines"
	shown <"$lines.expected"
}

# completes_both: TAB works for venv, with a named environment `tools`, and for
# venv-which.
completes_both() {
	completes <<-'END'
		venv use to^I
		venv use tools |
		venv-which --ex^I
		venv-which --explain |
	END
}

# --- what tests look at

# shown <TEXT: exactly this was recorded.
shown() {
	local expected recorded
	IFS= read -r -d '' expected || true
	# Whoever reads to a NUL has not read all.
	! IFS= read -r -d '' recorded <"$OUT" && [[ $recorded == "$expected" ]] &&
		return
	diff -u --label expected --label recorded <(printf '%s' "$expected") "$OUT" |
		cat -v
	fail 'recorded something else'
}

# record N: the Nth line that was recorded.
record() { sed -n "$1p" "$OUT"; }

# on_screen TEXT [N]: it is there (while the Nth line was typed).
on_screen() { has_on_screen "$@" || fail "not on the screen: $1"; }
off_screen() { ! has_on_screen "$@" || fail "on the screen: $1"; }
has_on_screen() {
	local shorter text session='' LC_ALL=C IFS=
	[[ ! -e $SCREEN.session ]] || read -r session <"$SCREEN.session"
	[[ -n $session && ${SEEN_IN-} == "$session" ]] || look_at_screen
	shorten shorter "$1"
	if [[ -n ${2-} ]]; then text=${SEEN[$2]-}; else text=${SEEN[*]}; fi
	[[ $text == *"$1"* || $text == *"$shorter"* ]]
}
# In $SEEN what `screen N` prints, for each N; a session is looked at once.
look_at_screen() {
	local line n=0
	SEEN=() SEEN_IN=$session
	while IFS= read -r line; do
		SEEN[n]=${SEEN[n]-}$line$'\n'
		[[ $line != "@$n@" ]] || n=$((n + 1))
	done < <(screen '')
}

# times_on_screen N TEXT: on that many lines.
times_on_screen() {
	local shorter
	shorten shorter "$2"
	assert_equal "$(screen | grep -acF -e "$2" -e "$shorter") times: $2" \
		"$1 times: $2"
}

# --- words that several files share

# The usual walk, for the cases that say in what weather: the lines are in
# ./walk, and $walked is what they record.  $E is the environment.
# shellcheck disable=SC2034 # for the .bats files
usual_walk() {
	cat >walk <<-'END'
		cd app && show VIRTUAL_ENV PATH

		mkdir -p src
		cd src
		deactivate
		venv on
		show VIRTUAL_ENV PATH
		cd "$HOME" && show VIRTUAL_ENV PATH

	END
	walked=$(
		printf 'VIRTUAL_ENV=%s\nPATH=%s\n' "$E" "$E/bin:$PATH" "$E" "$E/bin:$PATH"
		printf 'VIRTUAL_ENV unset\nPATH=%s\n' "$PATH"
	)
}

# At most one line about what cannot be done.
# shellcheck disable=SC2154 # run sets it
said_once() {
	run grep -caE 'venv(-which)?: |read-?only|restricted' <(screen)
	(( output <= 1 )) || fail "said $output times"
}

command -v timeout >/dev/null || timeout() { "${@:2}"; }

# says TEXT: that is the answer, all is well.
# shellcheck disable=SC2154 # run sets it
says() {
	assert_success
	local shorter
	shorten shorter "$1"
	[[ $output == "$shorter" ]] || assert_output "$1"
	assert_equal "$stderr" ''
}

# refused PROGRAM STATUS TEXT: no answer of PROGRAM, but a line on stderr and
# advice below it, which hold TEXT; there the advice stands behind "; ".
# shellcheck disable=SC2154 # run sets them
refused() {
	local said shorter
	assert_equal "status $status, printed <$output>" "status $2, printed <>"
	said=${stderr//$'\n  '/; }
	shorten shorter "$3"
	[[ $said != *$'\n'* ]] || fail "it says more: $stderr"
	[[ $said == "$1: "*"$3"* || $said == "$1: "*"$shorter"* ]] ||
		fail "'$3' is not said: $said"
}

# one_line TEXT: a message and its advice, in one line.
one_line() { printf '%s\n' "${1//$'\n  '/; }"; }

# whole: what `run` has kept, with the home directory for `~`, and advice behind
# "; ", for files that say what is said, and not how; words.bats does.
# shellcheck disable=SC2034,SC2154 # run sets them
whole() {
	local LC_ALL=C home="'$HOME/"
	output=${output//"~/'"/"$home"} stderr=${stderr-}
	output=${output//"~/"/"$HOME/"}
	stderr=${stderr//"~/'"/"$home"}
	stderr=${stderr//"~/"/"$HOME/"} stderr=${stderr//$'\n  '/; }
	lines=() stderr_lines=()
	[[ -z $output ]] || all_lines lines output
	[[ -z $stderr ]] || all_lines stderr_lines stderr
}

# all_lines ARRAY VARIABLE: all lines of it, also the empty ones.
all_lines() {
	printf '%s\n' "${!2}" >"$BATS_TEST_TMPDIR/lines"
	mapfile -t "$1" <"$BATS_TEST_TMPDIR/lines"
}

# hear COMMAND...: as `run --separate-stderr` does it, in no process but its own.
# shellcheck disable=SC2034 # bats'
hear() {
	local said=$BATS_TEST_TMPDIR/said
	BATS_RUN_COMMAND=$* status=0
	"$@" >"$said" 2>"$said.stderr" || status=$?
	read_said "$said"
	bats_separate_lines lines output
	bats_separate_lines stderr_lines stderr
}
read_said() {
	local LC_ALL=C part=
	output='' stderr=''
	while IFS= read -r -d '' part; do output+=$part; done <"$1"
	output+=$part
	while [[ $output == *$'\n' ]]; do output=${output%?}; done
	read -r -d '' stderr <"$1.stderr" || true
}

# rules: in $rule what `--explain`, which was heard, says of the rule.
rules() {
	local line
	rule=
	for line in ${lines[@]+"${lines[@]}"}; do
		[[ $line != '  rule: '* ]] || rule+=${line#*: }
	done
}

# short TEXT: with `~` for the home directory, as messages have it.  A test may
# say its path either way.
short() {
	local shorter
	shorten shorter "$1"
	printf '%s\n' "$shorter"
}
# shorten NAME TEXT: the same, in that variable.
shorten() {
	local home=\~ it=$2
	it=${it//"$HOME/"/$home/}
	it=${it//"$HOME "/$home }
	printf -v "$1" %s "${it/%"$HOME"/$home}"
}

# --- creating

# The interpreters that are here, by their usual places; the home is the
# caller's, for a test has one of its own.
PYENV=${PYENV_ROOT:-$HOME/.pyenv}

# interpreter NAME: a version of CPython's ("3.12"), or pypy; its path in
# $INTERPRETER.  One that is not here is skipped by name.
# shellcheck disable=SC2034 # for the .bats files
interpreter() {
	local path
	for path in "$PYENV/versions/$1".*/bin/python "/usr/bin/python$1" \
		"/usr/local/bin/python$1" "/usr/bin/${1}3"; do
		INTERPRETER=$path
		[[ ! -x $path ]] || return 0
	done
	skip "no $1 on this machine"
}

# One cache for all tests of a file; the usual pip is unpacked once in a run.
share_cache() {
	local made
	export XDG_CACHE_HOME=$BATS_FILE_TMPDIR/cache
	[[ ! -e $XDG_CACHE_HOME ]] || return 0
	pip_image || return
	mkdir -p "$XDG_CACHE_HOME/venv-which"
	chmod 700 "$XDG_CACHE_HOME/venv-which"
	cp -a "$made" "$XDG_CACHE_HOME/venv-which/image"
}

# share_image PYTHON: the pip of that one is in the cache, too.
share_image() {
	local made
	pip_image "$1"
	cp -a "$made/." "$XDG_CACHE_HOME/venv-which/image"
}

# pip_image [PYTHON]: $made is what a cache holds, once the pip of the usual one, or
# of that, is unpacked in it; that is done once in a run.  In $made/*/tree it can be
# imported, and is compiled.
pip_image() {
	share "image${1//\//.}" make_image "${1-$PYTHON}"
}
make_image() {
	mkdir "$made.in" && XDG_CACHE_HOME=$made.in XDG_STATE_HOME=$made.in \
		venv create -q -p "$1" "$made.in/env" &&
		mv "$made.in/venv-which/image" "$made.new"
}

# ensure_pip ENV IMAGES [OPTION...]: `python -m ensurepip`, but that the pip that it
# runs is one that is in a cache.  It is the same one; from the wheel Python would
# compile each of its modules, which takes longer than all else.
ensure_pip() {
	"$1/bin/python" -I - "$2"/*/tree "${@:3}" <<-'END'
		import sys
		sys.path.insert(0, sys.argv.pop(1))
		from pip._internal.cli.main import main
		# Or it would take itself for an installed one.
		del sys.path[0]
		import ensurepip
		import runpy
		ensurepip._run_pip = lambda args, paths: main(args)
		runpy.run_module('ensurepip', run_name='__main__')
	END
}

# make_wheel DIR NAME VERSION: with a module and a script of that name.
make_wheel() {
	"$PYTHON" - "$@" <<-'END'
		import os, sys, zipfile
		where, name, version = sys.argv[1:]
		info = '%s-%s.dist-info' % (name, version)
		os.makedirs(where, exist_ok=True)
		files = {
		    name + '.py': 'version = %r\ndef main():\n    print(version)\n' % version,
		    info + '/METADATA': 'Metadata-Version: 2.1\nName: %s\nVersion: %s\n' % (name, version),
		    info + '/WHEEL': 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
		    info + '/entry_points.txt': '[console_scripts]\n%s = %s:main\n' % (name, name),
		}
		files[info + '/RECORD'] = ''.join('%s,,\n' % file for file in files) + info + '/RECORD,,\n'
		with zipfile.ZipFile(os.path.join(where, '%s-%s-py3-none-any.whl' % (name, version)), 'w') as wheel:
		    for file, text in files.items():
		        wheel.writestr(file, text)
	END
}

# listing DIR: every path in it, with its kind, its mode but for who may write,
# and where it leads.
listing() { list_all "$1" | LC_ALL=C sort; }
list_all() (
	cd "$1" || return
	# GNU's needs no process for each link.
	find . ! -name . \( -type l -printf '%p -> %l\n' -o -type d -printf '%p/\n' \
		-o -perm -100 -printf '%p *\n' -o -printf '%p\n' \) 2>/dev/null ||
		find . ! -name . \( -type l -exec sh -c '
		for path; do printf "%s -> %s\n" "$path" "$(readlink "$path")"; done
		' sh {} + -o -type d -exec printf '%s/\n' {} + \
		-o -perm -100 -exec printf '%s *\n' {} + \
		-o -exec printf '%s\n' {} + \)
)

# repack_pip WHEEL DIR VERSION: in DIR, the pip of WHEEL, as another version.
repack_pip() {
	"$PYTHON" - "$@" <<-'END'
		import base64, hashlib, os, re, sys, zipfile
		wheel, where, version = sys.argv[1:]
		old = os.path.basename(wheel).split('-')[1]
		os.makedirs(where, exist_ok=True)
		rows = []
		with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(os.path.join(
		        where, 'pip-%s-py3-none-any.whl' % version), 'w') as target:
		    record = 'pip-%s.dist-info/RECORD' % version
		    for member in source.infolist():
		        data = source.read(member)
		        member.filename = member.filename.replace(
		            'pip-%s.dist-info/' % old, 'pip-%s.dist-info/' % version)
		        if member.filename == record:
		            continue
		        if member.filename.endswith('/METADATA'):
		            data = re.sub(rb'\nVersion: .*', b'\nVersion: ' + version.encode(), data, count=1)
		        if member.filename == 'pip/__init__.py':
		            data = data.replace(old.encode(), version.encode())
		        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
		        rows.append('%s,sha256=%s,%d\n' % (
		            member.filename, digest.rstrip(b'=').decode(), len(data)))
		        target.writestr(member, data)
		    target.writestr(record, ''.join(rows) + record + ',,\n')
	END
}

# make_prefix DIR [PYTHON]: an installation that a test can change: DIR/bin/python3
# and a library, $LIBRARY, whose parts that are not changed are links.
make_prefix() {
	local python=${2-$PYTHON} lib dir name links=()
	lib=$("$python" -I -c 'import os; print(os.path.dirname(os.__file__))')
	dir=$1/lib/${lib##*/}
	mkdir -p "$dir/__pycache__" "$1/bin"
	for name in "$lib"/*; do
		case ${name##*/} in
		os.py | venv | ensurepip | sitecustomize.py | __pycache__ | site-packages) ;;
		_sysconfigdata*) cp "$name" "$dir" ;;
		*) links+=("$name") ;;
		esac
	done
	ln -s "${links[@]}" "$dir"
	# What is compiled stays so, by the times; Python writes past such a link.
	[[ ! -d $lib/__pycache__ ]] ||
		ln -s "$lib/__pycache__/"* "$dir/__pycache__" 2>/dev/null || true
	cp -pRL "$lib/os.py" "$lib/venv" "$dir"
	[[ ! -d $lib/ensurepip ]] || cp -pRL "$lib/ensurepip" "$dir"
	cp -L "$python" "$1/bin/python3"
	# shellcheck disable=SC2034 # for the .bats files
	LIBRARY=$dir
}

# small_pip: $PYTHON, and python3, is one whose pip is 60 files, and says only where
# it is; for what is made so often that a real one would take too long.
small_pip() {
	local dir=$BATS_FILE_TMPDIR/small file
	if [[ ! -e $dir ]]; then
		make_prefix "$dir.new"
		for file in "$LIBRARY"/_sysconfigdata*.py; do
			echo "build_time_vars['WHEEL_PKG_DIR'] = '$dir/wheels'" >>"$file"
		done
		cp -R "$(dirname "$(small_wheel)")" "$dir.new/wheels"
		mv "$dir.new" "$dir"
	fi
	PYTHON=$dir/bin/python3
	PATH=$dir/bin:$PATH
}

# small_wheel: the wheel of that pip, for repack_pip; it is made once in a run.
small_wheel() {
	local made
	if ! shared small.wheels; then
		shrink_pip "$(pip_wheel "$REAL_PYTHON")" "$made.new" &&
			mv "$made.new" "$made" || return
	fi
	echo "$made"/pip-*.whl
}

# small_one PYTHON DIR: in DIR, such a Python whose pip is small, to create with.
small_one() {
	make_prefix "$2" "$1"
	rm -r "$LIBRARY/ensurepip/_bundled"
	shrink_pip "$(pip_wheel "$1")" "$LIBRARY/ensurepip/_bundled"
}

# shrink_pip WHEEL DIR: in DIR, the pip of WHEEL and the setuptools beside it, but
# only a part of their files.
shrink_pip() {
	"$PYTHON" -I - "$@" <<-'END'
		import base64, glob, hashlib, os, re, sys, zipfile
		wheel, where = sys.argv[1:]
		kept = re.compile(r'[^/]*\.dist-info/(?!RECORD$)|[^/]*$|_distutils_hack/|pip/[^/]*$|'
		                  r'pip/(_internal|_vendor)/(__init__|six|main)\.py$|'
		                  r'pip/_internal/(cli|models)/|setuptools/(__init__|version)\.py$')
		# A line in a .pth file has each Python import that one.
		kept_whole = 'pip/__init__.py', '_distutils_hack/__init__.py'
		main = b'''import os, sys, pip
		def main():
		    sys.stdout.buffer.write(os.fsencode('pip %s from %s\\n' % (
		        pip.__version__, os.path.dirname(pip.__file__))))
		'''
		os.makedirs(where)
		for path in [wheel] + glob.glob(os.path.join(os.path.dirname(wheel), 'setuptools-*')):
		    rows = []
		    with zipfile.ZipFile(path) as source, zipfile.ZipFile(
		            os.path.join(where, os.path.basename(path)), 'w') as target:
		        for name in filter(kept.match, source.namelist()):
		            data = source.read(name)
		            if name == 'pip/_internal/cli/main.py':
		                data = main
		            elif name.endswith('/__init__.py') and name not in kept_whole:
		                data = b''
		            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
		            rows.append('%s,sha256=%s,%d\n' % (
		                name, digest.rstrip(b'=').decode(), len(data)))
		            target.writestr(name, data)
		        record = [name for name in source.namelist() if name.endswith('/RECORD')][0]
		        target.writestr(record, ''.join(rows) + record + ',,\n')
	END
}

# pip_wheel [PYTHON]: the wheel of pip that comes with it.
pip_wheel() {
	"${1-$PYTHON}" -I - <<-'END'
		import ensurepip, glob, os, sysconfig
		for folder in (sysconfig.get_config_var('WHEEL_PKG_DIR'),
		               os.path.join(os.path.dirname(ensurepip.__file__), '_bundled')):
		    found = glob.glob(os.path.join(folder or '/nonexistent', 'pip-*.whl'))
		    if found:
		        print(sorted(found)[-1])
		        break
	END
}

# is_so EXPRESSION TEXT...: that is what it is, of the JSON in $output, which
# Python calls `j`, and a list of environments `by` name; as bytes.
is_so() {
	local wanted='' asked=()
	while (($#)); do
		asked+=("$1") wanted+="$1: $2"$'\n'
		shift 2
	done
	assert_equal "$(JSON=$output "$PYTHON" -I -S -X utf8 -c '
import json, os, sys
j = json.loads(os.environb[b"JSON"].decode("utf-8"))
by = {env["name"]: env for env in j if "name" in env}
for asked in sys.argv[1:]:
    value = eval(asked)
    value = value if isinstance(value, str) else repr(value)
    sys.stdout.buffer.write(os.fsencode("%s: %s\n" % (asked, value)))
' "${asked[@]}")" "${wanted%$'\n'}"
}

# public_place: $PUBLIC, a directory that every user can reach; leave_public, in
# teardown, takes it away.
public_place() {
	PUBLIC=$(mktemp -d "${TMPDIR:-/tmp}/venv-which.XXXXXX")
	PUBLIC=$(cd -P "$PUBLIC" && pwd)
	chmod 755 "$PUBLIC"
}
leave_public() { [[ -z ${PUBLIC-} ]] || rm -rf "$PUBLIC"; }
