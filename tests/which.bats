# The helper venv-which: which environment it finds, what it says of it, and
# what it withstands.

# shellcheck disable=SC2016,SC2030,SC2031,SC2088,SC2103,SC2154,SC1003
# They are text; each test is a process; bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	WHICH=$STAGE/bin/venv-which
}

teardown() {
	leave_public
}

# --- words of these tests

# ask [ARG...]: what it says, in $status, $output and $stderr.  Whatever it meets,
# it never hangs.
ask() {
	hear "$WITHIN" 60 "$WHICH" "$@"
	whole
}

# refuses STATUS TEXT: see refused.
refuses() { refused venv-which "$@"; }

# explains TEXT: the explanation has it.
explains() {
	ask --explain
	[[ $output == *"$1"* ]] || fail "'$1' is not said: $output"
}

# is_broken TEXT: the walk ends at a broken environment, and TEXT is why.
is_broken() {
	ask
	refuses 4 'is broken: '
	[[ $stderr == *"$1"* ]] || fail "'$1' is not said: $stderr"
	explains "$1"
	assert_equal "$status" 4
}

# passes_over TEXT: there is no environment, and TEXT is why.
passes_over() {
	ask
	refuses 1 'no environment at or above'
	explains "$1"
	assert_equal "$status" 1
	assert_line none
}

# json_field KEY <OBJECT: the bytes of a member, as Python gives them back.
json_field() {
	PYTHONUTF8=1 "$PYTHON" -c '
import json, os, sys
value = json.loads(sys.stdin.buffer.read().decode("utf-8"))[sys.argv[1]]
sys.stdout.buffer.write(os.fsencode("null" if value is None else value))
' "$1"
}

# cfg TEXT: the pyvenv.cfg of ./.venv, backslash escapes expanded.
cfg() { printf '%b' "$1" >.venv/pyvenv.cfg; }

# sparse FILE: one GB of nothing.
sparse() { dd if=/dev/null of="$1" bs=1 seek=1G 2>/dev/null; }

make_socket() {
	(cd "${1%/*}" && "$PYTHON" -c 'import socket, sys
socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "${1##*/}")
}

is_sanitized() { grep -aq __asan_init "$WHICH"; }

# --- words for other users

# They own nothing on this machine.
ALICE=61234 BOB=61235

# public: a directory and a venv-which that every user can reach; cd there.
public() {
	public_place
	cp "$WHICH" "$PUBLIC/which"
	cd "$PUBLIC" || return
	[[ $EUID -ne 0 ]] || command -v setpriv >/dev/null ||
		skip 'no setpriv on this machine'
	for program in "$PUBLIC/which" "$PYTHON"; do
		as "$ALICE" test -x "$program" ||
			skip "other users cannot reach $program"
	done
	WHICH=$PUBLIC/which
}

# as USER COMMAND...: as that user, or as oneself where that is not root.
as() {
	if [[ $EUID -ne 0 ]]; then
		"${@:2}"
	else
		setpriv --reuid="$1" --regid="$1" --clear-groups "${@:2}"
	fi
}

# ask_as USER [ARG...]: as ask, as that user.
ask_as() {
	hear as "$1" timeout 60 "$WHICH" "${@:2}"
	whole
}

# ask_among TABLES USER [ARG...]: as ask_as, on a machine that has the users
# and groups of TABLES/passwd and TABLES/group.
ask_among() {
	# shellcheck disable=SC2016 # for the inner shell
	hear "$WITHIN" 60 unshare -m sh -c '
		mount --bind "$0/passwd" /etc/passwd &&
			mount --bind "$0/group" /etc/group || exit 99
		user=$1
		shift
		exec setpriv --reuid="$user" --regid="$user" --clear-groups "$@"
	' "$1" "$2" "$WHICH" "${@:3}"
}

# --- the nearest environment

@test "it prints the path of the environment of the working directory" {
	make_env app/.venv
	cd app
	ask
	says "$HOME/app/.venv"
}

@test "from anywhere below a project it is the project's" {
	make_env app/.venv
	mkdir -p app/src/deep/er
	cd app/src/deep/er
	ask
	says "$HOME/app/.venv"
}

@test "where there is none it says so in one line, and exits 1" {
	ask
	refuses 1 "no environment at or above $HOME (looked for .venv, venv)"
}

@test "an environment is called .venv or venv, and .venv wins" {
	make_env app/venv
	cd app
	ask
	says "$HOME/app/venv"
	make_env .venv
	ask
	says "$HOME/app/.venv"
}

@test "the nearest directory wins, whatever the name" {
	make_env app/.venv
	make_env app/sub/venv
	cd app/sub
	ask
	says "$HOME/app/sub/venv"
}

@test "inside an environment, it is that one" {
	make_env .venv
	make_env app/.venv
	cd app/.venv
	ask
	says "$HOME/app/.venv"
	cd lib/python*
	ask
	says "$HOME/app/.venv"
	ask -f '%n %r'
	says "app $HOME/app"
	explains 'found by: inside'
}

@test "a .venv directory without pyvenv.cfg is no environment" {
	make_env .venv
	mkdir -p app/.venv/bin
	cd app
	ask
	says "$HOME/.venv"
	explains "$HOME/app/.venv: no environment: it has no pyvenv.cfg"
}

@test ".venv may be a symbolic link to an environment" {
	make_env envs/one
	mkdir app
	cd app
	ln -s ../envs/one .venv
	ask
	says "$HOME/app/.venv"
}

@test "a .venv link that leads nowhere, or in circles, is broken" {
	make_env .venv
	mkdir app
	cd app
	ln -s ../gone .venv
	is_broken 'it is a link to ../gone, where nothing is'
	ask
	refuses 4 "$HOME/app/.venv is broken: it is a link to ../gone, where nothing is; make one there: venv create $HOME/gone; or take it away: rm $HOME/app/.venv"
	explains 'rule: redirect-dangling'
	# So one can, and it is that.
	venv create -q --without-pip ~/gone
	ask
	says "$PWD/.venv"
	rm .venv
	ln -s .venv .venv
	is_broken 'it is a link to .venv, where nothing is'
	ln -sfn ../gone/pyvenv.cfg/x .venv
	is_broken 'where nothing is'
	ln -sfn $'esc\033[31m\nx' .venv
	is_broken 'it is a link to esc?[31m?x, where nothing is'
	explains 'next: make one there: venv create <path>'
	# By another name it is nothing, as a file of it is no redirect.
	rm .venv
	ln -s gone venv
	ask
	says "$HOME/.venv"
}

# --- the settings

@test "VENV_WHICH_NAMES says what environments are called, in their order" {
	make_env app/dev
	make_env app/.env
	make_env app/.venv
	cd app
	VENV_WHICH_NAMES='.env dev' ask
	says "$HOME/app/.env"
	VENV_WHICH_NAMES=dev:.env ask
	says "$HOME/app/dev"
	VENV_WHICH_NAMES=other ask
	refuses 1 '(looked for other)'
}

@test "a name that is a path is passed over" {
	make_env app/.venv
	make_env other
	cd app
	VENV_WHICH_NAMES="../other $HOME/other .. . .venv" ask
	says "$HOME/app/.venv"
	VENV_WHICH_NAMES='../other' ask
	says "$HOME/app/.venv"
	VENV_WHICH_NAMES='' ask
	says "$HOME/app/.venv"
}

@test "the config file says it, too, and the environment wins over it" {
	mkdir -p .config/venv-which
	printf 'Names = env dev\r\n' >.config/venv-which/config
	make_env app/.venv
	make_env app/dev
	cd app
	ask
	says "$HOME/app/dev"
	VENV_WHICH_NAMES=.venv ask
	says "$HOME/app/.venv"
}

@test "the config file sets a ceiling, and the environment wins over it" {
	mkdir -p .config/venv-which app/sub
	make_env .venv
	printf 'ceiling = %s\n' "$HOME" >.config/venv-which/config
	cd app/sub
	ask
	refuses 1 'no environment'
	VENV_WHICH_CEILING=/nowhere ask
	says "$HOME/.venv"
}

@test "the hook's word for the state is that of -f and --json" {
	make_env .venv
	make_env other
	ln -s .venv link
	state_is() {
		run sh -c 'venv-which --hook | sed -n "s/^state //p"; venv-which -f %s
			venv-which --json | sed "s/^{ \"state\": \"\([a-z]*\)\".*/\1/"'
		assert_output "$1"$'\n'"$1"$'\n'"$1"
	}
	for active in "$PWD/.venv" "$PWD/link"; do
		VIRTUAL_ENV=$active state_is active
	done
	VIRTUAL_ENV=$HOME/other PATH=$HOME/other/bin:$PATH state_is other
	VENV_WHICH_AUTO=$PWD/.venv run venv-which -f %s
	assert_output off
}

@test "the config file makes the hook quiet, and the environment wins over it" {
	mkdir -p .config/venv-which
	echo 'quiet = yes' >.config/venv-which/config
	touch .venv
	ask --hook
	refute_line --partial 'say '
	VENV_WHICH_QUIET=0 ask --hook
	assert_line --partial 'say '
	rm .config/venv-which/config
	ask --hook
	assert_line --partial 'say '
	VENV_WHICH_QUIET=1 ask --hook
	refute_line --partial 'say '
}

