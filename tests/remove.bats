# `venv remove`, the program: what it refuses, what it removes, and what it
# leaves alone.  What it does to the running shell is in shellremove.bats.

# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2097,SC2098,SC2103,SC2154
# They are text; each test is a process; for helper.bash; the old HOME is meant;
# bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

setup() {
	SHELL_UNDER_TEST=bash
	sandbox
	VENV=$STAGE/bin/venv
	RECORD=$XDG_STATE_HOME/venv-which/allowed
}

teardown() {
	leave_public
}

# --- words of these tests

# remove [ARG...]: what it says, in $status, $output and $stderr.
# As `run --separate-stderr` does it, with fewer processes; there are many.
remove() {
	output=$(exec "$WITHIN" 20 "$VENV" remove "$@" </dev/null 2>"${HOME%/*}/said") &&
		status=0 || status=$?
	stderr=$(<"${HOME%/*}/said")
	whole
}

# refuses STATUS TEXT: see refused.
refuses() { refused venv "$@"; }

# kept DIR: all in it is what it was when it was remembered.
remember() { (cd "$1" && find . -printf '%P %m %i %s\n' | sort) >"${HOME%/*}/seen"; }
kept() {
	diff "${HOME%/*}/seen" <(cd "$1" && find . -printf '%P %m %i %s\n' | sort) ||
		fail "$1 is not what it was"
}

python_version() { "$PYTHON" -c 'import platform; print(platform.python_version())'; }

gone() {
	local path
	for path; do
		[[ ! -e $path && ! -L $path ]] || fail "it is still there: $path"
	done
}

# Another user, who cannot do what root can, and his directory.
ALICE=61234
public() {
	need_root
	public_place
	cp "$VENV" "$PUBLIC/venv"
	mkdir "$PUBLIC/home"
	cd "$PUBLIC/home" || return
	VENV=$PUBLIC/venv
	setpriv --reuid="$ALICE" --regid="$ALICE" --clear-groups \
		test -x "$VENV" || skip 'other users cannot reach the test directory'
}
remove_as_alice() {
	chown -h "$ALICE:$ALICE" .
	HOME=$PUBLIC/home run --separate-stderr "$WITHIN" 20 \
		setpriv --reuid="$ALICE" --regid="$ALICE" --clear-groups \
		"$VENV" remove "$@" </dev/null
	HOME=$PUBLIC/home whole
}
give_alice() { chown -hR "$ALICE:$ALICE" "$@"; }

# --- what it removes

@test "it removes an environment, and says so" {
	make_env app/.venv
	remove -y app/.venv
	says "removed $HOME/app/.venv"
	gone app/.venv
	[[ -d app ]]
}

@test "words mean what they mean to venv use" {
	make_env .virtualenvs/tools
	remove -y tools
	says "removed $HOME/.virtualenvs/tools"
	make_env app/.venv
	remove -y ./app
	says "removed $HOME/app/.venv"
	make_env app/venv
	cd app
	remove -y .
	says "removed $HOME/app/venv"
	make_env .venv
	remove -y .venv
	says "removed $HOME/app/.venv"
	make_env "$HOME/.virtualenvs/app"
	echo app >.venv
	remove -y .
	assert_success
	assert_output "removed $HOME/.virtualenvs/app"
	gone "$HOME/.virtualenvs/app"
	[[ -f .venv ]]
}

@test "several are removed at once, and each only once" {
	make_env one
	make_env two
	make_env three
	remove -y ./one two "$HOME/three" one ./three
	says "removed $HOME/one"$'\n'"removed $HOME/two"$'\n'"removed $HOME/three"
	gone one two three
}

@test "-q says nothing, and long options are understood" {
	make_env one
	remove -y -q one
	says ''
	make_env one
	remove --yes --quiet one
	says ''
	gone one
}

