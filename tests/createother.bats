# `venv create` and `venv recreate` among other users: where somebody else could
# put another one in its place nothing is made, and nobody else may write what
# is.

# weight: 4
# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # text; each test is a process

load helper
bats_require_minimum_version 1.5.0

# They own nothing on this machine.
ALICE=61234 BOB=61235

setup() {
	sandbox
	need_root
	public_place
	cp "$STAGE/bin/venv" "$STAGE/bin/venv-which" "$PUBLIC"
	HOME=$PUBLIC/home
	export XDG_CONFIG_HOME=$HOME/.config XDG_STATE_HOME=$HOME/.local/state
	export XDG_CACHE_HOME=$HOME/.cache
	mkdir "$HOME"
	chown "$ALICE" "$HOME"
	cd "$PUBLIC" || return
	as "$ALICE" test -x "$PUBLIC/venv" -a -x "$PYTHON" ||
		skip 'other users cannot reach the test directory'
	ME=$ALICE
}

teardown() {
	leave_public
}

# --- words of these tests

# as USER COMMAND...: as that user.
as() { setpriv --reuid="$1" --regid="$1" --clear-groups "${@:2}"; }

# ask [ARG...]: what venv says to $ME.
ask() {
	run --separate-stderr as "$ME" timeout 60 "$PUBLIC/venv" "$@" </dev/null
}

# made DIR [ARG...]: $ME makes DIR, or remakes it, by venv ARG...; it is used.
made() {
	ask "${@:2}" -q "$1"
	assert_equal "$status<$output$stderr>" '0<>'
	run --separate-stderr as "$ME" "$PUBLIC/venv-which" -C "$1"
	assert_equal "$stderr" ''
	assert_output --regexp '^/'
}

# refuses TEXT: and nothing is there that was not before.
refuses() {
	refused venv 1 'refusing to make an environment in '
	[[ $(one_line "$stderr") == *"$1"* ]] ||
		fail "'$1' is not said: $stderr"
	diff <(listing_of_all) "$PUBLIC/before"
}
listing_of_all() {
	# The cache and the record may be made in any case.
	find "$PUBLIC" ! -name before ! -path "$HOME*" -exec ls -ld {} + |
		LC_ALL=C sort -k 9
}
before() { listing_of_all >"$PUBLIC/before"; }

# refused_each TEXT: in the directory here, by each way to make one.
refused_each() {
	local how
	before
	for how in '.venv' "$PWD/.venv" 'a/b/.venv' '--clear .venv' \
		'--upgrade .venv' '--dry-run .venv' ''; do
		echo "# venv create $how"
		# shellcheck disable=SC2086 # words
		ask create -p "$PYTHON" --without-pip $how
		refuses "$1"
	done
	WORKON_HOME=$PWD ask create -p "$PYTHON" --without-pip -n name
	refuses "$1"
}

# by_user USER...: $ME, and whose everything here is.
by() {
	ME=$1
	chown -R "$1" "$HOME"
}

# nobody_else DIR: may write any of it; links have no mode.
nobody_else() {
	run find "$1" ! -type l -perm /022
	assert_output ''
	run find "$1" ! -type l -exec sh -c \
		'for path; do [ ! -w "$path" ] || echo "$path"; done' sh {} +
	run as "$BOB" find "$1" ! -type l -writable
	assert_output ''
}

# default_acl DIR: whoever makes something in DIR lets Bob write it.
default_acl() {
	"$PYTHON" - "$1" "$BOB" <<-'END' || skip 'no access lists here'
		import os, struct, sys
		def entry(tag, rights, who=0xffffffff):
		    return struct.pack('<HHI', tag, rights, who)
		text = struct.pack('<I', 2) + entry(1, 7) + entry(2, 7, int(sys.argv[2]))
		text += entry(4, 5) + entry(16, 7) + entry(32, 5)
		os.setxattr(sys.argv[1], 'system.posix_acl_default', text)
	END
}

# --- where it is refused

@test "in a directory that everybody may write nothing is made" {
	for ME in "$ALICE" 0; do
		by "$ME"
		rm -rf open
		mkdir open
		chown "$ME" open
		chmod 0777 open
		cd open
		refused_each "$PUBLIC/open on its path may be written by everybody (mode 0777); chmod go-w $PUBLIC/open"
		cd ..
	done
}

@test "below one that others may write nothing is made" {
	mkdir -p open/deep/app
	chown -R "$ALICE" open
	chmod 0775 open
	chgrp "$BOB" open
	cd open/deep/app
	refused_each "$PUBLIC/open on its path may be written by its group (mode 0775); chmod go-w $PUBLIC/open"
	cd "$PUBLIC"
	mkdir links
	ln -s ../open/deep links/way
	chown -hR "$ALICE" links
	cd links/way/app
	refused_each "$PUBLIC/open on its path may be written by its group"
}

