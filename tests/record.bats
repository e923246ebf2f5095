# The record of decisions: what `venv allow` and `venv deny` say, write and
# keep, and what venv-which makes of it.

# shellcheck disable=SC2012,SC2016,SC2153,SC2030,SC2031,SC2088,SC2103,SC2154
# shellcheck disable=SC1003
# They are text; each test is a process; bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	VENV=$STAGE/bin/venv WHICH=$STAGE/bin/venv-which
	STATE=$XDG_STATE_HOME/venv-which
	RECORD=$STATE/allowed
	# One that was copied, and so may not be used.
	make_env made/.venv
	mkdir app
	cp -R made/.venv app/.venv
	E=$HOME/app/.venv
	cd app || return
}

teardown() {
	leave_public
}

# --- words of these tests

# ask [ARG...]: what venv says, in $status, $output and $stderr.
ask() {
	hear "$WITHIN" 20 "$VENV" "$@" </dev/null
	whole
}

# refuses STATUS TEXT: see refused.
refuses() { refused venv "$@"; }

# allow [ARG...], deny [ARG...]: it is done, and no word is lost about it, but
# that a copy is one.
allow() { decide allow "$@"; }
deny() { decide deny "$@"; }
decide() {
	ask "$@"
	[[ $1 != allow || $stderr != "venv: allow: the scripts of "*" lead to another place: it "*$'; make it anew: venv recreate '* ]] ||
		stderr=''
	assert_equal "$status $stderr" '0 '
}

# ruled RULE [STATUS]: that is behind the verdict; STATUS, unless it is clear.
# It never hangs.
ruled() {
	local expected=3
	case $1 in
	made-here | allowed | under) expected=0 ;;
	esac
	hear "$WITHIN" 20 "$WHICH" --explain
	whole
	rules
	assert_equal "$rule $status" "$1 ${2-$expected}"
}

# why TEXT: that is how the reason ends, which ruled() saw.
why() {
	local line
	line=$(sed -n 's/^  why: //p' <<<"$output")
	[[ $line == *"$1"* ]] || fail "'$1' is not said: $line"
}
NOT_THE_ONE=', and it is not the one that you allowed'

# listed <LINES: that is the record, by venv allow --list.
listed() {
	ask allow --list
	assert_equal "$status" 0
	diff <(sort) <(sort <<<"$output") || fail 'the list is another one'
}

# decisions: the lines of the record that are some.
decisions() { grep -E '^(allow|deny) ' "$RECORD" || true; }

# mode FILE: as ls shows it.
mode() { ls -ld "$1" | cut -c 1-10; }

# plain_env DIR...: environments that nothing tells where they were made.
plain_env() {
	local dir
	for dir; do
		make_bare_env "$dir"
	done
}

# snapshot; unchanged: the record is what it was, to the byte.
snapshot() { cp "$RECORD" "$HOME/snapshot"; }
unchanged() { cmp "$HOME/snapshot" "$RECORD"; }

# no_leaks COMMAND...: LeakSanitizer cannot work in a traced process.
no_leaks() {
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 "$@"
}

# traced OPTION... -- ARG...: venv by strace, which meddles; $status.
traced() {
	local options=()
	while [[ $1 != -- ]]; do
		options+=("$1")
		shift
	done
	run no_leaks strace -f -qq -o /dev/null "${options[@]}" \
		"$VENV" "${@:2}" </dev/null
}

# --- words for other users

# They own nothing on this machine.
ALICE=61234 BOB=61235

# public: programs, a home and an environment of a user who is not root; cd
# there.
public() {
	public_place
	cp "$VENV" "$PUBLIC/venv"
	cp "$WHICH" "$PUBLIC/venv-which"
	mkdir -p "$PUBLIC/home/app"
	cp -R "$E" "$PUBLIC/home/app/.venv"
	E=$PUBLIC/home/app/.venv
	HOME=$PUBLIC/home XDG_STATE_HOME=$PUBLIC/home/.local/state
	STATE=$XDG_STATE_HOME/venv-which RECORD=$STATE/allowed
	cd "$HOME/app" || return
	[[ $EUID -eq 0 ]] || return 0
	command -v setpriv >/dev/null || skip 'no setpriv on this machine'
	chown -R "$ALICE" "$HOME"
	as "$ALICE" test -x "$PUBLIC/venv" -a -x "$PYTHON" ||
		skip 'other users cannot reach the test directory'
}

# as USER COMMAND...: as that user, or as oneself where that is not root.
as() {
	if [[ $EUID -ne 0 ]]; then
		"${@:2}"
	else
		setpriv --reuid="$1" --regid="$1" --clear-groups "${@:2}"
	fi
}