@test "broken and blocked ones go as well" {
	make_env broken
	rm broken/bin/python
	make_env made
	cp -R made copied
	make_env denied
	"$VENV" deny ./denied
	make_bare_env empty
	: >empty/pyvenv.cfg
	remove -y broken copied denied empty
	assert_success
	gone broken copied denied empty
	[[ -d made ]]
}

@test "an environment of any name goes, and nothing beside it" {
	local name
	for name in "${HOSTILE_NAMES[@]}"; do
		make_bare_env "in/$name"
		make_bare_env "named/$name/.venv"
		make_bare_env "stays/$name"
	done
	remember stays
	cd in
	for name in "${HOSTILE_NAMES[@]}"; do
		remove -y -- "./$name"
		assert_success
		assert_equal "${#lines[@]}" 1
		gone "$name"
		remove -qy -- "$HOME/named/$name"
		says ''
		gone "$HOME/named/$name/.venv"
		[[ -d $HOME/named/$name ]]
	done
	assert_equal "$(ls -A)" ''
	kept "$HOME/stays"
	run find "${HOME%/*}" -name PWNED
	refute_output
}

@test "and one in which names are hostile, with newlines in them" {
	local name
	make_env one
	for name in "${HOSTILE_NAMES[@]}" $'new\nline' '...' ..x; do
		mkdir -p "one/lib/$name/$name"
		: >"one/lib/$name/$name/$name"
	done
	remove -y one
	says "removed $HOME/one"
	gone one
}

# --- what is in it

@test "links are removed, and what they lead to stays" {
	make_env one
	mkdir outside
	echo precious >outside/file
	ln -s "$HOME/outside" one/lib/dir
	ln -s ../../outside/file one/lib/file
	ln -s /nowhere one/lib/dangling
	ln -s . one/lib/loop
	ln -s .. one/lib/up
	ln -s / one/share
	ln outside/file one/lib/hard
	chmod 400 outside/file
	chmod 500 outside
	remember outside
	remove -y one
	says "removed $HOME/one"
	gone one
	kept outside
	assert_equal "$(cat outside/file)" precious
	chmod 700 outside
}

@test "FIFOs, sockets and devices do not stop it" {
	make_env one
	mkfifo one/lib/fifo one/share
	"$PYTHON" -c 'import socket; socket.socket(socket.AF_UNIX).bind("one/lib/socket")'
	[[ $EUID -ne 0 ]] || mknod one/lib/null c 1 3
	remove -y one
	says "removed $HOME/one"
	gone one
}

@test "directories that may not be written do not stop it, if mine" {
	local mode
	public
	for mode in 400 500 600; do
		make_bare_env one
		mkdir -p "one/lib/locked/below/deeper" one/lib/locked2
		: >one/lib/locked/below/file
		chmod "$mode" one/lib/locked/below/deeper one/lib/locked2
		[[ $mode != 500 ]] || chmod 500 one/lib/locked/below \
			one/lib/locked one/lib one
		give_alice one
		remove_as_alice -y ./one
		says "removed $PUBLIC/home/one"
		gone one
	done
}

@test "one that may not be read or entered is in the way, and named" {
	local mode
	public
	for mode in 000 100 200 300 400 600; do
		make_bare_env one
		mkdir -p one/lib/locked/below/.git
		chmod "$mode" one/lib/locked
		give_alice one
		remember one
		remove_as_alice -y ./one
		refuses 1 "cannot remove $PUBLIC/home/one: it holds lib/locked (cannot be read); take out what shall stay, or say --force; nothing was removed"
		kept one
		# What can be read tells.
		chmod 700 one/lib/locked
		chmod "$mode" one/lib/locked/below/.git
		remember one
		remove_as_alice -y ./one
		refuses 1 "it holds lib/locked/below/.git, which is no part"
		kept one
		chmod 000 one/lib/locked
		remove_as_alice -y --force ./one
		says "removed $PUBLIC/home/one"
		gone one
	done
}

