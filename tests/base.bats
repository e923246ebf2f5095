# Which Python `venv create -p` means, and how that is asked what it is.

# weight: 3
# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # text; each test is a process

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	export PYENV_ROOT=$HOME/pyenv
	mkdir work
	cd work || return
}

# --- words of these tests

# make WORD [OPTION...]: ./env, with the Python that WORD means.
make() {
	rm -rf env
	run --separate-stderr venv create -q --without-pip -p "$1" env "${@:2}"
	whole
}

home_of() { sed -n 's/^home = //p' "$1/pyvenv.cfg"; }
version_of() { sed -n 's/^version = //p' "$1/pyvenv.cfg"; }

# made_of PROGRAM: all is well, it is the base, and ./env works.
made_of() {
	says ''
	assert_equal "$(home_of env)/$(basename "$(readlink env/bin/python3)")" \
		"${1%/*}/$(basename "$(readlink env/bin/python3)")"
	assert_equal "$(env/bin/python -c 'import sys, os; print(sys.prefix)')" "$PWD/env"
}

# put_python FILE [PROGRAM]: an executable of that name is that Python.
put_python() {
	mkdir -p "$(dirname "$1")"
	ln -s "${2-$PYTHON}" "$1"
}

# A program that must not be run; not_run says whether it was.
put_trap() {
	mkdir -p "$(dirname "$1")"
	put_program "$1" "echo \"\$0\" >>'$HOME/PWNED'"
}
not_run() { [[ ! -e $HOME/PWNED ]] || fail "run: $(cat "$HOME/PWNED")"; }

# asks N COMMAND...: it runs that many programs.
asks() {
	local status=0
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 \
		strace -f -qq -e trace=execve -o trace "${@:2}" || status=$?
	assert_equal "$status" 0
	assert_equal "$(($(grep -c 'execve(.* = 0' trace) - 1)) run" "$1 run"
}

create() { venv create -q --without-pip --clear "$@" env; }

