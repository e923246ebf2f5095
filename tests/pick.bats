# venv pick: what there is to choose from, the list that narrows as one types,
# and the numbered one; as the program does it, which prints the choice.

# weight: 2
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154
# Text, for the shell; each test is a process; for helper.bash; bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

DOWN=$'^<\033[B' UP=$'^<\033[A' TAB=$'^<\t' ESCAPE=$'^<\033'

setup() {
	SHELL_UNDER_TEST=bash
	sandbox
	need_shell
	hook_line ':'
	VENV=$STAGE/bin/venv
	NAMED=$HOME/.virtualenvs
	RECENT=$XDG_STATE_HOME/venv-which/recent
	usual_envs pick app/.venv .virtualenvs/tools .virtualenvs/toolbox
	E=$HOME/app/.venv
}

teardown() {
	leave_public
	[[ -z ${TMUX_SOCKET-} ]] || tmux -S "$TMUX_SOCKET" kill-server || true
}

# --- words of these tests

# picks [ARG...] <KEYS: `venv pick ARG...` in ./app, and the keys that are typed
# once it asks; what it printed is in ./got.
picks() {
	{
		printf '%s\n' 'cd app' 'stty -g >"$HOME/before"' \
			"venv pick $* >\"\$HOME/got\"^J" '^:environment:'
		cat
		printf '%s\n' 'show status' 'stty -g >"$HOME/after"'
	} | in_shell
	cmp before after || fail 'the terminal is another one'
}

# picked PATH: it was that one.
picked() {
	shown <<<'status=0'
	assert_equal "$(cat got)" "$1"
}

# nothing_picked STATUS
nothing_picked() {
	shown <<<"status=$1"
	assert_equal "$(cat got)" ''
	[[ ! -e $RECENT ]]
}

# rows: the list as it was drawn last, but for the version.
rows() {
	LC_ALL=C tr '\r' '\n' <"$SCREEN" | LC_ALL=C sed $'s/\033\\[[0-9;?]*[A-Za-z]//g' |
		awk '/^environment: / { text = "" }
			/^[> ] [^ ]/ && !/^  chmod / { text = text $0 "\n" }
			END { printf "%s", text }' | sed -E 's/ 3\.11\.2 */ /; s/  +/ /g'
}

# these ROW...: exactly these were in it.
these() { assert_equal "$(rows)" "$(printf '%s\n' "$@")"; }

# --- what there is to choose from

@test "the project's comes first, and Enter takes it" {
	picks <<<'^>'
	picked "$E"
	these '> app ~/app/.venv' ' toolbox ~/.virtualenvs/toolbox' \
		' tools ~/.virtualenvs/tools'
}

@test "those that were used last come next, and each comes once" {
	local dir
	for dir in one two; do
		make_env_bytes "$dir/.venv"
		"$VENV" --hook use "./$dir"
	done
	ln -s ../two/.venv "$NAMED/link"
	rm -r one
	picks <<<'^>tools'
	picked "$NAMED/tools"
	these '> tools ~/.virtualenvs/tools'
	picks <<<'^>'
	picked "$E"
	these '> app ~/app/.venv' ' tools ~/.virtualenvs/tools' \
		' two ~/two/.venv' ' toolbox ~/.virtualenvs/toolbox'
}

@test "what may not be used is there, and says so when it is chosen" {
	chmod o+w "$NAMED/tools/bin"
	rm "$NAMED/toolbox/bin/python"
	picks <<<'^>tools' 2>&1
	shown <<<'status=3'
	assert_equal "$(cat got)" ''
	on_screen "venv: pick: $NAMED/tools is blocked: "
	picks <<<'^>toolbox'
	shown <<<'status=4'
	on_screen "venv: pick: $NAMED/toolbox is broken: "
	[[ ! -e $RECENT ]]
	picks <<<'^>'
	these '> app ~/app/.venv' ' toolbox broken ~/.virtualenvs/toolbox' \
		' tools blocked ~/.virtualenvs/tools'
}

@test "the active one is marked as such, and the one that was turned off" {
	export VIRTUAL_ENV=$NAMED/tools
	picks <<<'^>'
	these '> app ~/app/.venv' ' toolbox ~/.virtualenvs/toolbox' \
		' tools active ~/.virtualenvs/tools'
	rm "$RECENT"
	unset VIRTUAL_ENV
	export VENV_WHICH_AUTO=$E
	picks <<<'^>'
	these '> app off ~/app/.venv' ' toolbox ~/.virtualenvs/toolbox' \
		' tools ~/.virtualenvs/tools'
}