@test "in a directory of another user's nothing is made, by root neither" {
	for ME in "$ALICE" 0; do
		by "$ME"
		rm -rf bobs
		mkdir -p bobs/app
		chown -R "$BOB" bobs
		# Where only the rules keep Alice out.
		chmod 0777 bobs/app
		chown "$ME" bobs/app
		chmod 0755 bobs/app
		cd bobs/app
		refused_each "$PUBLIC/bobs on its path belongs to another user (uid $BOB); make it in a directory of your own"
		cd "$PUBLIC"
	done
	# Root could write anywhere.
	chown "$BOB" bobs/app
	cd bobs/app
	refused_each "belongs to another user (uid $BOB)"
	# Under sudo it is the user's own, who is behind it.
	SUDO_UID=$BOB ask create -q -p "$PYTHON" --without-pip .venv
	assert_equal "$status<$output$stderr>" '0<>'
}

@test "right below the root it is made, as containers have it" {
	local name=/venv-of-$$
	ME=0
	by 0
	ask create -p "$PYTHON" --without-pip --dry-run "$name"
	assert_equal "$status<$stderr>" '0<>'
	assert_output --partial "would create $name"
	by "$ALICE"
	ask create -p "$PYTHON" --without-pip "$name"
	refused venv 1 "cannot make $name: / belongs to root"
	ask create -p "$PYTHON" --without-pip "$name/below"
	refused venv 1 "cannot make $name: / belongs to root"
}

@test "in one's own .venv that others may write nothing is made" {
	mkdir -p app/.venv
	chown -R "$ALICE" app
	chmod 0777 app/.venv
	cd app
	before
	ask create -p "$PYTHON" --without-pip
	refuses "it may be written by everybody (mode 0777); chmod -R go-w $PUBLIC/app/.venv"
	ask create -p "$PYTHON" --without-pip --clear
	refuses 'it may be written by everybody'
	chmod 0755 .venv
	made .venv create -p "$PYTHON" --without-pip
	chmod 0757 .venv
	before
	ask recreate
	refuses 'it may be written by everybody'
	ask create -p "$PYTHON" --without-pip --upgrade
	assert_equal "$status" 1
	chmod 0755 .venv
	made .venv recreate
}

@test "another user's .venv in a sticky directory is not filled" {
	mkdir -m 1777 tmp
	as "$BOB" mkdir -m 0777 tmp/.venv
	cd tmp
	before
	ask create -p "$PYTHON" --without-pip
	refuses "it belongs to another user (uid $BOB); make it in a directory of your own"
	ask create -p "$PYTHON" --without-pip --clear
	refuses "it belongs to another user (uid $BOB)"
	ask create -p "$PYTHON" --without-pip .venv/below
	refuses "$PUBLIC/tmp/.venv on its path belongs to another user (uid $BOB)"
	by 0
	before
	ask create -p "$PYTHON" --without-pip
	refuses "it belongs to another user (uid $BOB)"
}

@test "what a stranger left in his directory is not put back" {
	mkdir -p open
	chown "$ALICE" open
	cd open
	made .venv create -p "$PYTHON" --without-pip
	as "$BOB" true
	mkdir -p .venv/.venv-which.old/bin
	put_program .venv/.venv-which.old/bin/git 'exit 1'
	chown -R "$BOB" .venv
	before
	for how in 'create --without-pip' 'create --clear --without-pip' recreate; do
		# shellcheck disable=SC2086 # words
		ask $how .venv
		assert_equal "$status" 1
		diff <(listing_of_all) "$PUBLIC/before"
	done
}

@test "recreate makes nothing where others may write" {
	mkdir -p open/app
	chown -R "$ALICE" open
	cd open/app
	made .venv create -p "$PYTHON" --without-pip
	chmod 0777 ..
	before
	ask recreate
	refuses "$PUBLIC/open on its path may be written by everybody"
	ask recreate "$PWD/.venv"
	refuses "$PUBLIC/open on its path may be written by everybody"
	mkdir "$PUBLIC/project"
	echo "$PWD/.venv" >"$PUBLIC/project/.venv"
	chown -R "$ALICE" "$PUBLIC/project"
	cd "$PUBLIC/project"
	before
	ask recreate
	refuses "$PUBLIC/open on its path may be written by everybody"
	rm .venv
	ln -s ../open/app/.venv .venv
	before
	ask recreate
	refuses "$PUBLIC/open on its path may be written by everybody"
}

# --- where it is not

@test "in a sticky directory it is made, and nobody can take its place" {
	mkdir -m 1777 tmp
	cd tmp
	made .venv create -p "$PYTHON" --without-pip
	made .venv recreate
	nobody_else .venv
	run as "$BOB" mv .venv away
	assert_failure
	run as "$BOB" rm -r .venv/bin
	assert_failure
	made .venv create -p "$PYTHON" --without-pip --upgrade
}

