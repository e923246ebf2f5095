# venv create: its options, which are those of `python -m venv`, its errors, and
# the files that it writes.  What pip is in it: pip.bats; that it is CPython's
# tree: createstock.bats; which Python: base.bats; that nothing is left half
# made: createkill.bats, createfail.bats.

# shellcheck disable=SC2016,SC2030,SC2031,SC2088,SC2103,SC2154,SC1003
# They are text; each test is a process; bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	share_cache
	mkdir work
	cd work || return
	HERE=$PWD
}

# --- words of these tests

# make [ARG...]: a creation without pip.
make() {
	run --separate-stderr timeout 60 venv create -p "$PYTHON" --without-pip "$@" </dev/null
	whole
}
# made [ARG...]: and it is done.
made() {
	make -q "$@"
	says ''
}
refuses() {
	assert_equal "status $status, printed <$output>" "status $1, printed <>"
	assert_equal "${#stderr_lines[@]} line" '1 line'
	[[ $stderr == "venv: create: "*"$2"* ]] || fail "'$2' is not said: $stderr"
}
# works DIR: it is an environment, and nothing is left beside it.
works() {
	assert_equal "$("$1/bin/python" -c 'import sys; print(sys.prefix)')" "$(cd "$1" && pwd -P)"
	assert_equal "$(find "$1" -name '.*.new' -o -name '.venv-which*')" ''
}
# key NAME [DIR]: its value in pyvenv.cfg.
key() { sed -n "s/^$1 = //p" "${2-.venv}/pyvenv.cfg"; }
inode() { stat -c %i "$1" 2>/dev/null || stat -f %i "$1"; }
mode() { stat -c %a "$1" 2>/dev/null || stat -f %Lp "$1"; }
# nothing_here: the working directory is empty.
nothing_here() { assert_equal "$(find . ! -name .)" ''; }

# --- directories

@test "without a directory it makes .venv in this one, and says so" {
	make
	assert_success
	assert_output --regexp "^created $HERE/\.venv \(CPython 3\.[0-9]+\.[0-9]+\)$"
	assert_equal "$stderr" ''
	works .venv
	run venv-which
	assert_output "$HERE/.venv"
}

@test "one that is there is kept, and it says so" {
	made
	mkdir .venv/share
	touch .venv/share/mine
	make
	assert_success
	assert_output --regexp "^kept $HERE/\.venv \(CPython 3\.[0-9.]+\)
  what was in it stays; --clear would make it anew$"
	[[ -e .venv/share/mine ]]
	make --upgrade
	assert_output --regexp "^upgraded $HERE/\.venv \(CPython 3\.[0-9.]+\)$"
	make --clear
	assert_output --regexp "^created $HERE/\.venv \(CPython 3\.[0-9.]+\)$"
	make -q
	says ''
}

@test "a path that goes up is fine, there or not yet" {
	mkdir -p sub/deep other
	cd sub || return
	made ../new
	works "$HERE/new"
	made ../new
	made ../a/../b/./c
	works "$HERE/b/c"
	made deep/../../env
	works "$HERE/env"
	made missing/../../d
	works "$HERE/d"
	[[ ! -e $HERE/a && ! -e missing ]]
	# Behind a link it would be another place.
	ln -s "$HERE/other" link
	make link/../new
	refuses 1 "refusing to make an environment in $HERE/sub/link/../new: it goes up by \`..\` from behind a link"
	ln -s nowhere dangling
	make dangling/../new
	refuses 1 'it goes up by `..` from behind a link'
	[[ ! -e $HERE/sub/new ]]
	run --separate-stderr venv create -p "$PYTHON" ../../../../../../../../../..
	refuses 1 'refusing to make an environment in /: it is the root directory'
	make /
	refuses 1 'refusing to make an environment in /: it is the root directory'
}

@test "a project's directory is not made one" {
	local sign word
	for sign in pyproject.toml main.py .git .hg .venv requirements.txt; do
		rm -rf 'my app'
		mkdir 'my app'
		mkdir "my app/$sign"
		listing 'my app' >before
		for word in 'my app' "$HERE/my app/"; do
			make "$word"
			refuses 1 "refusing to make an environment of $HERE/my app: it holds $sign, as a project does; for one in it: venv create '$HERE/my app/.venv'; for one by its name: venv create -n 'my app'"
		done
		(cd 'my app' && make . && refuses 1 "of $HERE/my app: it holds $sign")
		listing 'my app' | diff before -
	done
	# It says what does work.
	made 'my app/.venv'
	works 'my app/.venv'
	# What is one stays one.
	rm -r 'my app'
	made 'my app'
	touch 'my app/main.py'
	made 'my app'
	works 'my app'
}