@test "XDG_CONFIG_HOME says where the config file is, if it is absolute" {
	make_env app/dev
	make_env app/other
	mkdir -p .config/venv-which app/xdg/venv-which
	echo 'names = dev' >.config/venv-which/config
	echo 'names = other' >app/xdg/venv-which/config
	cd app
	XDG_CONFIG_HOME=$HOME/app/xdg ask
	says "$HOME/app/other"
	XDG_CONFIG_HOME=xdg ask
	says "$HOME/app/dev"
	XDG_CONFIG_HOME='' ask
	says "$HOME/app/dev"
}

@test "a config file that is no file, or a huge one, counts as empty" {
	make_env .venv
	mkdir -p .config/venv-which
	cd .config/venv-which
	mkfifo config
	ask
	says "$HOME/.venv"
	rm config
	ln -s /dev/zero config
	ask
	says "$HOME/.venv"
	rm config
	sparse config
	ask
	says "$HOME/.venv"
	rm config
	mkdir config
	ask
	says "$HOME/.venv"
}

@test "without HOME, or with HOME=/, it works as well" {
	local home
	make_env app/.venv
	mkdir app/sub
	echo word >app/sub/.venv
	unset XDG_CONFIG_HOME
	for home in / '' relative; do
		HOME=$home ask -C app
		says "$PWD/app/.venv"
		HOME=$home ask -C app/sub
		refuses 4 'leads to word'
	done
	unset HOME
	ask -C app
	says "$PWD/app/.venv"
	ask -C app/sub
	refuses 4 'leads to word'
}

# --- the name of the working directory

@test "the path that one walked in by comes first, the physical one second" {
	mkdir -p real/app/sub links
	ln -s ../real/app/sub links/sub
	make_env real/app/.venv
	cd links/sub
	ask
	says "$HOME/real/app/.venv"
	explains "$HOME/real/app/sub: the same directory by its physical path"
	make_env "$HOME/links/.venv"
	ask
	says "$HOME/links/.venv"
}

@test "cd -P goes by the physical path alone" {
	mkdir -p real/app/sub links
	ln -s ../real/app/sub links/sub
	make_env real/app/.venv
	make_env links/.venv
	cd -P links/sub
	ask
	says "$HOME/real/app/.venv"
}

@test "a PWD that is unset, relative, or another directory is not believed" {
	make_env app/.venv
	make_env other/.venv
	cd app
	run env -u PWD "$WHICH"
	says "$HOME/app/.venv"
	for pwd in . other ../other "$HOME/other" /etc /nowhere '' \
		"$(printf '/x%.0s' {1..3000})"; do
		run env PWD="$pwd" "$WHICH"
		says "$HOME/app/.venv"
	done
}

@test "a PWD with //, . and .. in it is the directory that it means" {
	make_env app/.venv
	mkdir app/sub
	cd app
	for pwd in "/$HOME/app" "$HOME//app/" "$HOME/app/sub/.." "$HOME/./app/."; do
		run env PWD="$pwd" "$WHICH"
		says "$HOME/app/.venv"
	done
}

@test "-C starts in another directory, as if one had gone there" {
	make_env app/.venv
	mkdir -p real/sub links
	ln -s ../real/sub links/sub
	make_env real/.venv
	make_env links/.venv
	ask -C app
	says "$HOME/app/.venv"
	ask -C "$HOME/app"
	says "$HOME/app/.venv"
	ask -C links/sub
	says "$HOME/links/.venv"
	cd links/sub
	ask -C ../../app
	says "$HOME/app/.venv"
	ask -C .
	says "$HOME/links/.venv"
	# To the kernel, the parent of a link's target.
	ask -C "$HOME/links/sub/.."
	says "$HOME/real/.venv"
}

@test "-C to a directory that is not there exits 5" {
	ask -C gone
	refuses 5 'cannot enter gone: No such file or directory'
	ask -C $'bad\033name'
	refuses 5 'cannot enter bad?name: No such file or directory'
	touch file
	ask -C file
	refuses 5 'cannot enter file: Not a directory'
	ask -C ''
	refuses 5 'cannot enter'
}

@test "in a deleted directory it exits 5, and -C leads out of it" {
	make_env app/.venv
	mkdir gone
	cd gone
	rmdir ../gone
	ask
	refuses 5 'cannot tell the working directory: No such file or directory'
	ask --explain
	refuses 5 'cannot tell the working directory'
	ask --json
	refuses 5 'cannot tell the working directory'
	ask -C "$HOME/app"
	says "$HOME/app/.venv"
	# Another directory of the same name is not the one that is gone.
	mkdir ../gone 2>/dev/null || mkdir "$HOME/gone"
	ask
	refuses 5 'cannot tell the working directory'
}

@test "a path longer than PATH_MAX is no harm" {
	make_env .venv
	cat >deep.py <<-'END'
		import os, subprocess, sys
		name = "d" * 200
		for _ in range(int(sys.argv[1])):
		    os.mkdir(name)
		    os.chdir(name)
		os.mkdir(".venv")
		os.environ.pop("PWD", None)
		sys.exit(subprocess.run(sys.argv[2:], timeout=60).returncode)
	END
	mkdir over under
	cd over
	hear "$PYTHON" ../deep.py 30 "$WHICH"
	refuses 5 'cannot tell the working directory: '
	cd ../under
	hear "$PYTHON" ../deep.py 19 "$WHICH"
	says "$HOME/.venv"
}

@test "names just below PATH_MAX are passed over, or told whole" {
	make_env_bytes .venv
	cat >edge.py <<-'END'
		import os, subprocess, sys
		# The working directory's path grows until it cannot be had.
		def fill(length):
		    os.chdir(sys.argv[1])
		    left = length - len(os.getcwd())
		    while left > 250:
		        name = "p" * 199
		        os.path.isdir(name) or os.mkdir(name)
		        os.chdir(name)
		        left -= 200
		    name = "q" * (left - 1)
		    os.path.isdir(name) or os.mkdir(name)
		    os.chdir(name)
		for length in range(4080, 4096):
		    fill(length)
		    os.environ["PWD"] = os.getcwd()
		    for option in [], ["--explain"], ["--json"], ["--hook"]:
		        run = subprocess.run(sys.argv[2:] + option, timeout=60,
		            capture_output=True, text=True)
		        if run.returncode or sys.argv[1] + "/.venv" not in run.stdout:
		            sys.exit(f"{length}: {option} {run}")
	END
	run "$PYTHON" edge.py "$HOME" "$WHICH"
	assert_success
}

@test "an environment whose Python has too long a path is never given out" {
	cat >edge.py <<-'END'
		import os, subprocess, sys
		os.chdir(sys.argv[1])
		while len(os.getcwd()) < 3850:
		    os.mkdir("p" * 199)
		    os.chdir("p" * 199)
		# PATH_MAX is 4096 with its NUL; "/.venv/bin/python" are 17.
		for length in range(4078, 4091):
		    name = "q" * (length - 1 - len(os.getcwd()))
		    os.makedirs(name + "/.venv/bin")
		    os.symlink(sys.executable, name + "/.venv/bin/python")
		    open(name + "/.venv/pyvenv.cfg", "w").close()
		    os.chdir(name)
		    os.environ["PWD"] = os.getcwd()
		    run = subprocess.run(sys.argv[2:] + ["-p"], timeout=60,
		        capture_output=True, text=True)
		    if run.stdout not in ("", os.getcwd() + "/.venv/bin/python\n"):
		        sys.exit(f"{length}: -p printed ...{run.stdout[-40:]}")
		    os.chdir("..")
	END
	run "$PYTHON" edge.py "$HOME" "$WHICH"
	assert_success
}

# --- how far up

@test "VENV_WHICH_CEILING ends the walk below a directory" {
	make_env .venv
	mkdir -p a/b/c
	cd a/b/c
	VENV_WHICH_CEILING=$HOME ask
	refuses 1 'no environment'
	VENV_WHICH_CEILING=$HOME/a/b ask
	refuses 1 'no environment'
	VENV_WHICH_CEILING=/nowhere:$HOME/a ask
	refuses 1 'no environment'
	VENV_WHICH_CEILING=$HOME/a ask --explain
	assert_line "$HOME/a: a ceiling: the walk ends"
	VENV_WHICH_CEILING=$HOME/x ask
	says "$HOME/.venv"
}

@test "a ceiling never shuts out the directory one stands in" {
	make_env a/.venv
	cd a
	VENV_WHICH_CEILING=$HOME/a ask
	says "$HOME/a/.venv"
	mkdir b
	cd b
	VENV_WHICH_CEILING=$HOME/a ask
	refuses 1 'no environment'
	VENV_WHICH_CEILING=$HOME/a/b ask
	says "$HOME/a/.venv"
}

@test "a ceiling is compared by components, and may end in a slash" {
	make_env .venv
	mkdir -p alice/x
	cd alice/x
	VENV_WHICH_CEILING=$HOME/al ask
	says "$HOME/.venv"
	VENV_WHICH_CEILING=$HOME/alice/ ask
	refuses 1 'no environment'
	VENV_WHICH_CEILING=$HOME//alice/. ask
	refuses 1 'no environment'
}

@test "a ceiling that is relative is none" {
	make_env .venv
	mkdir -p a/x
	cd a/x
	VENV_WHICH_CEILING=..:.:a ask
	says "$HOME/.venv"
}

