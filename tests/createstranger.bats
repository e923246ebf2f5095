# `venv create` where somebody else's files are in the directory already: what
# came with a clone or an archive is not filled up, nor run, nor kept.

# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # text; each test is a process

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	share_cache
	mkdir work
	cd work || return
	HERE=$PWD
	SITE=lib/python$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')/site-packages
}

teardown() {
	leave_public
}

# --- words of these tests

make() {
	run --separate-stderr timeout 60 venv create -p "$PYTHON" "$@" </dev/null
	whole
}
not_run() { [[ ! -e $HOME/PWNED ]] || fail "run: $(cat "$HOME/PWNED")"; }

# parts DIR: of an environment, with a program, a package that runs as soon as
# a Python starts, and a pip that would have to be renewed.
parts() {
	mkdir -p "$1/bin" "$1/$SITE/pip-1.0.dist-info"
	put_program "$1/bin/ls" "echo ls >>'$HOME/PWNED'"
	echo "open('$HOME/PWNED', 'w')" >"$1/$SITE/evil.py"
	echo 'import evil' >"$1/$SITE/evil.pth"
	touch "$1/$SITE/pip-1.0.dist-info/RECORD"
}

# cloned DIR: a clone, DIR, of what is in ./upstream.
cloned() {
	need_git
	(
		export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b
		export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
		[[ -d upstream/.git ]] || git -C upstream init -q
		git -C upstream add -f .
		git -C upstream commit -qm all
		git clone -q upstream "$1"
	)
}

# refused_as TEXT: what is in $E would stay, nothing has changed since `listing`
# was kept in ./before, and nothing was run.
refused_as() {
	refused venv 1 "what is in $E would stay, and $1"
	listing "$E" | diff "$HERE/before" - || fail 'something has changed'
	not_run
	run venv allow --list
	refute_output --partial "$E"
}

# --- a clone

@test "parts that came with a clone are not filled up, and nothing of them runs" {
	local word option
	parts upstream/.venv
	cloned app
	E=$HERE/app/.venv
	ln -s app link
	listing app/.venv >before
	for option in -q --upgrade --upgrade-deps --without-pip --dry-run --copies; do
		make "$option" app/.venv
		refused_as 'nothing in it tells where it was made; its bin has programs called ls; to make it anew: venv create --clear'
	done
	for word in "$E" ./app/../app/.venv link/.venv app/.venv/; do
		make "$word"
		assert_equal "$status" 1
		[[ $stderr == *' would stay, and '*'; to make it anew: venv create --clear '* ]]
		not_run
	done
	(cd app && make && refused_as 'nothing in it tells')
	(cd app/.venv && make . && assert_equal "$status" 1)
	listing app/.venv | diff before -
	make -q --clear app/.venv
	says ''
	[[ ! -e app/.venv/bin/ls && ! -e app/.venv/$SITE/evil.pth ]]
	app/.venv/bin/python -m pip --version
	not_run
}

@test "what a killed creation would have left is looked at after it is put back" {
	mkdir -p upstream/.venv/.venv-which.old/bin upstream/.venv/.venv-which.kept
	put_program upstream/.venv/.venv-which.old/bin/git "echo git >>'$HOME/PWNED'"
	cloned app
	E=$HERE/app/.venv
	listing app/.venv >before
	make app/.venv
	refused_as 'its files are in the git index'
	make -q --clear app/.venv
	says ''
	[[ ! -e app/.venv/bin/git ]]
	# The same without git, and with marks.
	mkdir -p archive/.venv/.venv-which.old/bin
	put_program archive/.venv/.venv-which.old/bin/git "echo git >>'$HOME/PWNED'"
	touch archive/.venv/.pyvenv.cfg.new archive/.venv/.venv-which.removed
	make archive/.venv
	refused venv 1 "what is in $HERE/archive/.venv would stay, and nothing in it tells where it was made"
	not_run
	make -q --clear archive/.venv
	says ''
	[[ ! -e archive/.venv/bin/git ]]
}

@test "one that came with a clone is not filled up, finished or not" {
	local mark app
	for mark in pyvenv.cfg .pyvenv.cfg.new; do
		rm -rf upstream
		app=app$mark
		parts upstream/.venv
		# It knows where it will be.
		printf 'home = /usr/bin\ncommand = /usr/bin/python3 -m venv %s\n' \
			"$HERE/$app/.venv" >"upstream/.venv/$mark"
		cloned "$app"
		E=$HERE/$app/.venv
		listing "$app/.venv" >before
		make "$app/.venv"
		refused_as 'its files are in the git index'
		make --upgrade "$app/.venv"
		refused_as 'its files are in the git index'
		make -q --clear "$app/.venv"
		says ''
		not_run
	done
}

@test "nor are directories and files, where git has them" {
	mkdir -p upstream/.venv/lib
	touch upstream/.venv/lib/keep
	cloned app
	E=$HERE/app/.venv
	listing app/.venv >before
	make app/.venv
	refused_as "its files are in the git index of $HERE/app, so others may have written them; to make it anew: venv create --clear"
	make -q --clear app/.venv
	says ''
}

@test "the settings of a stranger's pip are no settings of a new one" {
	mkdir -p upstream/.venv
	printf '[global]\nindex-url = https://evil.invalid/\n' >upstream/.venv/pip.conf
	cloned app
	E=$HERE/app/.venv
	listing app/.venv >before
	make app/.venv
	refused_as 'nothing in it tells where it was made'
	make -q --clear app/.venv
	says ''
	[[ ! -e app/.venv/pip.conf ]]
	# Those in a copy, too; one's own stay.
	make -q own
	cp upstream/.venv/pip.conf own
	cp -R own copied
	make -q --clear copied
	says ''
	[[ ! -e copied/pip.conf ]]
	make -q --clear own
	says ''
	[[ -e own/pip.conf ]]
	make -q own
	says ''
	[[ -e own/pip.conf ]]
}