@test "several directories are made in order, with their parents" {
	made a/b/c "$HERE/d" ./e/
	works a/b/c
	works d
	works e
}

@test "the first that fails ends it, and those before it stay" {
	touch file
	make -q a file b
	refuses 1 'unable to create directory'
	works a
	[[ ! -e b ]]
}

@test "an existing directory keeps its inode, its mode and its files" {
	mkdir env
	chmod 750 env
	echo mine >env/notes
	local inode
	inode=$(inode env)
	made env
	works env
	assert_equal "$(inode env) $(mode env) $(<env/notes)" "$inode 750 mine"
	made env
	works env
	assert_equal "$(inode env) $(mode env) $(<env/notes)" "$inode 750 mine"
}

@test "the working directory itself can be one" {
	mkdir env
	(cd env && made . && works .)
	assert_equal "$(key command env | sed 's/.* //')" "$HERE/env"
}

@test "a working directory that is gone is no obstacle to a whole path" {
	mkdir gone
	cd gone
	rmdir ../gone
	made "$HERE/env"
	works "$HERE/env"
	make env
	refuses 1 'cannot tell the working directory: No such file or directory; cd to one that exists'
	run --separate-stderr venv create -p ./python "$HERE/other"
	refuses 1 './python: No such file or directory'
}

@test "-n makes a named one in the container directory" {
	made -n data
	works "$HOME/.virtualenvs/data"
	WORKON_HOME=$HERE/envs made --name web
	works envs/web
	run venv-which
	assert_failure 1
	for name in '' .hidden a/b ..; do
		make -n "$name"
		refuses 2 'no environment can be called'
	done
	make -n data dir
	refuses 2 '--name says where, and so does dir'
	HOME= make -n data
	refuses 1 'there is no place for named environments'
}

@test "--link has the project lead to it" {
	made -n data --link
	assert_equal "$(<.venv)" "$HOME/.virtualenvs/data"
	run venv-which
	assert_output "$HOME/.virtualenvs/data"
	assert_equal "$(<"$HOME/.virtualenvs/data/.project")" "$HERE"
	# Nothing is made where that could not lead to it.
	mkdir other
	cd other
	make --link
	refuses 1 '--link belongs to an environment elsewhere'
	mkdir .venv
	make -n web --link
	refuses 1 "$HERE/other/.venv"
	[[ ! -e $HOME/.virtualenvs/web ]]
	cd ..
	make --link a b
	refuses 2 '--link leads to one environment, not to b'
}

@test "names that have hurt someone are names" {
	local name
	for name in "${HOSTILE_NAMES[@]}"; do
		case $name in
		*$'\377'*) continue ;;
		esac
		made -- "./$name"
		works "./$name"
		assert_equal "$(cd "./$name" && venv-which)" "$HERE/$name"
		rm -rf "./$name"
	done
	nothing_here
}

# --- names that cannot be

@test "what no PATH, no pyvenv.cfg and no Python can hold is refused" {
	make ''
	refuses 1 'cannot be empty'
	make 'a:b'
	refuses 1 'contains the PATH separator `:`'
	make $'new\nline'
	refuses 1 'contains a line break'
	make $'x\rhome = '
	refuses 1 'contains a line break'
	make $'bad\377'
	refuses 1 'is not UTF-8'
	make /
	refuses 1 'is the root directory'
	make "$(printf 'x%.0s' {1..256})"
	refuses 1 'File name too long'
	make "$(printf '%0.sdirectory/' {1..404})"
	refuses 1 'leaves no room'
	make "$(printf '%0.sdirectory/' {1..500})"
	refuses 1 'no path can be as long as'
	nothing_here
	mkdir 'c:d'
	(cd c:d && make env && refuses 1 'contains the PATH separator')
}

@test "a file or a link in its place is refused, and stays" {
	echo text >file
	mkdir dir
	ln -s dir link
	ln -s nowhere dangling
	mkfifo fifo
	make file
	refuses 1 'a file is in the way; move it away, or give another directory'
	make file/env
	refuses 1 'Not a directory'
	make link
	refuses 1 'it is a link; give the directory that it leads to'
	make dangling
	refuses 1 'unable to create directory'
	make fifo
	refuses 1 'unable to create directory'
	assert_equal "$(<file) $(ls dir)" 'text '
	# The way to it may be by links.
	made link/env
	works dir/env
}