@test "a link among the ceilings means its target, up to an empty entry" {
	make_env .venv
	mkdir -p a/x
	ln -s a link
	cd a/x
	VENV_WHICH_CEILING=$HOME/link ask
	refuses 1 'no environment'
	VENV_WHICH_CEILING=:$HOME/link ask
	says "$HOME/.venv"
	VENV_WHICH_CEILING=$HOME/link: ask
	refuses 1 'no environment'
	VENV_WHICH_CEILING=:$HOME/a ask
	refuses 1 'no environment'
}

@test "nothing above a ceiling is looked at" {
	need_strace
	mkdir -p a/b
	cd a/b
	VENV_WHICH_CEILING=$HOME ASAN_OPTIONS=detect_leaks=0 \
		run strace -qq -e trace=file -o "$HOME/trace" "$WHICH"
	run grep -cF -e '"../.venv"' -e "\"$HOME/a/.venv\"" "$HOME/trace"
	assert_output 1
	run grep -F -e '"../../' -e "\"$HOME/.venv" -e "\"$HOME/pyvenv.cfg" \
		-e '"/.venv' "$HOME/trace"
	assert_failure 1
}

@test "directories that may not be read or searched are passed over" {
	public
	make_env .venv
	mkdir -p closed/sub
	chown -R "$ALICE" .venv closed 2>/dev/null || true
	cd closed/sub
	chmod 0711 ..
	ask_as "$ALICE"
	says "$PUBLIC/.venv"
	chmod 0000 ..
	ask_as "$ALICE"
	says "$PUBLIC/.venv"
	ask_as "$ALICE" --explain
	assert_line "$PUBLIC/closed/.venv: passed over: permission denied"
	chmod 0755 ..
}

@test "a .venv that may not be searched is passed over" {
	public
	make_env .venv
	make_env a/.venv
	chown -R "$ALICE" .venv a 2>/dev/null || true
	chmod 0000 a/.venv
	cd a
	ask_as "$ALICE"
	says "$PUBLIC/.venv"
	ask_as "$ALICE" --explain
	assert_line "$PUBLIC/a/.venv: passed over: permission denied"
	chmod 0700 .venv
}

@test "short of descriptors it never says that there is no environment" {
	make_env .venv
	local n seen=
	is_sanitized && skip 'the sanitizers want descriptors of their own'
	for n in 3 4 5 6 7; do
		# The loader of a dynamic one may be short of them first: 127.
		bash -c "ulimit -n $n; exec \"\$0\" --hook" "$WHICH" \
			>answer 2>&1 || seen+="$? "
		run ! grep -x none answer
	done
	assert_regex "$seen" '^(127 )*(5 )+$'
}

# --- a .venv file

# redirect TEXT: ./.venv says TEXT, backslash escapes expanded.
redirect() { printf '%b' "$1" >.venv; }

@test "a .venv file says where the environment is" {
	make_env envs/one
	mkdir app
	cd app
	redirect '../envs/one\n'
	ask
	says "$HOME/envs/one"
	redirect "$HOME/envs/one\n"
	ask
	says "$HOME/envs/one"
	ask -f '%n %r'
	says "one $HOME/app"
	explains "redirect: $HOME/app/.venv"
	explains 'found by: redirect'
}

@test "its path is relative to the file, wherever one stands below it" {
	make_env app/envs/one
	mkdir -p app/sub
	echo envs/one >app/.venv
	cd app/sub
	ask
	says "$HOME/app/envs/one"
}

@test "only its first line counts, with or without a newline or CRLF" {
	make_env one
	for text in 'one' 'one\n' 'one\r\n' 'one\nsecond line\n' \
		'one\r\n\r\nthird\n' '\357\273\277one\n' 'one\n\000\377'; do
		redirect "$text"
		ask
		says "$HOME/one"
	done
}

@test "blanks in its path belong to the path" {
	make_env 'envs/two words'
	make_env 'envs/ blank '
	redirect 'envs/two words\n'
	ask
	says "$HOME/envs/two words"
	redirect 'envs/ blank \n'
	ask
	says "$HOME/envs/ blank "
}

@test "a symbolic link to such a file is one, relative to the link" {
	make_env app/one
	mkdir other
	echo one >other/file
	ln -s ../other/file app/.venv
	cd app
	ask
	says "$HOME/app/one"
}

@test "only .venv may be a file, no other name" {
	make_env one
	echo one >venv
	passes_over "$HOME/venv: no environment: not a directory"
}

@test "a bare word names an environment in the container directory" {
	make_env .virtualenvs/word
	make_env work/word
	redirect 'word\n'
	ask
	says "$HOME/.virtualenvs/word"
	WORKON_HOME=$HOME/work ask
	says "$HOME/work/word"
	WORKON_HOME=work ask
	says "$HOME/work/word"
	WORKON_HOME='~/work' ask
	says "$HOME/work/word"
	WORKON_HOME='~nobody/work' ask
	says "$HOME/.virtualenvs/word"
	rm -r .virtualenvs/word
	is_broken 'leads to word'
}

@test "an environment beside the file wins over the one of that name" {
	make_env .virtualenvs/word
	mkdir word
	redirect 'word\n'
	ask
	says "$HOME/.virtualenvs/word"
	rmdir word
	make_env word
	ask
	says "$HOME/word"
}

@test "what has a slash or dots in it is a path, never a name" {
	make_env .virtualenvs/word
	make_env outside
	for text in './word' 'sub/word' '..' '.' '../.virtualenvs/../word'; do
		redirect "$text\n"
		is_broken 'leads to'
	done
	redirect '.virtualenvs/../outside\n'
	ask
	says "$HOME/outside"
}

@test "a .venv file that leads nowhere is broken, and the walk ends there" {
	make_env .venv
	mkdir app
	cd app
	for text in gone ../gone "$HOME/gone" ../.venv/bin/python ../.venv/bin; do
		redirect "$text\n"
		is_broken 'where there is no environment'
	done
	explains 'rule: redirect-dangling'
	explains "broken $HOME/app/.venv"
}

@test "nobody expands a tilde in it, and it says so" {
	make_env one
	mkdir app
	cd app
	redirect '~/one\n'
	is_broken 'nobody expands `~` in it'
}

@test "an empty .venv file, or one with an empty first line, is broken" {
	for text in '' '\n' '\r\n' '\n/etc\n' '\357\273\277' '\357\273\277\n'; do
		redirect "$text"
		is_broken 'its first line is empty'
	done
	explains 'rule: redirect-empty'
}

@test "a .venv file that leads to another one is broken" {
	make_env one
	mkdir a b
	echo ../one >b/.venv
	cd a
	redirect '../b/.venv\n'
	is_broken 'another redirect'
	redirect '.venv\n'
	is_broken 'another redirect'
}

@test "a .venv file that is not text is broken" {
	make_env one
	redirect 'one\000\n'
	is_broken 'not UTF-8 text'
	redirect '\000'
	is_broken 'not UTF-8 text'
	redirect 'one\377\n'
	is_broken 'not UTF-8 text'
	explains 'rule: redirect-not-text'
	rm .venv
	sparse .venv
	is_broken 'not UTF-8 text'
}

@test "a first line longer than any path is broken" {
	local path
	make_env one
	path=$(printf './%.0s' {1..1900})one
	redirect "$path\n"
	ask
	says "$HOME/one"
	for n in 2046 2047 2048 2049 60000; do
		printf './%.0s' $(seq "$n") >.venv
		printf 'one\n' >>.venv
		ask
		assert_equal "$n: $status" "$n: 4"
	done
	is_broken 'longer than any path'
	{ echo one && head -c 100000 /dev/zero; } >.venv
	ask
	says "$HOME/one"
}

@test "a .venv file that may not be read is broken" {
	public
	mkdir a
	echo /nowhere >a/.venv
	chown -R "$ALICE" a 2>/dev/null || true
	chmod 0 a/.venv
	cd a
	ask_as "$ALICE"
	refuses 4 'cannot read it: Permission denied'
}

@test "a FIFO, a socket or a device called .venv is passed over" {
	mkfifo .venv
	passes_over "$HOME/.venv: no environment: not a directory"
	rm .venv
	make_socket ./.venv
	passes_over "$HOME/.venv: no environment: not a directory"
	rm .venv
	ln -s /dev/zero .venv
	passes_over "$HOME/.venv: no environment: not a directory"
	rm .venv
	[[ $EUID -eq 0 ]] && mknod .venv c 1 5 2>/dev/null || return 0
	passes_over "$HOME/.venv: no environment: not a directory"
}

# --- pyvenv.cfg

@test "a pyvenv.cfg that is no file makes no environment, and nothing hangs" {
	make_env .venv
	rm .venv/pyvenv.cfg
	mkfifo .venv/pyvenv.cfg
	passes_over "$HOME/.venv: no environment: its pyvenv.cfg is no file"
	rm .venv/pyvenv.cfg
	make_socket .venv/pyvenv.cfg
	passes_over "$HOME/.venv: no environment: its pyvenv.cfg is no file"
	rm .venv/pyvenv.cfg
	mkdir .venv/pyvenv.cfg
	passes_over "$HOME/.venv: no environment: its pyvenv.cfg is no file"
	rmdir .venv/pyvenv.cfg
	for target in /dev/zero /dev/tty /dev/random; do
		ln -sf "$target" .venv/pyvenv.cfg
		passes_over "$HOME/.venv: no environment: its pyvenv.cfg is no file"
	done
	for target in gone pyvenv.cfg; do
		ln -sf "$target" .venv/pyvenv.cfg
		passes_over "$HOME/.venv: no environment: it has no pyvenv.cfg"
	done
	rm .venv/pyvenv.cfg
	[[ $EUID -eq 0 ]] && mknod .venv/pyvenv.cfg c 1 5 2>/dev/null || return 0
	passes_over "$HOME/.venv: no environment: its pyvenv.cfg is no file"
}