@test "the owner's permission to write is all that it takes" {
	public
	make_bare_env one
	mkdir -p one/lib/theirs one/lib/empty
	: >one/lib/theirs/file
	give_alice one
	chown -R root one/lib/theirs one/lib/empty
	remember one
	remove_as_alice -y ./one
	refuses 1 "cannot remove $PUBLIC/home/one/lib/theirs: it belongs to root; nothing was removed"
	kept one
	rm one/lib/theirs/file
	remove_as_alice -y ./one
	says "removed $PUBLIC/home/one"
	gone one
}

@test "where the directory around it may not be written nothing is removed" {
	public
	mkdir around
	make_bare_env around/one
	give_alice around/one
	remember around
	remove_as_alice -y ./around/one
	refuses 1 "cannot remove $PUBLIC/home/around/one: $PUBLIC/home/around belongs to root"
	kept around
}

@test "a tree of 5000 levels goes, with few descriptors" {
	make_bare_env one
	"$PYTHON" - <<-'END'
		import os
		os.chdir("one")
		# The names that what is deep is moved to, taken.
		def touch(name): os.close(os.open(name, os.O_CREAT))
		touch(".venv-which.deep0")
		os.makedirs(".venv-which.deep1/file")
		os.mkdir(".venv-which.deep2")
		os.mkdir("lib")
		os.chdir("lib")
		for i in range(5000):
		    touch("before")
		    os.mkdir("a" * 20)
		    os.mkdir("z")
		    os.chdir("a" * 20)
	END
	run --separate-stderr bash -c 'ulimit -n 64; ulimit -s 256; exec "$@"' _ \
		"$WITHIN" 90 "$VENV" remove -y one
	says "removed $HOME/one"
	gone one
}

@test "a wide and a deep tree go, whatever the order in it" {
	make_bare_env one
	"$PYTHON" - <<-'END'
		import os
		os.mkdir("one/lib")
		os.chdir("one/lib")
		def touch(name): os.close(os.open(name, os.O_CREAT))
		os.symlink(".", "one")
		for i in range(40):
		    os.makedirs("one/" + "/".join("d%d" % j for j in range(i)) + "/w")
		    for j in range(20):
		        where = "one/" + "/".join("d%d" % k for k in range(i))
		        os.makedirs("%s/w%d/x/y" % (where, j))
		        touch("%s/w%d/x/f" % (where, j))
		os.mkdir("one/many")
		for i in range(5000):
		    touch("one/many/%d" % i)
	END
	remove -y one
	says "removed $HOME/one"
	gone one
}

# --- what it refuses

@test "what is no environment is refused" {
	mkdir empty dir
	: >file
	mkdir -p odd/pyvenv.cfg
	mkfifo fifo
	mkdir withfifo && mkfifo withfifo/pyvenv.cfg
	remember .
	local word
	for word in empty ./dir ./file odd fifo withfifo ./nowhere nowhere / \
		"$HOME" . .. ./dir/.. /dev/null /proc/self /proc/self/cwd; do
		remove -y "$word"
		refuses 1 'remove: '
	done
	kept .
}

@test "called wrongly it removes nothing" {
	make_env one
	remember .
	remove
	refuses 2 'name an environment'
	remove -y
	refuses 2 'name an environment'
	remove -y one ''
	refuses 2 'a name cannot be empty'
	remove -y --all one
	refuses 2 'there is no option --all'
	remove -y -- one -q
	refuses 1 'no environment is called -q'
	kept .
}

@test "the home directory, and those above it, are refused" {
	make_bare_env "$HOME"
	remember "$HOME"
	remove -y .
	refuses 1 "it is your home directory"
	remove -y "$HOME/"
	refuses 1 'it is your home directory'
	mkdir user
	HOME=$HOME/user remove -y "$HOME"
	refuses 1 'your home directory is in it'
	# By another name, too.
	mkdir -p elsewhere/env/me
	make_bare_env elsewhere/env
	ln -s elsewhere/env/me me
	remember elsewhere
	HOME=$HOME/me remove -y elsewhere/env
	refuses 1 'your home directory is in it'
	kept elsewhere
	unset HOME
	remove -y --force elsewhere/env
	assert_success
	gone elsewhere/env
}