# shrink_bundled: the pip that comes with the library of make_prefix is a small one.
shrink_bundled() {
	shrink_pip "$(echo "$LIBRARY"/ensurepip/_bundled/pip-*.whl)" "$PWD/small"
	mv small/* "$LIBRARY/ensurepip/_bundled"
}

# --- paths

@test "a path is that Python, absolute, relative, and by way of links" {
	put_python bin/one
	ln -s one bin/two
	ln -s ../bin/two bin/three
	local path
	for path in "$PYTHON" "$PWD/bin/one" bin/two ./bin/three bin/../bin/one; do
		echo "path: $path"
		make "$path"
		made_of "$PYTHON"
	done
}

@test "a directory is the Python that is in it" {
	local dir
	make_env stock
	make_prefix prefix
	make ./prefix
	made_of "$PWD/prefix/bin/python3"
	make prefix/bin/
	made_of "$PWD/prefix/bin/python3"
	make "$PWD/stock"
	made_of "$PYTHON"
	mkdir empty
	make ./empty
	refused venv 1 'no Python is in it'
}

@test "what is no program is refused by name" {
	echo text >text
	mkfifo fifo
	ln -s nothing dangling
	ln -s loop loop
	local path
	for path in ./text ./fifo /dev/null; do
		make "$path"
		refused venv 1 "$path is no program"
	done
	make ./dangling
	refused venv 1 './dangling: No such file'
	make ./missing
	refused venv 1 './missing: No such file'
	make ./text/python
	refused venv 1 'Not a directory'
	make ./loop
	refused venv 1 'symbolic links'
	make "/$(printf 'x%.0s' {1..300})"
	refused venv 1 'name too long'
	make "/$(printf 'x/%.0s' {1..4000})"
	refused venv 1 'name too long'
	make ''
	refused venv 1 'the name of a Python cannot be empty'
	[[ ! -e env ]]
}

@test "a program that is no Python is refused with what it says" {
	put_program script 'echo "I am no $(printf "\033")[31m Python" >&2'
	make ./script
	refused venv 1 'script: it is no Python that `venv create` knows: I am no'
	[[ $stderr != *$'\033'* ]] || fail 'an escape sequence reached the terminal'
	printf 'no interpreter line\n' >script
	chmod +x script
	make ./script
	refused venv 1 'script: Exec format error'
	put_program script 'kill -9 $$'
	make ./script
	refused venv 1 'it is no Python'
	make /bin/true
	refused venv 1 'it is no Python'
	[[ ! -e env ]]
}

@test "a program that prints without end is not read to it" {
	put_program noise 'exec cat /dev/zero'
	make ./noise
	refused venv 1 'it says too much to be a Python'
	put_program noise 'exec yes venv-which facts'
	make ./noise
	refused venv 1 'it says too much to be a Python'
}

@test "a program that does not answer is given up" {
	put_program still 'exec sleep 1000'
	VENV_WHICH_PATIENCE=1 make ./still
	refused venv 1 'still: it does not answer'
	put_program still 'echo "venv-which facts"; exec sleep 1000'
	VENV_WHICH_PATIENCE=1 make ./still
	refused venv 1 'still: it does not answer'
}

@test "an interrupt ends the wait for one" {
	put_program still "kill -INT \$PPID; trap '' INT; exec sleep 1000"
	make ./still
	assert_equal "$status" 130
	[[ ! -e env ]]
}

@test "an answer that is cut, or says other things, is not understood" {
	local text
	for text in '' 'base /bin/python' "version 3" "base x\nreal /x" \
		"base /x\nreal /x\nversion 3\nimplementation X\ndeps pip\nsite lib/x" \
		"base /x\nreal /x\nversion 3.1.\nimplementation X\ndeps pip\nsite lib/x" \
		"base /x\nreal /x\nversion 3.11.2\nimplementation X\ndeps pip\nsite lib/../../x" \
		"base /x\nreal /x\nversion 3.11.2\nimplementation X\ndeps pip\nsite lib/x\ndir .." \
		"base /x\nreal /x\nversion 3.11.2\nimplementation X\ndeps pip\nsite lib/x\ndir x/.." \
		"base /x\nreal /x\nversion 3.11.2\nimplementation X\ndeps pip\nsite lib/x\nlink /x" \
		"base /x\nreal /x\nversion 3.11\nimplementation X\ndeps pip\nsite lib/x" \
		"base /x\nreal /x\nversion 3\nimplementation X\ndeps pip\nsite lib/x" \
		"base /x\nreal /x\nversion 3.11.2\nimplementation X\ndeps pip\nsite lib/x\nwheel x\nimage ../x" \
		"to x" 'blah' '/x'; do
		echo "text: $text"
		put_program fake "printf 'venv-which facts\n$text\nend\n'"
		make ./fake
		refused venv 1 'fake: what it says of itself is not understood'
		[[ ! -e env ]]
	done
	for text in '$0' relative; do
		put_program fake "echo 'venv-which facts'; echo see $text; echo end"
		make ./fake
		refused venv 1 'it leads from one Python to the next'
	done
}

@test "what a wrapper prints around the answer is passed over" {
	put_program wrapper "echo hello; echo end; printf 'venv-which facts\nnoise\n' >&2
echo venv-which facts; printf 'no line end' >&2; echo; '$PYTHON' \"\$@\"; echo bye"
	make ./wrapper
	made_of "$PYTHON"
}

# --- commands and versions

@test "a word is a command of PATH" {
	put_python bin/mypython
	PATH=$PWD/bin:$PATH
	make mypython
	made_of "$PYTHON"
	make nothing-like-it
	refused venv 1 'there is no command nothing-like-it in PATH'
}

@test "a word is no file of the working directory" {
	put_trap trap
	put_trap 1.2
	put_trap folder/bin/python3
	local word
	for word in trap folder 1.2; do
		make "$word"
		refused venv 1 "there is no command $word in PATH; what is here is ./$word"
	done
	not_run
}

@test "PATH leads into no directory that one happens to stand in" {
	local path
	put_trap python3
	put_trap python
	put_trap python3.11
	put_trap python9.9
	put_trap bin/python3
	for path in ":$PATH" ".:$PATH" "bin:$PATH" "./bin::$PATH" "../work:$PATH:"; do
		PATH=$path make 9.9
		refused venv 1 'there is no Python 9.9'
		rm -rf env
		PATH=$path run --separate-stderr "$STAGE/bin/venv" create -q --without-pip env
		made_of "$PYTHON"
	done
	not_run
	for path in '' : .; do
		run --separate-stderr env PATH="$path" "$STAGE/bin/venv" create -q new
		refused venv 1 'there is no Python in PATH; install one, or say which by -p PYTHON'
	done
	not_run
}

@test "a version is that one, by its first numbers" {
	interpreter 3.12
	local full word
	full=$("$INTERPRETER" -c 'import platform; print(platform.python_version())')
	put_python bin/python3.12 "$INTERPRETER"
	for word in 3.12 "$full"; do
		PATH=$PWD/bin:$PATH make "$word"
		says ''
		assert_equal "$(version_of env)" "$full"
	done
	PATH=$PWD/bin:$PATH make 3
	made_of "$PYTHON"
	PATH=$PWD/bin:$PATH make 3.12.99
	refused venv 1 'there is no Python 3.12.99 in PATH, nor of pyenv'
	for word in 9.9 2.1 3.1 3. 3..12 3.12. 99999999999999999999999999.1; do
		echo "version: $word"
		make "$word"
		refused venv 1 'install it, or give a path'
	done
}

@test "a program that is called python3.X and is another one is passed over" {
	interpreter 3.12
	put_python bin/python3.12 "$PYTHON"
	put_python "$PYENV_ROOT/versions/3.12.1/bin/python3" "$INTERPRETER"
	PATH=$PWD/bin:$PATH make 3.12
	says ''
	assert_equal "$(env/bin/python -c 'import sys; print(*sys.version_info[:2])')" '3 12'
	put_program bin/python3.12 'exit 1'
	PATH=$PWD/bin:$PATH make 3.12
	says ''
}

@test "a version is found in the nearest environment if that may be used" {
	interpreter 3.12
	"$INTERPRETER" -m venv --without-pip .venv
	make 3.12
	says ''
	assert_equal "$(home_of env)" "$(home_of .venv)"
	VENV_WHICH_TRUST=allow make 3.12
	refused venv 1 'there is no Python 3.12'
	# A stranger's, which was made elsewhere.
	rm .venv/bin/python*
	put_trap .venv/bin/python
	mkdir other
	mv .venv other
	cd other || return
	make 3.12
	refused venv 1 'there is no Python 3.12'
	not_run
}

# --- pyenv and uv

@test "the versions of pyenv and uv are found, the newest first" {
	interpreter 3.12
	put_python "$PYENV_ROOT/versions/3.12.0/bin/python3" /bin/false
	put_python "$PYENV_ROOT/versions/3.12.1/bin/python3" "$INTERPRETER"
	put_python "$PYENV_ROOT/versions/3.12.10/bin/python3" /bin/false
	put_python "$PYENV_ROOT/versions/3.1/bin/python3" /bin/false
	make 3.12
	says ''
	assert_equal "$(home_of env)" "$(cd "$(dirname "$(realpath "$INTERPRETER")")" && pwd)"
	asks 1 venv create -q --without-pip --clear -p 3.12 env
	grep -q '3\.12\.10/bin/python3' trace
	! grep -q 'versions/3\.1/' trace

	rm -rf "$PYENV_ROOT"
	export UV_PYTHON_INSTALL_DIR=$HOME/uv
	put_python "$UV_PYTHON_INSTALL_DIR/cpython-3.12.1-linux-x86_64-gnu/bin/python3" "$INTERPRETER"
	make 3.12
	says ''
	unset UV_PYTHON_INSTALL_DIR
	make 3.12
	refused venv 1 'there is no Python 3.12'
	mkdir -p "$XDG_DATA_HOME/uv"
	mv "$HOME/uv" "$XDG_DATA_HOME/uv/python"
	make 3.12
	says ''
}

@test "so are those of mise and asdf, wherever their data is" {
	interpreter 3.12
	make 3.12
	refused venv 1 'there is no Python 3.12'
	# found WHERE: it is found there, and gone again.
	found() {
		mkdir -p "$1"
		put_python "$1/3.12.1/bin/python3" "$INTERPRETER"
		# As mise has beside each.
		ln -s 3.12.1 "$1/3.12"
		ln -s 3.12.1 "$1/latest"
		make 3.12
		says ''
		make 3
		says ''
		run "$STAGE/bin/venv" --complete -- create -p 3
		assert_output --partial 3.12
		rm -r "$1"
	}
	found "$XDG_DATA_HOME/mise/installs/python"
	found "$HOME/.asdf/installs/python"
	export MISE_DATA_DIR=$HOME/m ASDF_DATA_DIR=$HOME/a
	found "$HOME/m/installs/python"
	found "$HOME/a/installs/python"
	unset XDG_DATA_HOME
	MISE_DATA_DIR='' found "$HOME/.local/share/mise/installs/python"
	make 3.12
	refused venv 1 'there is no Python 3.12'
}

@test "the name of a version of pyenv's is that Python" {
	put_python "$PYENV_ROOT/versions/mine-1/bin/python"
	make mine-1
	made_of "$PYTHON"
	make ../versions/mine-1
	refused venv 1 'No such file'
}

@test "a command of a version that only pyenv or uv has is found there" {
	local name=python$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
	make_prefix "$PYENV_ROOT/versions/${name#python}.99"
	mkdir bin
	run --separate-stderr env PATH="$STAGE/bin:$PWD/bin" venv create -q --without-pip -p "$name" env
	says ''
	assert_equal "$(home_of env)" "$PYENV_ROOT/versions/${name#python}.99/bin"
	# A shim of another version's is passed by as well.
	put_trap "$PYENV_ROOT/shims/$name"
	mkdir "$PYENV_ROOT/versions/2.7"
	echo 2.7 >"$PYENV_ROOT/version"
	run --separate-stderr env PATH="$STAGE/bin:$PYENV_ROOT/shims" \
		venv create -q --without-pip --clear -p "$name" env
	says ''
	assert_equal "$(home_of env)" "$PYENV_ROOT/versions/${name#python}.99/bin"
	not_run
	run --separate-stderr venv create -q -p python9.9 other
	refused venv 1 'there is no Python 9.9'
}

@test "a shim of pyenv's is what its rules choose, and is not run" {
	local shim=$PYENV_ROOT/shims/python3
	put_trap "$shim"
	cp "$shim" "${shim%3}"
	export PATH=$PYENV_ROOT/shims:$PATH
	local name
	for name in env file global; do
		make_prefix "$PYENV_ROOT/versions/$name"
	done
	mkdir -p sub

	# Nothing is chosen: the system's.
	create
	assert_equal "$(home_of env)" "${PYTHON%/*}"
	echo global >"$PYENV_ROOT/version"
	create
	assert_equal "$(home_of env)" "$PYENV_ROOT/versions/global/bin"
	printf '# comment\n' >.python-version
	create
	assert_equal "$(home_of env)" "$PYENV_ROOT/versions/global/bin"
	printf '  file:other # comment\r\n' >.python-version
	create
	assert_equal "$(home_of env)" "$PYENV_ROOT/versions/file/bin"
	(cd sub && create)
	assert_equal "$(home_of sub/env)" "$PYENV_ROOT/versions/file/bin"
	PYENV_VERSION=env create
	assert_equal "$(home_of env)" "$PYENV_ROOT/versions/env/bin"
	PYENV_VERSION=env:file create -p "$shim"
	assert_equal "$(home_of env)" "$PYENV_ROOT/versions/env/bin"
	PYENV_VERSION=system create
	assert_equal "$(home_of env)" "${PYTHON%/*}"
	# The next run sees what has changed.
	echo global >.python-version
	create
	assert_equal "$(home_of env)" "$PYENV_ROOT/versions/global/bin"
	not_run
}

@test "a .python-version leads nowhere but to a version of pyenv's" {
	put_trap "$PYENV_ROOT/shims/python3"
	put_trap "$HOME/evil/bin/python3"
	put_trap "$PYENV_ROOT/evil/bin/python3"
	put_trap bin/python3
	mkdir -p "$PYENV_ROOT/versions"
	export PATH=$PYENV_ROOT/shims:$PATH
	local text
	for text in ../evil ../../evil "$HOME/evil" . .. ./. ../versions/../evil \
		"$PWD" '../../work' '--help' '$(touch PWNED)' '3.11/../../evil' \
		"$(printf 'x%.0s' {1..5000})" $'\377\376' $'\033[31m'; do
		echo "$text" >.python-version
		create
		assert_equal "$(home_of env)" "${PYTHON%/*}"
	done
	rm .python-version
	mkfifo .python-version
	create
	rm .python-version
	truncate -s 1G .python-version
	create
	rm .python-version
	mkdir .python-version
	create
	PYENV_VERSION=../../evil create
	assert_equal "$(home_of env)" "${PYTHON%/*}"
	not_run
	[[ ! -e PWNED ]]
}

# --- environments

# nested VERSION: an environment of one of its environments is of its base.
nested() {
	interpreter "$1"
	local base=$PWD/opt/bin
	# As Homebrew has it: a path that lasts, by a link to one that does not.
	ln -s "$(cd "$(dirname "$INTERPRETER")/.." && pwd)" opt
	"$base/${INTERPRETER##*/}" -m venv --without-pip outer
	outer/bin/python -m venv --without-pip middle
	ln -s middle/bin/python link
	local word
	for word in ./outer middle/bin/python ./link; do
		make "$word"
		says ''
		# Which names the links lead by is lost with a link to the program.
		[[ $word == ./link ]] || assert_equal "$(home_of env)" "$base"
		mv outer out
		mv middle mid
		env/bin/python -c 'import os, json'
		mv out outer
		mv mid middle
	done
	rm -rf env
	VIRTUAL_ENV=$PWD/middle PATH=$PWD/middle/bin:$PATH \
		run --separate-stderr venv create -q --without-pip env
	says ''
	assert_equal "$(home_of env)" "$base"
}