@test "a redirect that leads nowhere is the project's" {
	rm -r app/.venv
	echo ../gone >app/.venv
	picks <<<'^>'
	shown <<<'status=4'
	# And what is said, once that one is taken.
	these '> app broken ~/app/.venv' ' toolbox ~/.virtualenvs/toolbox' \
		' tools ~/.virtualenvs/tools' \
		' have it lead to one: venv link NAME' ' or take it away: rm ~/app/.venv'
}

@test "where there is the project's alone nobody is asked" {
	rm -r "$NAMED"
	in_shell <<-'END'
		cd app && venv pick >"$HOME/got"
		show status
	END
	picked "$E"
	off_screen environment:
}

@test "one of another place is not taken for granted, be it the only one" {
	rm -r "$NAMED/toolbox"
	in_shell <<-'END'
		venv pick >"$HOME/got"^J
		^:environment:
		^C
		show status; true
	END
	shown <<<'status=130'
	assert_equal "$(cat got)" ''
}

@test "where there is none it says so" {
	rm -r "$NAMED" app/.venv
	in_shell <<<'venv pick; show status'
	shown <<<'status=1'
	on_screen "venv: pick: no environment at or above $HOME"
}

@test "a word that means one alone is enough; it is typed already otherwise" {
	in_shell <<-'END'
		cd app
		venv pick TOOLS >"$HOME/got"; show status
	END
	picked "$NAMED/tools"
	off_screen environment:
	picks tool <<<'^<s
^>'
	picked "$NAMED/tools"
	in_shell <<<'venv pick nothing; show status'
	shown <<<'status=1'
	on_screen 'venv: pick: nothing matches "nothing"'
	on_screen '  there is tools, toolbox'
	in_shell <<<'venv pick a b; show status'
	shown <<<'status=2'
}

@test "without a terminal it says what to do instead" {
	cd app
	hear "$VENV" pick </dev/null
	refused venv 1 'pick: there is no terminal to ask at; say which one: venv use NAME'
	hear "$VENV" pick tools </dev/null
	refused venv 1 'pick: there is no terminal'
	in_shell <<-'END'
		cd app
		venv pick 2>"$HOME/errors"; show status
	END
	shown <<<'status=1'
	grep -q 'there is no terminal' "$HOME/errors"
}

# --- typing

@test "each letter narrows: any part of the name or the path, in any case" {
	picks <<<'^<TOOL
^>S'
	picked "$NAMED/tools"
	these '> tools ~/.virtualenvs/tools'
	picks <<<'^>app/.v'
	picked "$E"
	picks <<<"^>$HOME/app"
	picked "$E"
}

@test "what is taken back no longer narrows, and the project's is marked again" {
	picks <<END
^<lbox
^:> toolbox
^U
^>
END
	picked "$E"
	rm "$RECENT"
	# No path here has that.
	picks <<END
^<|
^:nothing matches
^H
^>
END
	picked "$E"
}

@test "all words must match, in any order" {
	picks <<<'^>box virtual'
	picked "$NAMED/toolbox"
}

@test "the one that is called so is meant before all others" {
	make_env_bytes "$NAMED/tool"
	make_env_bytes "$NAMED/a tool"
	picks <<<'^>tool'
	picked "$NAMED/tool"
	these '> tool ~/.virtualenvs/tool' ' a tool ~/.virtualenvs/a tool' \
		' toolbox ~/.virtualenvs/toolbox' ' tools ~/.virtualenvs/tools'
}

@test "TAB completes as far as all go on alike" {
	make_env_bytes "$NAMED/two words"
	picks <<END
^<to
$TAB
^<s
^>
END
	picked "$NAMED/tools"
	on_screen 'environment: tools'
	picks <<END
^<TW
$TAB
^>
END
	picked "$NAMED/two words"
	# Its name is the rest of the line, not of the last word alone.
	picks <<END
^<two w
$TAB
^>
END
	picked "$NAMED/two words"
	LC_ALL=C grep -aq $'environment: two words\r' "$SCREEN"
}