# ask_as_alice [ARG...]: venv's word to her.
ask_as_alice() {
	hear as "$ALICE" timeout 20 "$PUBLIC/venv" "$@"
	whole
}

# --- allow

@test "venv allow lets an environment be used that was copied" {
	ruled place
	allow
	assert_output "allowed $E"
	ruled allowed
	hear "$WHICH"
	says "$E"
	allow
	assert_output "allowed $E"
	assert_equal "$(decisions | wc -l | tr -d ' ')" 1
}

@test "or one that was moved" {
	cd ..
	mv made moved
	cd moved
	ruled place
	allow
	ruled allowed
}

@test "or one that does not say where it was made" {
	plain_env "$HOME/plain/venv"
	cd ../plain
	ruled unplaced
	allow
	assert_output "allowed $HOME/plain/venv"
	ruled allowed
}

@test "or one in a git index" {
	command -v git >/dev/null || skip 'no git on this machine'
	cd ../made
	git init -q
	git add -f .venv
	ruled tracked
	allow
	ruled allowed
	deny
	ruled denied
}

@test "or one that others may write" {
	cd ../made
	chmod o+w .venv/bin
	ruled mode
	allow
	ruled allowed
	chmod o-w .venv/bin
	chmod o+w .
	ruled allowed
	ask allow --forget
	ruled dir-mode
}

@test "or one of another user's" {
	need_root
	cd ../made
	chown -R "$ALICE" .venv
	ruled owner
	allow
	ruled allowed
	chown -R "$BOB" .venv
	ruled allowed
	chown -R 0 .venv
	chown "$ALICE" .
	ask allow --forget
	ruled dir-owner
	allow
	ruled allowed
}

@test "where nothing is used but what was allowed, it is how to allow" {
	export VENV_WHICH_TRUST=allow
	cd ../made
	ruled ask
	allow
	ruled allowed
	deny
	ruled denied
	unset VENV_WHICH_TRUST
	ruled denied
}

@test "one whose programs shadow the system's is allowed with a warning" {
	put_program .venv/bin/ls 'exit 1'
	put_program .venv/bin/git 'exit 1'
	ruled place
	why '; its bin has programs called '
	ask allow
	assert_success
	assert_output "allowed $E"
	assert_equal "${#stderr_lines[@]} lines" '2 lines'
	[[ ${stderr_lines[0]} == *": it is a copy of $HOME/made/.venv; make it anew"* ]]
	[[ ${stderr_lines[1]} == *venv*ls*git* || ${stderr_lines[1]} == *venv*git*ls* ]]
	ruled allowed
}

@test "it is the very same directory by another name, and no other one" {
	ln -s app "$HOME/link"
	cd ../link
	allow
	ruled allowed
	cd ../app
	(cd ../link && ask allow --forget)
	ruled place
	cp -R "$HOME/app" "$HOME/other"
	(cd ../link && allow)
	(cd ../link && ruled allowed)
	(cd ../other && ruled place)
	rm ../link
	ln -s other ../link
	cd ../link
	ruled place
	why "$NOT_THE_ONE"
}

@test "one that takes the place of the allowed one is not allowed" {
	local n
	allow
	mv .venv "$HOME/was"
	cp -R ../made/.venv .venv
	ruled place
	why "$NOT_THE_ONE"
	rm -rf .venv
	mv "$HOME/was" .venv
	ruled allowed
	# Often with the same inode number.
	for n in 1 2 3; do
		rm -rf .venv
		cp -R ../made/.venv .venv
		ruled place
		why "$NOT_THE_ONE"
		allow
		ruled allowed
	done
	listed <<<"allowed $E"
}

@test "one that was made here in the place of an allowed one is used" {
	allow
	rm -rf .venv
	make_env .venv
	ruled made-here
}

@test "what was allowed at its old place is not at a new one" {
	allow
	mv "$HOME/app" "$HOME/new"
	cd "$HOME/new"
	ruled place
	listed <<<"allowed $E (gone)"
}

# --- deny

@test "venv deny blocks what would be used" {
	cd ../made
	ruled made-here
	deny
	assert_output "denied $HOME/made/.venv"
	ruled denied
	assert_line '  why: you denied it'
	assert_line --regexp "^  next: .*venv allow $HOME/made/\.venv\$"
	hear "$WHICH"
	refused venv-which 3 "$HOME/made/.venv is blocked: you denied it; "
}

@test "what is denied is denied by any name" {
	cd ../made
	deny
	ln -s made "$HOME/link"
	cd ../link
	ruled denied
	mkdir ../linked
	cd ../linked
	ln -s ../made/.venv .venv
	ruled denied
	rm .venv
	echo ../made/.venv >.venv
	ruled denied
	mv ../made ../moved
	cd ../moved
	ruled denied
}

