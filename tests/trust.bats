# May it be used?  What venv-which and `venv status` say of environments that
# were made here, that came from elsewhere, and that others could change.

# weight: 3
# shellcheck disable=SC2016,SC2030,SC2031,SC2088,SC2103,SC2153,SC2154
# They are text; each test is a process; bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

# Before the sandbox hides them.
PYTHONS=${PYENV_ROOT:-${HOME-}/.pyenv}/versions

setup() {
	sandbox
	WHICH=$STAGE/bin/venv-which
	VENV=$STAGE/bin/venv
	AS=()
}

teardown() {
	leave_public
}

# --- words of these tests

# ask [ARG...]: what venv-which says, in $status, $output and $stderr.
ask() {
	hear "$WITHIN" 60 ${AS[@]+"${AS[@]}"} "$WHICH" "$@"
	whole
}

# ask_venv [ARG...]: the same of venv.
ask_venv() {
	hear "$WITHIN" 60 ${AS[@]+"${AS[@]}"} "$VENV" "$@"
	whole
}

# used [RULE]: the environment here may be used, for it was made here, or by
# RULE (a regular expression); and all forms of the answer agree.
used() {
	ask
	assert_equal "status $status, said <$stderr>" 'status 0, said <>'
	ask --explain
	assert_success
	assert_line --regexp "^  rule: (${1-made-here})\$"
	ask --hook
	assert_success
	assert_line --regexp '^set VIRTUAL_ENV /'
	assert_line 'state active'
	refute_line --regexp '^say '
}

# blocked RULE [TEXT...]: it may not be used, by RULE (a regular expression),
# and the line about it has each TEXT.
blocked() {
	local text
	ask
	refused venv-which 3 ' is blocked: '
	for text in "${@:2}"; do
		[[ $stderr == *"$text"* ]] ||
			fail "'$text' is not said: $stderr"
	done
	ask --explain
	assert_equal "$status" 3
	assert_line --regexp "^  rule: ($1)\$"
	ask --hook
	assert_equal "$status" 3
	assert_line 'state blocked'
	refute_line --regexp '^(set|did activated) '
}

# config LINE...: the config file.
config() {
	mkdir -p "$XDG_CONFIG_HOME/venv-which"
	printf '%s\n' "$@" >"$XDG_CONFIG_HOME/venv-which/config"
}

# make_uv_envs DIR...; make_venvs DIR...: by Python, in one process.
make_uv_envs() {
	local dir
	for dir; do make_uv_env "$dir"; done
}
make_venvs() { "$PYTHON" -m venv --without-pip "$@"; }

# make_uv_env DIR [TEXT]: as uv lays it out at the absolute DIR; its activation
# script has TEXT for the place.
make_uv_env() {
	local quoted
	# shellcheck disable=SC2001 # bash's own way differs by its version
	quoted=\'$(sed "s/'/'\"'\"'/g" <<<"$1")\'
	mkdir -p "$1/bin" "$1/lib/python3.11/site-packages"
	ln -s "$PYTHON" "$1/bin/python"
	ln -s python "$1/bin/python3"
	printf '%s = %s\n' home "${PYTHON%/*}" implementation CPython uv 0.9.7 \
		version_info 3.11.2 include-system-site-packages false \
		>"$1/pyvenv.cfg"
	cat >"$1/bin/activate" <<-END
		# This file must be used with "source bin/activate" *from bash*
		if ! [ -z "\${SCRIPT_PATH+_}" ] ; then
		    _OLD_SCRIPT_PATH="\$SCRIPT_PATH"
		fi
		deactivate () {
		    unset VIRTUAL_ENV
		}
		deactivate nondestructive

		VIRTUAL_ENV=${2-$quoted}
		if ([ "\$OSTYPE" = "cygwin" ] || [ "\$OSTYPE" = "msys" ]) ; then
		    VIRTUAL_ENV=\$(cygpath -u "\$VIRTUAL_ENV")
		fi
		export VIRTUAL_ENV
	END
}

# make_virtualenv DIR...: by virtualenv, which poetry uses, too.  Many are made by
# its Python, which its program would start for each.
make_virtualenv() {
	local python=$PYTHON
	if [[ $# -eq 1 ]]; then
		"${VIRTUALENV[@]}" -q --without-pip "$1"
		return
	fi
	[[ ${#VIRTUALENV[@]} -gt 1 ]] ||
		IFS= read -r python <"$(type -P "${VIRTUALENV[0]}")"
	# shellcheck disable=SC2086 # words
	${python#'#!'} -c 'if 1:
		import sys, virtualenv
		for place in sys.argv[1:]:
		    virtualenv.cli_run(["-q", "--without-pip", place])' "$@"
}

# Sets VIRTUALENV, the command, if there is one.
find_virtualenv() {
	VIRTUALENV=(virtualenv)
	command -v virtualenv >/dev/null && return
	VIRTUALENV=("$PYTHON" -m virtualenv)
	"${VIRTUALENV[@]}" --version >/dev/null 2>&1
}

need_virtualenv() {
	! find_virtualenv || return 0
	[[ -z ${REQUIRE_SHELLS-} || $(uname) != Linux ]] ||
		fail 'virtualenv is required (REQUIRE_SHELLS), but not here'
	skip 'no virtualenv on this machine'
}

# tells SOURCE PLACE: ./.venv, which told nothing, says by SOURCE that it was
# made at PLACE.
tells() {
	local script=.venv/bin/activate
	case $1 in
	plain) printf 'VIRTUAL_ENV=%s\n' "$2" >"$script" ;;
	single) printf "VIRTUAL_ENV='%s'\n" "$2" >"$script" ;;
	double) printf 'VIRTUAL_ENV="%s"\n' "$2" >"$script" ;;
	export) printf '    export VIRTUAL_ENV="%s"\n' "$2" >"$script" ;;
	windows)
		printf '    VIRTUAL_ENV=$(cygpath "%s")\n' /nowhere >"$script"
		printf 'else\n    export VIRTUAL_ENV=%s\n' "$2" >>"$script"
		;;
	command)
		printf 'command = /usr/bin/python3 -m venv --without-pip %s\n' \
			"$2" >>.venv/pyvenv.cfg
		;;
	pip*)
		printf '#!%s/bin/python3\nimport sys\n' "$2" >".venv/bin/$1"
		chmod +x ".venv/bin/$1"
		;;
	esac
}