@test "the root directory is refused" {
	local lib
	need_root
	mkdir root
	mkdir root/bin
	cp "$VENV" root/bin/venv
	for lib in $(ldd "$VENV" | grep -oE '/[^ ]+'); do
		mkdir -p "root/${lib%/*}"
		cp "$lib" "root/$lib"
	done
	chroot root /bin/venv --version || skip 'the program cannot run there'
	: >root/pyvenv.cfg
	run --separate-stderr env -u HOME chroot root /bin/venv remove -y /
	refuses 1 'cannot remove /: it is the root directory'
	[[ -f root/pyvenv.cfg && -f root/bin/venv ]]
}

@test "the container directory is refused" {
	make_env .virtualenvs/tools
	make_bare_env .virtualenvs
	remember .virtualenvs
	remove -y .virtualenvs
	refuses 1 'it is the directory of all named environments'
	kept .virtualenvs
	export WORKON_HOME=$HOME/envs
	make_bare_env envs
	remove -y ./envs
	refuses 1 'it is the directory of all named environments'
}

@test "a directory that holds a project is refused" {
	local name
	for name in pyproject.toml setup.py setup.cfg Cargo.toml package.json \
		Makefile requirements.txt requirements-dev.txt; do
		make_bare_env app
		: >"app/$name"
		remember app
		remove -y ./app
		refuses 1 "cannot remove $HOME/app: it holds $name, as a project does"
		kept app
		rm "app/$name"
		remove -y ./app
		says "removed $HOME/app"
	done
	# Below the top they are parts of packages.
	make_bare_env app
	mkdir -p app/lib/x
	: >app/lib/x/setup.py
	remove -y ./app
	says "removed $HOME/app"
}

