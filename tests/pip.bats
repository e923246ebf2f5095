# pip in the environments of `venv create`: whole, their own, and not to be told
# from one that pip has installed.

# weight: 12
# shellcheck disable=SC1003,SC2016,SC2030,SC2031,SC2154 # text; each test is a process

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	share_cache
	export PYENV_ROOT=$HOME/pyenv
	mkdir work
	cd work || return
}

# --- words of these tests

create() { venv create -q "$@"; }

# The index is a directory, for pip alone.
with_index() { PIP_NO_INDEX=1 PIP_FIND_LINKS=$PWD/wheels "$@"; }

site_of() { echo "$1"/lib/python*/site-packages; }

# pip_of ENV: its version, as it says itself and as its metadata does.
pip_of() {
	local version info
	version=$("$1/bin/python" -c 'import pip; print(pip.__version__)')
	info=$(cd "$(site_of "$1")" && echo pip-*.dist-info)
	[[ $info == "pip-$version.dist-info" ]] || version+=" and $info"
	echo "$version"
}

bundled() {
	local file=$BATS_FILE_TMPDIR/bundled
	[[ -e $file ]] || pip_wheel | sed 's|.*/pip-\([^-]*\)-.*|\1|' >"$file"
	cat "$file"
}

# other_pip VERSION: in the index.  It is a small one, which the real one installs.
other_pip() { repack_pip "$(small_wheel)" wheels "$1"; }

# What the cache holds, and what its files are.
cached() {
	(cd "$XDG_CACHE_HOME/venv-which/image" && find . -type f \
		-exec sha256sum {} + -printf '%p %m %s %T@\n' | LC_ALL=C sort)
}

# true_record ENV [LEAST]: each row of each RECORD is true, and each file is in one;
# there are more than LEAST.
true_record() {
	"$1/bin/python" -I - "$(site_of "$1")" "${2-300}" <<-'END'
		import base64, csv, glob, hashlib, os, sys
		site = os.path.abspath(sys.argv[1])
		rows = {}
		for record in glob.glob(os.path.join(site, '*.dist-info', 'RECORD')):
		    with open(record, newline='') as file:
		        for path, digest, size in csv.reader(file):
		            path = os.path.normpath(os.path.join(site, path))
		            assert path not in rows, path
		            rows[path] = True
		            with open(path, 'rb') as file_of:
		                data = file_of.read()
		            if path.endswith('.pyc') or path == record:
		                assert digest == size == '', path
		                continue
		            kind, _, value = digest.partition('=')
		            assert kind == 'sha256', path
		            assert int(size) == len(data), path
		            assert value == base64.urlsafe_b64encode(
		                hashlib.sha256(data).digest()).rstrip(b'=').decode(), path
		    info = os.path.dirname(record)
		    with open(os.path.join(info, 'INSTALLER'), 'rb') as file:
		        assert file.read() == b'pip\n'
		    assert os.path.getsize(os.path.join(info, 'REQUESTED')) == 0
		    assert not os.path.exists(os.path.join(info, 'direct_url.json'))
		assert len(rows) > int(sys.argv[2]), len(rows)
		for place, dirs, files in os.walk(site):
		    for name in files:
		        assert os.path.join(place, name) in rows, (place, name)
		for name in glob.glob(os.path.join(site, '../../../bin/pip*')):
		    assert os.path.normpath(name) in rows, name
	END
}

# not_compiled ENV [MODULE]: Python takes the byte code that is there.
not_compiled() {
	"$1/bin/python" -v -c "import pip._internal.cli.main, ${2-pip._vendor.rich.console}" 2>log
	grep -q "# code object from '.*pip/.*pyc'" log || grep -q 'pip/.*pyc matches' log
	run ! grep -E "# wrote|code object from '?[^']*/pip/[^']*\.py'?$" log
}

# true_code ENV: each file of byte code is that of the source beside it.
true_code() {
	"$1/bin/python" -I -S - "$(site_of "$1")" <<-'END'
		import glob, importlib.util, os, struct, sys
		sources = glob.glob(sys.argv[1] + '/**/*.py', recursive=True)
		assert len(sources) > 20, len(sources)
		for path in sources:
		    with open(importlib.util.cache_from_source(path), 'rb') as code:
		        magic, *facts = struct.unpack('<4s3I', code.read(16))
		    st = os.stat(path)
		    assert magic == importlib.util.MAGIC_NUMBER, path
		    assert facts == [0, int(st.st_mtime), st.st_size], (path, facts)
	END
}