# --- words for other users

# They own nothing on this machine.
ALICE=61234 BOB=61235

need_mounts() {
	need_root
	unshare -m sh -c 'mount --bind "$1" "$1"' sh "$HOME" 2>/dev/null ||
		skip 'needs mount namespaces'
}

# public: a directory, a home and programs that every user can reach; cd there.
public() {
	need_root
	public_place
	cp "$WHICH" "$PUBLIC/which"
	cp "$VENV" "$PUBLIC/venv"
	WHICH=$PUBLIC/which VENV=$PUBLIC/venv
	HOME=$PUBLIC/home
	export XDG_CONFIG_HOME=$HOME/.config XDG_STATE_HOME=$HOME/.local/state
	mkdir "$HOME"
	cd "$PUBLIC" || return
	for program in "$WHICH" "$PYTHON"; do
		setpriv --reuid="$ALICE" --regid="$ALICE" --clear-groups \
			test -x "$program" ||
			skip "other users cannot reach $program"
	done
}

# as USER WORD...: one of the words above, asked by that user.
as() {
	local AS=(setpriv --reuid="$1" --regid="$1" --clear-groups)
	"${@:2}"
}

# shared_env: ./.venv of ALICE, whose group may write its bin; and ./tables.
shared_env() {
	need_mounts
	public
	make_env .venv
	chown -R "$ALICE" .venv
	chgrp "$ALICE" .venv/bin
	chmod g+w .venv/bin
	mkdir tables
}