@test "what is no regular file is not even opened" {
	need_strace
	mkdir -p .config/venv-which
	ln -s /dev/null .config/venv-which/config
	ln -s /dev/null pyvenv.cfg
	ln -s /dev/null .venv
	mkdir venv
	ln -s /dev/null venv/pyvenv.cfg
	ASAN_OPTIONS=detect_leaks=0 run -1 strace -f -qq -o trace \
		-e trace=open,openat,openat2 "$WHICH" --explain
	grep -q '"pyvenv.cfg"\|/venv"' trace
	run grep -E '(config|pyvenv\.cfg|\.venv)"' trace
	assert_output ''
}

@test "what says that it is empty, as files in /proc do, is not read" {
	need_strace
	[[ -e /proc/self/environ ]] || skip 'there is no /proc'
	make_env venv
	ln -sf /proc/self/environ venv/pyvenv.cfg
	ASAN_OPTIONS=detect_leaks=0 run strace -qq -o trace \
		-e trace=open,openat,openat2 "$WHICH"
	run grep 'pyvenv\.cfg"' trace
	assert_output ''
}

@test "a path that means another place to each process is none" {
	[[ -e /proc/self/cwd ]] || skip 'there is no /proc'
	make_env good/.venv
	mkdir -p tree/sub
	cd tree
	printf '/proc/self/cwd/../good/.venv\n' >.venv
	ask
	assert_equal "$status" 4
	assert_output ''
	printf '%s\n' "$HOME/good/.venv" >.venv
	ask
	says "$HOME/good/.venv"
	rm .venv
	ln -s /proc/self/cwd/../good/.venv .venv
	ask
	assert_equal "$status" 1
}

@test "the text of a file that a link only leads to is not shown" {
	printf 'secret\n' >private
	ln -s private .venv
	ask
	assert_equal "$status" 4
	refute_regex "$stderr" secret
}

@test "thousands of directories deep the environment is found" {
	make_env .venv
	# Every "../" is longer than the "/d" that it leads out of.
	ask_deep() {
		"$PYTHON" -c 'if True:
			import os, sys
			for i in range(1365):
				os.mkdir("d")
				os.chdir("d")
				os.environ["PWD"] += "/d"
			os.execv(sys.argv[1], sys.argv[1:])' "$WHICH" "$@"
	}
	run ask_deep
	assert_output "$HOME/.venv"
}

@test "an access list that lets another write blocks, private group or not" {
	make_env .venv
	chmod g+w .venv
	"$PYTHON" - 2>/dev/null <<-'END' || skip 'no access lists here'
		import os, struct
		acl = struct.pack('<I', 2)
		for tag, perm, who in ((1, 7, -1), (2, 7, 61234), (4, 5, -1),
		                       (16, 7, -1), (32, 5, -1)):
		    acl += struct.pack('<HHi', tag, perm, who)
		os.setxattr('.venv', 'system.posix_acl_access', acl)
	END
	ask
	assert_equal "$status" 3
	assert_regex "$stderr" 'access list'
}

@test "JSON holds nothing that acts on a terminal" {
	local name=$'c1\302\23331m\342\200\256x'
	make_env_bytes "$name/.venv"
	cd "$name"
	ask --json
	assert_success
	run grep -c $'\302\233\\|\342\200\256' <<<"$output"
	assert_output 0
}

@test "nor does one in the directory itself" {
	make_env .venv
	mkdir -p sub/dir
	mkfifo sub/pyvenv.cfg
	cd sub
	ask
	says "$HOME/.venv"
	rm pyvenv.cfg
	ln -s /dev/zero pyvenv.cfg
	cd dir
	ask
	says "$HOME/.venv"
	rm ../pyvenv.cfg
	mkdir ../pyvenv.cfg
	ask
	says "$HOME/.venv"
}

@test "a pyvenv.cfg larger than 64 KiB is broken" {
	make_env .venv
	rm .venv/pyvenv.cfg
	sparse .venv/pyvenv.cfg
	is_broken 'its pyvenv.cfg is larger than 64 KiB'
	{ echo 'version = 3.9.1' && printf 'x%.0s' {1..60000}; } >.venv/pyvenv.cfg
	ask -f %v
	says 3.9.1
}

@test "a pyvenv.cfg with NUL bytes is broken" {
	make_env .venv
	printf '\0' >>.venv/pyvenv.cfg
	is_broken 'its pyvenv.cfg holds NUL bytes'
	cfg '\000'
	is_broken 'its pyvenv.cfg holds NUL bytes'
}

@test "a pyvenv.cfg that is not UTF-8 is broken" {
	make_env .venv
	for bytes in '\377' '\300\200' '\355\240\200' '\364\220\200\200' '\303'; do
		cfg "home = /usr/bin\nprompt = $bytes\n"
		is_broken 'its pyvenv.cfg is not UTF-8'
	done
	cfg 'home = /usr/bin\nprompt = \303\251\n'
	ask -f %n
	says 'é'
}

@test "a pyvenv.cfg that may not be read is broken" {
	public
	make_env .venv
	chown -R "$ALICE" .venv 2>/dev/null || true
	chmod 0 .venv/pyvenv.cfg
	ask_as "$ALICE"
	refuses 4 'cannot read its pyvenv.cfg: Permission denied'
	ask_as "$ALICE" --explain
	assert_line --partial 'cannot read its pyvenv.cfg: Permission denied'
}

@test "CRLF, a lone CR, upper case, blanks and comments do no harm in it" {
	make_env .venv
	cfg '# comment\r\nhome = /usr/bin\r\n[section]\r\nVersion=3.9.1\r\n'
	ask -f %v
	says 3.9.1
	explains 'use '
	refute_line --partial 'note:'
	cfg 'home = /usr/bin\rversion = 3.9.2\r'
	ask -f %v
	says 3.9.2
	cfg '\t home = /usr/bin\n \t VERSION \t = \t 3.9.3 \t \n'
	ask -f %v
	says 3.9.3
	cfg 'home = /usr/bin\nprompt = a = b\n'
	ask -f %n
	says 'a = b'
	cfg 'version = 3.9.4\nversion = 3.9.5\nprompt'
	ask -f %v
	says 3.9.4
}

@test "an empty pyvenv.cfg, one with a BOM or without home: usable, with a note" {
	make_env app/.venv
	cd app
	cfg ''
	explains 'note: its pyvenv.cfg has no key `home`'
	assert_success
	cfg 'version = 3.9.1\n'
	explains 'note: its pyvenv.cfg has no key `home`'
	ask -f '%n %v'
	says 'app 3.9.1'
	cfg '\357\273\277version = 3.9.2\nhome = /usr/bin\n'
	explains 'note: its pyvenv.cfg begins with a byte order mark'
	ask -f '%n %v'
	says 'app 3.9.2'
}

# --- health

@test "one whose base was replaced by another version is broken" {
	local base=$PWD/base link
	mkdir "$base"
	put_program "$base/python3.10" ''
	put_program "$base/python3.11" ''
	ln -s python3.10 "$base/python3"
	old() {
		rm -rf .venv
		mkdir -p .venv/bin .venv/lib/python3.10/site-packages
		printf 'home = %s\nversion = 3.10.12\n' "$base" >.venv/pyvenv.cfg
		make_place .venv
	}
	for link in python3 "$base/python3"; do
		old
		ln -s "$base/python3" .venv/bin/python3
		ln -s "$link" .venv/bin/python
		ln -sfn python3.10 "$base/python3"
		ask
		says "$PWD/.venv"
		ln -sfn python3.11 "$base/python3"
		is_broken 'it was made for Python 3.10, and its bin/python leads to 3.11'
		explains 'rule: python-replaced'
		explains "next: make it anew: venv recreate $PWD/.venv"
		# `python -m venv --upgrade` has made it one of the new version.
		mkdir .venv/lib/python3.11
		ask
		says "$PWD/.venv"
		rmdir .venv/lib/python3.11
	done
	# Where names say nothing, nothing is said.
	rm .venv/bin/python .venv/bin/python3
	put_program .venv/bin/python ''
	ask
	says "$PWD/.venv"
	rm .venv/bin/python
	ln -s "$base/python3.11" .venv/bin/python
	printf 'home = %s\n' "$base" >.venv/pyvenv.cfg
	ask
	says "$PWD/.venv"
}

@test "an environment without a working bin/python is broken" {
	make_env .venv
	rm .venv/bin/python
	is_broken 'it has no bin/python'
	ln -s /nowhere/python .venv/bin/python
	is_broken 'an interpreter that is gone'
	explains 'rule: python-dangling'
	rm .venv/bin/python
	touch .venv/bin/python
	is_broken 'its bin/python is no program'
	rm .venv/bin/python
	mkdir .venv/bin/python
	is_broken 'its bin/python is no program'
	rm -r .venv/bin
	is_broken 'it has no bin'
	explains 'rule: python-missing'
	touch .venv/bin
	is_broken 'it has no bin/python'
}