@test "inside an environment of 3.8 its base is used" { nested 3.8; }
@test "inside an environment of 3.9 its base is used" { nested 3.9; }
@test "inside an environment of 3.10 its base is used" { nested 3.10; }
@test "inside an environment of 3.11 its base is used" { nested 3.11; }
@test "inside an environment of 3.12 its base is used" { nested 3.12; }
@test "inside an environment of 3.13 its base is used" { nested 3.13; }

# A link to the program alone leads to no library: what home it has must find it.
linked() {
	interpreter "$1"
	make_prefix prefix "$INTERPRETER"
	put_python elsewhere/python3 "$PWD/prefix/bin/python3"
	ln -s elsewhere/python3 again
	local word
	for word in elsewhere/python3 ./again; do
		make "$word"
		says ''
		env/bin/python -I -c 'import json, venv, ctypes'
		assert_equal "$(env/bin/python -c 'import sys; print(sys.prefix, sys.base_prefix)')" \
			"$PWD/env $PWD/prefix"
	done
}

@test "a link to the program of 3.8 alone leads to its library" { linked 3.8; }
@test "a link to the program of 3.10 alone leads to its library" { linked 3.10; }
@test "a link to the program of 3.12 alone leads to its library" { linked 3.12; }
@test "a link to the program of 3.13 alone leads to its library" { linked 3.13; }