# as_owner COMMAND...: root, too, is bound by the modes of files.
as_owner() {
	if [[ $EUID -eq 0 ]]; then
		need_root
		setpriv --bounding-set=-dac_override "$@"
	else
		"$@"
	fi
}

# --- pip does its work

@test "pip lists, checks, installs into the environment, and the script runs" {
	create env
	run --separate-stderr env/bin/pip list --disable-pip-version-check
	assert_success
	assert_equal "$stderr" ''
	[[ $output == *pip* ]]
	env/bin/pip check
	make_wheel wheels one 1.0
	with_index env/bin/pip install -q one
	assert_equal "$(env/bin/one)" 1.0
	[[ -f $(site_of env)/one.py ]]
	env/bin/pip uninstall -q -y one
	[[ ! -e env/bin/one && ! -e $(site_of env)/one.py ]]
}

@test "all names of pip are there, and are the same" {
	small_pip
	create env
	local name minor
	minor=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
	for name in pip pip3 "pip$minor"; do
		cmp "env/bin/$name" env/bin/pip
		"env/bin/$name" --version | grep -qF "$PWD/env/"
	done
	assert_equal "$(cd env/bin && echo pip*)" "pip pip3 pip$minor"
}

@test "RECORD is true, file by file" {
	local mode
	for mode in hardlink copy; do
		create --link-mode "$mode" "$mode"
		true_record "$mode"
	done
	mkdir "two words"
	create "two words/env"
	true_record "two words/env"
}

@test "pip upgrades itself, and neither the cache nor another one sees it" {
	create one
	create two
	other_pip 99.0
	cached >before
	listing two >two.before
	with_index one/bin/pip install -q -U pip
	assert_equal "$(pip_of one)" 99.0
	assert_equal "$(one/bin/pip --version | cut -d' ' -f2)" 99.0
	assert_equal "$(pip_of two)" "$(bundled)"
	cached | diff before -
	listing two | diff two.before -
	true_record two
	create three
	assert_equal "$(pip_of three)" "$(bundled)"
}

@test "pip uninstalls itself, and neither the cache nor another one sees it" {
	create one
	create two
	cached >before
	one/bin/pip uninstall -q -y pip
	run ! one/bin/python -c 'import pip'
	[[ ! -e one/bin/pip && ! -e one/bin/pip3 ]]
	cached | diff before -
	true_record two
	two/bin/pip --version
	# Now it has none, and gets one.
	create one
	assert_equal "$(pip_of one)" "$(bundled)"
	true_record one
}

@test "a file that is shared with the cache cannot be edited by mistake" {
	create env
	local file
	file=$(site_of env)/pip/__init__.py
	assert_equal "$(find "$(site_of env)/pip" -type f -perm /222 | wc -l)" 0
	run as_owner sh -c 'echo "# edited" >>"$1"' sh "$file"
	assert_failure
	run ! grep -q edited "$file"
	# A copy is one's own.
	create --link-mode copy copy
	as_owner sh -c 'echo "# edited" >>"$1"' sh "$(site_of copy)/pip/__init__.py"
	run ! grep -q edited "$file"
}

# --- where it stands

@test "its scripts run wherever the environment is" {
	small_pip
	local name
	for name in "${HOSTILE_NAMES[@]}" "'''" "a'''b" '"' $'\\x41' '\\' "\\'" '" $(touch PWNED) "' 'a \x41 b' 'a \N b' 'a b\' \
		'${PWNED=x}' $'a\tb' $'a\vb' $'a\fb' 'a"b c' "it's a \\ \"b\""; do
		[[ $name != *$'\377'* ]] || continue
		echo "name: $name"
		mkdir "in"
		create "in/$name"
		"in/$name/bin/pip" --version >out
		grep -qF "$PWD/in/$name/lib" out
		rm -rf in
	done
	[[ -z $(find . -name PWNED) ]]
}