@test "arrows move the mark, and stop at both ends" {
	picks <<END
$DOWN
$DOWN
$DOWN
$DOWN
^>
END
	picked "$NAMED/tools"
	rm "$RECENT"
	picks <<END
$DOWN
$DOWN
$UP
^>
END
	picked "$NAMED/toolbox"
	rm "$RECENT"
	picks <<END
$DOWN
$UP
$UP
^N
^>
END
	picked "$NAMED/toolbox"
}

@test "where nothing matches Enter leaves the question there" {
	picks <<'END'
^>nothing
^:nothing matches
^<
^U
^>tools
END
	picked "$NAMED/tools"
}

@test "Ctrl-C and Ctrl-D leave all as it is" {
	picks <<<'^C'
	nothing_picked 130
	picks <<<'^D'
	nothing_picked 1
	# Behind a key that others have to follow.
	picks <<<$'^[\n^C'
	nothing_picked 130
	picks <<<$'^X\n^C'
	nothing_picked 130
	picks <<END
^<too
$DOWN
^C
END
	nothing_picked 130
	# As in a shell, Ctrl-D is for an empty line.
	picks <<'END'
^<too
^D
^A
^D
^D
^D
^D
END
	nothing_picked 1
}

@test "other keys may be these two" {
	{
		echo "stty intr '^X' eof '^Y'"
		echo 'venv pick^J'
		printf '%s\n' '^:environment:' '^X' 'show status'
		echo 'venv pick^J'
		printf '%s\n' '^:environment:' '^Y' 'show status'
	} | in_shell
	shown <<<$'status=130\nstatus=1'
}

@test "the user's inputrc holds: vi, and other keys" {
	echo 'set editing-mode vi' >"$HOME/.inputrc"
	picks <<END
^<toolx
$ESCAPE
^:toolx
^<xj
^>
END
	picked "$NAMED/tools"
	rm "$RECENT"
	picks <<END
$DOWN
$TAB
$DOWN
^>
END
	picked "$NAMED/tools"
	rm "$RECENT"
	# As many have it, for the history of their shell.
	printf '"%s\n' '\C-t": next-history' '\e[A": history-search-backward' \
		>"$HOME/.inputrc"
	picks <<END
^T
^T
$UP
^>
END
	picked "$NAMED/toolbox"
}

@test "what is pasted is text, and takes nothing" {
	picks <<END
^<$(printf '\033[200~tools\r\033[201~')
^:tools
^C
END
	nothing_picked 130
}