@test "one made for Windows is broken, and named as such" {
	make_env .venv
	mv .venv/bin .venv/Scripts
	is_broken 'made for Windows'
}

@test "the line about a broken one says what to do" {
	make_env .venv
	rm .venv/bin/python
	ask
	refuses 4 "make it anew: venv recreate $HOME/.venv"
}

@test "a path that PATH or a line cannot hold is broken" {
	make_env_bytes "a:b/.venv"
	make_env_bytes $'new\nline/.venv'
	cd a:b
	is_broken 'has a `:` in it'
	cd $'../new\nline'
	is_broken 'has a newline in it'
	cd ..
	mkdir a
	echo ../a:b/.venv >a/.venv
	cd a
	is_broken 'has a `:` in it'
}

# --- who may write it

@test "an environment that everybody may write is blocked" {
	make_env .venv
	for part in .venv .venv/bin .venv/pyvenv.cfg; do
		chmod o+w "$part"
		ask
		refuses 3 'is blocked: '
		[[ $stderr == *'may be written by everybody (mode 0'*'7'*')'* ||
			$stderr == *'may be written by everybody (mode 0646)'* ]]
		chmod o-w "$part"
		ask
		says "$HOME/.venv"
	done
	chmod o+w .venv/bin
	ask
	refuses 3 "chmod -R go-w $HOME/.venv"
	explains 'rule: mode'
	assert_equal "$status" 3
}

@test "an environment of another user's is blocked" {
	need_root
	public
	make_env .venv
	ask_as "$ALICE"
	says "$PUBLIC/.venv"
	for part in .venv .venv/bin .venv/pyvenv.cfg; do
		chown "$BOB" "$part"
		ask_as "$ALICE"
		refuses 3 "belongs to another user (uid $BOB)"
		chown "$ALICE" "$part"
		ask_as "$ALICE"
		says "$PUBLIC/.venv"
	done
	ask_as "$BOB" --explain
	assert_line '  rule: owner'
}

@test "root trusts root's, and under sudo those of the user behind it" {
	need_root
	make_env .venv
	chown -R "$ALICE" .venv
	ask
	refuses 3 "belongs to another user (uid $ALICE)"
	SUDO_UID=$ALICE ask
	says "$HOME/.venv"
	for uid in "$BOB" '' x "${ALICE}x" " $ALICE" "-1" \
		"$((4294967296 + ALICE))" 99999999999999999999999; do
		SUDO_UID=$uid ask
		refuses 3 'belongs to another user'
	done
}

@test "SUDO_UID means nothing to a user who is not root" {
	need_root
	public
	make_env .venv
	chown -R "$BOB" .venv
	SUDO_UID=$BOB ask_as "$ALICE"
	refuses 3 "belongs to another user (uid $BOB)"
}

@test "what a group may write is blocked, unless nobody else is in the group" {
	need_root
	unshare -m true 2>/dev/null || skip 'needs mount namespaces'
	public
	make_env .venv
	chown -R "$ALICE:7001" .venv
	chmod g+w .venv
	mkdir tables
	cat >tables/passwd <<-END
		root:x:0:0::/root:/bin/sh
		alice:x:$ALICE:7001::/:/bin/sh
		bob:x:$BOB:7002::/:/bin/sh
		broken line
	END
	local group
	for group in alice:x:7001: alice:x:7001:alice team:x:7001:root,alice; do
		echo "$group" >tables/group
		ask_among tables "$ALICE"
		says "$PUBLIC/.venv"
	done
	for group in team:x:7001:bob team:x:7001:alice,bob team:x:7001:nobody \
		other:x:7003: '' team:x:07001x: team:x:7001; do
		echo "$group" >tables/group
		ask_among tables "$ALICE"
		refuses 3 'may be written by its group (mode 0775)'
	done
	# Somebody may be in a group by his own line.
	echo alice:x:7001: >tables/group
	sed -i 's/7002/7001/' tables/passwd
	ask_among tables "$ALICE"
	refuses 3 'may be written by its group'
}

@test "each part is judged by its group" {
	need_root
	unshare -m true 2>/dev/null || skip 'needs mount namespaces'
	public
	make_env .venv
	mkdir tables
	echo "alice:x:$ALICE:7001::/:/bin/sh" >tables/passwd
	echo 'alice:x:7001:' >tables/group
	for part in .venv .venv/bin .venv/pyvenv.cfg; do
		chown -R "$ALICE:7001" .venv
		chmod -R g+w .venv
		ask_among tables "$ALICE"
		says "$PUBLIC/.venv"
		chgrp 7002 "$part"
		ask_among tables "$ALICE"
		refuses 3 'may be written by its group'
	done
}

# --- the answers

@test "-p prints the path of its Python" {
	make_env .venv
	ask -p
	says "$HOME/.venv/bin/python"
	rm .venv/bin/python
	ask -p
	refuses 4 'is broken'
	rm -r .venv
	ask -p
	refuses 1 'no environment'
}

@test "-f prints a format, with a letter for everything" {
	local version
	version=$("$PYTHON" -c 'import platform; print(platform.python_version())')
	make_env app/.venv --prompt 'the name'
	cd app
	ask -f '%n|%v|%V|%i|%p|%r|%s|%%'
	says "the name|$version|${version%.*}|CPython|$HOME/app/.venv|$HOME/app|inactive|%"
	ask -f 'no letter'
	says 'no letter'
	ask -f '%%n%n%n'
	says '%nthe namethe name'
	ask -f ''
	says ''
	"$WHICH" -f 'a%%' >out
	printf 'a%%\n' | cmp - out
}

@test "-f is silent where there is no environment that may be used" {
	ask -f %n
	assert_equal "$status<$output$stderr>" '1<>'
	make_env .venv
	chmod o+w .venv
	ask -f %n
	assert_equal "$status<$output$stderr>" '3<>'
	rm .venv/bin/python
	ask -f %n
	assert_equal "$status<$output$stderr>" '4<>'
}

@test "-f does not expand what an environment is called" {
	make_env .venv --prompt '%p %s %%'
	ask -f '%n'
	says '%p %s %%'
}

@test "%s says what the environment is to this shell" {
	make_env a/.venv
	make_env b
	ln -s a link
	local env=$HOME/a/.venv
	cd a
	ask -f %s
	says inactive
	VIRTUAL_ENV=$env ask -f %s
	says active
	VIRTUAL_ENV=$env VENV_WHICH_AUTO=$env ask -f %s
	says active
	VIRTUAL_ENV=$HOME/link/.venv ask -f %s
	says active
	VIRTUAL_ENV=$HOME/b ask -f %s
	says other
	VIRTUAL_ENV=$HOME/b VENV_WHICH_AUTO=$env ask -f %s
	says other
	VENV_WHICH_AUTO=$env ask -f %s
	says off
	VENV_WHICH_AUTO=$HOME/b ask -f %s
	says inactive
	VIRTUAL_ENV='' VENV_WHICH_AUTO=$env ask -f %s
	says off
	chmod o+w .venv
	VIRTUAL_ENV=$env ask --any -f %s
	says blocked
	rm .venv/bin/python
	VIRTUAL_ENV=$env ask --any -f %s
	says broken
}

@test "--active answers for the environment that VIRTUAL_ENV names" {
	make_env a/.venv
	make_env b/.venv
	cd a
	export VIRTUAL_ENV=$HOME/b/.venv
	ask --active
	says "$HOME/b/.venv"
	ask --active -p
	says "$HOME/b/.venv/bin/python"
	ask -f '%n %s' --active
	says 'b active'
	ask --active --explain
	assert_line '  found by: active'
	rm .venv/bin/python "$VIRTUAL_ENV/bin/python"
	ask --active
	refuses 4 'is broken'
	rm -r "$VIRTUAL_ENV"
	ask --active
	refuses 4 'there is no environment'
	VIRTUAL_ENV=.venv ask --active
	refuses 4 'there is no environment'
	VIRTUAL_ENV='' ask --active
	refuses 1 'no environment is active'
	unset VIRTUAL_ENV
	ask --active
	refuses 1 'no environment is active'
}

@test "--any answers also where it may not be used" {
	ask --any
	refuses 1 'no environment'
	make_env .venv
	chmod o+w .venv
	ask --any
	says "$HOME/.venv"
	ask --any -p
	says "$HOME/.venv/bin/python"
	ask -f '%s' --any
	says blocked
	rm .venv/bin/python
	ask --any
	says "$HOME/.venv"
	ask --any -f '%s %n'
	says 'broken home'
}

@test "--json prints one object, with all of it" {
	make_env app/.venv
	cd app
	ask --json
	assert_success
	assert_equal "$stderr" ''
	"$PYTHON" -c '
import json, sys
for key, value in json.load(sys.stdin).items():
    print(key, "null" if value is None else value)' <<<"$output" >members
	diff members - <<-END
		state inactive
		verdict use
		path $HOME/app/.venv
		name app
		version $("$PYTHON" -c 'import platform; print(platform.python_version())')
		implementation CPython
		python $HOME/app/.venv/bin/python
		project $HOME/app
		found name
		redirect null
		tool null
		rule made-here
		why null
		next null
		file $HOME/app/.venv
		owner $(id -u)
		mode 0755
	END
}