@test "one that takes the place of a denied one is denied, too" {
	deny
	rm -rf .venv
	make_env .venv
	ruled denied
	allow
	ruled allowed
}

@test "one that was denied and then moved can be allowed" {
	birth=$(stat -c %W "$E" 2>/dev/null || echo 1)
	((birth > 0)) || skip 'nobody knows here when a directory was made'
	deny
	mv ../app ../moved
	cd ../moved
	ruled denied
	allow
	ruled allowed
	deny
	allow --forget
	ruled place
}

@test "the last decision holds" {
	local n
	for n in 1 2; do
		allow
		ruled allowed
		deny
		assert_output "denied $E"
		ruled denied
		listed <<<"denied $E"
	done
	allow
	ruled allowed
	listed <<<"allowed $E"
	assert_equal "$(decisions | wc -l | tr -d ' ')" 1
}

@test "the last decision holds, by whatever name it was made" {
	ln -s app "$HOME/link"
	allow
	(cd ../link && deny)
	ruled denied
	(cd ../link && allow)
	ruled allowed
	(cd ../link && ruled allowed)
	deny
	(cd ../link && ruled denied)
}

@test "of two lines that somebody wrote by hand, the denial holds" {
	allow
	sed -n 's/^allow /deny /p' "$RECORD" >"$HOME/deny"
	cat "$HOME/deny" >>"$RECORD"
	ruled denied
	allow
	ruled allowed
	decisions >"$HOME/allow"
	cat "$HOME/deny" "$HOME/allow" >"$RECORD"
	ruled denied
}

# --- which one

@test "without an argument it is the nearest one" {
	mkdir -p src/deep
	cd src/deep
	allow
	assert_output "allowed $E"
	ruled allowed
	deny
	assert_output "denied $E"
	cd ../../.venv/lib
	ask allow --forget
	assert_success
	ruled place
	allow
	assert_output "allowed $E"
}

@test "or the environment, the project or the name that is given" {
	export WORKON_HOME=$HOME/envs
	plain_env ../envs/tools ../other/venv
	cd /
	allow "$E"
	assert_output "allowed $E"
	deny "$HOME/app"
	assert_output "denied $E"
	cd "$HOME"
	allow ./app
	assert_output "allowed $E"
	allow ./other/venv
	assert_output "allowed $HOME/other/venv"
	allow ./other/
	assert_output "allowed $HOME/other/venv"
	allow tools
	assert_output "allowed $HOME/envs/tools"
	listed <<-END
	allowed $E
	allowed $HOME/envs/tools
	allowed $HOME/other/venv
	END
}

@test "where there is none it fails, and records nothing" {
	mkdir ../empty
	cd ../empty
	for command in allow deny; do
		ask "$command"
		refuses 1 'no environment'
		ask "$command" .
		refuses 1 ''
		ask "$command" ../gone
		refuses 1 gone
		ask "$command" no-such-name
		refuses 1 no-such-name
	done
	[[ ! -e $STATE ]]
}

@test "one that does not work cannot be allowed" {
	rm .venv/bin/python
	ask allow
	refuses 4 'is broken'
	mkdir "$HOME/redirected"
	echo /nonexistent >"$HOME/redirected/.venv"
	cd ../redirected
	ask allow
	refuses 4 'is broken'
	plain_env $'../new\nline/.venv' ../a:b/.venv
	cd $'../new\nline'
	ask allow
	refuses 4 'is broken'
	cd ../a:b
	ask allow
	refuses 4 'is broken'
	[[ ! -s $RECORD || -z $(decisions) ]]
}

@test "called wrongly, it exits 2 and changes nothing" {
	allow
	snapshot
	while read -r -u 4 line; do
		# shellcheck disable=SC2086 # words
		ask $line
		refuses 2 ''
		unchanged
	done 4<<-'END'
		allow --nothing
		allow -x
		allow . .
		allow --json
		allow --list --forget
		allow --list .
		allow --forget --json
		allow --forget . .
		deny --nothing
		deny . .
		deny --json
	END
	for command in allow deny; do
		ask "$command" ''
		assert_equal "$stderr$output" "$stderr"
		[[ $status == [12] ]]
	done
	unchanged
}

@test "it explains itself" {
	local command
	for command in allow deny; do
		ask help "$command"
		assert_success
		assert_line --index 0 --regexp "^usage: venv $command"
		local help=$output
		ask "$command" --help
		says "$help"
	done
	ask help allow
	for option in --list --json --forget; do
		assert_line --regexp "^  $option +[a-z]"
	done
	[[ ! -e $STATE ]]
}

# --- list and forget