@test "no other file is written, and no history" {
	touch before after got
	in_shell </dev/null
	find "$HOME" | sort >"${HOME%/*}/files"
	picks <<<'^>tools'
	picked "$NAMED/tools"
	assert_equal "$(find "$HOME" | sort | diff "${HOME%/*}/files" - |
		sed -n "s|^> $HOME/||p")" "$(printf '.local/state%s\n' '' \
		/venv-which /venv-which/recent /venv-which/recent.lock)"
}

# --- what is seen

# on_tmux COLUMNS ROWS: bash in a terminal of that size, whose screen can be read.
on_tmux() {
	need_tool tmux
	write_rc bash
	TMUX_SOCKET=${HOME%/*}/tmux
	tmux -S "$TMUX_SOCKET" -f /dev/null new-session -d -x "$1" -y "$2" bash 3>&-
	seen 'PROMPT>'
}
keys() { tmux -S "$TMUX_SOCKET" send-keys "$@"; }

# seen TEXT: waits until it is on the last screen; the screen is in $output.
seen() {
	local end=$((SECONDS + 60))
	while output=$(tmux -S "$TMUX_SOCKET" capture-pane -pJ | sed 's/ *$//') &&
		[[ $output != *"$1"* ]]; do
		((SECONDS < end)) || fail "never seen: $1; but: $output"
	done
}

# resize COLUMNS ROWS: it tells who runs in it a little later.
resize() {
	local terminal
	tmux -S "$TMUX_SOCKET" resize-window -x "$1" -y "$2"
	terminal=$(tmux -S "$TMUX_SOCKET" display-message -p '#{pane_tty}')
	until [[ $(stty size <"$terminal") == "$2 $1" ]]; do
		tmux -S "$TMUX_SOCKET" has-session || fail 'the terminal is gone'
	done
}

@test "the list stands below the line, and nothing of it is left" {
	on_tmux 80 24
	keys 'cd app' Enter
	seen $'PROMPT> cd app\nPROMPT>'
	keys 'venv pick' Enter
	seen virtualenvs/tools
	assert_equal "$output" "PROMPT> cd app
PROMPT> venv pick
environment:
> app                 3.11.2           ~/app/.venv
  toolbox             3.11.2           ~/.virtualenvs/toolbox
  tools               3.11.2           ~/.virtualenvs/tools"
	keys tool Down
	seen '> tools '
	assert_equal "$output" "PROMPT> cd app
PROMPT> venv pick
environment: tool
  toolbox             3.11.2           ~/.virtualenvs/toolbox
> tools               3.11.2           ~/.virtualenvs/tools"
	assert_equal "$(tmux -S "$TMUX_SOCKET" display -p '#{cursor_x} #{cursor_y}')" '17 2'
	keys C-c
	seen $'PROMPT> venv pick\nPROMPT>'
	keys 'echo and on' Enter
	seen $'\nand on\nPROMPT>'
	assert_equal "$output" "PROMPT> cd app
PROMPT> venv pick
PROMPT> echo and on
and on
PROMPT>"
}

@test "a small terminal has as much of it as there is room for" {
	local i
	for i in 1 2 3 4 5 6; do
		make_env_bytes "$NAMED/env$i"
	done
	on_tmux 30 6
	keys 'venv pick' Enter
	seen 1-4
	assert_equal "$output" 'environment:
> env1                3.11.2
  env2                3.11.2
  env3                3.11.2
  env4                3.11.2
  1-4 of 8'
	keys Down Down Down Down Down
	seen '> env6'
	assert_equal "$output" 'environment:
  env3                3.11.2
  env4                3.11.2
  env5                3.11.2
> env6                3.11.2
  3-6 of 8'
	# The line is longer than the terminal.
	keys 'a line that is longer than all'
	seen 'nothing matches'
	assert_equal "$output" 'environment:  longer than all
  (nothing matches that)'
	keys C-u env2 Enter
	seen "$NAMED/env2"
}

@test "where there is room for one row it shows the marked one" {
	on_tmux 60 2
	keys 'clear' Enter
	seen 'PROMPT>'
	keys 'venv pick' Enter
	seen '> toolbox'
	keys Down
	seen '> tools'
	keys Enter
	seen "$NAMED/tools"
}

@test "stopped and continued it is drawn again" {
	on_tmux 80 24
	keys "sh -c 'echo \$\$ >pid; exec venv pick'" Enter
	seen '> toolbox '
	kill -TSTP "$(cat pid)"
	seen Stopped
	keys 'clear; fg' Enter
	seen '> toolbox '
	keys Down Enter
	seen "$NAMED/tools"
}

@test "the size of the terminal may change meanwhile" {
	on_tmux 80 24
	keys 'cd app' Enter 'venv pick' Enter tool
	seen '> toolbox '
	resize 40 5
	keys s
	seen 'environment: tools'
	resize 100 30
	keys BSpace
	seen '> toolbox '
	keys C-c 'echo and on' Enter
	seen $'\nand on'
	[[ $output != *virtualenvs* ]]
}

@test "a signal that ends it leaves the terminal as it was" {
	on_tmux 80 24
	keys 'stty -g >"$HOME/before"' Enter "sh -c 'echo \$\$ >pid; exec venv pick'" Enter
	seen '> toolbox '
	kill "$(cat pid)"
	seen Terminated
	keys 'stty -g >"$HOME/after"; echo done' Enter
	seen $'\ndone'
	cmp before after
}

@test "the marked one is bold, unless NO_COLOR is set" {
	picks <<<'^>'
	LC_ALL=C grep -aq $'\033\\[1m> app .*\033\\[m' "$SCREEN"
	export NO_COLOR=1
	picks <<<'^>'
	! LC_ALL=C grep -aq $'\033\\[1m' "$SCREEN" || fail 'it is bold'
	these '> app ~/app/.venv' ' toolbox ~/.virtualenvs/toolbox' \
		' tools ~/.virtualenvs/tools'
}

@test "names are safe on the screen, and the right one is taken" {
	local name n=0
	rm -r "$NAMED"
	for name in "${HOSTILE_NAMES[@]}"; do
		make_env_bytes "$NAMED/$name"
	done
	for name in "$NAMED"/*; do
		n=$((n + 1))
		[[ $((n % 6)) -eq 0 ]] || continue
		rm -f "$RECENT"
		{
			for ((i = 0; i < n; i++)); do printf '^N\n'; done
			echo '^>'
		} | picks
		shown <<<'status=0'
		[[ -f $(cat got)/pyvenv.cfg ]]
		cat got >>taken
		cat "$SCREEN" >>screens
	done
	# The bell, colours, what turns the line around, and what is no UTF-8.
	run env LC_ALL=C grep -ac -e $'\007' -e $'\033\\[31' \
		-e $'\342\200\256' -e $'\377' screens
	assert_output 0
	assert_equal "$(LC_ALL=C sort -u taken | wc -l)" "$((n / 6))"
	[[ -z $(find "${HOME%/*}" -name PWNED) ]]
}

@test "of a thousand the one is found that is meant" {
	"$PYTHON" -I -S - "$NAMED" "$PYTHON" <<-'END'
		import os, sys
		for i in range(1, 1001):
		    place = '%s/e%d' % (sys.argv[1], i)
		    os.makedirs(place + '/bin')
		    os.symlink(sys.argv[2], place + '/bin/python')
		    with open(place + '/pyvenv.cfg', 'w') as file:
		        file.write('home = /usr/bin\nversion = 3.11.2\n')
		    with open(place + '/bin/activate', 'w') as file:
		        file.write('VIRTUAL_ENV="%s"\n' % place)
	END
	picks <<<'^>e977'
	picked "$NAMED/e977"
	on_screen '1-15 of 1003'
	picks <<<'^>'
	picked "$E"
	assert_equal "$(rows | sed -n '2p;15p')" " e977 ~/.virtualenvs/e977
 e109 ~/.virtualenvs/e109"
}

# --- with numbers

# The list of the menu.
numbered() {
	screen | sed -nE 's/ 3\.11\.2 */ /; s/  +/ /g; /^ [0-9]+ /p' | uniq
}

@test "a dumb terminal gets a list with numbers" {
	local term
	for term in dumb nonsense ''; do
		TERM=$term picks <<<'^>3'
		picked "$NAMED/tools"
		rm "$RECENT"
	done
	assert_equal "$(numbered)" "$(printf ' %s\n' '1 app ~/app/.venv' \
		'2 toolbox ~/.virtualenvs/toolbox' '3 tools ~/.virtualenvs/tools')"
	! LC_ALL=C grep -aq $'\033\\[1m' "$SCREEN" || fail 'it is bold'
}

@test "a number, a name, or a part of one" {
	export TERM=dumb
	picks <<<'^>toolbox'
	picked "$NAMED/toolbox"
	picks <<<'^>app/'
	picked "$E"
	picks <<'END'
^>9
^:environment:
^>0
^:environment:
^>tool
^:environment:
^>1x
^:environment:
^>1
END
	picked "$E"
	times_on_screen 4 'nothing matches that, or more than one does'
	picks tool <<<'^>2'
	picked "$NAMED/tools"
}

@test "nothing, Ctrl-D and Ctrl-C leave all as it is, with numbers, too" {
	export TERM=dumb
	picks <<<'^>'
	nothing_picked 1
	picks <<<'^D'
	nothing_picked 1
	picks <<<'^C'
	nothing_picked 130
}

@test "the library is loaded when it is wanted, and may be another or none" {
	local library build=$BATS_FILE_TMPDIR/build
	quick_build "$build"
	for library in '' libnone.so.1 libc.so.6; do
		make -s -C "$ROOT" "B=$build" "READLINE=$library" "${QUICK[@]}" \
			"$build/venv"
		PATH=$build:$PATH picks <<<'^>2'
		picked "$NAMED/toolbox"
		assert_equal "$(numbered | wc -l)" 3
		rm "$RECENT"
	done
}

@test "no start of the program loads it but this one" {
	need_strace
	cd app
	strace -f -o "$HOME/trace" "$VENV" list
	strace -f -o "$HOME/trace" -A "$VENV" --version
	! grep -q 'readline\|tinfo\|curses' "$HOME/trace" || fail 'it is loaded'
}

# --- what was used last

@test "venv use, pick and create remember what they had, and others do not" {
	"$VENV" --hook use tools
	"$VENV" create -q --without-pip new
	(cd app && "$VENV" --hook use)
	assert_equal "$(cat "$RECENT")" "# What \`venv use\` and \`venv create\` had last; see venv(1).
$E
$HOME/new
$NAMED/tools"
	cp "$RECENT" before
	cd app
	"$VENV" list
	"$VENV" status
	"$VENV" run -e toolbox true
	"$VENV" --hook use gone || true
	venv-which
	venv-which --hook
	cmp "$RECENT" ../before
}

@test "the newest is first, none is there twice, and those that are gone go" {
	local i
	for i in {1..40}; do
		make_env_bytes "$NAMED/e$i"
		"$VENV" --hook use "e$i" >/dev/null
	done
	"$VENV" --hook use e20
	assert_equal "$(grep -c / "$RECENT")" 32
	assert_equal "$(grep / "$RECENT" | sed -n '1p;2p;$p' | sed 's|.*/||' | tr '\n' ' ')" \
		'e20 e40 e9 '
	rm -r "$NAMED"/e3?
	"$VENV" --hook use e1
	assert_equal "$(grep / "$RECENT" | head -3 | sed 's|.*/||' | tr '\n' ' ')" 'e1 e20 e40 '
	run grep -c '/e3[0-9]$' "$RECENT"
	assert_output 0
}

@test "nobody waits for one who holds the file" {
	mkdir -p -m 700 "${RECENT%/*}"
	run "$PYTHON" -c 'import fcntl, subprocess, sys
lock = open(sys.argv[1], "w")
fcntl.lockf(lock, fcntl.LOCK_EX)
sys.exit(subprocess.call(sys.argv[2:]))' "$RECENT.lock" timeout 10 "$VENV" --hook use tools
	assert_success
	assert_line "set VIRTUAL_ENV $NAMED/tools"
	[[ ! -e $RECENT ]]
}

@test "the file is the user's alone, and is replaced whole" {
	umask 000
	"$VENV" --hook use tools
	assert_equal "$(find "$XDG_STATE_HOME" -type d ! -perm 700) $(find "$RECENT"* ! -perm 600)" ' '
	ln "$RECENT" old
	"$VENV" --hook use toolbox
	assert_equal "$(grep -c / old)" 1
	# The same again writes nothing.
	ln -f "$RECENT" old
	"$VENV" --hook use toolbox
	[[ $RECENT -ef old ]]
}

@test "names in it are readable, and may be any" {
	local name
	for name in "${HOSTILE_NAMES[@]}"; do
		make_env_bytes "$NAMED/$name"
		"$VENV" --hook use -- "$name" >/dev/null
	done
	run env LC_ALL=C grep -c $'[\001-\011\013-\037\377]' "$RECENT"
	assert_output 0
	run cat "$RECENT"
	assert_line "$NAMED/{a,b}"
	assert_line "$NAMED/back\\134slash"
	"$VENV" --hook use tools
	TERM=dumb picks <<<'^>3'
	picked "$NAMED/${HOSTILE_NAMES[${#HOSTILE_NAMES[@]} - 1]}"
}

@test "where it cannot be written all goes on without a word" {
	mkdir -p "$XDG_STATE_HOME/venv-which"
	chmod o+w "$XDG_STATE_HOME/venv-which"
	hear "$VENV" --hook use tools
	assert_success
	assert_equal "$stderr" ''
	[[ ! -e $RECENT ]]
	chmod o-w "$XDG_STATE_HOME/venv-which"
	mkdir "$RECENT"
	hear "$VENV" --hook use tools
	assert_success
	assert_equal "$stderr" ''
	for state in /dev/null relative ''; do
		XDG_STATE_HOME=$state hear "$VENV" --hook use tools
		assert_success
		assert_equal "$stderr" ''
	done
	HOME='' XDG_STATE_HOME='' WORKON_HOME=$NAMED hear "$VENV" --hook use tools
	assert_success
}

@test "what stands in it is judged each time, whoever wrote it" {
	make_env_bytes other/.venv
	chmod o+w other/.venv/bin
	mkdir -p "${RECENT%/*}"
	printf '%s\n' '# words' 'no path' '' "$HOME/other/.venv" "$HOME/gone" '/\400' \
		/etc "$NAMED/tools/" 'x y' >"$RECENT"
	picks <<<'^>other'
	shown <<<'status=3'
	these '> other blocked ~/other/.venv'
	# Nor is a file read that others may write.
	chmod o+w "$RECENT"
	in_shell <<<'venv pick other; show status'
	on_screen 'nothing matches'
}

@test "root keeps none in the home of another user" {
	need_root
	mkdir alice
	chown 61234 alice
	XDG_STATE_HOME=$HOME/alice/state "$VENV" --hook use tools
	assert_equal "$(ls alice)" ''
}
