# venv link: what it writes, what it never replaces, and that venv-which goes
# where it leads.

# shellcheck disable=SC2016,SC2030,SC2031,SC2088,SC2103,SC2154
# They are text; each test is a process; bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	VENV=$STAGE/bin/venv WHICH=$STAGE/bin/venv-which
	NAMED=$HOME/.virtualenvs
	make_env .virtualenvs/one
	mkdir app
	cd app || return
}

teardown() {
	leave_public
}

# --- words of these tests

# ask [ARG...]: what venv says, in $status, $output and $stderr.
ask() {
	run --separate-stderr "$WITHIN" 60 "$VENV" "$@" </dev/null
	whole
}

# refuses STATUS TEXT: see refused.
refuses() { refused venv "$@"; }

# leads DIR: that is where venv-which goes from here.
leads() {
	run --separate-stderr "$WHICH"
	says "$1"
}

# holds FILE TEXT: that line, and no more.
holds() {
	local it
	# Whoever reads to a NUL has not read all.
	! IFS= read -r -d '' it <"$1" && [[ $it == "$2"$'\n' ]] ||
		fail "$1 holds: $it"
}

# tidy NAME...: only these stand here.
tidy() { assert_equal "$(ls -A)" "$(printf '%s\n' "$@")"; }

# --- what it writes

@test "venv link NAME leads the directory to a named environment" {
	ask link one
	says "linked $PWD/.venv to $NAMED/one"
	holds .venv "$NAMED/one"
	leads "$NAMED/one"
	mkdir sub
	cd sub
	leads "$NAMED/one"
}

@test "an environment below the directory is named by a relative path" {
	make_env sub/env
	ask link sub/env
	says "linked $PWD/.venv to $PWD/sub/env"
	holds .venv ./sub/env
	leads "$PWD/sub/env"
	cd ..
	mv app moved
	assert_equal "$("$WHICH" -C moved --any)" "$HOME/moved/sub/env"
}

@test "one right in it, too, and never is that taken for a name" {
	make_env one
	ask link one
	says "linked $PWD/.venv to $PWD/one"
	leads "$PWD/one"
	rm -rf one
	run --separate-stderr "$WHICH"
	refused venv-which 4 'it leads to ./one, where there is no environment'
}

@test "venv link DIR takes an environment, or a project that holds one" {
	make_env ../other/.venv
	for dir in ../other ../other/.venv "$HOME/other/" "$HOME/other/.venv"; do
		ask link "$dir"
		says "linked $PWD/.venv to $HOME/other/.venv"
		holds .venv "$HOME/other/.venv"
		leads "$HOME/other/.venv"
		rm .venv
	done
}

@test "-q and --quiet do the same without a word" {
	for option in -q --quiet; do
		ask link "$option" one
		says ''
		holds .venv "$NAMED/one"
		rm .venv
	done
}

@test "the file has the mode that the umask leaves, and is the only one" {
	umask 027
	ask link one
	assert_success
	assert_equal "$(find . -name .venv -perm 640)" ./.venv
	tidy .venv
	umask 077
	ask link one
	assert_success
	assert_equal "$(find . -name .venv -perm 600)" ./.venv
	tidy .venv
}

# --- what it replaces

@test "an older redirect is replaced, wherever it led" {
	make_env "$HOME/more/two"
	for text in "$NAMED/one" one /nowhere '~/x' '' $'one\r' $'one\n\n  \n'; do
		printf '%s\n' "$text" >.venv
		ask link "$HOME/more/two"
		says "linked $PWD/.venv to $HOME/more/two"
		holds .venv "$HOME/more/two"
	done
	: >.venv
	ask link one
	says "linked $PWD/.venv to $NAMED/one"
	ask link one
	says "linked $PWD/.venv to $NAMED/one"
	tidy .venv
}