@test "venv allow --list prints the decisions, and what became of them" {
	plain_env ../a/.venv ../b/.venv ../c/.venv
	allow
	allow ../a
	allow ../b
	deny ../c
	listed <<-END
	allowed $E
	allowed $HOME/a/.venv
	allowed $HOME/b/.venv
	denied $HOME/c/.venv
	END
	rm -rf ../a/.venv ../c/.venv
	mv ../b/.venv ../kept
	plain_env ../b/.venv
	listed <<-END
	allowed $E
	allowed $HOME/a/.venv (gone)
	allowed $HOME/b/.venv (replaced)
	denied $HOME/c/.venv (gone)
	END
}

@test "without a decision it prints nothing, and writes nothing" {
	ask allow --list
	says ''
	ask allow --list --json
	assert_success
	"$PYTHON" -c 'import json, sys; json.load(sys.stdin)' <<<"$output"
	ruled place
	ask allow --forget
	assert_equal "$status" 1
	[[ ! -e $STATE ]]
}

# told_paths: the paths in the JSON that is read, a line each, as bytes.
told_paths() {
	PYTHONUTF8=1 "$PYTHON" -c '
import json, os, sys
def paths(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from paths(item)
    elif isinstance(value, str) and value.startswith("/"):
        yield os.fsencode(value)
for path in sorted(paths(json.loads(sys.stdin.buffer.read().decode("utf-8")))):
    sys.stdout.buffer.write(path + b"\n")'
}

@test "--json prints the same as JSON" {
	plain_env ../a/.venv ../b/.venv
	allow
	deny ../a
	allow ../b
	rm -r ../b
	ask allow --list --json
	assert_success
	assert_equal "$stderr" ''
	assert_equal "$(told_paths <<<"$output")" "$(sort <<-END
		$HOME/a/.venv
		$E
		$HOME/b/.venv
	END
	)"
	run grep -ow -e gone -e allowed -e denied -e allow -e deny <<<"$output"
	assert_line --regexp '^den'
	assert_line --regexp '^allow'
	assert_line gone
}

@test "venv allow --forget takes a decision back, be it yes or no" {
	local decision
	for decision in allow deny; do
		"$decision"
		allow ../made
		ask allow --forget
		assert_equal "$status $stderr" '0 '
		ruled place
		listed <<<"allowed $HOME/made/.venv"
		ask allow --forget
		refuses 1 "$E"
		ask allow --forget ../app/.venv
		assert_equal "$status" 1
	done
}

@test "it forgets what is gone, and what was replaced" {
	allow
	allow ../made
	rm -rf .venv
	ask allow --forget "$E"
	assert_equal "$status $stderr" '0 '
	listed <<<"allowed $HOME/made/.venv"
	cp -R ../made/.venv .venv
	deny
	rm -rf "$HOME/app"
	cd ..
	ask allow --forget app/.venv
	assert_equal "$status $stderr" '0 '
	ask allow --forget app/.venv
	refuses 1 app/.venv
	mv made/.venv kept
	cp -R kept made/.venv
	ask allow --forget ./made
	assert_success
	listed <<<''
}

# --- the file

@test "the record is a file that people can read, and nobody else" {
	local line number='[0-9]+'
	umask 000
	allow
	deny ../made
	[[ $(mode "$RECORD") == -rw------- ]] || fail "$(mode "$RECORD")"
	[[ $(mode "$STATE") == drwx------ ]] || fail "$(mode "$STATE")"
	head -n 1 "$RECORD" | grep -q '^# ..'
	assert_equal "$(decisions | wc -l | tr -d ' ')" 2
	line=$(grep '^allow ' "$RECORD")
	assert_regex "$line" "^allow $number:$number:$number $E\$"
	line=$(grep '^deny ' "$RECORD")
	assert_regex "$line" "^deny $number:$number:$number $HOME/made/\.venv\$"
	[[ ! -e $RECORD.new ]]
}

@test "lines of the user's, and of versions to come, are kept to the byte" {
	mkdir -p "$STATE"
	printf '%s\n' '# mine,   and my blanks	' '' 'future 1:2:3 /x' \
		'allow not-numbers /x' 'allow 1:2:3 relative' 'allowed /x' \
		'  allow 1:2:3 /x' 'deny 1:2:3' 'allow 1:2:3 /bad\escape' \
		'allow 1:2:3 /x\47' $'\r' $'# latin \351' \
		"$(printf 'x%.0s' {1..9999})" \
		>"$RECORD"
	chmod 600 "$RECORD"
	snapshot
	allow
	head -c "$(wc -c <"$HOME/snapshot")" "$RECORD" |
		cmp - "$HOME/snapshot"
	ruled allowed
	deny
	allow ../made
	ask allow --forget
	ask allow --forget ../made
	unchanged
}