@test "--json has the same keys for what may not be used; for none, the state" {
	make_env sub/.venv
	local keys='import json, sys; print(*sorted(json.load(sys.stdin)))'
	ask -C sub --json
	expected=$("$PYTHON" -c "$keys" <<<"$output")
	rm sub/.venv/bin/python
	ask -C sub --json
	assert_equal "$status" 4
	assert_equal "$("$PYTHON" -c "$keys" <<<"$output")" "$expected"
	assert_equal "$(json_field verdict <<<"$output")" broken
	ask --json
	assert_equal "$status" 1
	assert_equal "$(json_field state <<<"$output")" none
	assert_equal "$(json_field verdict <<<"$output")" none
	assert_equal "$("$PYTHON" -c "$keys" <<<"$output")" 'state verdict'
	assert_equal "$stderr" ''
}

@test "--json gives back every byte of a path, whatever it is" {
	cat >check.py <<-'END'
		import json, os, subprocess, sys
		top = os.fsencode(os.getcwd())
		for byte in sorted(set(range(1, 256)) - set(b"\n/:")):
		    path = top + b"/x" + bytes([byte]) + b"y"
		    os.makedirs(path + b"/bin")
		    os.symlink(sys.executable, path + b"/bin/python")
		    open(path + b"/pyvenv.cfg", "w").close()
		    with open(path + b"/bin/activate", "wb") as activate:
		        activate.write(b"VIRTUAL_ENV=\"" + path + b"\"\n")
		    env = {**os.environb, b"VIRTUAL_ENV": path}
		    run = subprocess.run([sys.argv[1], "--active", "--json"],
		        env=env, capture_output=True, timeout=60)
		    answer = json.loads(run.stdout.decode("utf-8"))
		    if run.returncode or os.fsencode(answer["path"]) != path:
		        sys.exit(f"{path} {run}")
		print("all", byte)
	END
	PYTHONUTF8=1 run "$PYTHON" check.py "$WHICH"
	says 'all 255'
}

@test "--explain prints every candidate, and the rule behind the verdict" {
	make_env app/venv
	mkdir -p app/sub/.venv
	cd app/sub
	ask --explain
	says "$(cat <<-END
		$HOME/app/sub/pyvenv.cfg: nothing there
		$HOME/app/sub/.venv: no environment: it has no pyvenv.cfg
		$HOME/app/sub/venv: nothing there
		$HOME/app/pyvenv.cfg: nothing there
		$HOME/app/.venv: nothing there
		$HOME/app/venv: an environment
		use $HOME/app/venv
		  found by: name
		  rule: made-here
		  file: $HOME/app/venv (owner $(id -u), mode 0755)
	END
	)"
}

@test "-h and --help print the help, -V and --version the version" {
	ask -h
	assert_success
	assert_line --index 0 --partial 'usage: venv-which [-C DIR]'
	for option in -C -p -f --active --any --json --explain --hook -h --help \
		-V --version; do
		assert_output --partial -- "$option"
	done
	local help=$output
	ask --help
	says "$help"
	ask -V
	assert_success
	assert_output --regexp '^venv-which [0-9]+\.[0-9]+\.[0-9]+$'
	local version=$output
	ask --version
	says "$version"
}

@test "a format has no byte that may not go to a terminal" {
	local name
	for name in "${HOSTILE_NAMES[@]}"; do
		make_env_bytes "$HOME/in/$name/.venv"
		cd "$HOME/in/$name"
		ask -f '%p|%r|%n'
		assert_success
		run grep -ac $'[[:cntrl:]]\\|\342\200\256\\|\377' <<<"$output"
		assert_output 0
	done
	cd "$HOME/in/"$'esc\033[31m'
	ask -f '%p %r'
	says "$HOME/in/esc?[31m/.venv $HOME/in/esc?[31m"
	# Whoever wants its bytes has them.
	ask
	says "$PWD/.venv"
}

@test "options combine in any order" {
	make_env app/.venv
	export VIRTUAL_ENV=$HOME/app/.venv
	ask --any -p -C app --active
	says "$HOME/app/.venv/bin/python"
	ask -C app -f %p --any
	says "$HOME/app/.venv"
	ask -f %r -C app
	says "$HOME/app"
	ask -C / -C "$HOME/app" -p -p
	says "$HOME/app/.venv/bin/python"
}

@test "an answer that cannot be written exits 5" {
	make_env .venv
	for mode in '' -p --json --explain --hook -h -V; do
		# shellcheck disable=SC2086 # none, or one
		run bash -c 'exec "$0" "$@" 2>&1 >/dev/full' "$WHICH" $mode
		assert_equal "$mode $status" "$mode 5"
		assert_output 'venv-which: cannot write the answer: No space left on device'
		# shellcheck disable=SC2086
		run bash -c 'exec "$0" "$@" 2>&1 >&-' "$WHICH" $mode
		assert_equal "$mode $status" "$mode 5"
		assert_output 'venv-which: cannot write the answer: Bad file descriptor'
	done
}

@test "closed descriptors are no harm, and nothing is written into a file" {
	make_env .venv
	before=$(cat .venv/pyvenv.cfg)
	run bash -c '"$0" <&- 2>&-' "$WHICH"
	says "$HOME/.venv"
	rm .venv/bin/python
	run bash -c '"$0" <&- >&- 2>&-' "$WHICH"
	assert_equal "$status" 4
	assert_equal "$(cat .venv/pyvenv.cfg)" "$before"
}

# --- called wrongly

@test "an option that is not there is refused" {
	for option in -x --jso --json=yes -Capp -pf --no-any - -- -vV -1; do
		ask "$option"
		refuses 2 "there is no option $option"
	done
}

@test "an operand is refused" {
	for operand in . app '' $'new\nline'; do
		ask "$operand"
		refuses 2 'there is no operand to give'
	done
	ask --any app
	refuses 2 'app'
}

@test "a missing argument is named" {
	ask -C
	refuses 2 'an argument is missing behind -C'
	ask --json -C
	refuses 2 'an argument is missing behind -C'
	ask -f
	refuses 2 'an argument is missing behind -f'
}

@test "modes that exclude each other are refused, in any order" {
	local modes=(-p '-f %n' --json --explain --hook)
	for one in "${modes[@]}"; do
		for other in "${modes[@]}"; do
			[[ $one != "$other" ]] || continue
			# shellcheck disable=SC2086 # an option, and its argument
			ask $one --any $other
			refuses 2 "exclude each other"
		done
	done
}

@test "a letter that -f does not know is refused, and a % at the end" {
	make_env .venv
	for format in %x %N 'a %n %' % '%%%' '% n' '%%%-' '%1n' $'%\n'; do
		ask -f "$format"
		refuses 2 '-f knows no such format'
	done
}

@test "called wrongly, it changes nothing and looks at nothing" {
	need_strace
	ASAN_OPTIONS=detect_leaks=0 run -2 strace -qq -o trace \
		-e trace=file "$WHICH" -C / --explain --hook
	is_sanitized || assert_equal "$(grep -c . trace)" 1
	run grep -E 'chdir|pyvenv|\.venv' trace
	assert_failure
}

# --- the hook's questions

@test "--hook answers in lines, from the environment to the end" {
	make_env app/venv
	mkdir -p app/sub
	cd app/sub
	ask --hook
	version=$("$PYTHON" -c 'import platform; print(platform.python_version())')
	local blank=' ' shown
	shown=state%20active%0aname%20app%0aversion%20$version%0aprompt%20
	shown+="(app)%20%0alabel%20app%20${version%.*}%0adeactivate%20ours%0a"
	says "$(cat <<-END
		set VIRTUAL_ENV $HOME/app/venv
		set VIRTUAL_ENV_PROMPT app
		set VENV_WHICH_AUTO $HOME/app/venv
		set PATH $HOME/app/venv/bin:$PATH
		state active
		name app
		version $version
		prompt (app)$blank
		label app ${version%.*}
		deactivate ours
		did activated $HOME/app/venv
		memory 2 l$HOME/app/venv m$HOME/app/venv v$version d$shown p0$HOME/app/venv
		keep $HOME/app/venv/pyvenv.cfg
		keep $HOME/app/venv/bin/python
		watch ./pyvenv.cfg
		watch ./.venv
		watch ./venv
		watch ../.venv
		end 2
	END
	)"
}

@test "a redirect is to be kept, too" {
	make_env one
	echo one >.venv
	ask --hook
	assert_success
	assert_line "set VIRTUAL_ENV $HOME/one"
	assert_line "keep $HOME/.venv"
}

@test "where there is none it tells what to watch for" {
	mkdir -p a/.venv
	cd a
	VENV_WHICH_CEILING=$HOME ask --hook
	assert_equal "$status" 1
	assert_output "$(cat <<-END
		state none
		deactivate none
		memory 2 dstate%20none%0adeactivate%20none%0a
		watch ./pyvenv.cfg
		watch ./.venv/pyvenv.cfg
		watch ./venv
		end 2
	END
	)"
}

@test "by a symbolic link the paths to watch are absolute" {
	mkdir -p real/a
	ln -s real/a link
	cd link
	VENV_WHICH_CEILING=$HOME ask --hook
	assert_line --index 3 "watch $HOME/link/pyvenv.cfg"
}