@test "between create and the next look nobody can swap it" {
	make_env "$PUBLIC/evil/.venv"
	chown -R "$BOB" evil
	mkdir shared
	chown "$ALICE" shared
	chmod 0777 shared
	cd shared
	ask create -q -p "$PYTHON" --without-pip
	assert_equal "$status" 1
	# Bob's turn.
	as "$BOB" mv "$PUBLIC/evil/.venv" .venv 2>/dev/null ||
		as "$BOB" cp -R "$PUBLIC/evil/.venv" .venv
	run --separate-stderr as "$ALICE" "$PUBLIC/venv-which"
	assert_equal "$status" 3
	VENV_WHICH_TRUST=allow run --separate-stderr as "$ALICE" \
		"$PUBLIC/venv-which"
	assert_equal "$status" 3
	# Made while nobody else could, it is judged when somebody can.
	chmod 0755 .
	rm -rf .venv
	made .venv create -p "$PYTHON" --without-pip
	chmod 0777 .
	run --separate-stderr as "$ALICE" "$PUBLIC/venv-which"
	refused venv-which 3 "$PUBLIC/shared on its path may be written by"
}

@test "whatever the umask says, nobody else may write what is made" {
	local mask site
	mkdir wheels app linked
	make_wheel wheels one 1.0
	chown "$ALICE" app linked
	export PIP_NO_INDEX=1 PIP_FIND_LINKS=$PUBLIC/wheels
	for mask in 0000 0002 0022; do
		umask "$mask"
		rm -rf app/.venv
		made app/.venv create -p "$PYTHON"
		nobody_else app/.venv
		site=$(echo app/.venv/lib/python*/site-packages)
		as "$ALICE" "$PYTHON" -m zipfile -e wheels/one-*.whl "$site"
		chmod -R go-w app/.venv
		made app/.venv recreate
		nobody_else app/.venv
		[[ -e $(echo app/.venv/lib/python*/site-packages/one.py) ]]
		made app/.venv create -p "$PYTHON" --upgrade
		made app/.venv create -p "$PYTHON" --clear --copies
		nobody_else app/.venv
		rm -rf app/.venv
		made app/deep/er/.venv create -p "$PYTHON" --without-pip
		nobody_else app/deep
		rm -rf app/deep
	done
}

@test "a redirect is nobody else's to write, whatever the umask says" {
	umask 0
	mkdir -m 0755 app linked both
	chown "$ALICE" app linked both
	cd app
	made .venv create -p "$PYTHON" --without-pip
	cd ../linked
	ask link ../app/.venv
	assert_equal "$status<$stderr>" '0<>'
	nobody_else .venv
	run --separate-stderr as "$ALICE" "$PUBLIC/venv-which"
	says "$PUBLIC/app/.venv"
	cd ../both
	ask create -q -p "$PYTHON" --without-pip -n tools --link
	assert_equal "$status<$stderr>" '0<>'
	nobody_else .venv
	nobody_else "$HOME/.virtualenvs"
}

@test "a default access list gives nobody else a part of it" {
	mkdir app parent full wheels
	make_wheel wheels one 1.0
	export PIP_NO_INDEX=1 PIP_FIND_LINKS=$PUBLIC/wheels
	chown "$ALICE" app parent full
	# Her pip is unpacked already.
	(share_cache && cp -a "$XDG_CACHE_HOME" "$HOME/.cache")
	chown -R "$ALICE" "$HOME/.cache"
	default_acl app
	default_acl parent
	as "$ALICE" mkdir app/probe
	as "$BOB" touch app/probe/written || fail 'the list does not work'
	made app/.venv create -p "$PYTHON"
	nobody_else app/.venv
	as "$ALICE" app/.venv/bin/python -m pip install -q one
	nobody_else app/.venv
	made app/.venv recreate
	nobody_else app/.venv
	[[ -e $(echo app/.venv/lib/python*/site-packages/one.py) ]]
	made app/.venv create -p "$PYTHON" --clear --copies
	nobody_else app/.venv
	made parent/a/b/.venv create -p "$PYTHON" --without-pip
	nobody_else parent/a
	# It was there before, and has such a list itself.
	mkdir full/.venv
	chown "$ALICE" full/.venv
	default_acl full/.venv
	made full/.venv create -p "$PYTHON"
	nobody_else full/.venv
	made full/.venv recreate
	nobody_else full/.venv
	rm -rf linked
	mkdir linked
	chown "$ALICE" linked
	default_acl linked
	cd linked
	ask link ../app/.venv
	assert_equal "$status<$stderr>" '0<>'
	nobody_else .venv
}