@test "what no environment consists of is in the way, and nothing goes" {
	local name
	for name in go.sum notes src.d makefile .env "${HOSTILE_NAMES[@]}"; do
		[[ ${#name} -lt 255 ]] || continue
		make_bare_env one
		mkdir "one/$name"
		remember one
		remove -y ./one
		assert_equal "$status <$output> ${#stderr_lines[@]}" '1 <> 1'
		[[ $stderr == "venv: remove: cannot remove $HOME/one: it holds "*"which is no part of an environment; take out what shall stay, or say --force; nothing was removed" ]]
		kept one
		rm -r one
	done
	# The project itself was one, once.
	make_env app
	mkdir -p app/.hg app/src
	touch app/{main.py,go.mod,NOTES,a,b,c,d} app/src/main.go app/bin/mytool
	remember app
	remove -y ./app
	refuses 1 "it holds .hg, NOTES, a, b, c, d, go.mod and 2 more, as a project does; take out"
	cd app
	remove -y .
	refuses 1 'it holds .hg, '
	remove -yq src/..
	refuses 1 'it holds .hg, '
	cd ..
	ln -s app link
	remove -y link/../app
	refuses 1 'it holds .hg, '
	mkdir other
	echo ../app >other/.venv
	remove -y other
	refuses 1 'it holds .hg, '
	kept app
}

@test "what tools put beside an environment is no obstacle" {
	local name
	make_env one
	mkdir one/{share,etc,man,local,lost+found,lib-python,src}
	touch one/{.project,pip.conf,CACHEDIR.TAG,.gitignore,.lock,.DS_Store} \
		one/{pipx_metadata.json,uv-receipt.toml,..gitignore.new,.nfs0001}
	remove -y one
	says "removed $HOME/one"
	gone one
	# pipenv has an empty src, always; what is in one is somebody's work.
	for name in directory/file /file link; do
		make_bare_env one
		case $name in
		link) mkdir none && ln -s ../none one/src ;;
		*) mkdir -p "one/src/${name%/*}" && touch "one/src/$name" ;;
		esac
		remember one
		remove -y one
		refuses 1 'it holds src, which is no part of an environment'
		kept one
		rm -r one
	done
}

@test "a version control at any depth is in the way, also among the parts" {
	local where control deep
	deep=$(printf 'd/%.0s' {1..600})
	for where in . src/pkg lib/python3.11/site-packages/x "share/$deep"; do
		make_bare_env one
		mkdir -p "one/$where"
		for control in .git .hg .svn .bzr .jj _darcs CVS; do
			mkdir "one/$where/$control"
			: >"one/$where/$control/Entries"
			: >"one/$where/work"
			remove -y one
			assert_equal "$status <$output> ${#stderr_lines[@]}" '1 <> 1'
			[[ $stderr == *": it holds "*"/$control"* || $stderr == *": it holds $control"* ]] ||
				fail "$where/$control is not said: $stderr"
			[[ -f one/$where/work && -f one/pyvenv.cfg && -L one/bin/python ]]
			rm -r "one/$where/$control"
		done
		rm -r one
	done
	# A checkout of a submodule or a worktree has a file of that name.
	make_bare_env one
	mkdir -p one/lib/x
	echo 'gitdir: /elsewhere' >one/lib/x/.git
	remove -y one
	refuses 1 'it holds lib/x/.git, which is no part of an environment'
	# A repository alone has no work tree, and is no less work.
	rm one/lib/x/.git
	for where in lib/x share/repo.git; do
		mkdir -p "one/$where"
		touch "one/$where/HEAD"
		mkdir -p "one/$where/objects" "one/$where/refs/heads"
		remove -y one
		refuses 1 "it holds $where, which is no part of an environment"
		run --separate-stderr venv create --without-pip --clear one
		whole
		refused venv 1 "it holds $where, which is no part of an environment"
		rmdir "one/$where/objects"
		[[ $where == lib/x ]] || rm -r one/share
	done
	: >one/lib/x/.git
	# What is behind a link stays in any case, and these are no such thing.
	rm one/lib/x/.git
	mkdir -p repo/.git one/lib/CVS
	ln -s "$HOME/repo" one/lib/repo
	touch one/lib/x/.gitignore
	remove -y one
	says "removed $HOME/one"
	[[ -d repo/.git ]]
}

@test "if one of several is more than an environment, none goes" {
	make_bare_env one
	make_bare_env two
	mkdir -p two/src/pkg/.git
	remember .
	remove -y one two
	refuses 1 "cannot remove $HOME/two: it holds src/pkg/.git, src, which are no parts"
	kept .
	# Nor one that is not finished.
	make_bare_env three
	mv three/pyvenv.cfg three/.pyvenv.cfg.new
	mkdir three/work
	remove -y ./three
	refuses 1 'it holds work, which'
	[[ -d three/work && -L three/bin/python ]]
}

@test "--force removes all of it, and asks" {
	need_shell
	make_bare_env one
	mkdir -p one/src/pkg/.git
	touch one/notes
	remember one
	remove --force one
	refuses 1 "venv remove -y --force $HOME/one"
	kept one
	in_shell <<-'END'
		command venv remove --force one^J
		^:[y/N]
		^>n
		show status
		command venv remove --force one^J
		^:[y/N]
		^>y
		show status
	END
	assert_equal "$(cat "$OUT")" $'status=1\nstatus=0'
	on_screen "venv: remove $HOME/one (Python 3.11.2) and with it src/pkg/.git, notes, src? [y/N] n"
	gone one
	make_bare_env one
	touch one/notes
	remove -y --force one
	says "removed $HOME/one"
	# Not a home, and not what is no environment.
	make_bare_env "$HOME"
	remove -y --force "$HOME"
	refuses 1 'it is your home directory'
	mkdir dir
	remove -y --force ./dir
	refuses 1 'no environment in '
}

@test "what comes while it waits for its turn stays" {
	command -v flock >/dev/null || skip 'no flock on this machine'
	[[ -r /proc/locks ]] || skip 'nobody tells who waits for a lock'
	make_bare_env one
	exec 9<one
	flock 9
	"$VENV" remove -y one >said 2>&1 9<&- &
	await $! is_waited_for one
	mkdir one/work
	exec 9<&-
	! wait $! || fail 'done'
	grep -qF 'it holds work, which is no part of an environment' said
	[[ -d one/work && -f one/pyvenv.cfg ]]
}

@test "a directory that holds .git is refused, whatever that is" {
	make_bare_env app
	mkdir app/.git
	remove -y ./app
	refuses 1 'it holds .git, as a project does'
	rmdir app/.git
	echo 'gitdir: ../x' >app/.git
	remove -y ./app
	refuses 1 'it holds .git, as a project does'
	rm app/.git
	ln -s nowhere app/.git
	remove -y ./app
	refuses 1 'it holds .git, as a project does'
	[[ -f app/pyvenv.cfg ]]
}

@test "a link is refused, with the place where it leads" {
	make_env made
	mkdir app
	ln -s ../made app/.venv
	remember made
	for word in ./app app/.venv app/.venv/; do
		remove -y "$word"
		refuses 1 "$HOME/app/.venv is a link to $HOME/made"
	done
	[[ -L app/.venv ]]
	kept made
	# On the way to it there may be links.
	ln -s made/.. around
	remove -y around/made
	says "removed $HOME/around/made"
	gone made
}

@test "a path that does not end in a name is refused" {
	make_env made
	mkdir made/sub
	ln -s made/sub link
	remember made
	remove -y link/..
	refuses 1 'only its own name will do'
	kept made
}

@test "a redirect that leads nowhere is refused" {
	mkdir app
	echo nowhere >app/.venv
	remove -y ./app
	refuses 1 "$HOME/app/.venv is broken: it leads to nowhere"
	[[ -f app/.venv ]]
}

@test "what another user owns is refused, unless one is root" {
	public
	make_bare_env theirs
	remember theirs
	remove_as_alice -y ./theirs
	refuses 1 "cannot remove $PUBLIC/home/theirs: it belongs to root"
	kept theirs
	give_alice theirs
	remove -y ./theirs
	says "removed $PUBLIC/home/theirs"
	gone theirs
}

@test "where something is mounted in it nothing is removed" {
	need_root
	local kind dir
	mkdir outside
	: >outside/file
	# What is mounted there ends with the process.
	unshare -m true 2>/dev/null || skip 'no mount namespaces here'
	for kind in '-t tmpfs none' '--bind outside'; do
		for dir in one/lib/mounted one; do
			make_bare_env one
			mkdir -p one/lib/mounted
			# shellcheck disable=SC2086 # words
			run --separate-stderr unshare -m sh -c 'dir=$1
				shift
				cp one/pyvenv.cfg outside/
				mount "$@" "$dir" || exit 77
				cp outside/pyvenv.cfg one/ 2>/dev/null
				"$0" remove -y one' "$VENV" "$dir" $kind
			[[ $status -ne 77 ]] || skip 'nothing can be mounted here'
			refuses 1 "cannot remove $HOME/$dir: something is mounted there; unmount it first"
			[[ -f one/pyvenv.cfg && -d one/bin && -f outside/file ]]
			rm -rf one
		done
	done
}

@test "if one of several is refused, none is removed" {
	make_env one
	make_env two
	: >two/setup.py
	make_env three
	remember .
	remove -y one two three
	refuses 1 'it holds setup.py'
	remove -y one three nowhere
	refuses 1 'no environment is called nowhere'
	kept .
}

# --- the question

@test "without a terminal and without -y nothing is removed" {
	make_env one
	make_env two
	remember .
	remove one
	refuses 1 "venv remove -y $HOME/one"
	remove one two
	refuses 1 "venv remove -y $HOME/one $HOME/two"
	run --separate-stderr "$VENV" remove one <<<y
	refuses 1 "venv remove -y $HOME/one"
	kept .
}

@test "at a terminal it asks, and yes is yes" {
	need_shell
	make_env one
	in_shell < <(for answer in y Y yes YES; do
		printf '%s\n' 'test -e one || cp -R made one' \
			'command venv remove one^J' '^:[y/N]' "^>$answer" \
			'show status; test -e one; show status'
		[[ -e made ]] || cp -R one made
	done)
	assert_equal "$(cat "$OUT")" "$(yes $'status=0\nstatus=1' | head -n 8)"
	on_screen "venv: remove $HOME/one (Python $(python_version))? [y/N] y"
	times_on_screen 4 "removed $HOME/one"
}

@test "everything else is no" {
	need_shell
	make_env one
	remember one
	in_shell < <(for answer in n '' no yy 'y n' ' y' j; do
		printf '%s\n' 'command venv remove one^J' '^:[y/N]' "^>$answer" \
			'show status'
	done
	printf '%s\n' 'command venv remove one^J' '^:[y/N]' '^D' 'show status' \
		'command venv remove one^J' '^:[y/N]' '^C' 'show status' true)
	assert_equal "$(cat "$OUT")" "$(yes status=1 | head -n 8; echo status=130)"
	kept one
	off_screen removed
}

@test "one question is asked about several" {
	need_shell
	make_env one
	make_bare_env two
	in_shell <<-'END'
		command venv remove one two^J
		^:[y/N]
		^>n
		show status
		command venv remove -q two one^J
		^:[y/N]
		^>y
		show status
	END
	assert_equal "$(cat "$OUT")" $'status=1\nstatus=0'
	gone one two
	on_screen "  $HOME/one (Python $(python_version))"
	on_screen "  $HOME/two (Python 3.11.2)"
	times_on_screen 2 'venv: remove these 2 environments? [y/N]'
	off_screen removed
}

@test "a hostile name does nothing to the terminal that it is asked at" {
	need_shell
	make_bare_env $'esc\033[31mred'
	in_shell <<-'END'
		command venv remove esc*red^J
		^:[y/N]
		^>n
	END
	on_screen "venv: remove $HOME/esc?[31mred (Python 3.11.2)? [y/N]"
}

# --- interrupted

@test "killed at any moment, what is left is no environment, and can be removed" {
	need_strace
	local call n died=0
	for call in renameat unlinkat fstatat,newfstatat; do
		for n in 1 2 3 5 9 12 14 15 16; do
			rm -rf one
			make_bare_env one
			mkdir -p one/lib/a/b one/lib/c
			: >one/lib/a/b/1
			: >one/lib/a/2
			: >one/lib/c/3
			run strace -f -o "${HOME%/*}/trace" -e trace="?${call/,/,?}" \
				-e inject="?${call/,/,?}:signal=KILL:when=$n" \
				"$VENV" remove -y one
			((status == 0)) && continue
			((++died))
			if [[ -f one/pyvenv.cfg ]]; then
				# Then it has not begun.
				[[ -f one/lib/c/3 && -f one/lib/a/2 && -L one/bin/python ]]
				continue
			fi
			# All that can be left without the mark is nothing.
			if [[ -e one/.pyvenv.cfg.new ]]; then
				run "$VENV" use ./one
				assert_failure
				remove -y ./one
				says "removed $HOME/one"
			else
				[[ ! -e one ]] || rmdir one
			fi
			gone one
		done
	done
	((died > 12)) || fail "killed $died times only"
}

@test "what cannot be removed is named, and the same command goes on" {
	need_strace
	make_bare_env one
	mkdir -p one/lib/a
	: >one/lib/a/file
	ln -s one/lib/a/file again
	run --separate-stderr strace -f -o "${HOME%/*}/trace" \
		-e trace=unlinkat -e inject=unlinkat:error=EPERM "$VENV" remove -y one
	refuses 1 "cannot remove $HOME/one/"
	[[ $(one_line "$stderr") == *': Operation not permitted; mend that, and do it again' ]]
	[[ ! -e one/pyvenv.cfg && -f one/.pyvenv.cfg.new ]]
	remove -y one
	says "removed $HOME/one"
}

@test "entries that vanish meanwhile are no error" {
	need_strace
	make_bare_env one
	mkdir -p one/lib/a/b
	: >one/lib/a/file
	# Every call says that it is gone; so nothing is removed, but it ends.
	run timeout 20 strace -f -o "${HOME%/*}/trace" \
		-e inject=unlinkat:error=ENOENT "$VENV" remove -y one
	assert_success
	[[ -f one/.pyvenv.cfg.new && -f one/lib/a/file ]]
	remove -y one
	says "removed $HOME/one"
}

@test "an unfinished one is removed by its path" {
	mkdir -p .virtualenvs/tools/bin one/bin
	: >one/.pyvenv.cfg.new
	: >.virtualenvs/tools/.pyvenv.cfg.new
	: >one/bin/file
	remove -y tools
	refuses 1 'no environment is called tools'
	remove -y one "$HOME/.virtualenvs/tools/"
	says "removed $HOME/one"$'\n'"removed $HOME/.virtualenvs/tools"
	gone one .virtualenvs/tools
}

@test "what says that it is unfinished is a file" {
	mkdir -p one/.pyvenv.cfg.new two
	mkfifo two/.pyvenv.cfg.new
	remember .
	remove -y one
	refuses 1 'remove: '
	remove -y two
	refuses 1 'remove: '
	kept .
	# In an environment it is in the way.
	make_bare_env one
	: >one/.pyvenv.cfg.new/file
	remove -y one
	says "removed $HOME/one"
	gone one
}

@test "an unfinished one that holds a project is refused, too" {
	mkdir one
	: >one/.pyvenv.cfg.new
	: >one/Makefile
	remember one
	remove -y ./one
	refuses 1 'it holds Makefile'
	ln -s one link
	rm one/Makefile
	remove -y ./link
	refuses 1 "link is a link to $HOME/one"
}

# --- what else there is to do

@test "one may stand in it" {
	make_env app/.venv
	cd app/.venv/lib
	remove -y ..
	says "removed $HOME/app/.venv"
	gone "$HOME/app/.venv"
}

@test "the decision about it is forgotten, and no other" {
	make_env one
	make_env two
	"$VENV" deny ./one >"$HOME/said"
	"$VENV" allow ./two >"$HOME/said"
	remove -y one
	says "removed $HOME/one"
	run "$VENV" allow --list
	assert_output "allowed ~/two"
	make_env one
	"$VENV" deny ./one >"$HOME/said"
	ln -s . around
	remove -y around/one
	says "removed $HOME/around/one"
	run "$VENV" allow --list
	assert_output "allowed ~/two"
}

@test "without a record, or a place for one, there is nothing to forget" {
	make_env one
	remove -y one
	says "removed $HOME/one"
	[[ ! -e ${RECORD%/*} ]]
	make_env one
	HOME='' XDG_STATE_HOME='' remove -y ./one
	says "removed $HOME/one"
}

@test "a redirect that led to it is pointed out" {
	make_env .virtualenvs/app
	mkdir -p app/src
	echo app >app/.venv
	cd app/src
	remove -y app
	assert_success
	assert_output "removed $HOME/.virtualenvs/app"
	assert_equal "$stderr" "venv: remove: the redirect $HOME/app/.venv leads nowhere now; have it lead to another one: venv link NAME; or take it away: rm $HOME/app/.venv"
	# Another one's removal is nothing to it.
	make_env "$HOME/.virtualenvs/app"
	make_env "$HOME/.virtualenvs/tools"
	remove -y tools
	says "removed $HOME/.virtualenvs/tools"
}