@test "a record that is a link to where it is kept stays one" {
	mkdir -p "$STATE" "$HOME/dotfiles"
	printf '# mine\n' >"$HOME/dotfiles/allowed"
	ln -s "$HOME/dotfiles/allowed" "$RECORD"
	allow
	ruled allowed
	[[ -L $RECORD ]]
	grep -qx '# mine' "$HOME/dotfiles/allowed"
	grep -q '^allow ' "$HOME/dotfiles/allowed"
}

@test "a last line without its newline is one" {
	allow
	printf '%s' "$(cat "$RECORD")" >"$HOME/cut"
	cat "$HOME/cut" >"$RECORD"
	ruled allowed
	allow ../made
	listed <<-END
	allowed $E
	allowed $HOME/made/.venv
	END
	ask allow --forget
	printf '# mine' >>"$RECORD"
	allow
	listed <<-END
	allowed $E
	allowed $HOME/made/.venv
	END
	grep -qx '# mine' "$RECORD"
}

# odd_names: HOSTILE_NAMES, and some that only a record finds odd.
odd_names() {
	printf '%s\0' "${HOSTILE_NAMES[@]}" 'a\061' a1 'a\\061' '\' '\040' \
		'a b (gone)' '# x' $'\001\002\177' $'\302\233x' $'cr\rx'
}