@test "what is watched is absent, what is kept is there: the answer is settled" {
	make_env .venv
	mkdir -p a/b/.venv
	cd a/b
	ask --hook
	local word path watched=0 kept=0
	while read -r word path; do
		case $word in
		watch)
			[[ ! -e $path ]] || fail "there: $path"
			watched=$((watched + 1))
			;;
		keep)
			[[ -e $path ]] || fail "absent: $path"
			kept=$((kept + 1))
			;;
		esac
	done <<<"$output"
	assert_equal "$watched $kept" '5 2'
}

@test "in trouble it has a line for the user, and is to be asked again" {
	make_env app/.venv
	cd app
	chmod o+w .venv
	ask --hook
	assert_equal "$status" 3
	assert_line 'state blocked'
	assert_line --partial "say venv-which: $HOME/app/.venv is blocked: "
	assert_line 'name app'
	assert_line 'watch /'
	assert_line --index -1 "end 2"
	rm .venv/bin/python
	ask --hook
	assert_equal "$status" 4
	assert_line 'state broken'
	assert_line --partial "say venv-which: $HOME/app/.venv is broken: "
	assert_line 'watch /'
	assert_equal "$stderr" ''
}

@test "in a deleted directory it knows nothing, and says that" {
	mkdir gone
	cd gone
	rmdir ../gone
	ask --hook
	assert_equal "$status" 5
	assert_output $'state none\ndeactivate none\nmemory 2 dstate%20none%0adeactivate%20none%0a f\nwatch /\nend 2'
	assert_equal "$stderr" ''
}

@test "a path with a newline in it is never told" {
	make_env_bytes $'a\nset x/.venv'
	mkdir $'b\nset y'
	cd $'a\nset x'
	ask --hook
	assert_equal "$status" 4
	assert_line 'state broken'
	refute_line --regexp '^set'
	assert_line 'watch /'
	cd $'../b\nset y'
	ask --hook
	assert_equal "$status" 1
	refute_line --regexp '^set'
	ln -s $'b\nset y' ../link
	cd ../link
	mkdir $'c\nset z'
	cd $'c\nset z'
	ask --hook
	assert_equal "$status" 1
	refute_line --regexp '^set'
	assert_line 'watch /'
}

@test "a redirect in a directory with a newline in its name tells no lie" {
	make_env one
	make_env evil/.venv
	local dir=$'a\nset VIRTUAL_ENV '$HOME/evil
	mkdir -p "$dir"
	echo "$HOME/one" >"$dir/.venv"
	cd "$dir"
	ask --hook
	assert_line "end 2"
	refute_line --regexp "^set VIRTUAL_ENV $HOME/evil"
	refute_line "keep $HOME/a"
	assert_line 'watch /'
}

@test "whatever is in pyvenv.cfg, each line begins with a word of the hook's" {
	make_env .venv
	for text in 'prompt = "x\\nset /evil"' 'version = 3\\nset /evil' \
		'prompt = x\\rset /evil' "prompt = '\\\\n\\\\x0aset /evil'" \
		'version = set /evil' 'implementation = x\\x0aset /evil'; do
		cfg "home = /usr/bin\n$text\n"
		ask --hook
		assert_line --index 0 "set VIRTUAL_ENV $HOME/.venv"
		refute_line --regexp '^set /evil'
		run grep -vE '^(set|deactivate|prompt|state|label|did|memory|keep|name|version|watch|end)( |$)' <<<"$output"
		assert_output ''
	done
}

@test "a walk with more to watch than fits is asked about each time" {
	local names
	names=$(printf 'name%s ' {1..16})
	mkdir -p "$(printf '%050d/' {1..70})"
	cd "$(printf '%050d/' {1..70})"
	VENV_WHICH_NAMES=$names ask --hook
	assert_equal "$status" 1
	assert_line 'watch /'
	assert_line --index "$((${#lines[@]} - 1))" "end 2"
}

# --- its name

@test "its name is the prompt that pyvenv.cfg has, as each tool writes it" {
	make_env app/.venv
	cd app
	cfg 'prompt = raw text\n'
	ask -f %n
	says 'raw text'
	cfg "prompt = 'single'\n"
	ask -f %n
	says single
	cfg 'prompt = "double"\n'
	ask -f %n
	says double
	cfg "prompt = it's\n"
	ask -f %n
	says "it's"
	cfg "prompt = 'a' and 'b'\n"
	ask -f %n
	says "'a' and 'b'"
	cfg "prompt = '\n"
	ask -f %n
	says "'"
	cfg "prompt = back\\\\\\\\slash\n"
	ask -f %n
	says 'back\\slash'
}

@test "a prompt in the parentheses that a prompt will have is without them" {
	make_env app/.venv
	cd app
	cfg 'prompt = (x) \n'
	ask -f %n
	says x
	cfg "prompt = '(x) '\n"
	ask -f %n
	says x
}

@test "a prompt that Python itself wrote is decoded as Python reads it" {
	local prompt
	for prompt in plain "it's" 'say "so"' "both ' and \"" 'back\slash' 'end\' \
		'été 中文 🐍' '$(touch PWNED)' '\n'; do
		rm -rf .venv
		make_env .venv --prompt "$prompt"
		ask -f %n
		says "$prompt"
	done
}

@test "what Unicode has to be ignored becomes ?" {
	local code
	# The first and the last ones of Default_Ignorable_Code_Point.
	for code in 00ad 034f 061c 115f 1160 17b4 17b5 180b 180f 200b 200f 202a 202e \
		2060 206f 3164 fe00 fe0f feff ffa0 fff0 fff8 1bca0 1bca3 1d173 1d17a \
		e0000 e0fff; do
		rm -rf .venv
		make_env .venv --prompt "a$(printf %b "\U$code")b"
		ask -f %n
		says 'a?b'
	done
	# What is beside them is seen.
	for code in 1bc9f 1bca4 1d172 1d17b; do
		rm -rf .venv
		make_env .venv --prompt "a$(printf %b "\U$code")b"
		ask -f %n
		says "a$(printf %b "\U$code")b"
	done
}

@test "the same of any string, and what may not go to a terminal becomes ?" {
	make_env app/.venv
	cd app
	cat >../reprs.py <<-'END'
		import random, subprocess, sys
		pieces = list("ab(){}%$ '\"\\`!~") + ["''", "\\\\", "\\'", "\\x41", "\\n",
		    "\x01", "\x1b", "\x1b[31m", "\n", "\r", "\t", "\b", "\a", "\0", "\x7f",
		    "\x80", "\x85", "\x9b", "\xa0", "\xe9", "\u0301", "\u4e2d", "\u061c",
		    "\u200b", "\u200e", "\u200f", "\u2028", "\u202a", "\u202e", "\u2060",
		    "\u2066", "\u2069", "\ufeff", "\ud800", "\udc80", "\udfff",
		    "\U0001f40d", "\U0010fffd"]
		unsafe = [(0, 0x1f), (0x7f, 0x9f), (0x61c, 0x61c), (0x200b, 0x200f),
		    (0x2028, 0x202e), (0x2060, 0x206f), (0xd800, 0xdfff), (0xfeff, 0xfeff)]
		def shown(text):
		    return "".join("?" if any(a <= ord(c) <= b for a, b in unsafe) else c
		        for c in text)[:64]
		def check(text):
		    with open(".venv/pyvenv.cfg", "w", encoding="utf-8") as cfg:
		        cfg.write(f"home = /usr/bin\nprompt = {text!r}\nversion = 3.1\n")
		    run = subprocess.run([sys.argv[1], "-f", "%n"], timeout=60,
		        capture_output=True)
		    if run.stdout.decode() != shown(text) + "\n" or run.returncode:
		        sys.exit(f"{text!r}: {run}")
		rng = random.Random(8)
		texts = ["x" + p for p in pieces] + [p + "x" for p in pieces] + ["x" * 63,
		    "x" * 64, "x" * 65, "\U0001f40d" * 70, "\u202e" * 70]
		while len(texts) < 300:
		    texts.append("x" + "".join(rng.choices(pieces, k=rng.randint(1, 40))))
		for text in texts:
		    check(text)
		print(len(texts))
	END
	PYTHONUTF8=1 run "$PYTHON" ../reprs.py "$WHICH"
	says 300
}

@test "escapes that Python would not write become ?, and end the name nowhere" {
	make_env .venv
	while read -r literal name; do
		printf 'home = /usr/bin\nprompt = %s\n' "$literal" >.venv/pyvenv.cfg
		ask -f %n
		says "$name"
	done <<-'END'
		'a\x4'		a?
		'a\xzzb'	a?zzb
		'a\u12b'	a?
		'a\U00110000b'	a?b
		'a\U0010ffffb'	a􏿿b
		'\101\60b'	A0b
		'a\0b'		a?b
		'a\qb'		a?b
	END
}

@test "a prompt of 10 KB is cut to 64 characters" {
	make_env .venv
	printf 'prompt = %s\n' "$(printf 'n%.0s' {1..10000})" >.venv/pyvenv.cfg
	ask -f %n
	says "$(printf 'n%.0s' {1..64})"
	printf "prompt = '%s'\n" "$(printf '\\U0001f40d%.0s' {1..1000})" \
		>.venv/pyvenv.cfg
	ask -f %n
	says "$(printf '🐍%.0s' {1..64})"
	printf "prompt = '%s\n" "$(printf 'é%.0s' {1..1000})" >.venv/pyvenv.cfg
	ask -f %n
	says "'$(printf 'é%.0s' {1..63})"
}