@test "variables of Python's and a site that prints do not reach it" {
	make_prefix prefix
	printf 'import sys\nprint("venv-which facts\\nend")\nsys.stderr.write("noise")\n' \
		>"$LIBRARY/sitecustomize.py"
	mkdir evil
	printf 'import os\nopen("%s/PWNED", "w")\nraise SystemExit(9)\n' "$HOME" |
		tee evil/os.py evil/sitecustomize.py evil/json.py >startup.py
	cp evil/os.py venv.py
	cp evil/os.py tempfile.py
	PYTHONHOME=/nonexistent PYTHONPATH=$PWD/evil PYTHONSTARTUP=$PWD/startup.py \
		PYTHONINSPECT=1 PYTHONVERBOSE=1 PYTHONPLATLIBDIR=x PYTHONNOUSERSITE= \
		PYTHONEXECUTABLE=/x __PYVENV_LAUNCHER__=/x make ./prefix
	says ''
	assert_equal "$(home_of env)" "$PWD/prefix/bin"
	not_run
}

# --- the answers that are kept

@test "a Python is asked once" {
	need_strace
	asks 1 venv create -q --without-pip one
	asks 0 venv create -q --without-pip two
	asks 0 venv create -q --without-pip three four
	# It is another question by another path.
	put_python bin/link
	asks 2 venv create -q --without-pip -p bin/link five
	asks 0 venv create -q --without-pip -p bin/link six
}