@test "whatever an environment is called, the decision is about it alone" {
	local name names=()
	while IFS= read -r -d '' name; do
		names+=("$name")
		plain_env "$HOME/in/$name"
	done < <(odd_names)
	for name in "${names[@]}"; do
		cd "$HOME/in/$name"
		ruled unplaced
		ask allow
		assert_equal "$name $status $stderr" "$name 0 "
		[[ ${output//$'\n'/} != *[[:cntrl:]]* ]]
		ruled allowed
	done
	assert_equal "$(decisions | wc -l | tr -d ' ')" "${#names[@]}"
	for name in "${names[@]}"; do
		cd "$HOME/in/$name"
		ruled allowed
		ask deny "$PWD"
		assert_success
		ruled denied
		ask allow --forget "$PWD"
		assert_success
		ruled unplaced
	done
	assert_equal "$(decisions)" ''
	run find "$HOME" -name '*PWNED*' -type f
	assert_output ''
}

@test "the record and the list of odd names are text, and tell every byte" {
	local name
	while IFS= read -r -d '' name; do
		plain_env "$HOME/in/$name"
		"$VENV" allow "$HOME/in/$name" >/dev/null
		printf '%s\n' "$HOME/in/$name" >>"$HOME/names"
	done < <(odd_names)
	iconv -f UTF-8 -t UTF-8 "$RECORD" >/dev/null
	run grep -c '[[:cntrl:]]' "$RECORD"
	assert_output 0
	grep -qF "$HOME/in/bad\\377byte" "$RECORD"
	grep -qF "$HOME/in/back\\134slash" "$RECORD"
	grep -qF "$HOME/in/tab\\011here" "$RECORD"
	ask allow --list
	assert_success
	run grep -c $'[[:cntrl:]]\\|\342\200\256' <<<"$output"
	assert_output 0
	assert_equal "$("$VENV" allow --list | wc -l)" "$(wc -l <"$HOME/names")"
	"$VENV" allow --list --json >"$HOME/json"
	told_paths <"$HOME/json" | LC_ALL=C sort >"$HOME/told"
	LC_ALL=C sort "$HOME/names" | diff - "$HOME/told"
}

# --- who wrote it

@test "a record that others may write blocks everything" {
	local n
	allow
	for n in 0666 0620 0602 0622; do
		chmod "$n" "$RECORD"
		ruled record
		assert_line --partial "may be written by others (mode $n)"
		assert_line "  next: chmod 600 $RECORD"
		(cd ../made && ruled record)
		hear "$WHICH"
		refused venv-which 3 'is blocked: the record of your decisions'
	done
	for n in 0600 0644 0400; do
		chmod "$n" "$RECORD"
		ruled allowed
		(cd ../made && ruled made-here)
	done
}

@test "a record that its owner may not read blocks everything" {
	public
	cd "$PUBLIC/home/app"
	as "$ALICE" "$PUBLIC/venv" deny
	as "$ALICE" chmod 0 "$PUBLIC/home/.local/state/venv-which/allowed"
	run as "$ALICE" "$PUBLIC/venv-which" --explain
	assert_equal "$status" 3
	assert_line '  rule: record'
	assert_line --partial 'cannot be read: Permission denied'
}

@test "a record that others could put another one over blocks everything" {
	need_root
	mkdir -m 777 "$HOME/shared"
	mkdir -m 700 "$HOME/shared/venv-which"
	deny
	cp "$RECORD" "$HOME/shared/venv-which/allowed"
	XDG_STATE_HOME=$HOME/shared HOME=/nonexistent
	ruled record
	chmod 755 "$XDG_STATE_HOME"
	ruled denied
}

@test "root follows no link of a user's to keep a record" {
	need_root
	mkdir -p "$STATE" "$HOME/theirs/venv-which"
	printf 'text\n' >"$HOME/roots"
	chmod 644 "$HOME/roots"
	ln -s "$HOME/roots" "$HOME/theirs/venv-which/allowed"
	chown -Rh "$ALICE" "$HOME/theirs"
	XDG_STATE_HOME=$HOME/theirs ask allow
	refuses 1 'belongs to another user, and root keeps no record there'
	assert_equal "$(cat "$HOME/roots")" text
	[[ ! -e $HOME/roots.lock ]]
}

@test "a denial is about its path, whatever else has its number" {
	local id
	mkdir -p "$STATE"
	id=$(stat -c %d:%i "$E" 2>/dev/null || stat -f %d:%i "$E")
	mkdir -p gone/.venv
	printf 'deny %s:0 %s\n' "$id" "$PWD/gone/.venv" >"$RECORD"
	chmod 600 "$RECORD"
	allow
	grep -q "^deny .*/gone/.venv$" "$RECORD"
}

@test "a broken one can be denied, and not allowed" {
	rm "$E/bin/python"
	ask allow
	assert_equal "$status" 4
	deny
	grep -q "^deny .* $E$" "$RECORD"
}

@test "a record of another user's says nothing" {
	need_root
	allow
	deny ../made
	chown "$ALICE" "$RECORD"
	ruled place
	(cd ../made && ruled made-here)
	chmod 666 "$RECORD"
	ruled place
	chmod 600 "$RECORD"
	chown 0 "$RECORD"
	ruled allowed
	(cd ../made && ruled denied)
}

@test "under sudo the record of the user behind it counts" {
	need_root
	deny ../made
	chown "$ALICE" "$RECORD"
	cd ../made
	SUDO_UID=$BOB ruled made-here
	SUDO_UID=$ALICE ruled denied
}

@test "root's record counts for a user, another user's does not" {
	need_root
	public
	ask_as_alice deny
	assert_success
	WHICH=$HOME/as
	put_program "$WHICH" "exec setpriv --reuid=$ALICE --regid=$ALICE \
		--clear-groups '$PUBLIC/venv-which' \"\$@\""
	ruled denied
	chmod 644 "$RECORD"
	chown 0 "$RECORD"
	ruled denied
	chown "$BOB" "$RECORD"
	ruled place
}

@test "root leaves no file of his in another user's home" {
	need_root
	mkdir "${HOME%/*}/alice"
	chown "$ALICE" "${HOME%/*}/alice"
	unset XDG_STATE_HOME
	for command in allow deny; do
		HOME=${HOME%/*}/alice ask "$command"
		refuses 1 '~ belongs to another user'
	done
	assert_equal "$(ls -A "${HOME%/*}/alice")" ''
	mkdir -p "${HOME%/*}/alice/.local/state"
	chown -R "$ALICE" "${HOME%/*}/alice"
	HOME=${HOME%/*}/alice ask allow
	refuses 1 "${HOME%/*}/alice"
	assert_equal "$(ls -A "${HOME%/*}/alice/.local/state")" ''
}

# --- where it is

@test "XDG_STATE_HOME says where the record is, if it is absolute" {
	export XDG_STATE_HOME=$HOME/elsewhere
	allow
	[[ -f $HOME/elsewhere/venv-which/allowed ]]
	ruled allowed
	for XDG_STATE_HOME in state '' ./state; do
		ruled place
	done
	XDG_STATE_HOME=state
	allow
	ruled allowed
	[[ -f $HOME/.local/state/venv-which/allowed && ! -e state ]]
	unset XDG_STATE_HOME
	ruled allowed
	deny
	XDG_STATE_HOME=$HOME/elsewhere ruled allowed
	ruled denied
}

@test "without a HOME nothing is recorded, and it says so" {
	local home=$HOME
	unset XDG_STATE_HOME XDG_CONFIG_HOME
	for HOME in '' relative; do
		ruled place
		ask allow
		refuses 1 ''
	done
	unset HOME
	ruled place
	ask allow
	refuses 1 ''
	ask deny "$home/made"
	refuses 1 ''
	cd "$home/made"
	ruled made-here
	[[ ! -e $home/.local && ! -e relative && ! -e .local ]]
}

@test "a state directory that cannot be written is named" {
	public
	mkdir -p "$XDG_STATE_HOME"
	chmod 0500 "$XDG_STATE_HOME"
	[[ $EUID -ne 0 ]] || chown -R "$ALICE" "$HOME/.local"
	ask_as_alice allow
	refuses 1 "$XDG_STATE_HOME"
	assert_regex "$stderr" 'Permission denied'
	chmod 0700 "$XDG_STATE_HOME"
	ask_as_alice allow
	assert_equal "$status $output" "0 allowed $E"
	[[ $stderr == "venv: allow: the scripts of $E lead to another place: "* ]]
	[[ $(mode "$RECORD") == -rw------- ]]
	chmod 0500 "$STATE"
	cp "$RECORD" "$HOME/snapshot"
	ask_as_alice deny
	refuses 1 "$STATE"
	unchanged
	chmod 0700 "$STATE"
}

@test "a state directory that is no directory is named" {
	mkdir -p "$HOME/.local"
	echo text >"$XDG_STATE_HOME"
	ruled place
	ask allow
	refuses 1 "$XDG_STATE_HOME"
	assert_equal "$(cat "$XDG_STATE_HOME")" text
	rm "$XDG_STATE_HOME"
	mkdir "$XDG_STATE_HOME"
	ln -s gone "$STATE"
	ask allow
	refuses 1 "$STATE"
}

# --- what it withstands

# answered: whatever the answer, there is one.
answered() {
	hear "$WITHIN" 20 "$WHICH" --explain
	[[ $status == [03] ]] || fail "exit status $status: $stderr"
}

@test "a record that is no file does no harm, and is named" {
	mkdir -p "$RECORD/sub"
	answered
	ask allow
	refuses 1 "$RECORD"
	rm -r "$RECORD"
	mkfifo "$RECORD"
	answered
	ask allow
	refuses 1 "$RECORD"
	[[ -p $RECORD ]]
	ask allow --list
	[[ $status != 124 ]]
	rm "$RECORD"
	ln -s /dev/zero "$RECORD"
	answered
	rm "$RECORD"
	mkfifo "$HOME/pipe"
	ln -s "$HOME/pipe" "$RECORD"
	answered
	ask allow
	refuses 1 ''
	[[ -p $HOME/pipe ]]
	rm "$RECORD"
	allow
	ruled allowed
}

@test "a record of anything does no harm, and is kept" {
	local text
	mkdir -p "$STATE"
	for text in 'garbage\n' '\377\376\n\n\n' 'allow\n' 'allow \n' 'deny' \
		'allow 1:1:1 /\n' 'allow 99999999999999999999999:1:1 /x\n' \
		'allow -1:1:1 /x\n' 'allow 1:1 /x\n' "allow 0:0:0 $E\n" \
		"allow 1:2:3 $E\n" "allow :: $E\n" "allow $E\n" "ALLOW $E\n"; do
		printf '%b' "$text" >"$RECORD"
		chmod 600 "$RECORD"
		echo "# $text"
		ruled place
	done
	printf '\n\0\n' >"$RECORD"
	answered
	for text in 'garbage\n' '\377\376\n\n\n' '# \0134\n'; do
		printf '%b' "$text" >"$RECORD"
		snapshot
		allow
		ruled allowed
		ask allow --forget
		unchanged
	done
}

@test "a record of 1 MB loses no denial" {
	local line
	deny
	line=$(decisions)
	{
		printf '# %0999d\n' {1..1049}
		printf '%s\n' "$line"
	} >"$HOME/large"
	cat "$HOME/large" >"$RECORD"
	run "$WITHIN" 20 "$WHICH" --explain
	assert_equal "$status" 3
	cp "$RECORD" "$HOME/snapshot"
	ask allow ../made
	if [[ $status -eq 0 ]]; then
		grep -cxF "$line" "$RECORD"
		(cd ../made && ruled allowed)
	else
		refuses 1 "$RECORD"
		unchanged
	fi
}

@test "twenty decisions at the same time are twenty decisions" {
	local n pids=() command
	deny
	for n in {1..20}; do
		plain_env "$HOME/p$n/.venv"
	done
	cd ..
	for n in {1..20}; do
		((n % 2)) && command=allow || command=deny
		"$VENV" "$command" "./p$n" >/dev/null 3>&- &
		pids+=($!)
	done
	"$VENV" allow --forget ./app >/dev/null
	for n in "${pids[@]}"; do
		wait "$n"
	done
	for n in {1..20}; do
		((n % 2)) && command=allowed || command=denied
		echo "$command $HOME/p$n/.venv"
	done | listed
	[[ ! -e $RECORD.new ]]
}

@test "what was left of a call that was killed is no hindrance" {
	allow
	printf 'garbage of a call that died\n%09999d' 0 >"$RECORD.new"
	deny ../made
	listed <<-END
	allowed $E
	denied $HOME/made/.venv
	END
	[[ ! -e $RECORD.new ]]
	echo text >"$HOME/victim"
	ln -s "$HOME/victim" "$RECORD.new"
	ask deny
	assert_equal "$(cat "$HOME/victim")" text
	rm -f "$RECORD.new"
	deny
	ruled denied
	[[ $(mode "$RECORD") == -rw------- ]]
}

@test "killed at any point, the record is the old one or the new one" {
	need_strace
	local calls n killed=0
	allow
	decisions >"$HOME/old"
	snapshot
	for calls in write fsync '?rename,?renameat,?renameat2' fcntl \
		'?open,openat' close '?chmod,fchmod'; do
		for n in 1 2 3 4 5 6; do
			traced -e trace="$calls" \
				-e inject="$calls:signal=KILL:when=$n" \
				-- deny ../made
			[[ $status -eq 0 ]] || killed=$((killed + 1))
			head -c "$(wc -c <"$HOME/snapshot")" "$RECORD" |
				cmp - "$HOME/snapshot"
			ruled allowed
			deny ../made
			listed <<-END
			allowed $E
			denied $HOME/made/.venv
			END
			cat "$HOME/snapshot" >"$RECORD"
		done
	done
	((killed >= 4)) || fail "killed $killed times"
}

@test "killed before it is renamed, it is the old one" {
	need_strace
	allow
	snapshot
	for calls in fsync '?rename,?renameat,?renameat2'; do
		traced -e trace="$calls" -e inject="$calls:signal=KILL:when=1" \
			-- deny
		[[ $status -ne 0 ]] || fail "$calls is not called"
		unchanged
		ruled allowed
	done
	deny
	ruled denied
}

@test "an error on the way leaves the old one, and is said" {
	need_strace
	local call
	allow
	snapshot
	for call in write:error=ENOSPC write:error=EIO fsync:error=EIO \
		fsync:error=ENOSPC; do
		traced -P "$RECORD.new" -e trace="${call%%:*}" \
			-e inject="$call" -- deny
		assert_equal "$call $status" "$call 1"
		assert_output --partial "venv: "
		assert_output --partial "$(short "$STATE")"
		unchanged
		ruled allowed
		[[ ! -e $RECORD.new ]] || fail "$RECORD.new is left"
	done
	call='?rename,?renameat,?renameat2'
	traced -e trace="$call" -e inject="$call:error=EIO" -- deny
	assert_equal "$status" 1
	unchanged
	deny
	ruled denied
}

@test "where no file may grow, the old one stays" {
	allow
	snapshot
	run bash -c 'ulimit -f 0; exec "$0" deny 2>&1' "$VENV"
	[[ $status -ne 0 ]]
	unchanged
	ruled allowed
	deny
	ruled denied
}

@test "on a full disk the old one stays, and that is said" {
	need_root
	unshare -m true 2>/dev/null || skip 'needs mount namespaces'
	allow
	printf '# %04000d\n' 0 >>"$RECORD"
	snapshot
	cat >"$HOME/full" <<-'END'
		cp "$STATE/allowed" "$HOME/copy" &&
			mount -t tmpfs -o size=16k,mode=700 none "$STATE" &&
			(umask 077 && cp "$HOME/copy" "$STATE/allowed") ||
			exit 99
		"$VENV" allow --list
		head -c 20000 /dev/zero >"$STATE/fill" 2>/dev/null
		"$VENV" deny 2>&1
		echo "status $?"
		cmp "$HOME/copy" "$STATE/allowed" && echo same
		rm "$STATE/fill"
		"$VENV" deny 2>&1
		echo "status $?"
	END
	export STATE VENV
	run unshare -m sh "$HOME/full"
	[[ $status -ne 99 ]] || skip 'cannot mount a small disk'
	assert_line --index 0 "allowed ~/app/.venv"
	assert_line --index 1 --regexp '^venv: .*No space left on device'
	assert_line --index 2 'status 1'
	assert_line --index 3 same
	assert_line --index 4 "denied ~/app/.venv"
	assert_line --index 5 'status 0'
}

@test "an answer that cannot be written is a failure" {
	allow
	for mode in '--list' '--list --json' ''; do
		# shellcheck disable=SC2086 # words
		run bash -c 'exec "$0" allow "$@" 2>&1 >/dev/full' "$VENV" $mode
		assert_equal "$mode $status" "$mode 1"
		assert_output --partial 'venv: cannot write the answer: '
	done
	ruled allowed
}

@test "venv-which writes nothing, and needs no lock" {
	need_strace
	allow
	find "$STATE" -exec ls -ld {} + >"$HOME/before"
	run no_leaks strace -f -qq -o "$HOME/trace" \
		-e trace='openat,?open,fcntl,?rename,?mkdir,?unlink' "$WHICH"
	says "$E"
	run grep -cE 'O_(WRONLY|RDWR|CREAT)|F_SETLK|rename|mkdir|unlink' \
		"$HOME/trace"
	assert_output 0
	find "$STATE" -exec ls -ld {} + | diff "$HOME/before" -
}