@test "without a prompt it is the project's, where its own says nothing" {
	local name
	for name in .venv venv env .env virtualenv; do
		make_env "app/$name"
		VENV_WHICH_NAMES=$name ask -C app -f %n
		says app
	done
	make_env app/other
	VENV_WHICH_NAMES=other ask -C app -f %n
	says other
	printf 'prompt = \n' >>app/.venv/pyvenv.cfg
	ask -C app -f %n
	says app
	printf "prompt = ''\n" >app/.venv/pyvenv.cfg
	ask -C app -f %n
	says app
}

@test "the environment that direnv keeps has the project's name, too" {
	make_env app/.direnv/python-3.11
	make_env app/lib/python-3.11
	VIRTUAL_ENV=$HOME/app/.direnv/python-3.11 ask --active -f %n
	says app
	VIRTUAL_ENV=$HOME/app/lib/python-3.11 ask --active -f %n
	says python-3.11
	echo .direnv/python-3.11 >app/.venv
	ask -C app -f %n
	says app
	cd app/.direnv/python-3.11/lib
	ask -f %n
	says app
}

@test "a directory's name is made safe for a terminal" {
	make_env_bytes $'esc\033[31m\t\377\342\200\256/.venv'
	ask -C $'esc\033[31m\t\377\342\200\256' -f %n
	says 'esc?[31m???'
}

# --- its version

@test "its version is read from pyvenv.cfg, as each tool writes it" {
	make_env .venv
	while read -r -u 4 text; do
		expected=${text##*=> }
		cfg "home = /usr/bin\n${text%% =>*}\n"
		ask -f '%v,%V'
		says "$expected"
	done 4<<-'END'
		version = 3.11.7 => 3.11.7,3.11
		version_info = 3.12.4.final.0 => 3.12.4,3.12
		version_info = 3.13.0.candidate.1 => 3.13.0,3.13
		version_info = 3.12 => 3.12,3.12
		python-version = 3.14.1 => 3.14.1,3.14
		version = 3.13.0rc1 => 3.13.0,3.13
		version = 3.13.0+ => 3.13.0,3.13
		version = 3 => 3,3
		version = 3. => 3,3
		version_info = 3.9.1\nversion = 3.9.2 => 3.9.2,3.9
		version = none\nversion_info = 3.9.1 => 3.9.1,3.9
		version = \nversion_info = 3.9.1 => 3.9.1,3.9
		version = garbage => ,
		version = $(touch x) => ,
		version = .3 => ,
	END
}

@test "its implementation is what pyvenv.cfg says, else its home tells" {
	make_env .venv
	while read -r -u 4 expected text; do
		cfg "$text\n"
		ask -f '%i'
		says "$expected"
	done 4<<-'END'
		CPython home = /usr/bin
		PyPy home = /usr/bin\nimplementation = PyPy
		CPython home = /opt/pypy3/bin\nimplementation = CPython
		PyPy home = /opt/pypy3/bin
		PyPy home = /usr/bin\nexecutable = /usr/bin/pypy3.10
		GraalPy home = /opt/graalpy-24/bin
		x?[31m home = /usr/bin\nimplementation = x\033[31m
	END
}

# --- what it withstands

@test "whatever a directory is called, it is told byte for byte" {
	make_hostile_envs
	cat >check.py <<-'END'
		import json, os, subprocess, sys
		top = os.fsencode(os.getcwd()) + b"/in/"
		names = os.listdir(top)
		for name in names:
		    def ask(*options):
		        run = subprocess.run([sys.argv[1], *options], cwd=top + name,
		            env={**os.environb, b"PWD": top + name},
		            capture_output=True, timeout=60)
		        assert run.returncode == 0 and not run.stderr, run
		        return run.stdout
		    env = top + name + b"/.venv"
		    assert ask() == env + b"\n", name
		    assert ask("-p") == env + b"/bin/python\n", name
		    answer = json.loads(ask("--json").decode("utf-8"))
		    assert os.fsencode(answer["path"]) == env, name
		    assert ask("--hook").startswith(b"set VIRTUAL_ENV " + env + b"\n"), name
		    shown = ask("-f", "%n").decode("utf-8")
		    assert shown[-1] == "\n" and shown[:-1].isprintable(), name
		    assert len(shown) <= 65 and answer["name"] == shown[:-1], name
		print(len(names))
	END
	PYTHONUTF8=1 run "$PYTHON" check.py "$WHICH"
	says "${#HOSTILE_NAMES[@]}"
	run find "$HOME" -name PWNED
	assert_output ''
}

@test "it speaks to terminals in printable characters only" {
	local dir=$'a\033]0;x\007b\302\233c\342\200\256d\377e\rf\ng'
	mkdir -p "$dir"
	cd "$dir"
	touch .venv
	for options in '' -p --explain; do
		# shellcheck disable=SC2086
		"$WHICH" $options >"$HOME/out.all" 2>&1 || true
		[[ -s $HOME/out.all ]]
		PYTHONUTF8=1 "$PYTHON" -c 'import sys
for line in open(sys.argv[1], encoding="utf-8", newline="\n"):
    assert line[:-1].isprintable(), line
' "$HOME/out.all"
	done
}

@test "nothing from the environment is run" {
	make_env app/.venv
	cd app
	rm .venv/bin/python
	put_program .venv/bin/python 'touch "$HOME/ran"'
	cp .venv/bin/python .venv/bin/venv-which
	printf 'touch "$HOME/ran"\n' >.venv/bin/activate
	for mode in '' -p --json --explain --hook --active '-f %n%v%V%i%p%r%s'; do
		# shellcheck disable=SC2086
		VIRTUAL_ENV=$HOME/app/.venv PATH=$HOME/app/.venv/bin:$PATH ask $mode
		assert_success
	done
	[[ ! -e $HOME/ran ]]
}

@test "it runs no program, makes no process, and opens nothing for writing" {
	need_strace
	make_env .venv
	is_sanitized && skip 'the sanitizers have calls of their own'
	for mode in '' --json --explain --hook; do
		# shellcheck disable=SC2086
		strace -f -qq -o trace "$WHICH" $mode >out.txt
		assert_equal "$(grep -c 'execve(' trace)" 1
		run grep -E '(fork|clone3?|socket|connect)\(|O_(WRONLY|RDWR|CREAT)' trace
		assert_failure
	done
}

# --- its costs

# costs MOST: what it did, in the mode that the hook uses, is within bounds.
costs() {
	local calls
	strace -f -qq -o "$HOME/trace" "$WHICH" --hook >"$HOME/answer" || true
	calls=$(wc -l <"$HOME/trace")
	((calls <= $1)) || fail "$calls system calls, more than $1"
	# The trace is one: its first and last are known.
	grep -q execve "$HOME/trace" && grep -q exit "$HOME/trace"
}

# directories DIR: how many are on the way up from DIR to /, with both.
directories() {
	local path=${1%/}/ n
	n=${path//[!\/]/}
	echo "${#n}"
}

# found_in N: the same where it is found N directories up: 3 in each that was
# looked in; 2 above, whether others could swap it and is it a repository; 30, of
# which 5 are a look for each tool that could keep one elsewhere.
found_in() {
	costs $((3 * $1 + 2 * ($(directories "$PWD") - $1) + 30))
	grep -q '^set VIRTUAL_ENV ' "$HOME/answer"
}

@test "at most 3 system calls a level, and 15 besides where it finds nothing" {
	need_strace
	is_sanitized && skip 'the sanitizers have calls of their own'
	! readelf -l "$WHICH" 2>/dev/null | grep -q INTERP ||
		skip 'a dynamic program has the loader'"'"'s calls, too'
	mkdir -p none/2/3/4/5/6/7/8/9/10
	make_env app/.venv
	mkdir -p app/2/3/4/5/6/7/8/9/10
	cd "$HOME/app/2/3/4/5/6"
	found_in 6
	cd 7/8/9/10
	found_in 10
	cd "$HOME/none/2/3/4/5/6"
	costs $((3 * $(directories "$PWD") + 15))
	grep -q '^state none$' "$HOME/answer"
	cd 7/8/9/10
	costs $((3 * $(directories "$PWD") + 15))
	grep -q '^state none$' "$HOME/answer"
	assert_equal "$(directories /) $(directories /a) $(directories /a/b)" '1 2 3'
}

@test "it is linked static where the platform can" {
	command -v readelf >/dev/null || skip 'no readelf on this machine'
	is_sanitized && skip 'the sanitizers need the dynamic loader'
	echo 'int main(void) { return 0; }' >empty.c
	command -v musl-gcc >/dev/null ||
		cc -static -o empty empty.c 2>/dev/null ||
		skip 'no static libc on this machine'
	run readelf -lW "$WHICH"
	assert_success
	assert_output --partial LOAD
	refute_output --partial INTERP
	run readelf -d "$WHICH"
	refute_output --partial NEEDED
}

@test "linked with musl it is no larger than 64 KiB" {
	command -v musl-gcc >/dev/null || skip 'no musl-gcc on this machine'
	is_sanitized && skip 'a sanitized program is larger'
	size=$(wc -c <"$WHICH")
	((size <= 64 * 1024)) || fail "$size bytes"
}