# among TABLES USER WORD...: the same, on a machine that has the users and
# groups of TABLES/passwd and TABLES/group.
among() {
	local AS=(unshare -m sh -c '
		mount --bind "$0/passwd" /etc/passwd &&
			mount --bind "$0/group" /etc/group || exit 99
		user=$1
		shift
		exec setpriv --reuid="$user" --regid="$user" --clear-groups "$@"
	' "$1" "$2")
	"${@:3}"
}

# --- made here

@test "what python3 -m venv made here is used without a word" {
	local options
	mkdir app
	cd app
	for options in '' --copies --system-site-packages --upgrade; do
		# shellcheck disable=SC2086 # none, or some
		make_env .venv $options
		used
		[[ $options == --system-site-packages ]] || rm -r .venv
	done
	make_env "$HOME/app/../app/.venv"
	used
	mkdir inside
	cd inside
	make_env .
	used
}

@test "it is said in all forms of the answer" {
	make_env app/.venv
	cd app
	ask
	says "$HOME/app/.venv"
	ask_venv status
	assert_success
	assert_line --regexp '^usable +yes: you made it here, and nobody else'
	ask --json
	assert_success
	"$PYTHON" -c 'import json, sys
j = json.load(sys.stdin)
assert j["verdict"] == "use" and j["rule"] == "made-here", j
assert j["why"] is None and j["next"] is None, j' <<<"$output"
	VIRTUAL_ENV=$HOME/app/.venv ask --active --explain
	assert_success
	assert_line '  rule: made-here'
}

@test "what virtualenv made here is used without a word" {
	need_virtualenv
	mkdir app
	cd app
	make_virtualenv .venv
	used
	make_virtualenv "$HOME/envs/app-AbCdEf12-py3.11"
	rm -r .venv
	echo ../envs/app-AbCdEf12-py3.11 >.venv
	used
}

@test "what uv made here is used without a word" {
	make_uv_env "$HOME/app/.venv"
	cd app
	used
	ask -f %n
	says app
}

@test "what uv made to be moved tells no place, and so it asks" {
	with_tool uv
	export UV_OFFLINE=1 UV_PYTHON_DOWNLOADS=never UV_PYTHON=$PYTHON
	mkdir app
	cd app
	uv venv -q --relocatable
	grep -q '^relocatable = true' .venv/pyvenv.cfg
	blocked unplaced 'nothing in it tells where it was made' \
		"if you trust it: venv allow $HOME/app/.venv" \
		'or, for all below a directory of yours, `under = DIR` in the config file'
	config "under = $HOME"
	used under
	config ''
	ask_venv allow
	assert_success
	used allowed
	# Its way out: one that records its place.
	uv venv -q --clear
	used
}

@test "each tool's quoting of a name is read back" {
	local tool name n dirs tools=(make_venvs make_uv_envs) names=(
		'two words' "it's" 'say "so"' '$(touch PWNED)' '`touch PWNED`'
		'$HOME' 'back\slash' 'a;b&c' '#hash' "both ' and \"" '~' "''"
		'été'
	)
	! find_virtualenv || tools+=(make_virtualenv)
	for tool in "${tools[@]}"; do
		dirs=()
		for name in "${names[@]}"; do
			dirs+=("$HOME/$tool/$name/.venv" "$HOME/$tool-envs/$name-py3.11")
		done
		"$tool" "${dirs[@]}"
		for n in "${!names[@]}"; do
			name=${names[n]}
			cd "$HOME/$tool/$name"
			used
			mkdir -p "$HOME/redirect/$tool$n"
			cd "$HOME/redirect/$tool$n"
			printf '%s\n' "$HOME/$tool-envs/$name-py3.11" >.venv
			used
		done
	done
	run find "$HOME" -name PWNED
	assert_output ''
}

@test "a name that older tools wrote into quotes as it was is read back" {
	local name
	for name in 'two words' "it's" 'say "so"' '$(touch PWNED)' \
		'back\slash' "both ' and \""; do
		mkdir -p "$HOME/in/$name"
		cd "$HOME/in/$name"
		make_bare_env .venv
		# CPython before 3.12.8, then virtualenv before 20.26.6.
		tells double "$PWD/.venv"
		used
		tells single "$PWD/.venv"
		used
	done
}

@test "what every CPython of pyenv made here is used, and no copy of it" {
	local python n=0
	for python in "$PYTHONS"/3.{8,9,10,11,12,13,14}.*/bin/python3; do
		[[ -x $python ]] || continue
		n=$((n + 1))
		mkdir -p "$HOME/$n/it's \$(touch PWNED)"
		cd "$HOME/$n/it's \$(touch PWNED)"
		"$python" -m venv --without-pip .venv
		used
		cp -R . ../copy
		cd ../copy
		# As one word of a shell's.
		blocked place "it is a copy of '$HOME/$n/it'\"'\"'s \$(touch PWNED)/.venv'"
	done
	[[ $n -gt 0 ]] || skip 'no CPython of pyenv on this machine'
	[[ ! -e PWNED ]]
}

@test "made by one name of a directory, it is used by each of them" {
	mkdir real
	ln -s real link
	make_env "$HOME/link/.venv"
	grep -qF "$HOME/link/.venv" real/.venv/bin/activate
	cd link
	used
	ask
	says "$HOME/link/.venv"
	cd "$HOME/real"
	used
	ask
	says "$HOME/real/.venv"
	rm -r .venv
	make_env "$HOME/real/.venv"
	cd "$HOME/link"
	used
	ln -s link "$HOME/again"
	cd "$HOME/again"
	used
}

@test "a link or a redirect to one that was made at its place is used" {
	make_env envs/one
	mkdir link redirect
	ln -s ../envs/one link/.venv
	echo ../envs/one >redirect/.venv
	cd link
	used
	cd ../redirect
	used
	make_env "$HOME/.virtualenvs/named"
	echo named >.venv
	used
}

@test "made with umask 002 and a private group, it is used" {
	need_mounts
	public
	mkdir tables
	printf '%s\n' root:x:0:0::/root:/bin/sh \
		"alice:x:$ALICE:7001::/:/bin/sh" \
		"bob:x:$BOB:7002::/:/bin/sh" >tables/passwd
	(umask 002 && mkdir -p work/app && make_env work/app/.venv)
	chown -R "$ALICE:7001" work
	find work/app/.venv/bin -prune -perm -020 | grep -q .
	find work/app -prune -perm -020 | grep -q .
	cd work/app
	for group in alice:x:7001: alice:x:7001:alice,root; do
		echo "$group" >../../tables/group
		among "$PUBLIC/tables" "$ALICE" used
	done
	echo team:x:7001:bob >../../tables/group
	among "$PUBLIC/tables" "$ALICE" blocked mode 'its group (mode 0775)'
	chmod -R g-w .venv
	among "$PUBLIC/tables" "$ALICE" blocked dir-mode \
		"$PUBLIC/work" 'its group (mode 0775)'
	chmod g-w . ..
	among "$PUBLIC/tables" "$ALICE" used
}

@test "in a sticky directory, as /tmp is, one's own is used" {
	public
	mkdir tmp
	chmod 1777 tmp
	make_env tmp/alice/.venv
	make_env tmp/.venv
	chown -R "$ALICE" tmp/alice tmp/.venv
	cd tmp/alice
	as "$ALICE" used
	cd ..
	as "$ALICE" used
	chown "$ALICE" .
	as "$ALICE" used
	# Who owns it may rename what is in it.
	chown "$BOB" .
	as "$ALICE" blocked dir-owner "$PUBLIC/tmp" "(uid $BOB)"
	cd alice
	as "$ALICE" blocked dir-owner "$PUBLIC/tmp" "(uid $BOB)"
}

@test "by a bind mount it is used, for it is the same directory" {
	need_mounts
	mkdir real other
	make_env real/.venv
	# shellcheck disable=SC2034 # for ask
	AS=(unshare -m sh -c 'mount --bind "$HOME/real" "$HOME/other" &&
		cd "$HOME/other" && exec "$@"' sh)
	ask
	says "$HOME/other/.venv"
	used
}

# --- where it was made

@test "a copy is blocked, and what it is a copy of is used" {
	make_env app/.venv
	cp -R app copy
	cd copy
	blocked place "it is a copy of $HOME/app/.venv; " \
		"venv allow $HOME/copy/.venv"
	cd ../app
	used
	mkdir ../only
	cp -R .venv ../only
	cd ../only
	blocked place "it is a copy of $HOME/app/.venv"
}

@test "one that was moved with its project is blocked, until it is back" {
	make_env app/.venv
	mv app moved
	cd moved
	blocked place "venv allow $HOME/moved/.venv" \
		"it was made at $HOME/app/.venv, and moved or copied here"
	cd ..
	mv moved app
	cd app
	used
	# A link in the old place leads to where it was made.
	cd ..
	mv app moved
	ln -s moved app
	cd moved
	used
}

@test "where another one stands in the old place, it is a copy of that" {
	make_env app/.venv
	mv app moved
	make_env app/.venv
	cd moved
	blocked place "it is a copy of $HOME/app/.venv"
	# What is left of a project there is no environment.
	rm "$HOME/app/.venv/pyvenv.cfg"
	blocked place 'and moved or copied here'
}

@test "one unpacked from an archive is blocked" {
	make_env elsewhere/app/.venv
	tar -C elsewhere -cf app.tar app
	rm -r elsewhere
	mkdir downloads
	tar -C downloads -xf app.tar
	cd downloads/app
	blocked place "it was made at $HOME/elsewhere/app/.venv, and moved"
	mkdir src
	cd src
	blocked place
}

@test "one that was renamed in its place is blocked" {
	make_env app/venv
	mv app/venv app/.venv
	cd app
	blocked place "it was made at $HOME/app/venv, and moved or copied here"
}

@test "uv --relocatable: nothing in it tells, and it is blocked" {
	local up='$(dirname -- "$(dirname -- "$(realpath -- "$SCRIPT_PATH")")")'
	make_uv_env "$HOME/app/.venv" "''\"$up\"''"
	cd app
	echo 'relocatable = true' >>.venv/pyvenv.cfg
	put_program .venv/bin/pip "exec \"\${0%/*}/python\" -m pip \"\$@\""
	blocked unplaced 'nothing in it tells where it was made' \
		"venv allow $HOME/app/.venv"
}

@test "each place that may tell is believed, here and elsewhere" {
	local source
	mkdir app
	cd app
	for source in plain single double export windows command pip pip3; do
		rm -rf .venv
		make_bare_env .venv
		blocked unplaced
		tells "$source" "$HOME/app/.venv"
		used
		rm -r .venv
		make_bare_env .venv
		tells "$source" /nowhere/else/.venv
		blocked place 'it was made at /nowhere/else/.venv, and moved'
	done
}

@test "the activation script tells first, then pyvenv.cfg, then pip" {
	local here=$HOME/app/.venv there=/nowhere/else/.venv
	mkdir app
	cd app
	make_bare_env .venv
	tells pip "$there"
	tells command "$here"
	used
	tells plain "$there"
	blocked place
	tells plain "$here"
	used
	rm .venv/bin/activate
	make_bare_env again
	cp again/pyvenv.cfg .venv
	blocked place
}

@test "what is no absolute path tells nothing" {
	local text
	mkdir app
	cd app
	make_bare_env .venv
	for text in '' .venv app/.venv '$PWD/.venv' '"$PWD/.venv"' '""' \
		'~/app/.venv' "''" '$(pwd)/.venv' '"' "'" "'\"" '# /app'; do
		printf 'VIRTUAL_ENV=%s\n' "$text" >.venv/bin/activate
		blocked unplaced
	done
	tells command .venv
	blocked unplaced
	printf '#!/bin/sh\n' >.venv/bin/pip
	blocked unplaced
	printf '#!/usr/bin/env python3\n' >.venv/bin/pip
	blocked 'unplaced|place'
}

@test "an activation script that is no file tells nothing, and nothing hangs" {
	make_bare_env .venv
	mkfifo .venv/bin/activate .venv/bin/pip
	blocked unplaced
	rm .venv/bin/activate .venv/bin/pip
	mkdir .venv/bin/activate .venv/bin/pip
	blocked unplaced
	rmdir .venv/bin/activate .venv/bin/pip
	ln -s /dev/zero .venv/bin/activate
	ln -s /dev/zero .venv/bin/pip
	blocked unplaced
	rm .venv/bin/activate .venv/bin/pip
	ln -s activate .venv/bin/activate
	dd if=/dev/null of=.venv/bin/pip bs=1 seek=1073741824 2>/dev/null
	blocked unplaced
}

@test "what the place is called reaches a terminal printable only" {
	make_bare_env .venv
	tells single $'/esc\033]0;x\007/\302\233\342\200\256\377/.venv'
	ask
	assert_equal "$status" 3
	assert_equal "${#stderr_lines[@]}" 1
	PYTHONUTF8=1 "$PYTHON" -c 'import sys
assert sys.argv[1].isprintable(), sys.argv[1]' "$stderr"
	ask --hook
	assert_line "state blocked"
	run grep -c $'\033\\|\007\\|\302\233\\|\342\200\256' <<<"$output"
	assert_output 0
}

# --- in the git index

@test "one that is in the git index is blocked, until it is taken out" {
	need_git
	make_env app/.venv
	cd app
	git init -q
	used
	git add -f .venv
	blocked tracked "its files are in the git index of $HOME/app" \
		"venv allow $HOME/app/.venv"
	git rm -r -q --cached .venv
	used
	git add -f .venv/bin/python
	blocked tracked
}

# --- who owns it, and who may write it

@test "another user's environment is blocked, each part of it" {
	public
	make_env .venv
	for part in .venv .venv/bin .venv/pyvenv.cfg; do
		chown -R "$ALICE" .venv
		as "$ALICE" used
		chown "$BOB" "$part"
		as "$ALICE" blocked owner "belongs to another user (uid $BOB)"
		as "$ALICE" ask --explain
		assert_line --partial "  file: $PUBLIC/$part (owner $BOB, mode"
	done
}

@test "one that everybody may write is blocked, each part of it" {
	make_env .venv
	for part in .venv .venv/bin; do
		chmod 0757 "$part"
		blocked mode 'may be written by everybody (mode 0757)' \
			"chmod -R go-w $HOME/.venv"
		ask --explain
		assert_line "  file: $HOME/$part (owner $EUID, mode 0757)"
		ask_venv status
		assert_equal "$status" 3
		assert_line --regexp \
			"^decided by +$HOME/$part \(owner [a-z0-9]+, mode 0757\)\$"
		assert_line --regexp '^usable +no, .* \(rule mode\)$'
		ask --json
		"$PYTHON" -c 'import json, sys
j = json.load(sys.stdin)
assert j["file"] == sys.argv[1] and j["rule"] == "mode", j
assert "owner" in j and "mode" in j, j' "$HOME/$part" <<<"$output"
		chmod 0755 "$part"
		used
	done
	chmod 0646 .venv/pyvenv.cfg
	blocked mode 'its pyvenv.cfg may be written by everybody (mode 0646)'
}

@test "below a directory that others may write it is blocked" {
	mkdir -p open/deep/app
	make_env open/deep/app/.venv
	cd open/deep/app
	used
	chmod 0777 ../..
	blocked dir-mode \
		"$HOME/open on its path may be written by everybody (mode 0777)"
	ask --explain
	assert_line "  file: $HOME/open (owner $EUID, mode 0777)"
	ask_venv status
	assert_line --regexp \
		"^decided by +$HOME/open \(owner [a-z0-9]+, mode 0777\)\$"
	chmod 1777 ../..
	used
	chmod 0755 ../..
	chmod 0757 .
	blocked dir-mode "$HOME/open/deep/app on its path"
}

@test "below another user's directory it is blocked" {
	public
	mkdir -p bob/alice
	make_env bob/alice/.venv
	chown -R "$ALICE" bob
	cd bob/alice
	as "$ALICE" used
	chown "$BOB" ..
	as "$ALICE" blocked dir-owner \
		"$PUBLIC/bob on its path belongs to another user (uid $BOB)"
	as "$ALICE" ask --explain
	assert_line "  file: $PUBLIC/bob (owner $BOB, mode 0755)"
	chown root ..
	as "$ALICE" used
}

@test "in a sticky directory another user's is blocked" {
	public
	mkdir tmp
	chmod 1777 tmp
	make_env tmp/.venv
	chown -R "$BOB" tmp/.venv
	mkdir tmp/alice
	chown "$ALICE" tmp/alice
	cd tmp
	as "$ALICE" blocked owner "(uid $BOB)"
	cd alice
	as "$ALICE" blocked owner "(uid $BOB)"
	blocked owner "(uid $BOB)"
}

# bad_ones: bad/RULE.HOW/.venv, which Alice may not use by RULE, HOW it ever is.
bad_ones() {
	local name
	need_git
	public
	for name in owner.{self,bin,cfg,sticky} mode.{self,bin,cfg} \
		dir-mode.{parent,bin,cfg} dir-owner.parent tracked.index; do
		make_env "bad/$name/.venv"
	done
	git -C bad/tracked.index init -q
	git -C bad/tracked.index add -f .venv
	make_env made/.venv
	cp -R made bad/place.copy
	make_bare_env bad/unplaced.bare/.venv
	for name in bin pyvenv.cfg; do
		cd "$PUBLIC/bad/dir-mode.${name#pyvenv.}" || return
		mkdir open
		mv ".venv/$name" open
		ln -s "../open/$name" ".venv/$name"
		chmod 0777 open
	done
	cd "$PUBLIC/bad" || return
	chown -R "$ALICE" . ../made
	chown "$BOB" owner.self/.venv owner.bin/.venv/bin \
		owner.cfg/.venv/pyvenv.cfg dir-owner.parent
	chmod 1777 owner.sticky
	chown -R "$BOB" owner.sticky/.venv
	chmod o+w mode.self/.venv mode.bin/.venv/bin mode.cfg/.venv/pyvenv.cfg
	chmod 0777 dir-mode.parent
	cd "$PUBLIC" || return
}

@test "where bin or pyvenv.cfg is a link, the way there is judged, too" {
	bad_ones
	for name in bad/*; do
		cd "$PUBLIC/$name"
		name=${name#bad/}
		as "$ALICE" blocked "${name%%.*}"
	done
	cd "$PUBLIC/bad/dir-mode.bin"
	as "$ALICE" blocked dir-mode "$PUBLIC/bad/dir-mode.bin/open on its path"
	chmod 0755 open
	as "$ALICE" used
	cd "$PUBLIC/made"
	as "$ALICE" used
}

@test "a link to one that is blocked is blocked, by the same rule" {
	local name
	bad_ones
	mkdir project
	cd project
	for name in ../bad/*; do
		ln -s "$name/.venv" .venv
		name=${name#../bad/}
		as "$ALICE" blocked "${name%%.*}"
		ln -s .venv venv
		VENV_WHICH_NAMES=venv as "$ALICE" blocked "${name%%.*}"
		rm .venv venv
	done
	ln -s ../made/.venv .venv
	as "$ALICE" used
}

@test "a redirect to one that is blocked is blocked, by the same rule" {
	local name
	bad_ones
	mkdir project
	cd project
	for name in ../bad/*; do
		echo "$name/.venv" >.venv
		name=${name#../bad/}
		as "$ALICE" blocked "${name%%.*}"
	done
	echo ../made/.venv >.venv
	as "$ALICE" used
}

@test "a link of another user's on the path blocks" {
	public
	mkdir project
	make_env good/.venv
	ln -s ../good/.venv project/.venv
	ln -s project entry
	chown -hR "$ALICE" good project entry
	cd entry
	as "$ALICE" used
	chown -h "$BOB" ../entry
	as "$ALICE" blocked dir-owner "$PUBLIC/entry on its path" "(uid $BOB)"
	cd ../project
	as "$ALICE" used
	chown -h "$BOB" .venv
	as "$ALICE" blocked 'dir-owner|owner' "(uid $BOB)"
	chown -h root .venv
	as "$ALICE" used
}

@test "a link by way of a directory that others may write blocks" {
	make_env good/.venv
	mkdir open project
	ln -s ../good open/way
	ln -s ../open/way/.venv project/.venv
	cd project
	used
	chmod 0777 ../open
	blocked dir-mode "$HOME/open on its path"
	rm .venv
	echo ../open/way/.venv >.venv
	blocked dir-mode "$HOME/open on its path"
}

@test "a redirect of another user's, or one that others may write, blocks" {
	public
	make_env good/.venv
	mkdir project tmp
	chmod 1777 tmp
	echo "$PUBLIC/good/.venv" >project/.venv
	cp project/.venv tmp
	chown -R "$ALICE" good project
	cd project
	as "$ALICE" used
	chmod 0646 .venv
	as "$ALICE" blocked 'mode|dir-mode' '(mode 0646)'
	chmod 0644 .venv
	chown "$BOB" .venv
	as "$ALICE" blocked 'owner|dir-owner' "(uid $BOB)"
	chown root .venv
	as "$ALICE" used
	cd ../tmp
	as "$ALICE" used
	chown "$BOB" .venv
	as "$ALICE" blocked 'owner|dir-owner' "(uid $BOB)"
}

@test "one that took the place of one that was allowed is told apart" {
	make_env app/.venv
	cp -R app copy
	mkdir -p "$XDG_STATE_HOME/venv-which"
	echo "allow 1:1:1 $HOME/copy/.venv" \
		>"$XDG_STATE_HOME/venv-which/allowed"
	cd copy
	blocked place "it is a copy of $HOME/app/.venv, and" \
		', and it is not the one that you allowed; '
	cd ../app
	used
}

@test "the commands refuse it, too, and so does --active" {
	make_env app/.venv
	cp -R app copy
	cd copy
	ask_venv run true
	refused venv 3 "$HOME/copy/.venv is blocked: it is a copy of"
	ask_venv run -e "$HOME/copy" true
	refused venv 3 "$HOME/copy/.venv is blocked: it is a copy of"
	ask -p
	refused venv-which 3 "$HOME/copy/.venv is blocked: it is a copy of"
	ask -f %n
	assert_equal "$status<$output$stderr>" '3<>'
	ask --any
	says "$HOME/copy/.venv"
	VIRTUAL_ENV=$HOME/copy/.venv ask --active
	refused venv-which 3 "$HOME/copy/.venv is blocked: it is a copy of"
	ask_venv status
	assert_equal "$status" 3
	assert_line --regexp \
		'^usable +no, it is blocked: it is a copy of .* \(rule place\)$'
}

# --- root

@test "root uses root's, and under sudo those of the user behind it" {
	need_root
	for uid in "$ALICE" "$BOB"; do
		make_env "$uid/.venv"
		chown -R "$uid" "$uid"
		(cd "$uid" && blocked owner "(uid $uid)")
	done
	make_env root/.venv
	export SUDO_UID=$ALICE
	cd "$HOME/$ALICE"
	used
	cd "$HOME/root"
	used
	cd "$HOME/$BOB"
	blocked owner "(uid $BOB)"
	# An environment of root's in a directory of his is not better.
	chown -R root .venv
	blocked dir-owner "$HOME/$BOB on its path" "(uid $BOB)"
	SUDO_UID=$BOB used
}

@test "a user uses root's and his own, and sudo's variable is nothing to him" {
	public
	make_env root/.venv
	make_env alice/.venv
	make_env bob/.venv
	chown -R "$ALICE" alice
	chown -R "$BOB" bob
	export SUDO_UID=$BOB
	cd root
	as "$ALICE" used
	cd ../alice
	as "$ALICE" used
	cd ../bob
	as "$ALICE" blocked owner "(uid $BOB)"
	SUDO_UID=0 as "$ALICE" blocked owner "(uid $BOB)"
}

# --- the settings

@test "trust = allow: what was not allowed is blocked, made here or not" {
	make_env app/.venv
	cp -R app copy
	cd app
	config 'trust = allow'
	blocked ask "venv allow $HOME/app/.venv"
	VENV_WHICH_TRUST=here used
	config 'trust = here'
	used
	VENV_WHICH_TRUST=allow blocked ask
	VENV_WHICH_TRUST='' used
	rm "$XDG_CONFIG_HOME/venv-which/config"
	VENV_WHICH_TRUST=allow blocked ask "venv allow $HOME/app/.venv"
	used
	cd ../copy
	VENV_WHICH_TRUST=allow blocked ask
	VENV_WHICH_TRUST=here blocked place
}

@test "a word for trust that is not known counts as allow" {
	local word
	make_env app/.venv
	cd app
	for word in always never all 1 yes heree 'here allow'; do
		VENV_WHICH_TRUST=$word blocked ask
		config "trust = $word"
		blocked ask
		rm "$XDG_CONFIG_HOME/venv-which/config"
	done
	used
}

@test "under: below such a directory it may have come from elsewhere" {
	need_git
	make_env app/.venv
	mkdir work
	cp -R app work
	make_env work/tracked/.venv
	git -C work/tracked init -q
	git -C work/tracked add -f .venv
	make_bare_env work/unplaced/.venv
	make_env work/made/.venv
	cd work/app
	blocked place
	VENV_WHICH_UNDER=$HOME/work blocked place
	config "under = $HOME/work"
	used under
	mkdir src
	cd src
	used under
	cd ../../tracked
	used under
	cd ../unplaced
	used under
	cd ../made
	used 'under|made-here'
	rm "$XDG_CONFIG_HOME/venv-which/config"
	used
	cd ../tracked
	blocked tracked
	cd ../unplaced
	blocked unplaced
}

@test "under does not forgive who else may write there" {
	make_env app/.venv
	mkdir work
	cp -R app work
	config "under = $HOME/work"
	cd work/app
	used under
	chmod 0757 .venv/bin
	blocked mode
	chmod 0755 .venv/bin
	chmod 0777 ..
	blocked dir-mode "$HOME/work on its path"
	chmod 0755 ..
	used under
	VENV_WHICH_TRUST=allow blocked ask
	[[ $EUID -eq 0 ]] || return 0
	chown "$ALICE" .venv/bin
	blocked owner
	chown root .venv/bin
	chown "$ALICE" ..
	blocked dir-owner "$HOME/work on its path"
}

@test "under goes by whole components, and may be a list" {
	local list
	make_env app/.venv
	mkdir -p a/bc
	cp -R app a/bc
	cd a/bc/app
	for list in "$HOME/a/b" "$HOME/a/bc/ap" "$HOME/a/bcd" a/bc . '' bc \
		"$HOME/a/bc/app/src" "~a" "$HOME/x:$HOME/a/b:~/b"; do
		config "under = $list"
		blocked place
	done
	for list in "$HOME/a/bc" "$HOME/a" "$HOME/a/" "~/a" "~/a/bc/app" \
		"$HOME/x:$HOME/a/bc" "$HOME/a/bc:$HOME/x" ":~/x::~/a:"; do
		config "under = $list"
		used under
	done
}

@test "a config file that others may write moves nothing under" {
	make_env app/.venv
	mkdir work
	cp -R app work
	config "under = $HOME/work"
	cd work/app
	used under
	chmod 0646 "$XDG_CONFIG_HOME/venv-which/config"
	blocked place
}

# --- what venv create and recreate made, and recorded

# created DIR [COMMAND...]: by venv create, or by another command of venv.
created() {
	run "$VENV" "${@:2}" -q "$1"
	assert_success
	assert_output ''
}

# made_each WORD...: the words for ./.venv, as each command leaves it.
made_each() {
	local how
	make_env .venv
	for how in create 'create --clear' 'create --upgrade' recreate; do
		[[ $how == recreate* ]] || how+=' --without-pip'
		echo "# venv $how"
		# shellcheck disable=SC2086 # words
		created .venv $how
		"$@"
	done
	rm -rf .venv
	created .venv create --without-pip
	"$@"
}

@test "what create made may have no other place, and trust = allow is content" {
	mkdir app
	cd app
	made_each used created
	export VENV_WHICH_TRUST=allow
	used created
	# Whatever it says of its place: it is this very directory.
	printf 'VIRTUAL_ENV=/elsewhere\n' >.venv/bin/activate
	used created
	rm .venv/bin/activate
	used created
	created "$HOME/other/.venv" create --without-pip
	mv .venv old
	cp -R ../other/.venv .venv
	blocked ask
	refute_output --partial 'not the one that you allowed'
	unset VENV_WHICH_TRUST
	blocked place
	refute_output --partial 'not the one that you allowed'
	rm -r .venv
	mv old .venv
	used created
}

each_writable() {
	local part
	for part in .venv .venv/bin .venv/pyvenv.cfg; do
		chmod o+w "$part"
		blocked mode 'may be written by everybody'
		VENV_WHICH_TRUST=allow blocked mode
		chmod o-w "$part"
		used created
	done
	chmod o+w ..
	blocked dir-mode "$HOME/in on its path may be written by everybody"
	chmod o-w ..
	used created
}

@test "what create made is asked each time who may write it" {
	mkdir -p in/app
	cd in/app
	made_each each_writable
	chmod o+w .venv/bin
	"$VENV" allow >/dev/null
	used allowed
	"$VENV" allow --forget >/dev/null
	blocked mode
}

each_owned() {
	local part
	for part in .venv .venv/bin .venv/pyvenv.cfg; do
		chown "$BOB" "$part"
		blocked owner "belongs to another user (uid $BOB)"
		chown 0 "$part"
		used created
	done
	chown "$BOB" ..
	blocked dir-owner "$HOME/in on its path belongs to another user"
	chown 0 ..
	used created
}

@test "what create made is asked each time whose it is" {
	need_root
	mkdir -p in/app
	cd in/app
	made_each each_owned
}

each_tracked() {
	git update-index --add .venv/bin/activate
	blocked tracked "its files are in the git index of $HOME/app"
	VENV_WHICH_TRUST=allow blocked tracked
	git rm -q --cached .venv/bin/activate
	used created
}

@test "what create made is asked each time whether git has it" {
	need_git
	mkdir app
	cd app
	git init -q
	made_each each_tracked
}

@test "by way of a link or a redirect it is asked as well" {
	local way
	mkdir project envs
	created "$HOME/envs/one" create --without-pip
	cd project
	for way in link redirect; do
		rm -f .venv
		case $way in
		link) ln -s ../envs/one .venv ;;
		redirect) echo ../envs/one >.venv ;;
		esac
		used created
		chmod o+w ../envs/one/bin
		blocked mode
		chmod o-w ../envs/one/bin
	done
}

@test "what create made below a directory of under may be in git" {
	need_git
	mkdir app
	cd app
	created .venv create --without-pip
	git init -q
	git add -f .venv
	blocked tracked
	config "under = $HOME"
	used under
	chmod o+w .venv/bin
	blocked mode
}

@test "a pull that puts a program into it blocks it" {
	need_git
	git() { command git -c user.name=n -c user.email=n@x "$@"; }
	git init -q upstream
	git -C upstream commit -q --allow-empty -m first
	git clone -q upstream app
	cd app
	small_pip
	created .venv create
	used created
	mkdir -p ../upstream/.venv/bin
	put_program ../upstream/.venv/bin/ls 'exit 1'
	put_program ../upstream/.venv/bin/pip 'exit 1'
	git -C ../upstream add -f .venv
	git -C ../upstream commit -q -m second
	git pull -q
	blocked tracked 'its bin has programs called ls'
	ask_venv status
	assert_equal "$status" 3
	ask_venv run true
	refused venv 3 'are in the git index of'
	"$VENV" allow >/dev/null 2>&1
	used allowed
}

# --- what is in its bin

@test "of one from elsewhere it is said that its bin has an ls and a git" {
	local programs='its bin has programs called (git.*ls|ls.*git)'
	make_env app/.venv
	cp -R app clean
	put_program app/.venv/bin/ls 'exit 1'
	put_program app/.venv/bin/git 'exit 1'
	cp -R app copy
	cd app
	used
	ask --explain
	refute_output --partial 'programs called'
	ask_venv status
	assert_success
	refute_output --partial 'programs called'
	cd ../clean
	blocked place
	ask --explain
	refute_output --partial 'programs called'
	cd ../copy
	blocked place 'programs called '
	ask --explain
	assert_line --regexp "^  why: it is a copy of .*; $programs\$"
	ask_venv status
	assert_equal "$status" 3
	assert_line --regexp "^usable .*; $programs \(rule place\)\$"
}

# --- races

# race HOW NAME ONE OTHER COMMAND...: ONE and OTHER take turns at NAME while
# COMMAND runs, until it has said both 0 and 3; $output is all that it said,
# each answer once, behind its status.
race() {
	cat >"$HOME/race.py" <<-'END'
		import os, signal, subprocess, sys
		how, name, one, other, *command = sys.argv[1:]
		def links():
		    for end in one, other:
		        new = f"new{os.getpid()}"
		        os.symlink(end, new)
		        os.rename(new, name)
		def directories():
		    # NAME is what was ONE.
		    for old, new in (one, other), (other, one):
		        os.rename(name, old)
		        os.rename(new, name)
		parent = os.getpid()
		swapper = os.fork()
		while not swapper and os.getppid() == parent:
		    globals()[how]()
		if not swapper:
		    os._exit(0)
		runs, said = 0, set()
		while runs < 300 or len({s[0] for s in said} & {"0", "3"}) < 2:
		    # With a timeout, or a second pipe, it would take twice as long.
		    signal.alarm(60)
		    run = subprocess.run(command, text=True, close_fds=False,
		        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
		    said.add(f"{run.returncode} {run.stdout.strip()}")
		    runs += 1
		    if runs == 5000:
		        break
		os.kill(swapper, signal.SIGKILL)
		os.waitpid(swapper, 0)
		print(*sorted(said), sep="\n")
	END
	run "$PYTHON" "$HOME/race.py" "$@"
	assert_success
}

# only_good: both were met, and only the good one was ever given out.
only_good() {
	assert_line '0 good'
	assert_line --regexp '^3( |$)'
	run grep -vxE '0 good|[1345] ?' <<<"$output"
	assert_output ''
}

@test "a link that is changed meanwhile never makes the bad one good" {
	need_root
	mkdir app
	cd app
	make_env good --prompt good
	make_env bad --prompt bad
	chown "$ALICE" bad/bin
	ln -s good .venv
	used
	race links .venv good bad "$WHICH" -f %n
	only_good
	chown root bad/bin
	chown "$ALICE" bad/pyvenv.cfg
	race links .venv good bad "$WHICH" -f %n
	only_good
}

@test "a directory that is exchanged meanwhile never makes the bad one good" {
	need_root
	mkdir app
	cd app
	make_env .venv --prompt bad
	cp -R .venv bad
	chown "$ALICE" bad/bin bad/pyvenv.cfg
	rm -r .venv
	make_env .venv --prompt good
	used
	race directories .venv good bad "$WHICH" -f %n
	only_good
}

@test "a project that is exchanged meanwhile never makes the bad one good" {
	make_env good/.venv --prompt good
	make_env bad/.venv --prompt bad
	chmod 0777 bad
	ln -s good app
	race links app good bad "$WHICH" -C app -f %n
	only_good
}

# --- what a reader in search of trouble found

@test "no magic link is the place where it was made" {
	local place
	mkdir app
	cd app
	make_bare_env .venv
	for place in /proc/self/cwd/.venv /proc/self/fd/3 /dev/fd/3 \
		/proc/self/root/$PWD/.venv; do
		tells plain "$place"
		blocked place
	done
}

# As in a chroot, or where a container has the host's.
@test "nor is one of a /proc that is mounted elsewhere" {
	need_mounts
	local place
	mkdir app other
	make_bare_env app/.venv
	# shellcheck disable=SC2034 # for ask
	AS=(unshare -m sh -c 'mount -t proc proc "$HOME/other" && exec "$@"' sh)
	cd app
	for place in self/cwd/.venv thread-self/cwd/.venv self/fd/3; do
		tells plain "$HOME/other/$place"
		blocked place
	done
	tells plain "$PWD/.venv"
	used
	mv .venv/bin tools
	ln -s "$HOME/other/self/cwd/tools" .venv/bin
	blocked changed
}

@test "another user's link is no name of the place where it was made" {
	need_root
	make_bare_env app/.venv
	cd app
	mkdir -m 1777 "$HOME/shared"
	ln -s "$PWD/.venv" "$HOME/shared/mine"
	tells plain "$HOME/shared/mine"
	used
	chown -h "$ALICE" "$HOME/shared/mine"
	blocked place
}

@test "a bin that leads elsewhere for each process is blocked" {
	[[ -e /proc/self/cwd ]] || skip 'no /proc here'
	make_env app/.venv
	cd app
	mv .venv/bin tools
	ln -s /proc/self/cwd/tools .venv/bin
	blocked changed
}

@test "nothing that is no file is opened to find its place" {
	need_strace
	make_bare_env app/.venv
	cd app
	local file
	for file in /dev/null /dev/tty /proc/self/environ; do
		[[ -e $file ]] || continue
		ln -sf "$file" .venv/bin/activate
		strace -qq -o "$HOME/calls" -e trace=open,openat "$WHICH" \
			>/dev/null 2>&1 || true
		run grep activate "$HOME/calls"
		assert_output ''
	done
}

@test "a group that is listed twice is nobody's own" {
	shared_env
	echo "alice:x:$ALICE:$ALICE::/:/bin/sh" >tables/passwd
	echo "alice:x:$ALICE:" >tables/group
	among "$PWD/tables" "$ALICE" used
	echo "team:x:$ALICE:bob" >>tables/group
	among "$PWD/tables" "$ALICE" blocked mode
}

# As on macOS, where all have the group staff, and in a directory of a network.
@test "of users that /etc/passwd does not know no group is private" {
	shared_env
	printf '%s\n' root:x:0:0::/root:/bin/sh \
		"daemon:x:1:1::/:/bin/sh" >tables/passwd
	for members in '' root; do
		echo "staff:x:$ALICE:$members" >tables/group
		among "$PWD/tables" "$ALICE" blocked mode 'its group'
	done
}