@test "a file or a link in the place of bin, include or lib is refused" {
	local part before
	for part in bin include lib; do
		mkdir env elsewhere
		echo text >"env/$part"
		before=$(listing env)
		make env
		refuses 1 'unable to create directory'
		assert_equal "$(listing env)" "$before"
		rm "env/$part"
		ln -s ../elsewhere "env/$part"
		before=$(listing .)
		make env
		refuses 1 'unable to create directory'
		assert_equal "$(listing .)" "$before"
		rm -r env elsewhere
	done
}

@test "a file that is no environment's is not overwritten" {
	mkdir -p env/bin
	echo mine >env/bin/activate
	make env
	refuses 1 'not overwriting'
	assert_equal "$(<env/bin/activate) $(listing env)" "mine $(printf './bin/\n./bin/activate')"
	# But a project's own .gitignore is no obstacle.
	rm -r env
	mkdir env
	echo '*.o' >env/.gitignore
	made env
	assert_equal "$(<env/.gitignore)" '*.o'
}

# --- options

@test "it is called wrongly with the status of CPython's" {
	make --nothing
	refuses 2 'there is no option --nothing'
	make --symlinks --copies
	refuses 2 'these exclude each other: --symlinks --copies'
	make --upgrade --clear
	refuses 1 '--upgrade and --clear exclude each other'
	make --upgrade-deps
	refuses 1 '--upgrade-deps needs the pip that --without-pip leaves out'
	make --force
	refuses 2 '--force belongs to --clear'
	make --link-mode soft
	refuses 2 '--link-mode is hardlink, copy or clone, and not soft'
	make --prompt $'two\nlines'
	refuses 2 'a prompt is one line'
	make --prompt $'bad\377'
	refuses 2 'a prompt is UTF-8 text'
	make -p
	refuses 2 'an argument is missing behind -p'
	nothing_here
}

@test "links lead to the base interpreter, one of them out of the environment" {
	made
	local exe
	exe=$(readlink .venv/bin/"${PYTHON##*/}")
	assert_equal "$exe" "$PYTHON"
	find .venv/bin -type l ! -name "${PYTHON##*/}" | while read -r link; do
		assert_equal "$(readlink "$link")" "${PYTHON##*/}"
	done
}

@test "--copies copies it" {
	umask 077
	made --copies
	works .venv
	assert_equal "$(find .venv/bin -type l)" ''
	assert_equal "$(mode .venv/bin/python)" 755
	cmp .venv/bin/python3 "$PYTHON"
	[[ $(key command) == *' --copies --without-pip '* ]]
}

@test "where there are no links there are copies, and no lib64" {
	need_strace
	local calls=symlink,symlinkat
	strace -f -qq -o /dev/null -e trace=$calls \
		-e inject=symlinkat:error=EPERM venv create -q --without-pip -p "$PYTHON"
	works .venv
	assert_equal "$(find .venv -type l)" ''
	[[ ! -e .venv/lib64 ]]
}

@test "a copy that does not run is no environment" {
	need_strace
	run --separate-stderr strace -f -qq -o /dev/null \
		-P "$HERE/.venv/bin/${PYTHON##*/}" -e trace=execve \
		-e inject=execve:error=ENOENT venv create --without-pip --copies -p "$PYTHON"
	whole
	refuses 1 "a copy of $PYTHON does not run; make it without --copies"
	nothing_here
}

@test "--system-site-packages shows the base interpreter's packages" {
	made --system-site-packages
	assert_equal "$(key include-system-site-packages)" true
	made other
	assert_equal "$(key include-system-site-packages other)" false
	# The directories of packages that are not the environment's own.
	local count='import sys; print(sum(p.endswith("-packages") and not
		p.startswith(sys.prefix) for p in sys.path) > 0)'
	assert_equal "$(.venv/bin/python -c "$count")" True
	assert_equal "$(other/bin/python -c "$count")" False
}

@test "--without-pip leaves pip out, and ensurepip can bring it" {
	local made
	made
	assert_equal "$(find .venv -name 'pip*')" ''
	pip_image
	ensure_pip .venv "$made"
	.venv/bin/python -m pip --version
}