@test "a directory is never replaced, be it an environment or not" {
	mkdir .venv
	touch .venv/file
	ask link one
	refuses 1 "link: $PWD/.venv is a directory; move it away"
	[[ -f .venv/file ]]
	rm -r .venv
	make_env .venv
	ask link one
	refuses 1 "link: $PWD/.venv is a directory"
	leads "$PWD/.venv"
	mkdir ../empty
	cd ../empty
	mkdir .venv
	ask link one
	refuses 1 "is a directory"
	[[ -d .venv ]]
}

@test "nor is a symbolic link, whatever it leads to" {
	make_env ../other
	echo "$NAMED/one" >redirect
	for target in ../other redirect nowhere; do
		ln -s "$target" .venv
		ask link one
		refuses 1 "link: $PWD/.venv is a symbolic link; remove it"
		assert_equal "$(readlink .venv)" "$target"
		rm .venv
	done
	holds redirect "$NAMED/one"
	[[ ! -e $NAMED/one/.project ]]
}

@test "nor what is neither, and it does not wait for it" {
	mkfifo .venv
	ask link one
	refuses 1 "link: $PWD/.venv is no regular file"
	[[ -p .venv ]]
}

@test "nor a file that is no redirect" {
	for text in 'bad\377byte' 'a\0b' 'one\nand a note\n' '\377\n' \
		'\nVIRTUAL_ENV=x\n' "$(printf 'x%.0s' {1..4200})"; do
		# shellcheck disable=SC2059 # they are formats
		printf "$text" >.venv
		cp .venv ../before
		ask link one
		refuses 1 "link: $PWD/.venv is a file that is no redirect; move it"
		cmp .venv ../before
	done
	tidy .venv
}

@test "a directory where nobody may write is named, and the old one stays" {
	public_place
	cp "$VENV" "$PUBLIC/venv"
	mkdir "$PUBLIC/app"
	"$PYTHON" -m venv --without-pip "$PUBLIC/env"
	echo one >"$PUBLIC/app/.venv"
	chmod 555 "$PUBLIC/app"
	cd "$PUBLIC/app"
	local as=()
	if [[ $EUID -eq 0 ]]; then
		command -v setpriv >/dev/null || skip 'no setpriv on this machine'
		as=(setpriv --reuid=61234 --regid=61234 --clear-groups)
		"${as[@]}" test -x "$PUBLIC/venv" ||
			skip 'other users cannot reach the test directory'
	fi
	run --separate-stderr ${as[@]+"${as[@]}"} "$PUBLIC/venv" link ../env
	refuses 1 "link: cannot write $PWD/.venv: Permission denied"
	holds .venv one
}

@test "where no file may grow, the old one stays" {
	echo one >.venv
	run --separate-stderr bash -c 'trap "" XFSZ; ulimit -f 0
		exec "$0" link "$1" 2>&1 >/dev/null | cat' "$VENV" "$NAMED/one"
	assert_output "venv: link: cannot write ~/app/.venv: File too large"
	holds .venv one
	tidy .venv
}

# --- what cannot be linked

@test "what is not there is not linked" {
	ask link gone
	refuses 1 'link: no environment is called gone; did you mean one?'
	ask link ./gone
	refuses 1 'link: there is no ./gone'
	ln -s loop ../loop
	ask link ../loop
	refuses 1 'link: cannot look at ../loop: Too many levels of symbolic links'
	mkdir ../empty
	ask link ../empty
	refuses 1 'link: no environment in '
	ask link ''
	refuses 2 'link: a name cannot be empty'
	ask link
	refuses 1 "link: no tool keeps an environment for $PWD; name one: venv link NAME"
	ask link one two
	refuses 2 'link: too many arguments: two'
	tidy
}

@test "nor is a redirect that leads nowhere" {
	echo ../gone >.venv
	ask link .
	refuses 4 "link: $PWD/.venv is broken: it leads to ../gone"
	holds .venv ../gone
}

