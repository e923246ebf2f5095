# venv list: what it says of environments that were moved, copied, linked or
# never finished, and of their age, size and base interpreter.  What else it
# lists is in venv.bats.

# shellcheck disable=SC2016,SC2030,SC2031,SC2088,SC2103,SC2154
# They are text; each test is a process; bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	VENV=$STAGE/bin/venv
	NAMED=$HOME/.virtualenvs
	mkdir app
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
	# A long line goes on in the next.
	output=${output//$'\n    ('/  (}
	all_lines lines output
}

# why NAME TEXT: that stands between the brackets of the line of NAME.
why() {
	ask list
	assert_equal "$status $stderr" '0 '
	assert_equal "$(sed -n "s/^[* ] $1  .*  (\\(.*\\))\$/\\1/p" <<<"$output")" \
		"$2"
}

# long NAME: the age and the size that list -l prints of it.
long() {
	ask list -l
	assert_equal "$status $stderr" '0 '
	sed -nE "s/^[* ] $1 +[0-9.]+ +([0-9]+ (min|[hdwy])) +(>?[0-9.]+ [kMGT]B) +\\/.*/\\1, \\3/p" \
		<<<"$output"
}

# blob FILE KIB: that much, on the disk.
blob() { head -c "$(($2 * 1024))" /dev/urandom >"$1"; }

# bytes DIR: what du says of it.
bytes() { echo "$(($(du -sk "$1" | cut -f 1) * 1024))"; }

# --- moved and copied

@test "one that was moved says where it was made" {
	make_env "$NAMED/before"
	mv "$NAMED/before" "$NAMED/after"
	why after "named, moved from $NAMED/before"
	ask list --json
	is_so 'by["after"]["moved_from"]' "$NAMED/before" \
		'by["after"]["state"]' blocked \
		'by["after"]["rule"]' place
	ask allow after
	why after named
	ask list --json
	is_so 'by["after"]["moved_from"]' None
}

@test "a copy says of what, while that is there" {
	make_env "$NAMED/one"
	cp -R "$NAMED/one" "$NAMED/two"
	why two "named, copied from $NAMED/one"
	why one named
	ask list --json
	is_so 'by["two"]["moved_from"]' "$NAMED/one" \
		'by["one"]["moved_from"]' None
	rm -rf "$NAMED/one"
	why two "named, moved from $NAMED/one"
}

@test "an empty pyvenv.cfg says nothing of the one that was read before" {
	make_env "$NAMED/first"
	echo 'prompt = other' >>"$NAMED/first/pyvenv.cfg"
	make_env "$NAMED/second"
	: >"$NAMED/second/pyvenv.cfg"
	ask list --json
	assert_equal "$status $stderr" '0 '
	is_so 'by["other"]["path"]' "$NAMED/first" \
		'by["second"]["path"]' "$NAMED/second" \
		'by["second"]["version"]' None
}

@test "the project's own as well, after the project was moved" {
	make_env .venv
	cd ..
	mv app moved
	cd moved
	why moved "this directory's, moved from $HOME/app/.venv"
}

@test "one that is blocked by another rule, or broken, says that" {
	make_env "$NAMED/before"
	mv "$NAMED/before" "$NAMED/after"
	chmod o+w "$NAMED/after"
	why after 'named, blocked'
	ask list --json
	is_so 'by["after"]["moved_from"]' None
	rm "$NAMED/after/bin/python"
	why after 'named, broken'
}

@test "where it was made cannot say more than a line" {
	make_bare_env "$NAMED/one"
	printf "VIRTUAL_ENV='/x\033[31m'\n" >"$NAMED/one/bin/activate"
	why one 'named, moved from /x?[31m'
	ask list --json
	is_so 'by["one"]["moved_from"]' $'/x\033[31m'
}

# --- unfinished

@test "one whose making was killed is unfinished" {
	mkdir -p "$NAMED/half" "$NAMED/empty" "$NAMED/odd/.pyvenv.cfg.new"
	touch "$NAMED/half/.pyvenv.cfg.new"
	ln -s nowhere "$NAMED/empty/.pyvenv.cfg.new"
	make_env "$NAMED/again"
	touch "$NAMED/again/.pyvenv.cfg.new"
	why half 'named, unfinished'
	assert_equal "${#lines[@]}" 2
	why again named
	ask list --json
	is_so 'len(j)' 2 \
		'by["half"]["state"]' broken \
		'by["half"]["rule"]' unfinished \
		'by["half"]["why"]' 'its creation did not come to an end' \
		'by["half"]["path"]' "$NAMED/half" \
		'by["half"]["base"]' None
}

