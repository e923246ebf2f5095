# What a TAB is answered: venv --complete, which the shells ask; see
# shellcomplete.bats for what they make of it.

# shellcheck disable=SC2016,SC2030,SC2031,SC2154,SC2088 # text; each test is a process

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	local file=$BATS_FILE_TMPDIR/version
	[[ -e $file ]] || "$PYTHON" -I -S -c 'import sys; print(sys.version.split()[0])' \
		>"$file"
	VERSION=$(<"$file")
	export PYENV_ROOT=$HOME/pyenv UV_PYTHON_INSTALL_DIR=$HOME/uv
}

# --- words of these tests

# asks [PROGRAM] -- WORD...: in $output the candidates, each with its tab shown.
# It is quick, silent and never fails.  SEARCH is its PATH.
asks() {
	hear "$WITHIN" 60 env ${SEARCH+"PATH=$SEARCH"} \
		"$STAGE/bin/venv" --complete "$@" </dev/null
	assert_equal "$status <$stderr>" '0 <>'
	show_tabs
}
# Of many lines it would take long by characters.
show_tabs() {
	local LC_ALL=C
	output=${output//$'\t'/ | }
}

# offers CANDIDATE...: exactly these, without what is said about them.
offers() {
	local candidates expected=''
	list_candidates
	[[ $# -eq 0 ]] || printf -v expected '%s\n' "$@"
	assert_equal "$candidates" "$expected"
}

# list_candidates: $candidates, a line each.
list_candidates() {
	local LC_ALL=C line all=()
	candidates=''
	[[ -z $output ]] || all_lines all output
	for line in ${all[@]+"${all[@]}"}; do
		candidates+=${line%%' | '*}$'\n'
	done
}

# described LINE...: exactly these, with it.
described() {
	assert_equal "$output" "$(printf '%s\n' "$@")"
}

# among WORD...: offers these among others.
among() {
	local word candidates
	list_candidates
	for word; do
		[[ $'\n'$candidates == *$'\n'"$word"$'\n'* ]] ||
			fail "not offered: $word"
	done
}

# --- commands and options

@test "the first word is a command, described by its summary" {
	asks -- ''
	assert_equal "$output" "$(venv help | sed -n 's/^  \([a-z]*\)  *\(.*\)/\1 | \2/p' | LC_ALL=C sort)"
	asks -- re
	offers recreate remove
	asks -- -
	offers --help --version
	asks -- nothing
	offers
}

@test "each command has the options of its help, described, and --help" {
	local command
	for command in $(venv help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
		asks -- "$command" -
		offers $({
			venv help "$command" | sed -nE 's/^  (-[a-zA-Z], |)? *(--[a-z-]+)( .*)?$/\2/p'
			echo --help
		} | LC_ALL=C sort)
		assert_equal "$(sed 's/ *|.*//' <<<"$output" | wc -l)" "$(grep -c ' | .' <<<"$output")"
	done
	asks -- create --up
	described '--upgrade | have one that is there use this Python' \
		'--upgrade-deps | upgrade pip from the index'
	asks -- list -l
	described '-l | with age, size and base interpreter'
}

@test "an option that was given is not offered again" {
	asks -- create --clear -qv --prompt=x -
	among --copies --force
	for option in --clear --quiet --verbose --prompt; do
		refute_line --regexp "^$option \\|"
	done
}

@test "the options of venv-which are those of its help" {
	asks venv-which -- ''
	offers $(venv-which -h | grep -oE '^  -.*' | grep -oE '(^  |, )--?[A-Za-z]+' |
		sed 's/^[ ,]*//' | LC_ALL=C sort)
	asks venv-which -- -f
	described '-f | print FORMAT: %n name, %v version (3.11.7), %V (3.11), ...'
	asks venv-which -- --js
	described '--json | print all of it as a JSON object'
	mkdir 'two words' other
	asks venv-which -- -p -C t
	offers 'two words/'
	asks venv-which -- -f ''
	offers
	asks venv-which -- -f -C --a
	offers --active --any
}

@test "a word that has an argument in it is offered whole" {
	make_env .virtualenvs/tools
	asks -- run --env=to
	described "--env=tools | $VERSION"
	asks -- run -eto
	described "-etools | $VERSION"
	asks -- create --link-mode=
	offers --link-mode=clone --link-mode=copy --link-mode=hardlink
	asks -- create --link-mode c
	offers clone copy
	asks -- create --nonsense=
	offers
}

@test "what only the user knows has no candidates" {
	mkdir app
	asks -- create --name ''
	offers
	asks -- create --prompt ''
	offers
	asks -- list ''
	offers
	asks -- off ''
	offers
}

@test "help has the commands, and init the shells" {
	asks -- help li
	offers link list
	asks -- init ''
	offers $(tr ' ' '\n' <<<"$SCRIPTED" | sort)
	asks -- init fish ''
	offers
}

@test "every kind of word that a usage or an option names is one that is known" {
	local command kind
	for command in $(venv help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
		venv help "$command" | sed -n -e 's/^usage: //p' \
			-e 's/^  .*--[a-z-]* \([A-Z_]*\) .*/\1/p'
	done | grep -oE '\b[A-Z_]+\b' | grep -vx OPTION | sort -u >kinds
	grep -qx PYTHON kinds
	while read -r kind; do
		grep -qE "^.*\{ \"([A-Z| ]* )?$kind( [A-Z| ]*)?\", offer_" "$ROOT/src/venv/kinds.c" ||
			fail "$kind is not in src/venv/kinds.c"
	done <kinds
}

# --- environments

@test "named environments are offered with their version, and what is wrong" {
	make_env .virtualenvs/tools
	make_env .virtualenvs/broken
	rm .virtualenvs/broken/bin/python
	cp -R .virtualenvs/tools .virtualenvs/copy
	mkdir .virtualenvs/none .virtualenvs/.hidden
	touch .virtualenvs/file
	mkdir src && cd src
	asks -- use ''
	described "broken | $VERSION, broken" "copy | $VERSION, blocked" "tools | $VERSION"
	for command in allow deny link recreate remove; do
		asks -- "$command" t
		described "tools | $VERSION"
	done
	asks -- run -e t
	described "tools | $VERSION"
	WORKON_HOME=$HOME/elsewhere asks -- use ''
	offers
}

@test "directories that are environments, or hold one, are offered, too" {
	make_env app/.venv
	make_env envs/one
	ln -s envs/one link
	mkdir plain
	echo ../app/.venv >plain/.venv
	mkdir empty
	asks -- use ''
	described "app | $VERSION" "link | $VERSION" "plain | $VERSION"
	VENV_WHICH_NAMES=env asks -- use a
	offers app/
	asks -- use e
	described 'empty/ | ' 'envs/ | '
	asks -- use envs/
	described "envs/one | $VERSION"
	asks -- use ./e
	offers ./empty/ ./envs/
	asks -- use "$HOME/app"
	described "$HOME/app | $VERSION"
	asks -- use empty/../e
	offers empty/../empty/ empty/../envs/
	asks -- use ..
	offers ../
}

@test "the environment of this directory is offered, though it is hidden" {
	make_env app/.venv
	make_env .virtualenvs/solo
	cd app
	asks -- remove ''
	described ".venv | $VERSION" "solo | $VERSION"
	asks -- use .
	described ".venv | $VERSION"
	asks -- remove .venv ''
	offers solo
	rm .venv/bin/python
	for command in use allow deny link recreate remove; do
		asks -- "$command" ''
		described ".venv | $VERSION, broken" "solo | $VERSION"
	done
	asks -- run --env=
	offers --env=.venv --env=solo
	asks -- use s
	offers solo
	mv .venv .other
	asks -- remove ''
	offers solo
	VENV_WHICH_NAMES=.other asks -- remove ''
	offers .other solo
}

@test "pick has the names that are chosen from" {
	make_env app/.venv
	make_env .virtualenvs/tools
	make_env other/.venv --prompt 'two words'
	make_env .virtualenvs/older
	"$PYTHON" - "$HOME/other/.venv" "$HOME/app/.venv" "$HOME/gone" <<-'END'
		import os, sys
		os.makedirs('.local/state/venv-which', mode=0o700)
		open('.local/state/venv-which/recent', 'w').write('\n'.join(sys.argv[1:]) + '\n')
	END
	mkdir app/src && cd app/src
	asks -- pick ''
	described "app | $VERSION" "older | $VERSION" "tools | $VERSION" "two words | $VERSION"
	asks -- pick ap
	described "app | $VERSION"
	mkdir ~/link && cd ~/link
	echo nowhere >.venv
	asks -- pick l
	described 'link | broken'
	make_env_bytes ~/-x/.venv
	cd ~/-x
	asks -- pick ''
	offers app older tools 'two words'
}

@test "allow --forget has what is recorded, allow --list nothing" {
	make_env app/.venv
	make_env .virtualenvs/tools
	make_env $'tab\there'
	for env in app $'tab\there' tools; do
		venv allow "$env"
	done
	venv deny tools
	venv create -q --without-pip -p "$PYTHON" made
	rm -r app made
	cd .virtualenvs
	asks -- allow --list ''
	offers
	asks -- allow --list --json ''
	offers
	asks -- allow --forget ''
	described "$HOME/.virtualenvs/tools | denied" "$HOME/app/.venv | allowed" \
		"$HOME/made | created" "$HOME/tab | here | allowed" "tools | $VERSION, blocked"
	asks -- allow --forget "$HOME/ap"
	described "$HOME/app/.venv | allowed"
	asks -- allow --forget t
	offers tools
	asks -- allow ''
	offers tools
	asks -- allow --forget tools ''
	offers
	asks -- doctor --time ''
	offers
	printf 'nonsense\nallow 1:2:3 /zz\\012b\nallow 1:2:3 /ok\n' >"$XDG_STATE_HOME/venv-which/allowed"
	asks -- allow --forget /
	among /ok
	refute_output --partial zz
	chmod 666 "$XDG_STATE_HOME/venv-which/allowed"
	asks -- allow --forget ''
	offers tools
}

@test "where nothing begins as typed, capitals do not count" {
	make_env .virtualenvs/tools
	make_env .virtualenvs/Older
	make_env .virtualenvs/Two
	make_env App/.venv
	mkdir src src/Deep toe
	put_program .virtualenvs/tools/bin/mine ''
	asks -- use TO
	described "tools | $VERSION"
	asks -- use o
	offers Older
	asks -- use T
	offers Two
	asks -- use ap
	described "App | $VERSION"
	asks -- run --env=OL
	offers --env=Older
	asks -- use SR
	offers src/
	asks -- use src/de
	offers src/Deep/
	asks -- use to
	offers tools
	# What begins as typed comes before all else, whatever it is.
	mkdir Toe
	asks -- use Toe
	offers Toe/
	asks -- US
	offers use
	asks -- create --UPGRADE-
	offers --upgrade-deps
	asks -- run -e tools MI
	described ' | command 4'
}

@test "one operand is one; where there may be more, each is offered once" {
	make_env .virtualenvs/one
	make_env .virtualenvs/two
	asks -- use one ''
	offers
	asks -- remove ''
	offers one two
	asks -- remove -y one ''
	offers two
	asks -- remove one two ''
	offers
}

@test "a name with a dash is a path in front of --, and a name behind it" {
	mkdir -p .virtualenvs
	make_env_bytes ./-here/.venv
	make_env_bytes .virtualenvs/-named
	asks -- use ''
	offers ./-here
	asks -- use -
	offers --help
	asks -- use -- -
	offers -here -named
	asks -- create -- -h
	offers -here/
}

@test "every hostile name is told as it is" {
	local name
	mkdir .virtualenvs
	for name in "${HOSTILE_NAMES[@]}"; do
		make_env_bytes ".virtualenvs/$name"
	done
	make_bare_env .virtualenvs/$'new\nline'
	hear bash -c '"$1" --complete -- use -- "" | sed "s/\t[^\t]*\$//" | LC_ALL=C sort' \
		bash "$STAGE/bin/venv"
	assert_equal "$output" "$(printf '%s\n' "${HOSTILE_NAMES[@]}" | LC_ALL=C sort)"
	# A half of each finds it.
	for name in "${HOSTILE_NAMES[@]}"; do
		"$STAGE/bin/venv" --complete -- use -- "${name:0:${#name}/2+1}" |
			sed $'s/\t[^\t]*$//' | grep -qxF -e "$name" || fail "$name"
	done
	[[ ! -e PWNED ]]
}

@test "what an environment says of itself reaches no terminal as it is" {
	make_bare_env .virtualenvs/odd
	printf 'version = 3\033[31m.1\n' >.virtualenvs/odd/pyvenv.cfg
	asks -- use odd
	[[ $output == 'odd | 3'* && $output != *$'\033'* ]]
}

@test "numbers in names are sorted as numbers" {
	mkdir -p app{,1,9,09,10}/x app{1.10,1.9,-2} b{1,}8446744073709551616 b3
	asks -- create ''
	offers app-2/ app/ app1.9/ app1.10/ app1/ app9/ app09/ app10/ \
		b3/ b8446744073709551616/ b18446744073709551616/
	# Also where all of them begin with a part of it.
	mkdir -p c1{a,0,9b}
	asks -- create c1
	offers c1a/ c10/ c19b/
}

@test "ten thousand named environments are all offered" {
	"$PYTHON" - <<-'END'
		import os
		for i in range(10000):
		    os.makedirs('.virtualenvs/env-%05d' % i)
	END
	mkdir src && cd src
	asks -- use ''
	assert_equal "$(wc -l <<<"$output")" 10000
	asks -- use env-0123
	offers
	make_bare_env ../.virtualenvs/env-01234
	asks -- use env-0123
	described 'env-01234 | 3.11.2, blocked'
}

@test "where there are many, none is read" {
	need_strace
	local env
	mkdir -p .virtualenvs/{1..200}
	for env in .virtualenvs/*; do
		echo >"$env/pyvenv.cfg"
	done
	mkdir src && cd src
	strace -f -o ../trace "$STAGE/bin/venv" --complete -- use '' >answer
	assert_equal "$(wc -l <answer)" 200
	! grep -q pyvenv.cfg ../trace || fail 'it reads them'
}

# --- directories and programs

@test "create has directories, to go into" {
	mkdir -p app/src other .git
	asks -- create ''
	offers app/ other/
	asks -- create app/
	offers app/src/
	asks -- create .
	offers .git/
	asks -- create app/ o
	offers other/
}

@test "base interpreters are those of PATH, of pyenv and of uv; none is run" {
	mkdir -p bin pyenv/versions/{3.11.7,3.11.9,3.9.18,mine}/bin uv/cpython-3.13.0-linux/bin nowhere
	put_program bin/python3.12 'touch "$HOME/RUN"'
	put_program bin/python3 'touch "$HOME/RUN"'
	put_program bin/pypy3 'touch "$HOME/RUN"'
	put_program bin/python3-config 'touch "$HOME/RUN"'
	put_program nowhere/python3.14 'touch "$HOME/RUN"'
	touch bin/python3.10
	for name in pyenv/versions/*/bin uv/*/bin; do
		put_program "$name/python3" 'touch "$HOME/RUN"'
	done
	SEARCH=nowhere:$HOME/bin asks -- create -p ''
	described "3.9 | $HOME/pyenv/versions/3.9.18/bin/python3" \
		"3.11 | $HOME/pyenv/versions/3.11.9/bin/python3" \
		"3.12 | $HOME/bin/python3.12" \
		"3.13 | $HOME/uv/cpython-3.13.0-linux/bin/python3" \
		"pypy3 | $HOME/bin/pypy3" "python3 | $HOME/bin/python3" \
		"python3.12 | $HOME/bin/python3.12"
	SEARCH=$HOME/bin asks -- recreate --python=3.11.
	offers --python=3.11.7 --python=3.11.9
	SEARCH=$HOME/bin asks -- create -p bin/
	offers bin/pypy3 bin/python3 bin/python3.12
	SEARCH=$HOME/bin asks -- create -p b
	offers
	SEARCH=$HOME/bin asks -- create -p ./b
	offers ./bin/
	[[ ! -e RUN ]]
}

@test "a version is described by the interpreter that -p would take" {
	mkdir -p bin later pyenv/shims pyenv/versions/{3.11.7,3.12.4}/bin uv/cpython-3.12.9-linux/bin
	for name in pyenv/shims/python3.12 pyenv/versions/{3.11.7,3.12.4}/bin/python3 \
		pyenv/versions/3.12.4/bin/python3.12 uv/cpython-3.12.9-linux/bin/python3; do
		put_program "$name" 'exit 1'
	done
	for name in bin/python{3.6,3.11,3.11.2,3.13t,3.x} bin/pypy3.10 later/python3.{6,10}; do
		put_program "$name" 'exit 1'
	done
	SEARCH=$HOME/bin:$HOME/later asks -- create -p 3
	described "3.6 | $HOME/bin/python3.6" "3.10 | $HOME/later/python3.10" \
		"3.11 | $HOME/bin/python3.11" "3.12 | $HOME/pyenv/versions/3.12.4/bin/python3"
	SEARCH=$HOME/pyenv/shims:$HOME/bin PYENV_VERSION=3.12 asks -- create -p 3.12
	described "3.12 | $HOME/pyenv/versions/3.12.4/bin/python3.12"
	PYENV_ROOT='' UV_PYTHON_INSTALL_DIR='' SEARCH=$HOME/bin asks -- create -p 3
	offers 3.6 3.11
	SEARCH=$HOME/bin asks -- create -p 3.11.
	described "3.11.7 | $HOME/pyenv/versions/3.11.7/bin/python3"
}

@test "a shim of pyenv is what pyenv has chosen, or nothing" {
	mkdir -p pyenv/shims pyenv/versions/3.11.7/bin
	put_program pyenv/shims/python3 'exit 1'
	put_program pyenv/shims/python3.8 'exit 1'
	put_program pyenv/versions/3.11.7/bin/python3 'exit 1'
	SEARCH=$HOME/pyenv/shims PYENV_VERSION=3.11.7 asks -- create -p py
	described "python3 | $HOME/pyenv/versions/3.11.7/bin/python3"
	SEARCH=$HOME/pyenv/shims asks -- create -p py
	offers
}

@test "run has the programs of the environment that may be used" {
	make_env app/.venv
	make_env .virtualenvs/tools
	put_program app/.venv/bin/mine ''
	put_program .virtualenvs/tools/bin/tool ''
	touch app/.venv/bin/no-program
	mkdir app/.venv/bin/directory
	cd app
	asks -- run ''
	among mine python
	refute_output --partial no-program
	refute_output --partial directory
	refute_output --partial tool
	asks -- run -e tools t
	offers tool
	asks -- run --env=tools -- t
	offers tool
	asks -- run -etools t
	offers tool
	cp -R .venv ../copied
	mkdir ../copy && mv ../copied ../copy/.venv && cd ../copy
	asks -- run mi
	described ' | command 2'
}

@test "a command line of its own is the shell's to complete" {
	make_env app/.venv
	cd app
	asks -- run gi
	described ' | command 2'
	asks -- run python ''
	described ' | command 2'
	asks -- run python -c -
	described ' | command 2'
	asks -- run -e tools -- git --
	described ' | command 5'
	asks -- run -e none ''
	described ' | command 4'
}

# --- nothing is said

@test "a shell that takes the lines as they are is told what it can take" {
	local name
	make_env app/.venv
	for name in plain $'tab\there' $'rtl\342\200\256txt'; do
		make_env_bytes ".virtualenvs/$name"
	done
	cd app
	asks -- remove ''
	assert_equal "${#lines[@]}" 4
	asks --plain -- remove ''
	offers .venv plain
	asks --plain --dot='it$0\ &/.' -- remove ''
	offers 'it$0\ &/.venv' plain
	asks --dot=$'new\nline/.' -- remove .
	offers .venv
	hear "$STAGE/bin/venv" --complete --plain venv -- run gi
	assert_equal "$status <$output> <$stderr>" '1 <> <>'
	hear "$STAGE/bin/venv" --complete --plain venv -- run nothing-like-it ''
	assert_equal "$status" 1
	asks --plain -- use nothing-like-it
	offers
}

@test "whatever is wrong, there is no answer, no word and no failure" {
	make_env .virtualenvs/tools
	asks
	assert_equal "$output" ''
	asks nonsense
	assert_equal "$output" ''
	asks nonsense nonsense nonsense
	assert_equal "$output" ''
	asks --
	among use create
	asks -- nonsense ''
	assert_equal "$output" ''
	asks -- use --nonsense t
	offers tools
	asks -- run -e
	assert_equal "$output" '-e | the environment that `venv use ENV` means, not the nearest'
	asks -- use ''"$(printf 'x%.0s' {1..5000})"
	assert_equal "$output" ''
	asks -- use "/nonexistent/$(printf 'x%.0s' {1..5000})/"
	assert_equal "$output" ''
	HOME='' WORKON_HOME='' SEARCH='' asks -- use t
	assert_equal "$output" ''
	HOME='' SEARCH='' asks -- create -p p
	assert_equal "$output" ''
	mkdir -p "$XDG_CONFIG_HOME/venv-which"
	printf '\0\377nonsense\nnames = \n' >"$XDG_CONFIG_HOME/venv-which/config"
	asks -- use t
	offers tools
	mkdir gone && cd gone && rmdir ../gone
	asks -- use t
	offers tools
	asks -- use ./
	offers
	cd / && asks -- run ''
	described ' | command 2'
	[[ -w /dev/full ]] || return 0
	hear bash -c '"$1" --complete -- "" >/dev/full' bash "$STAGE/bin/venv"
	assert_equal "$status <$stderr>" '0 <>'
}

@test "what cannot be read is passed over" {
	make_env .virtualenvs/tools
	mkdir -p dir/{one,two} && mkfifo dir/fifo
	ln -s loop dir/loop
	ln -s nowhere dir/dangling
	mkfifo dir/one/pyvenv.cfg
	ln -s /dev/zero dir/two/pyvenv.cfg
	asks -- use dir/
	offers dir/one/ dir/two/
	[[ $EUID -ne 0 ]] || return 0
	chmod 000 dir .virtualenvs
	asks -- use ''
	offers dir/
	asks -- use dir/
	offers
	chmod 700 dir .virtualenvs
}