@test "--prompt is in pyvenv.cfg as Python writes it, and in the scripts" {
	local prompt
	for prompt in plain 'two words' "it's" 'say "so"' "it's \"so\"" 'back\slash' \
		$'tab\there' $'esc\033[31m' $'\360\237\220\215' '$(touch PWNED)'; do
		made --prompt "$prompt" env
		assert_equal "$(PYTHONUTF8=1 "$PYTHON" -c '
import ast, sys
print(ast.literal_eval(sys.argv[1]))' "$(key prompt env)")" "$prompt"
		# Inside, Python has it, too.
		assert_equal "$(PYTHONUTF8=1 env/bin/python -c '
import sys
print(open(sys.prefix + "/pyvenv.cfg").read().count("prompt = "))')" 1
		assert_equal "$(bash -c '. env/bin/activate; printf %s "$VIRTUAL_ENV_PROMPT"')" "$prompt"
	done
	[[ ! -e PWNED ]]
	made --prompt . here
	assert_equal "$(key prompt here)" "'work'"
	made none
	assert_equal "$(key prompt none)" ''
	assert_equal "$(bash -c '. none/bin/activate; printf %s "$VIRTUAL_ENV_PROMPT"')" none
}

@test "--without-scm-ignore-files leaves .gitignore out" {
	made env
	assert_equal "$(<env/.gitignore)" \
		"$(printf '# Created by venv; see https://docs.python.org/3/library/venv.html\n*')"
	head -n 1 env/CACHEDIR.TAG | grep -qx 'Signature: 8a477f597d28d172789f06886806bc55'
	made --without-scm-ignore-files other
	[[ ! -e other/.gitignore && ! -e other/CACHEDIR.TAG ]]
	[[ $(key command other) == *' --without-scm-ignore-files '* ]]
}

@test "--dry-run says what it would do, and does nothing" {
	make --dry-run a b
	assert_success
	assert_line --index 0 --partial "would create $HERE/a (CPython "
	assert_line --index 1 --partial "would create $HERE/b (CPython "
	nothing_here
	mkdir notes
	touch notes/x
	make --dry-run --clear notes
	refuses 1 'refusing to clear'
}

@test "-v tells more, -q nothing" {
	make -v --prompt P
	assert_line --partial "base interpreter $PYTHON"
	assert_line --partial 'prompt P'
	make -q env
	says ''
}

@test "a cold cache shows its progress, at a terminal and only there" {
	need_shell bash
	small_pip
	hook_line ':'
	export XDG_CACHE_HOME=$HOME/cold
	run --separate-stderr venv create -p "$PYTHON" one
	assert_success
	assert_equal "$stderr" ''
	rm -r "$XDG_CACHE_HOME"
	in_shell <<-END
		venv create -q -p '$PYTHON' two
		rm -r '$XDG_CACHE_HOME'
		venv create -p '$PYTHON' three
		venv create -p '$PYTHON' four
	END
	works four
	off_screen 'preparing pip' 1
	on_screen 'preparing pip for CPython' 3
	on_screen 'created ' 3
	off_screen 'preparing pip' 4
}

# --- pyvenv.cfg

@test "pyvenv.cfg has all keys, each once and home first" {
	made
	assert_equal "$(sed 's/ = .*//' .venv/pyvenv.cfg | tr '\n' ' ')" \
		'home include-system-site-packages version executable command '
	assert_equal "$(key home)" "${PYTHON%/*}"
	assert_equal "$(key version)" "$("$PYTHON" -c 'import platform; print(platform.python_version())')"
	assert_equal "$(key executable)" "$(realpath "$PYTHON")"
	assert_equal "$(key command)" "$PYTHON -m venv --without-pip $HERE/.venv"
	assert_equal "$(tail -c 1 .venv/pyvenv.cfg | od -An -c | tr -d ' ')" '\n'
	assert_equal "$(mode .venv/pyvenv.cfg)" 644
}

@test "no prompt and no name gets a key into pyvenv.cfg" {
	make --prompt $'x\nhome = /evil'
	refuses 2 'a prompt is one line'
	make $'x\ninclude-system-site-packages = true'
	refuses 1 'line break'
	made --prompt 'x home = /evil' 'a = b'
	assert_equal "$(grep -c '^home = ' 'a = b/pyvenv.cfg')" 1
	works 'a = b'
}