# --- projects

@test "a named environment says to which project it belongs" {
	make_env "$NAMED/one"
	"$VENV" link -q one
	why one "this directory's, named, of $PWD"
	cd ..
	why one "named, of $HOME/app"
	ask list --json
	is_so 'by["one"]["project"]' "$HOME/app"
}

@test "and whether that is gone, or leads there no more" {
	make_env "$NAMED/one"
	make_env "$NAMED/two"
	"$VENV" link -q one
	"$VENV" link -q two
	cd ..
	why one "named, of $HOME/app, redirect gone"
	why two "named, of $HOME/app"
	echo two >app/.venv
	why two "named, of $HOME/app"
	rm app/.venv
	why two "named, of $HOME/app, redirect gone"
	ln -s "$NAMED/two" app/.venv
	why two "named, of $HOME/app"
	rm -r app
	why two "named, of $HOME/app, project gone"
	touch app
	why two "named, of $HOME/app, project gone"
}

@test "what .project says otherwise, or to strangers, says nothing" {
	local file=$NAMED/one/.project
	make_env "$NAMED/one"
	for text in '' relative $'\n/second'; do
		printf '%s\n' "$text" >"$file"
		why one named
	done
	rm "$file"
	mkfifo "$file"
	why one named
	rm "$file"
	echo /secret >secret
	ln -s "$PWD/secret" "$file"
	why one named
	rm "$file"
	mkdir "$file"
	why one named
	rm -r "$file"
	printf '/esc\033[31m' >"$file"
	why one 'named, of /esc?[31m, project gone'
	head -c 100000 /dev/zero | tr '\0' / >"$file"
	why one named
}

@test "a redirect that leads nowhere is listed, with the reason" {
	echo ../gone >.venv
	mkdir sub
	cd sub
	why app "this directory's, broken: it leads to ../gone, where there is no environment"
	assert_equal "${#lines[@]}" 1
	ask list -l
	assert_line --regexp "^  app +$HOME/app/.venv  \\(this directory's, broken: "
	ask list -l --json
	is_so 'by["app"]["path"]' "$HOME/app/.venv" \
		'by["app"]["rule"]' redirect-dangling \
		'by["app"]["project"]' "$HOME/app" \
		'[by["app"][key] for key in ("base", "made", "moved_from")]' \
		'[None, None, None]' \
		'[by["app"][key] for key in ("size", "total")]' '[None, None]'
	: >../.venv
	why app "this directory's, broken: its first line is empty"
}

# --- age, size and base interpreter

@test "-l and --long add age, size and base interpreter" {
	make_env "$NAMED/one"
	local home
	home=$(sed -n 's/^home = //p' "$NAMED/one/pyvenv.cfg")
	for option in -l --long; do
		ask list "$option"
		assert_output --regexp \
			"^  one +[0-9.]+ +0 min +[0-9]+ kB +$NAMED/one  \\(named, base $home/python3?[.0-9]*\\)\$"
	done
	ask list --json
	is_so 'os.path.samefile(by["one"]["base"], "'"$PYTHON"'")' True
}

@test "the age is in the largest unit that it fills" {
	make_env "$NAMED/one"
	local cfg=$NAMED/one/pyvenv.cfg
	local now seconds text time
	printf -v now '%(%s)T' -1
	while read -r seconds text; do
		printf -v time '%(%Y%m%d%H%M.%S)T' "$((now - seconds))"
		touch -t "$time" "$cfg"
		assert_equal "$(long one | sed 's/,.*//')" "$text"
	done <<-'END'
		-5000 0 min
		30 0 min
		150 2 min
		3590 59 min
		3610 1 h
		86390 23 h
		86410 1 d
		1209000 13 d
		1210000 2 w
		31535000 52 w
		31537000 1 y
		99999999 3 y
	END
	"$PYTHON" -c 'import os, sys; os.utime(sys.argv[1], (0, 1234567890))' "$cfg"
	ask list --json
	is_so 'by["one"]["made"]' 1234567890
}