@test "a path that a redirect cannot tell is refused" {
	make_env_bytes "$NAMED/"$'new\nline'
	ask link "$NAMED/"$'new\nline'
	refuses 1 "link: $NAMED/new?line has a newline in it"
	make_env_bytes "$NAMED/"$'return\r'
	ask link "$NAMED/"$'return\r'
	refuses 1 "link: $NAMED/return? ends in a carriage return"
	make_env_bytes "$NAMED/"$'bad\377byte'
	ask link $'bad\377byte'
	refuses 1 "link: $NAMED/bad?byte is not UTF-8"
	tidy
}

@test "in a deleted directory it exits 5" {
	mkdir gone
	cd gone
	rmdir ../gone
	ask link one
	refuses 5 'link: cannot tell the working directory'
}

# --- warnings

# warns TEXT: it is done, and one line of stderr has TEXT.
warns() {
	assert_equal "$status" 0
	[[ $output == linked\ * ]] || fail "not done: $output"
	assert_equal "${#stderr_lines[@]} line" '1 line'
	[[ $stderr == "venv: link: "*"$1"* ]] || fail "'$1' is not said: $stderr"
}

@test "one that may not be used, or does not work, is linked with a warning" {
	chmod o+w "$NAMED/one"
	ask link one
	warns "$NAMED/one is blocked: it may be written by everybody"
	holds .venv "$NAMED/one"
	chmod o-w "$NAMED/one"
	rm "$NAMED/one/bin/python"
	ask link one
	warns "$NAMED/one is broken: it has no bin/python"
	holds .venv "$NAMED/one"
}

@test "where nobody looks for .venv, that is said" {
	VENV_WHICH_NAMES='env venv' ask link one
	warns 'nobody looks for .venv, which is not among the names'
	holds .venv "$NAMED/one"
	VENV_WHICH_NAMES='env .venv' ask link one
	says "linked $PWD/.venv to $NAMED/one"
}

# --- the project of a named environment

@test "a named environment is told its project, others are not" {
	ask link one
	holds "$NAMED/one/.project" "$PWD"
	mkdir ../other
	cd ../other
	ask link one
	holds "$NAMED/one/.project" "$PWD"
	make_env ../two
	ask link ../two
	assert_success
	[[ ! -e ../two/.project ]]
	make_env ../.virtualenvs/deep/three
	ask link "$NAMED/deep/three"
	assert_success
	[[ ! -e $NAMED/deep/three/.project && ! -e $NAMED/deep/.project ]]
}

@test "what is called .project there and is no file stays, without a word" {
	mkdir "$NAMED/one/.project"
	ask link one
	says "linked $PWD/.venv to $NAMED/one"
	[[ -d $NAMED/one/.project ]]
	rmdir "$NAMED/one/.project"
	echo mine >mine
	ln -s "$PWD/mine" "$NAMED/one/.project"
	ask link one
	says "linked $PWD/.venv to $NAMED/one"
	[[ -L $NAMED/one/.project ]]
	holds mine mine
}

# --- names

@test "venv link withstands every name, of environments and of projects" {
	local name env
	for name in "${HOSTILE_NAMES[@]}"; do
		env=$NAMED/$name
		make_env_bytes "$env"
		mkdir -p "$HOME/d/$name"
		cd "$HOME/d/$name"
		[[ $name != *$'\377'* ]] || env=$NAMED/one
		"$VENV" link -- "${env##*/}" >"$HOME/said"
		assert_equal "$(wc -l <"$HOME/said")" 1
		"$WHICH" >"$HOME/found"
		holds "$HOME/found" "$env"
		holds .venv "$env"
		holds "$env/.project" "$PWD"
		# And below the project, where that name is in a relative path.
		[[ $name != *$'\377'* ]] || continue
		make_env_bytes "$PWD/$name"
		"$VENV" link -q -- "$name"
		holds .venv "./$name"
		"$WHICH" >"$HOME/found"
		holds "$HOME/found" "$PWD/$name"
	done
	run find "$HOME" -name PWNED
	assert_output ''
}