@test "with pip, too, nothing is run once it is unpacked" {
	need_strace
	share_cache
	venv create -q one
	asks 0 venv create -q two
	two/bin/pip --version
}

@test "an interpreter that was upgraded in its place is asked again" {
	need_strace
	make_prefix prefix
	create -p ./prefix
	asks 0 venv create -q --without-pip --clear -p ./prefix env
	# The same bytes, and their old time.
	cp -p prefix/bin/python3 new
	mv new prefix/bin/python3
	asks 1 venv create -q --without-pip --clear -p ./prefix env
	asks 0 venv create -q --without-pip --clear -p ./prefix env
	cp -p "$LIBRARY/os.py" new
	mv new "$LIBRARY/os.py"
	asks 1 venv create -q --without-pip --clear -p ./prefix env
	asks 0 venv create -q --without-pip --clear -p ./prefix env
	echo '# patched' >>"$LIBRARY/venv/__init__.py"
	asks 1 venv create -q --without-pip --clear -p ./prefix env
	asks 0 venv create -q --without-pip --clear -p ./prefix env
}

@test "one that became another version is that in pyvenv.cfg" {
	interpreter 3.12
	make_prefix prefix
	create -p ./prefix
	rm -rf prefix
	make_prefix prefix "$INTERPRETER"
	create -p ./prefix
	[[ $(version_of env) == 3.12.* ]]
	[[ -d env/lib/python3.12 && ! -e env/lib/python3.11 ]]
}