@test "the size is what the disk has to give for it" {
	make_env "$NAMED/one"
	mkdir -p "$NAMED/one/lib/deep/er"
	blob "$NAMED/one/lib/deep/er/blob" 3000
	blob "$NAMED/one/.hidden" 200
	truncate -s 1G "$NAMED/one/hole" 2>/dev/null || true
	ask list -l --json
	is_so 'by["one"]["size"]' "$(bytes "$NAMED/one")" \
		'by["one"]["total"]' "$(bytes "$NAMED/one")"
	assert_regex "$(long one)" '^0 min, 3\.[3-5] MB$'
	blob "$NAMED/one/more" 10000
	assert_regex "$(long one)" '^0 min, 1[34] MB$'
	ask list --json
	is_so 'by["one"]["size"]' None \
		'by["one"]["total"]' None
}

@test "files that others have as well do not count, but in the total" {
	make_env "$NAMED/one"
	mkdir cache
	blob cache/blob 5000
	blob cache/other 1000
	local own
	own=$(bytes "$NAMED/one")
	ln cache/blob "$NAMED/one/blob"
	ln cache/blob "$NAMED/one/twice"
	ln cache/other "$NAMED/one/other"
	ask list -l --json
	is_so 'by["one"]["size"]' "$own" \
		'by["one"]["total"]' "$(bytes "$NAMED/one")"
	assert_regex "$(long one)" '^0 min, [0-9]+ kB$'
	# All of its names are in there.
	rm cache/blob
	ask list -l --json
	is_so 'by["one"]["size"]' "$(($(bytes "$NAMED/one") - $(bytes cache/other)))"
}

@test "many files of several names count once each" {
	make_env "$NAMED/one"
	mkdir cache
	"$PYTHON" -c '
import os, sys
for i in range(3000):
    open("cache/%d" % i, "w").write("x")
    os.link("cache/%d" % i, sys.argv[1] + "/%d" % i)' "$NAMED/one"
	ask list -l --json
	is_so 'by["one"]["total"]' "$(bytes "$NAMED/one")" \
		'by["one"]["total"] - by["one"]["size"] >= 3000 * 512' True
}

@test "no link is followed, and no loop" {
	make_env "$NAMED/one"
	mkdir big
	blob big/blob 5000
	ln -s "$PWD/big" "$NAMED/one/big"
	ln -s . "$NAMED/one/loop"
	ln -s "$PWD/big/blob" "$NAMED/one/blob"
	mkfifo "$NAMED/one/fifo"
	ask list -l --json
	is_so 'by["one"]["total"]' "$(bytes "$NAMED/one")" \
		'by["one"]["total"] < 1000000' True
}

@test "a tree of any depth ends, and says that there is more" {
	make_env "$NAMED/one"
	"$PYTHON" -c '
import os, sys
os.chdir(sys.argv[1])
for i in range(1500):
    os.mkdir("d")
    os.chdir("d")' "$NAMED/one"
	assert_regex "$(long one)" '^0 min, >[0-9.]+ [kM]B$'
	"$PYTHON" -c 'import shutil, sys
sys.setrecursionlimit(9999)
shutil.rmtree(sys.argv[1])' "$NAMED/one/d" || rm -rf "$NAMED/one/d"
	assert_regex "$(long one)" '^0 min, [0-9.]+ kB$'
}

@test "what cannot be read is more than what is said" {
	public_place
	cp "$VENV" "$PUBLIC/venv"
	make_env "$PUBLIC/named/one"
	mkdir "$PUBLIC/named/one/closed"
	local as=()
	if [[ $EUID -eq 0 ]]; then
		command -v setpriv >/dev/null || skip 'no setpriv on this machine'
		as=(setpriv --reuid=61234 --regid=61234 --clear-groups)
		chown -R 61234 "$PUBLIC"
		"${as[@]}" test -x "$PUBLIC/venv" ||
			skip 'other users cannot reach the test directory'
	fi
	chmod 0 "$PUBLIC/named/one/closed"
	cd /
	export WORKON_HOME=$PUBLIC/named
	hear ${as[@]+"${as[@]}"} "$PUBLIC/venv" list -l
	chmod 700 "$PUBLIC/named/one/closed"
	assert_output --regexp ' >[0-9]+ kB  '
}

# base TEXT: that is the base interpreter of the environment `one`, by list -l
# and by --json.
base() {
	ask list -l
	assert_equal "$(sed -n 's/.*(.*base \([^,]*\).*)$/\1/p' <<<"$output")" "$1"
	ask list --json
	is_so 'by["one"]["base"]' "${2-$1}"
}

