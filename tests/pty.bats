# The program that types for the tests: tests/pty.c.

# shellcheck disable=SC2016 # text, for the shells

bats_require_minimum_version 1.5.0
load helper

setup() {
	sandbox
	export TERM=dumb
	unset ENV
	how=(env)
}

# types PROGRAM [ARG...] <LINES: as the tests do, with a mark that is no function.
types() {
	run --separate-stderr "${how[@]}" "$PTY" -o "$SCREEN" 'echo "@"%d"@"' "$@"
	screen
	printf '%s\n' "$stderr"
}

# late [OPTION...]: it looks, and types a little later, when what it saw must still
# be so.
late() {
	need_strace
	how=(strace -o /dev/null -e trace=write,ioctl
		-e inject=write:delay_enter=20000 "$@")
}

# many N COMMAND: N lines of it in ./lines, and in ./expected the screen that they
# make behind a prompt P.
many() {
	local n
	{
		printf 'P> echo "@"%d"@"\n@%d@\n' 0 0
		for ((n = 1; n <= $1; n++)); do
			printf 'P> %s %d\n%d\n' "$2" "$n" "$n"
			printf 'P> echo "@"%d"@"\n@%d@\n' "$n" "$n"
			printf '%s %d\n' "$2" "$n" >&3
		done 3>lines
		echo 'P> exit'
	} >expected
}

# What was typed is on the screen once, and where it belongs.
typed_once() {
	assert_success
	screen | diff - expected
}

# So much time is between a line and the next prompt.
slow='for i in 1 2 3 4 5 6 7 8 9; do /bin/true; done'

@test "bash without a word of its line editor: no line is typed too early" {
	# And the editor's modes stay for a while after the end of the line.
	late -f -e inject=ioctl:delay_enter=5000
	printf '%s\n' "PS1='P> '" "PROMPT_COMMAND='$slow'" 'bind "set enable-bracketed-paste off"' >rc
	many 4 /bin/echo
	echo exit >>expected
	types bash --rcfile rc <lines
	typed_once
}

@test "zsh on a dumb terminal: no line is typed too early" {
	late
	need_shell zsh
	printf '%s\n' "PS1='P> '" 'setopt no_prompt_sp no_prompt_cr' "precmd() { $slow; }" >.zshrc
	many 4 /bin/echo
	types zsh <lines
	typed_once
}

@test "a shell without a line editor says itself that it reads" {
	late
	local shell
	many 4 /bin/echo
	printf "PS1='\033]7770;reads\aP> '\n" >rc
	for shell in dash mksh; do
		command -v "$shell" >/dev/null || continue
		ENV=$PWD/rc types "$shell" +o emacs -i <lines
		typed_once
	done
	[[ -e $SCREEN ]] || skip 'neither dash nor mksh on this machine'
}

@test "fish, which keeps the modes of its editor: no line is typed too early" {
	late
	need_shell fish
	profile fish
	mkdir -p "${RC%/*}"
	words >"$RC"
	{
		# In the shell itself, and in programs, by turns.
		for n in 1 2; do
			printf '%s\n' "true; $slow_fish; /bin/echo $n" '' "echo $n" "true; /bin/echo $n"
		done
	} >lines
	TERM=xterm types fish <lines
	assert_success
	# What the terminal itself echoes begins a line.
	assert_equal "$(screen | grep -c '^true; \|^/bin/echo\|^echo')" 0
	assert_equal "$(screen | grep -xc '[12]')" 6
}
slow_fish='for i in (seq 40); /bin/true; end'

@test "where nobody says that a line is read, it fails, and says so" {
	need_shell dash
	PTY_TIMEOUT=1 types dash -i <<<true
	assert_equal "$status" 124
	assert_equal "${stderr_lines[0]}" \
		'pty: waited 1 seconds for the shell to read a line; on the screen since the last mark:'
}

@test "what does not come is named" {
	local limit
	# The shell itself may be slow to start.
	for limit in 1 5 30; do
		PTY_TIMEOUT=$limit types bash --norc <<<'^:godot'
		assert_equal "$status" 124
		[[ $stderr == *'to read a line'* ]] || break
	done
	assert_equal "${stderr_lines[0]}" \
		"pty: waited $limit seconds for godot; on the screen since the last mark:"
	types bash --norc <<<$'exit\ntrue'
	assert_equal "$status" 123
	assert_equal "$stderr" 'pty: bash ended with lines left to type'
}

@test "the interrupt key works, be it ignored by who started all this" {
	{
		printf '%s\n' "sh -c 'echo beg\"\"un; exec sleep 1000'^J" '^:begun' '^C'
		echo 'echo status=$?'
	} >lines
	how=(sh -c 'trap "" INT; exec "$@"' sh)
	PTY_TIMEOUT=20 types bash --norc <lines
	assert_success
	on_screen status=130
}

@test "what a line editor asks of a terminal is answered" {
	printf '%s^J\n^:>>\n' \
		'read -rs -d c -p $'\''\e[c'\'' x; echo "<<${x#?}c>""> "' \
		'read -rs -d c -p $'\''\e[0c'\'' x; echo "<<${x#?}c>""> "' \
		'read -rs -d R -p $'\''\e[6n'\'' x; echo "<<${x#?}R>""> "' \
		'read -rs -d n -p $'\''\e[5n'\'' x; echo "<<${x#?}n>""> "' >lines
	types bash --norc <lines
	assert_success
	assert_equal "$(screen | grep '^<<')" \
		"$(printf '<<%s>>\n' '[?62;22c' '[?62;22c' '[1;1R' '[0n')"
}