@test "its scripts run in paths longer than a kernel reads of a script" {
	small_pip
	local n name path
	for n in 100 129 255; do
		name=$(printf 'x%.0s' $(seq "$n"))
		create "$name"
		(cd / && "$OLDPWD/$name/bin/pip3" --version) | grep -qF "$PWD/$name/lib"
		rm -rf "$name"
	done
	# The very length at which the interpreter line is too long, and one less.
	path=$PWD/$(printf 'y%.0s' {1..200})
	mkdir "${path:0:${#PWD}+20}"
	for n in 126 127 128; do
		name=$PWD/$(printf 'y%.0s' $(seq "$((n - 2 - ${#PWD} - 1 - 12))") 2>/dev/null)
		((${#name} + 14 == n)) || continue
		rm -rf "$name"
		create "$name"
		"$name/bin/pip" --version >out
		grep -qF "$name/lib" out
	done
}

@test "a path that leaves no room for pip's is refused before anything is made" {
	local deep=$PWD n name part said there made='' room=0
	printf -v part 'd%.0s' {1..200}
	printf -v name 'x%.0s' {1..255}
	while ((${#deep} + 402 < 3700)); do
		deep+=/$part
	done
	deep+=/${part:0:3700 - ${#deep} - 202}/$part
	mkdir -p "$deep"
	shopt -s dotglob nullglob
	for ((n = 255; n > 0; n--)); do
		name=${name:0:n}
		! said=$(venv create -q "$deep/$name" 2>&1) || { made=$deep/$name; break; }
		[[ $said == *'leaves no room for those of pip'* ||
			$said == *'no path can be as long as'* ]] || fail "$said"
		there=("$deep/"*)
		[[ -z ${there[*]} ]] || fail "something was made"
		[[ $said != *'leaves no room'* ]] || room=1
	done
	shopt -u dotglob nullglob
	[[ -n $made ]] || fail 'no path is short enough'
	((${#made} > 3700 && room))
	"$made/bin/python" -m pip --version >out
	"$made/bin/pip" --version | cmp out -
	true_record "$made"
}

# --- modes

# modes_of DIR: of all but the scripts of activation, where CPython keeps those
# of its templates, and the marks.
modes_of() {
	(cd "$1" && find . ! -type l ! -name '*ctivate*' ! -name .gitignore \
		! -name CACHEDIR.TAG ! -path './share*' -printf '%m %p\n' | LC_ALL=C sort)
}

# Stock is what ensurepip makes, by a pip that is compiled; in a wheel it is not.
@test "the umask is obeyed as pip does it" {
	local mask real names=()
	create real
	real=$(site_of "$PWD/real")
	small_pip
	names=("${PYTHON%/bin/*}/wheels/"*.whl)
	names=("${names[@]##*/}")
	for mask in 077 002; do
		echo "umask: $mask"
		rm -rf stock ours linked
		(
			umask "$mask"
			"$PYTHON" -m venv --without-pip stock
			PYTHONPATH=$real stock/bin/python -m pip install -q --ignore-installed \
				--no-index --no-cache-dir --find-links "${PYTHON%/bin/*}/wheels" "${names[@]%%-*}"
			create --link-mode copy ours
			create linked
		)
		# But nobody else may write what is made, whatever the umask says.
		chmod -R go-w stock
		diff <(modes_of stock) <(modes_of ours)
		# What is linked is read-only, in directories that obey it.
		diff <(modes_of stock | grep -v site-packages/) \
			<(modes_of linked | grep -v site-packages/)
		assert_equal "$(find "$(site_of linked)" -type d -printf '%m\n' | sort -u)" \
			"$(find "$(site_of stock)" -type d -printf '%m\n' | sort -u)"
	done
}

@test "the image does not depend on the umask under which it was made" {
	small_pip
	XDG_CACHE_HOME=$HOME/own
	(umask 077 && create one)
	create two
	true_record two 30
	assert_equal "$(find "$(site_of two)/pip" -type f -printf '%m\n' | sort -u)" 444
}

# --- how it gets there

@test "--link-mode says how, and the byte code is valid either way" {
	local mode links
	for mode in hardlink copy clone; do
		create --link-mode "$mode" "$mode"
		links=$(find "$(site_of "$mode")/pip" -type f -printf '%n\n' | sort -u)
		case $mode in
		hardlink) [[ $(head -n 1 <<<"$links") -gt 1 ]] || fail "links: $links" ;;
		*) assert_equal "$links" 1 ;;
		esac
		not_compiled "$mode"
		listing "$mode" >"$mode.listing"
		diff hardlink.listing "$mode.listing"
		true_record "$mode"
	done
	hardlink/bin/pip check
	create
	diff hardlink.listing <(listing .venv)
	run --separate-stderr venv create --link-mode symlink env
	assert_failure 2
	[[ ! -e env ]]
}

@test "byte code is valid for each Python" {
	local version
	for version in 3.8 3.10 3.13; do
		(interpreter "$version") || continue
		interpreter "$version"
		small_one "$INTERPRETER" "python$version"
		create -p "./python$version" "env$version"
		not_compiled "env$version" pip._internal.models
		true_code "env$version"
	done
}

@test "where the cache cannot be written it works without" {
	small_pip
	touch file
	mkdir tmp
	run --separate-stderr env XDG_CACHE_HOME="$PWD/file" TMPDIR="$PWD/tmp" \
		venv create -q one
	assert_success
	[[ $stderr == *'works without its cache'* ]]
	one/bin/pip --version
	true_record one 30
	[[ -z $(ls -A tmp) ]]
}

@test "without a home, or with one that cannot be written, it works" {
	small_pip
	local home
	for home in /dev/null "$PWD/nowhere" '' relative; do
		run --separate-stderr env -u XDG_CACHE_HOME -u XDG_STATE_HOME -u XDG_CONFIG_HOME \
			-u XDG_DATA_HOME HOME="$home" TMPDIR="$PWD" venv create -q --clear env
		assert_success
		env/bin/pip --version
	done
	mkdir cache
	chmod 555 cache
	XDG_CACHE_HOME=$PWD/cache as_owner venv create -q --clear env 2>said
	grep -q 'works without its cache' said
	env/bin/pip --version
	# An old one, too, if it is on a file system that may not be written now.
	mkdir -p made/venv-which
	XDG_CACHE_HOME=$PWD/made create one
	chmod 555 made/venv-which
	XDG_CACHE_HOME=$PWD/made as_owner venv create -q --clear env 2>said
	grep -q 'works without its cache: .*: Permission denied' said
	env/bin/pip --version
}

@test "a directory for passing files that others could swap is not used" {
	small_pip
	need_root
	need_strace
	# What is below one's home is one's own.
	local tmp=${HOME%/*}/tmp
	mkdir "$tmp"
	chown 65534 "$tmp"
	chmod 777 "$tmp"
	touch file
	run --separate-stderr env XDG_CACHE_HOME="$PWD/file" TMPDIR="$tmp" \
		strace -f -qq -s 300 -o trace -e trace=execve venv create -q one
	assert_success
	grep -qF '/venv-which.' trace
	run ! grep -F "$tmp/venv-which." trace
	[[ -z $(ls -A "$tmp") ]]
}

# --- options

@test "--system-site-packages shows the base's packages, and nothing else does" {
	interpreter 3.12
	share_image "$INTERPRETER"
	make_prefix prefix "$INTERPRETER"
	mkdir "$LIBRARY/site-packages"
	echo 'version = "of the base"' >"$LIBRARY/site-packages/only_base.py"
	create -p ./prefix one
	run ! one/bin/python -c 'import only_base'
	create -p ./prefix --system-site-packages two
	two/bin/python -c 'import only_base'
	# pip is its own.
	[[ $(two/bin/pip --version) == *"$PWD/two/"* ]]
	make_wheel wheels one 1.0
	with_index two/bin/pip install -q one
	[[ -f $(site_of two)/one.py && ! -e $LIBRARY/site-packages/one.py ]]
}

@test "over an environment that is there an older pip is upgraded" {
	create env
	other_pip 1.0
	rm -r "$(site_of env)"/pip*
	"$PYTHON" -m zipfile -e wheels/pip-1.0-*.whl "$(site_of env)"
	assert_equal "$(pip_of env)" 1.0
	# No setting has a say in it, not even the environment's own.
	printf '[global]\ntarget = %s\nrequire-virtualenv = x\n' "$PWD/elsewhere" |
		tee env/pip.conf >pip.conf
	PIP_TARGET=$PWD/elsewhere PIP_PREFIX=$PWD/elsewhere PIP_CONFIG_FILE=$PWD/pip.conf \
		PIP_PYTHON=/bin/false PIP_INDEX_URL=http://localhost:9 create env
	rm env/pip.conf
	assert_equal "$(pip_of env)" "$(bundled)"
	[[ ! -e elsewhere ]]
	env/bin/pip check
	assert_equal "$(cd "$(site_of env)" && echo pip-*)" "pip-$(bundled).dist-info"
}

@test "over an environment that is there a newer pip stays, and packages do" {
	create env
	other_pip 99.0
	make_wheel wheels one 1.0
	with_index env/bin/pip install -q -U pip one
	create env
	assert_equal "$(pip_of env) $(env/bin/one)" '99.0 1.0'
	create --upgrade env
	assert_equal "$(pip_of env) $(env/bin/one)" '99.0 1.0'
}

@test "--upgrade repairs pyvenv.cfg and links, and leaves the rest" {
	small_pip
	create env
	cp env/pyvenv.cfg cfg
	sed -i 's/^version = .*/version = 3.0.0/' env/pyvenv.cfg
	ln -sf /nonexistent/python3 env/bin/python3
	echo '# mine' >>env/bin/activate
	create --upgrade env
	diff <(grep -v ^command cfg) <(grep -v ^command env/pyvenv.cfg)
	grep -qx '# mine' env/bin/activate
	env/bin/pip --version
}

@test "--upgrade-deps obeys the user's own settings" {
	other_pip 99.0
	make_wheel wheels setuptools 99.0
	with_index create --upgrade-deps env
	assert_equal "$(pip_of env)" 99.0
	mkdir -p "$XDG_CONFIG_HOME/pip"
	printf '[global]\nno-index = true\nfind-links = %s\ntarget = %s\n' \
		"$PWD/wheels" "$PWD/elsewhere" >"$XDG_CONFIG_HOME/pip/pip.conf"
	create --upgrade-deps two
	assert_equal "$(pip_of two)" 99.0
	[[ ! -e elsewhere ]]
}

@test "if the index cannot be had --upgrade-deps says so" {
	run --separate-stderr env PIP_NO_INDEX=none venv create --upgrade-deps env
	assert_failure 1
	whole
	[[ $stderr == *"pip failed, run by $PWD/env/bin/python"*"; the environment is there, and its pip not upgraded; to try again: venv create --upgrade-deps $PWD/env" ]]
	run --separate-stderr env/bin/python -m pip --version
	assert_success
}

@test "no setting of pip's reaches the seeding" {
	small_pip
	create one
	listing one >listing
	export XDG_CACHE_HOME=$HOME/own
	mkdir -p "$XDG_CONFIG_HOME/pip" "$HOME/.pip"
	printf '[global]\ntarget = /x\nno-compile = true\n[' |
		tee "$XDG_CONFIG_HOME/pip/pip.conf" "$HOME/.pip/pip.conf" >pip.conf
	mv one gone
	PIP_TARGET=/x PIP_PREFIX=/x PIP_ROOT=/x PIP_USER=1 PIP_NO_COMPILE=1 \
		PIP_REQUIRE_VIRTUALENV=1 PIP_CONFIG_FILE=$PWD/pip.conf PIP_PYTHON=/bin/false \
		PYTHONDONTWRITEBYTECODE=1 PYTHONPYCACHEPREFIX=/x PYTHONOPTIMIZE=2 \
		SOURCE_DATE_EPOCH=1 create one
	listing one | diff listing -
	not_compiled one pip._internal.models
}

# --- strangers

@test "what somebody else has made is not filled up, and nothing of it is run" {
	local site
	create --without-pip first
	other_pip 1.0
	"$PYTHON" -m zipfile -e wheels/pip-1.0-*.whl "$(site_of first)"
	site=$(site_of first)
	echo "import os; open('$HOME/PWNED', 'w')" >"$site/evil.pth"
	put_program first/bin/ls "touch '$HOME/PWNED'"
	mkdir project
	mv first project/.venv
	cd project || return
	local option
	for option in -q --upgrade --upgrade-deps --without-pip --dry-run; do
		listing .venv >../before
		run --separate-stderr venv create "$option"
		refused venv 1 "what is in $PWD/.venv would stay"
		[[ $stderr == *$'\n  to make it anew: venv create --clear '* ]]
		listing .venv | diff ../before -
	done
	[[ ! -e $HOME/PWNED ]]
	venv create -q --clear
	[[ ! -e $(site_of .venv)/evil.pth && ! -e .venv/bin/ls ]]
	assert_equal "$(pip_of .venv)" "$(bundled)"
	[[ ! -e $HOME/PWNED ]]
	assert_equal "$("$STAGE/bin/venv-which")" "$PWD/.venv"
}