@test "the umask is kept, but lets nobody else write" {
	umask 077
	made
	assert_equal "$(mode .venv) $(mode .venv/pyvenv.cfg) $(mode .venv/bin/activate)" '700 600 600'
	umask 002
	made other
	assert_equal "$(mode other) $(mode other/pyvenv.cfg)" '755 644'
}

# --- one that is there

@test "--clear empties an environment, and keeps what is not of it" {
	made env
	touch env/lib/mine env/bin/tool
	echo mine >env/.project
	echo '[global]' >env/pip.conf
	local inode
	chmod 711 env
	inode=$(inode env)
	made --clear env
	works env
	assert_equal "$(inode env) $(mode env) $(<env/.project)" "$inode 711 mine"
	assert_equal "$(<env/pip.conf)" '[global]'
	[[ ! -e env/lib/mine && ! -e env/bin/tool ]]
	[[ $(key command env) == *' --without-pip --clear '* ]]
}

@test "--clear is made for a directory that is not there, or empty" {
	made --clear new
	works new
	mkdir empty
	made --clear empty
	works empty
}

@test "--clear clears nothing but an environment" {
	mkdir -p data/bin
	echo mine >data/bin/file
	make --clear data
	refuses 1 "refusing to clear $HERE/data: it is no environment"
	assert_equal "$(<data/bin/file)" mine
	# --force is CPython's way: all of it.
	made --clear --force data
	works data
	[[ ! -e data/bin/file ]]
	# An installation of Python has the same parts.
	make_prefix "$HERE/prefix"
	[[ -d prefix/lib && ! -e prefix/pyvenv.cfg ]]
	make --clear prefix
	refuses 1 "refusing to clear $HERE/prefix: it is no environment"
}

@test "--clear stops at what no environment consists of" {
	local name option
	for name in notes src .env main.go; do
		made env
		echo mine >"env/$name"
		mkdir env/share
		listing env >before
		for option in -q --dry-run --upgrade-deps; do
			run --separate-stderr venv create -p "$PYTHON" $option --clear env
			whole
			refuses 1 "refusing to clear $HERE/env: it holds $name, which is no part of an environment; take out what shall stay, or say --force"
			listing env | diff before -
		done
		rm -r env
	done
	# At any depth, and by a link on the way.
	ln -s . link
	for name in lib/x/.git share/a/b/.hg etc/.svn; do
		made env
		mkdir -p "env/$name"
		listing env >before
		make --clear link/env
		refuses 1 "it holds $name, which"
		listing env | diff before -
		rm -r env
	done
	# Nothing is asked where there is nobody; -y answers.
	made env
	echo mine >env/notes
	make --clear --force env
	refuses 1 "there is no terminal to ask at, and notes would go; to have that: venv create -y --clear --force $HERE/env"
	[[ -e env/notes ]]
	made --clear --force -y env
	works env
	[[ ! -e env/notes ]]
}

@test "--clear --force asks at a terminal" {
	need_shell
	made env
	mkdir -p env/src/.git
	in_shell < <(for answer in n y; do
		printf '%s\n' "command venv create --without-pip --clear --force '$HERE/env'^J" \
			'^:[y/N]' "^>$answer" 'show status; test -e '"'$HERE/env/src'"'; show status'
	done)
	assert_equal "$(cat "$OUT")" $'status=1\nstatus=0\nstatus=0\nstatus=1'
	on_screen "venv: clear $HERE/env and with it src/.git, src? [y/N] n"
	on_screen 'nothing was changed'
	works env
}

@test "--clear spares a project, a repository, a home and the root" {
	local sign before
	for sign in pyproject.toml setup.py requirements.txt .git; do
		made env
		echo mine >"env/$sign"
		before=$(listing env)
		make --clear env
		refuses 1 'refusing to clear'
		assert_equal "$(listing env)" "$before"
		rm -r env
	done
	"$PYTHON" -m venv --without-pip "$HOME"
	before=$(listing "$HOME")
	for option in '' --force; do
		# shellcheck disable=SC2086 # none, or one
		make --clear $option "$HOME"
		refuses 1 'refusing to clear'
	done
	assert_equal "$(listing "$HOME")" "$before"
	make --clear --force /
	refuses 1 'is the root directory'
}