@test "a link that leads elsewhere now is asked again" {
	interpreter 3.12
	put_python bin/python "$PYTHON"
	create -p bin/python
	ln -sf "$INTERPRETER" bin/python
	create -p bin/python
	[[ $(version_of env) == 3.12.* ]]
	ln -sf "$PYTHON" bin/python
	create -p bin/python
	[[ $(version_of env) != 3.12.* ]]
}

@test "an environment whose home changes is asked again" {
	interpreter 3.12
	make_env stock
	create -p ./stock
	rm -rf stock
	"$INTERPRETER" -m venv --without-pip stock
	create -p ./stock
	[[ $(version_of env) == 3.12.* ]]
}

# damaged TEXT: the kept answers are TEXT, and it is as if there were none.
damaged() {
	local file
	for file in "$XDG_CACHE_HOME"/venv-which/base/*; do
		printf "$1" >"$file"
	done
	run --separate-stderr venv create -q --without-pip --clear env
	says ''
	assert_equal "$(home_of env)" "${PYTHON%/*}"
	cmp "$file" kept
}

@test "a kept answer that is cut anywhere is asked for again" {
	create
	local file=("$XDG_CACHE_HOME"/venv-which/base/*) lines n
	assert_equal "${#file[@]}" 1
	cp "${file[0]}" kept
	lines=$(wc -l <kept)
	for ((n = 0; n < lines; n++)); do
		head -n "$n" kept >"${file[0]}"
		run --separate-stderr venv create -q --without-pip --clear env
		says ''
		cmp "${file[0]}" kept
	done
	for n in 1 100 1000 "$(($(wc -c <kept) - 1))" "$(($(wc -c <kept) - 5))"; do
		head -c "$n" kept >"${file[0]}"
		run --separate-stderr venv create -q --without-pip --clear env
		says ''
		cmp "${file[0]}" kept
	done
}

@test "a kept answer that lacks a line, or has garbage in it, harms nothing" {
	create
	local file=("$XDG_CACHE_HOME"/venv-which/base/*) lines n text
	cp "${file[0]}" kept
	lines=$(wc -l <kept)
	for ((n = 1; n <= lines; n++)); do
		sed "${n}d" kept >"${file[0]}"
		run venv create -q --without-pip --clear env
		((status < 2)) || fail "status $status without line $n"
		{ head -n "$n" kept; head -c 300 /dev/urandom; tail -n "+$n" kept; } >"${file[0]}"
		run venv create -q --without-pip --clear env
		((status < 2)) || fail "status $status with garbage behind line $n"
	done
	for text in '' 'x' 'end\n' 'xend\n' '\nend\n' '\n\n\nend\n' 'error x' 'version 3\nend\n' \
		'base /x\nreal /x\nversion 3\nimplementation X\ndeps pip\nsite lib/x\nend\n' \
		'base /x\nreal /x\nversion 333333333333333333333.1.2\nimplementation X\ndeps pip\nsite lib/x\nend\n' \
		'\0\0\0\nend\n' 'is-file 1 2 3 4 5 /x\nend\n' 'is-file\nend\n' 'guard x\nend\n'; do
		damaged "$text"
	done
	head -c 200000 /dev/zero | tr '\0' x >"${file[0]}"
	create
	cmp "${file[0]}" kept
	rm "${file[0]}"
	mkdir "${file[0]}"
	create
	rmdir "${file[0]}"
	mkfifo "${file[0]}"
	create
}

# --- the wheels

@test "without pip's wheel it says what to install, or to do without" {
	interpreter 3.12
	make_prefix prefix "$INTERPRETER"
	shrink_bundled
	mv "$LIBRARY/ensurepip" away
	run --separate-stderr venv create -p ./prefix env
	refused venv 1 'has no wheel of pip'
	[[ $stderr == *'apt install python3-venv'*'--without-pip' ]]
	[[ ! -e env ]]
	run --separate-stderr venv create -q --without-pip -p ./prefix env
	says ''
	env/bin/python -c ''
	# It is installed meanwhile.
	mv away "$LIBRARY/ensurepip"
	venv create -q -p ./prefix new
	new/bin/pip --version
}

@test "the wheels of WHEEL_PKG_DIR go first, and a new one is seen" {
	need_strace
	interpreter 3.12
	share_cache
	make_prefix prefix "$INTERPRETER"
	shrink_bundled
	local wheel
	wheel=$(echo "$LIBRARY"/ensurepip/_bundled/pip-*.whl)
	for file in "$LIBRARY"/_sysconfigdata*.py; do
		echo "build_time_vars['WHEEL_PKG_DIR'] = '$PWD/wheels'" >>"$file"
	done
	mkdir wheels
	venv create -q -p ./prefix one
	repack_pip "$wheel" wheels 99.1
	asks 2 venv create -q -p ./prefix two
	[[ -d $(echo two/lib/*/site-packages/pip-99.1.dist-info) ]]
	# It is replaced under its name.
	cp -p wheels/pip-99.1-py3-none-any.whl new
	mv new wheels/pip-99.1-py3-none-any.whl
	asks 1 venv create -q -p ./prefix three
	asks 0 venv create -q -p ./prefix four
	rm wheels/*
	venv create -q -p ./prefix five
	[[ ! -d $(echo five/lib/*/site-packages/pip-99.1.dist-info) ]]
}

@test "a Python that is too old is named" {
	local version
	export PYENV_ROOT=$PYENV
	for version in 3.7 3.6; do
		interpreter "$version"
		run --separate-stderr venv create -q -p "$version" env
		refused venv 1 "it is Python $version, and 3.8 is the oldest"
		run --separate-stderr venv create -q -p "$INTERPRETER" env
		refused venv 1 "it is Python $version, and 3.8 is the oldest"
		[[ ! -e env ]]
	done
	# One before Python 3 does not know the question.
	interpreter 2.7
	run --separate-stderr venv create -q -p "$INTERPRETER" env
	refused venv 1 'it is no Python that `venv create` knows'
}