# --- an archive

@test "nor is what tells nothing of its place, where programs are in it" {
	local kind
	for kind in program package setting; do
		rm -rf env before
		run venv allow --forget ./env
		mkdir -p env/bin "env/$SITE"
		case $kind in
		program) put_program env/bin/tool true ;;
		package) echo 'import os' >"env/$SITE/x.pth" ;;
		setting) echo '[global]' >env/pip.conf ;;
		esac
		E=$HERE/env
		listing env >before
		make env
		refused_as 'nothing in it tells where it was made; to make it anew: venv create --clear --force'
		make -q --clear --force env
		says ''
	done
	# Directories alone do nothing.
	rm -rf env
	mkdir -p env/bin env/lib/x env/include "env/$SITE"
	echo text >env/lib/file
	make -q env
	says ''
	assert_equal "$(<env/lib/file)" text
}

@test "one that was killed elsewhere, and packed, is no one's own here" {
	need_strace
	strace -f -o trace -e inject=symlinkat:signal=KILL:when=3 \
		venv create -q -p "$PYTHON" --without-pip env || true
	[[ -e env/.pyvenv.cfg.new && ! -e env/pyvenv.cfg ]]
	cp -R env copied
	E=$HERE/copied
	listing copied >before
	make copied
	refused_as "it was made at $HERE/env, and moved or copied here; to make it anew: venv create --clear"
	make -q --clear copied
	says ''
	make -q env
	says ''
}

@test "named ones, and those that a project would be linked to, are no others" {
	parts "$HOME/.virtualenvs/data"
	make -n data
	refused venv 1 "what is in $HOME/.virtualenvs/data would stay"
	make -n data --link
	refused venv 1 "what is in $HOME/.virtualenvs/data would stay"
	[[ ! -e .venv ]]
	make -q "$HERE/fine" "$HOME/.virtualenvs/data"
	refused venv 1 "what is in $HOME/.virtualenvs/data would stay"
	[[ -e fine/pyvenv.cfg ]]
	not_run
}

@test "what was allowed, or denied, is what the user said" {
	parts .venv
	make -q .venv
	assert_equal "$status" 1
	make -q one
	mv one two
	make two
	refused venv 1 'it was made at'
	venv allow -q ./two || venv allow ./two
	make -q two
	says ''
	mkdir three
	venv create -q --without-pip three
	venv deny ./three
	rm three/pyvenv.cfg
	make three
	refused venv 1 'you denied it'
}

# --- other users

@test "parts that others own, or may write, are not filled up" {
	need_root
	local ALICE=61234 part
	public_place
	cd "$PUBLIC" || return
	# Root, of a user's.
	for part in . bin; do
		rm -rf env
		mkdir -p env/bin
		touch env/bin/x
		chown "$ALICE" "env/$part"
		make --without-pip env
		refused venv 1 "belongs to another user (uid $ALICE)"
	done
	# And of what all may write.
	for part in . bin; do
		rm -rf env
		mkdir -p env/bin
		touch env/bin/x
		chmod 777 "env/$part"
		make --without-pip env
		refused venv 1 'may be written by everybody'
	done
	# A user, of root's, and of what all may write.
	mkdir home
	chown "$ALICE" home
	as=(env HOME="$PUBLIC/home" XDG_CACHE_HOME="$PUBLIC/home/cache" \
		XDG_STATE_HOME="$PUBLIC/home/state" setpriv --reuid="$ALICE" \
		--regid="$ALICE" --clear-groups)
	"${as[@]}" test -x "$(command -v venv)" || skip 'other users cannot reach the program'
	mkdir -p home/env/bin
	chown -R "$ALICE" home/env
	chmod 777 home/env/bin
	run --separate-stderr "${as[@]}" venv create -q -p "$PYTHON" --without-pip home/env
	refused venv 1 'may be written by everybody'
	chmod 755 home/env/bin
	# What cannot be read could be anything.
	mkdir -p home/env/lib/python3.11/site-packages
	chown -R "$ALICE" home/env/lib
	chmod 300 home/env/lib/python3.11/site-packages
	run --separate-stderr "${as[@]}" venv create -q -p "$PYTHON" --without-pip home/env
	HOME=$PUBLIC/home whole
	refused venv 1 "what is in $PUBLIC/home/env would stay, and it holds lib/python3.11/site-packages (cannot be read); to make it anew"
	chmod 700 home/env/lib/python3.11/site-packages
	run --separate-stderr "${as[@]}" venv create -q -p "$PYTHON" --without-pip home/env
	says ''
}

# --- meanwhile

@test "what comes while it waits for its turn is looked at, too" {
	command -v flock >/dev/null || skip 'no flock on this machine'
	[[ -r /proc/locks ]] || skip 'nobody tells who waits for a lock'
	parts upstream/parts
	cloned app
	mkdir app/.venv
	exec 9<app/.venv
	flock 9
	venv create -p "$PYTHON" app/.venv >said 2>&1 9<&- &
	await $! is_waited_for app/.venv
	cp -R app/parts/. app/.venv
	git -C app add -f .venv
	exec 9<&-
	! wait $! || fail 'done'
	grep -qF '/work/app/.venv would stay, and nothing in it tells' said
	[[ ! -e app/.venv/pyvenv.cfg && ! -e app/.venv/.pyvenv.cfg.new ]]
	not_run
}