@test "--clear follows no link, and loses nothing" {
	made env
	ln -s env link
	mkdir elsewhere
	echo mine >elsewhere/file
	ln -s ../elsewhere env/share
	make --clear link
	refuses 1 'it is a link'
	works env
	made --clear env
	assert_equal "$(<elsewhere/file)" mine
}

@test "--upgrade repoints links that dangle, and writes pyvenv.cfg anew" {
	made env
	echo mine >env/bin/activate
	ln -sf /nonexistent/python3 env/bin/"${PYTHON##*/}"
	sed -i.bak 's/^version = .*/version = 3.1.0/' env/pyvenv.cfg
	rm env/pyvenv.cfg.bak
	made --upgrade env
	works env
	assert_equal "$(readlink "env/bin/${PYTHON##*/}")" "$PYTHON"
	assert_equal "$(key version env)" "$("$PYTHON" -c 'import platform; print(platform.python_version())')"
	assert_equal "$(<env/bin/activate)" mine
	[[ $(key command env) == *' --without-pip --upgrade '* ]]
}

@test "making one over another writes its scripts anew, and keeps the rest" {
	made env
	echo mine >env/bin/activate
	echo mine >env/bin/tool
	echo mine >env/lib/file
	made env
	works env
	grep -q VIRTUAL_ENV env/bin/activate
	assert_equal "$(<env/bin/tool) $(<env/lib/file)" 'mine mine'
	# Links become copies, and the other way round.
	made --copies env
	works env
	[[ -f env/bin/python && ! -L env/bin/python ]]
	made env
	works env
	[[ -L env/bin/python ]]
}

@test "a file that is running is replaced, not written to" {
	made --copies env
	env/bin/python -c 'import sys; sys.stdin.read()' < <(exec sleep 60) &
	local pid=$!
	made --copies env
	kill "$pid"
	works env
}

@test "lib64 is left as it is, whatever it is" {
	mkdir -p env/lib64
	made env
	[[ -d env/lib64 && ! -L env/lib64 ]]
	works env
}

# --- trust, and those around

@test "what it makes is recorded as created" {
	export VENV_WHICH_TRUST=allow
	made env
	run venv allow --list && whole
	assert_output "created $HERE/env"
	run venv-which -C env
	assert_output "$HERE/env"
	# Made anew at its place it still is the same directory, and one line.
	made env
	made --clear env
	run venv allow --list && whole
	assert_output "created $HERE/env"
	# Another one takes its place: the line is about the new one.
	rm -r env
	made env
	run venv allow --list && whole
	assert_output "created $HERE/env"
	run venv-which -C env
	assert_output "$HERE/env"
}

@test "a created line beside an allowed one says no more, and no less" {
	made env
	venv allow env
	made env
	run venv allow --list && whole
	assert_output "allowed $HERE/env"
	made --clear env
	run venv allow --list && whole
	assert_output "allowed $HERE/env"
	run venv-which -C env --explain
	assert_line '  rule: allowed'
}

@test "what was denied is used when one makes it anew oneself" {
	made env
	venv deny env
	make env
	refuses 1 "what is in $HERE/env would stay, and you denied it; to make it anew: venv create --clear $HERE/env"
	made --clear env
	run venv allow --list && whole
	assert_output "created $HERE/env"
}

@test "a record that cannot be written is no reason to fail" {
	mkdir -p "$XDG_STATE_HOME/venv-which"
	chmod 777 "$XDG_STATE_HOME/venv-which"
	make -q env
	assert_success
	[[ $stderr == *"env is not recorded: "* ]]
	works env
}

@test "from inside an environment it is the base interpreter's" {
	made outer
	(
		PATH=$HERE/outer/bin:$PATH
		venv create -q --without-pip inner
		venv create -q --without-pip -p outer/bin/python by-path
		venv create -q --without-pip -p ./outer by-directory
	)
	for env in inner by-path by-directory; do
		works "$env"
		assert_equal "$(key home "$env")" "${PYTHON%/*}"
	done
	rm -r outer
	works inner
}

@test "other tools take it for what it is" {
	made env
	# CPython's own, over ours.
	"$PYTHON" -m venv --without-pip env
	works env
	"$PYTHON" -m venv --without-pip --upgrade env
	works env
	command -v virtualenv >/dev/null || skip 'no virtualenv on this machine'
	virtualenv -q --no-download env
	works env
	env/bin/pip --version
}

@test "git sees nothing of it" {
	need_git
	git init -q .
	made
	assert_equal "$(git status --porcelain)" ''
}