@test "the base interpreter is what home and bin/python say, else executable" {
	local env=$NAMED/one py=$HOME/py/bin
	mkdir -p "$py" "$env/bin"
	for name in python3 python python3.99 mine; do
		put_program "$py/$name" ''
	done
	printf 'home = %s\nversion = 3.99\n' "$py" >"$env/pyvenv.cfg"
	# CPython's, its newer ones', uv's, and one to a link of another name.
	ln -s "$py/python3" "$env/bin/python3"
	ln -s python3 "$env/bin/python"
	base "$py/python3"
	ln -sf "$py/mine" "$env/bin/python3"
	base "$py/mine"
	ln -sf "$py/python3.99" "$env/bin/python"
	base "$py/python3.99"
	ln -sf "../../../py/bin/mine" "$env/bin/python"
	base "$py/mine"
	# A copy, which says nothing.
	rm "$env/bin/python"
	cp "$py/mine" "$env/bin/python"
	base "$py/python3"
	printf 'executable = %s\n' "$py/python3.99" >>"$env/pyvenv.cfg"
	base "$py/python3.99"
	# A loop ends.
	ln -sf python "$env/bin/python"
	base "$py/python"
	# Nothing tells.
	printf 'home = ../py\n' >"$env/pyvenv.cfg"
	base '' None
}

@test "a base interpreter that is gone is gone" {
	local env=$NAMED/one
	make_bare_env "$env"
	printf 'home = /gone/bin\nversion = 3.99\n' >"$env/pyvenv.cfg"
	ln -sf /gone/bin/python3 "$env/bin/python"
	base gone /gone/bin/python3
	why one 'named, broken'
	ask list -l
	assert_output --partial '(named, base gone, broken)'
}

# --- the form

@test "the rows line up, whatever the script of the names" {
	for name in a é 日本語 $'\360\237\220\215' $'e\314\201' 한국어; do
		make_env_bytes "$NAMED/$name"
	done
	for option in '' -l; do
		# shellcheck disable=SC2086 # none, or one
		"$VENV" list $option >list.txt
		PYTHONUTF8=1 "$PYTHON" -c '
import sys, unicodedata
def width(s):
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
lines = [line for line in open("list.txt", encoding="utf-8") if line[:5] != "    ("]
at = {width(line[:line.index("/")]) for line in lines}
assert len(at) == 1, at
'
		assert_equal "$(grep -vc '^    (' list.txt)" 6
	done
}

@test "venv list -l and its JSON withstand every name" {
	local name
	for name in "${HOSTILE_NAMES[@]}"; do
		make_env_bytes "$NAMED/$name"
		mkdir -p "$HOME/d/$name"
		printf '%s\n' "$HOME/d/$name" >"$NAMED/$name/.project"
		printf '%s\0' "$HOME/d/$name" >>names
		mkdir -p "$HOME/half/$name"
		echo >"$HOME/half/$name/.pyvenv.cfg.new"
		printf '%s\0' "$HOME/half/$name" >>halves
	done
	"$VENV" list -l >list.txt
	"$VENV" list -l --json >list.json
	WORKON_HOME=$HOME/half "$VENV" list -l >>list.txt
	WORKON_HOME=$HOME/half "$VENV" list -l --json >half.json
	assert_equal "$(grep -vc '^    (' list.txt)" "$((2 * ${#HOSTILE_NAMES[@]}))"
	PYTHONUTF8=1 "$PYTHON" -c '
import json, os
def names(file):
    return sorted(open(file, "rb").read().split(b"\0")[:-1])
def listed(file, key):
    j = json.loads(open(file, "rb").read().decode("utf-8"))
    assert all(env["size"] > 0 for env in j)
    return sorted(os.fsencode(env[key]) for env in j)
assert listed("list.json", "project") == names("names")
assert listed("half.json", "path") == names("halves")
for line in open("list.txt", encoding="utf-8"):
    assert line[:-1].isprintable(), line
'
}

@test "without -l no tree is walked" {
	need_strace
	make_env "$NAMED/one"
	mkdir "$NAMED/one/lib/deep"
	for args in 'list' 'list --json'; do
		# shellcheck disable=SC2086 # words
		ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 \
			strace -f -qq -o trace "$VENV" $args >/dev/null
		grep -q pyvenv.cfg trace
		! grep -q deep trace
	done
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 \
		strace -f -qq -o trace "$VENV" list -l >/dev/null
	grep -q deep trace
}
