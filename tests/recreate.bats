# `venv recreate`: an environment anew, with what was installed in it.

# weight: 5
# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # text; each test is a process

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	share_cache
	# The index is a directory.
	export PIP_NO_INDEX=1 PIP_FIND_LINKS=$PWD/wheels PYENV_ROOT=$HOME/pyenv
	mkdir work wheels
	cd work || return
}

# --- words of these tests

recreate() {
	run --separate-stderr venv recreate "$@"
	whole
}

site_of() { echo "$1"/lib/python*/site-packages; }

# put_package ENV NAME VERSION: installed there, and its wheel is in the index.
put_package() {
	put_files "$@"
	cp "$wheel" "$HOME/wheels"
}

# put_direct ENV NAME VERSION: the same, but it has come by the URL of its wheel, as
# pip notes that; it costs one run of pip to have it again, and one of the index two.
put_direct() {
	local url
	put_files "$@"
	mkdir -p "$HOME/direct"
	cp "$wheel" "$HOME/direct"
	url=file://$HOME/direct/${wheel##*/}
	printf '{"archive_info": {}, "url": "%s"}' "$url" \
		>"$(site_of "$1")/$2-$3.dist-info/direct_url.json"
}

# put_files ENV NAME VERSION: of its wheel, $wheel, which is made once in the file.
put_files() {
	local dir=$BATS_FILE_TMPDIR/packages/$2-$3
	wheel=$dir/$2-$3-py3-none-any.whl
	if [[ ! -e $wheel ]]; then
		make_wheel "$dir" "$2" "$3"
		"$PYTHON" -m zipfile -e "$wheel" "$dir/files"
	fi
	cp -R "$dir/files/." "$(site_of "$1")"
}

# put_editable ENV DIR: the project is there as pip installs it with -e.
put_editable() {
	put_url "$1" "${2##*/}" "{\"url\": \"file://$2\", \"dir_info\": {\"editable\": true}}"
	echo "$2" >"$(site_of "$1")/${2##*/}.pth"
}

# put_url ENV NAME JSON: with a direct_url.json.
put_url() {
	put_dist "$1" "$2-1.0.dist-info" "Name: $2"$'\n'"Version: 1.0"$'\n'
	echo "$3" >"$(site_of "$1")/$2-1.0.dist-info/direct_url.json"
}

# put_dist ENV DIR TEXT: metadata, and nothing else.
put_dist() {
	mkdir -p "$(site_of "$1")/$2"
	printf '%s' "$3" >"$(site_of "$1")/$2/METADATA"
}

# has ENV NAME=VERSION...: these import there, with that version.
has() {
	local word
	for word in "${@:2}"; do
		assert_equal "$("$1/bin/python" -c "import ${word%=*} as x; print(x.version)")" \
			"${word#*=}"
	done
}

# usable ENV: it may be used, and is that one.
usable() {
	assert_equal "$(VENV_WHICH_NAMES=${1##*/} "$STAGE/bin/venv-which" -C "$(dirname "$1")" 2>&1)" \
		"$(cd "$1" && pwd)"
	assert_equal "$("$1/bin/python" -c 'import sys; print(sys.prefix)')" "$(cd "$1" && pwd)"
}

# A project with a backend of its own, for which nothing has to be fetched.
make_project() {
	mkdir -p "$1"
	printf '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n' \
		>"$1/pyproject.toml"
	echo "version = 'of ${1##*/}'" >"$1/${1##*/}.py"
	cat >"$1/backend.py" <<-END
		import os, zipfile
		NAME = '${1##*/}'
		def build(where, files):
		    info = NAME + '-1.0.dist-info/'
		    files[info + 'METADATA'] = 'Metadata-Version: 2.1\nName: %s\nVersion: 1.0\n' % NAME
		    files[info + 'WHEEL'] = 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n'
		    files[info + 'RECORD'] = ''.join('%s,,\n' % file for file in files)
		    wheel = NAME + '-1.0-py3-none-any.whl'
		    with zipfile.ZipFile(os.path.join(where, wheel), 'w') as target:
		        for file, text in files.items():
		            target.writestr(file, text)
		    return wheel
		def build_wheel(where, config_settings=None, metadata_directory=None):
		    with open(NAME + '.py') as file:
		        return build(where, {NAME + '.py': file.read()})
		def build_editable(where, config_settings=None, metadata_directory=None):
		    return build(where, {NAME + '.pth': os.path.dirname(os.path.abspath(__file__)) + '\n'})
	END
}

# A program that must not be run.
put_trap() {
	mkdir -p "$(dirname "$1")"
	put_program "$1" "echo \"\$0\" >>'$HOME/PWNED'"
}
not_run() { [[ ! -e $HOME/PWNED ]] || fail "run: $(cat "$HOME/PWNED")"; }

# unchanged COMMAND...: ./env is the same afterwards, and works.
unchanged() {
	listing env >before
	"$@"
	listing env | diff before -
	env/bin/python -c ''
}

# --- the same again

@test "options and prompt are those of the old one" {
	local options
	small_pip
	for options in --without-pip '--without-pip --prompt it'"'"'s' \
		'--without-pip --system-site-packages --copies' \
		'--without-pip --without-scm-ignore-files' ''; do
		echo "options: $options"
		# shellcheck disable=SC2086 # words
		venv create -q $options env
		cp env/pyvenv.cfg cfg
		listing env >before
		recreate env
		says "recreated $PWD/env (CPython $(sed -n 's/^version = //p' cfg))"
		# By which of its names the base is called may differ.
		diff <(sed 's|= /.* -m venv|= -m venv|' cfg) \
			<(sed 's|= /.* -m venv|= -m venv|' env/pyvenv.cfg)
		listing env | diff before -
		mv env "made$options"
	done
	"$PWD/made/bin/python" -m pip --version
}

@test "CPython's own environments are made anew, too" {
	make_env env --prompt 'a "b"' --system-site-packages
	put_direct env one 1.0
	rm -rf env/share
	recreate -q env
	says ''
	has env one=1.0
	usable env
	grep -qxF "prompt = 'a \"b\"'" env/pyvenv.cfg
	grep -qx 'include-system-site-packages = true' env/pyvenv.cfg
}

@test "without a name it is the nearest one" {
	make_env .venv
	mkdir sub
	cd sub || return
	recreate -q
	says ''
	[[ -e ../.venv/CACHEDIR.TAG ]]
}

@test "the Python is the old one's, or that of -p" {
	interpreter 3.12
	share_image "$INTERPRETER"
	venv create -q --without-pip -p "$INTERPRETER" env
	put_direct env one 1.0
	recreate -q env
	says ''
	[[ $(sed -n 's/^version = //p' env/pyvenv.cfg) == 3.12.* ]]
	recreate -q -p "$PYTHON" env
	says ''
	[[ $(sed -n 's/^version = //p' env/pyvenv.cfg) != 3.12.* ]]
	assert_equal "$(cd env/lib && echo python*)" \
		"$("$PYTHON" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')"
	has env one=1.0
	unchanged recreate -p 9.9 env
	refused venv 1 'there is no Python 9.9'
	[[ $stderr != *'say which by -p'* ]]
}

# --- packages

@test "packages are installed again, in exactly their versions" {
	venv create -q env
	put_package env one 1.0
	put_package env two 1.5
	make_wheel "$HOME/wheels" one 2.0
	make_wheel "$HOME/wheels" two 1.6
	recreate env
	assert_success
	assert_output "recreated $PWD/env (CPython $(sed -n 's/^version = //p' env/pyvenv.cfg), 2 packages)"
	has env one=1.0 two=1.5
	assert_equal "$(env/bin/one)" 1.0
	env/bin/pip check
	usable env
	# Nothing stays behind in the cache.
	run ! compgen -G "$XDG_CACHE_HOME/venv-which/recreate*"
}

@test "what one that was killed has left in the cache is removed" {
	local cache=$XDG_CACHE_HOME/venv-which
	make_env env
	mkdir -p "$cache/scratch.killed" "$cache/scratch.at-work"
	touch "$cache/scratch.killed/file"
	# That one has the lock as long as its standard input is open.
	exec 9> >(exec "$PYTHON" -c '
import fcntl, os, sys
fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)
open(sys.argv[1] + "/locked", "w").close()
sys.stdin.read()' "$cache/scratch.at-work")
	await $! test -e "$cache/scratch.at-work/locked"
	recreate -q env
	assert_success
	assert_equal "$(cd "$cache" && echo scratch.*)" scratch.at-work
	exec 9>&-
	rm -r "$cache/scratch.at-work"
}

# origins ENV: what pip has noted of where packages came from.
origins() { (cd "$(site_of "$1")" && grep . -- *.dist-info/direct_url.json); }

@test "packages from a URL and editable projects come from there" {
	venv create -q env
	make_wheel "$PWD/else where" direct 1.0
	make_project "$PWD/my project/edited"
	make_project "$PWD/linked"
	env/bin/pip install -q "$PWD/else where/direct-1.0-py3-none-any.whl" \
		-e "$PWD/my project/edited"
	printf '%s\n..' "$PWD/linked/src" >"$(site_of env)/linked.egg-link"
	echo "$PWD/linked" >"$(site_of env)/easy-install.pth"
	origins env >before
	recreate -q env
	assert_success
	has env direct=1.0 edited='of edited' linked='of linked'
	origins env | grep -v ^linked- | diff before -
	echo "version = 'edited since'" >"my project/edited/edited.py"
	has env edited='edited since'
}

@test "a repository of git's on this machine is where a package comes from" {
	need_git
	venv create -q env
	make_project "$PWD/repo/below/cloned"
	git -C repo init -q
	git -C repo add .
	git -C repo -c user.name=me -c user.email=me@example.invalid commit -qm one
	env/bin/pip install -q "git+file://$PWD/repo#egg=cloned&subdirectory=below/cloned"
	origins env >before
	grep -q vcs_info before
	recreate -q env
	assert_success
	has env cloned='of cloned'
	origins env | sed 's/"requested_revision": "[^"]*", //' | diff before -
}

@test "what its base has in the same version is installed all the same" {
	interpreter 3.12
	share_image "$INTERPRETER"
	make_prefix prefix "$INTERPRETER"
	venv create -q -p ./prefix --system-site-packages env
	put_package env one 1.0
	put_direct env two 2.0
	mkdir "$LIBRARY/site-packages"
	cp -R "$(site_of env)"/{one,two}* "$LIBRARY/site-packages"
	recreate -q env
	says ''
	has env one=1.0 two=2.0
	[[ -e $(site_of env)/one.py && -e $(site_of env)/two.py ]]
	[[ -e $LIBRARY/site-packages/one.py ]]
}

@test "--no-packages installs nothing" {
	make_env env
	put_package env one 1.0
	recreate -q --no-packages env
	says ''
	assert_equal "$(ls "$(site_of env)")" ''
}

@test "where pip was not, it is not, and the packages are" {
	make_env env
	put_direct env one 1.0
	recreate -q env
	says ''
	has env one=1.0
	[[ ! -e env/bin/pip && ! -e env/bin/pip3 ]]
	run ! env/bin/python -c 'import pip'
}

@test "if a package is gone the old one stays whole" {
	venv create -q env
	put_package env one 1.0
	rm "$HOME/wheels"/*
	unchanged recreate -q env
	assert_equal "$status" 1
	[[ $stderr == *', as it says above; the old environment is unchanged' ]]
	has env one=1.0
	env/bin/pip --version
	usable env
	run ! compgen -G "$XDG_CACHE_HOME/venv-which/recreate*"
}

@test "what cannot be put back is not called unchanged" {
	need_strace
	local n calls=renameat,renameat2
	venv create -q env
	make_project "$PWD/edited"
	put_editable env "$PWD/edited"
	rm -r edited
	# Of venv itself; the last of them put the old one back.
	strace -qq -o trace -e trace="$calls" venv recreate -q env 2>said || true
	grep -q '^  the old environment is unchanged$' said
	n=$(grep -c renameat trace)
	run --separate-stderr strace -qq -o /dev/null -e trace="$calls" \
		-e inject="$calls:error=EIO:when=$((n - 2))+" venv recreate -q env
	assert_equal "$status" 1
	[[ $stderr == *'  what was there could not be put back, and is in .venv-which.old: Input/output error' ]]
	[[ $stderr != *unchanged* ]]
	# What the next one does first.
	venv recreate -q --no-packages env
	usable env
}

@test "if a project is gone the old one comes back" {
	venv create -q env
	make_project "$PWD/edited"
	put_editable env "$PWD/edited"
	put_package env one 1.0
	mv edited gone
	echo kept >env/bin/mine
	unchanged recreate -q env
	assert_equal "$status" 1
	[[ $stderr == *', as it says above; the old environment is unchanged' ]]
	mv gone edited
	has env one=1.0 edited='of edited'
	usable env
}

# --- the settings of pip

# Those that have pip put things elsewhere, put other things, or do nothing.
HARMFUL=(target=elsewhere prefix=elsewhere root=elsewhere user=1 dry-run=1
	require-virtualenv=1 report=elsewhere/report src=elsewhere
	requirement=other.txt editable=other version=1 help=1 ignore-installed=1
	python=/nonexistent/python platform=win_amd64 python-version=2.7)

# with_packages: ./env has two, one from the index and one by its URL.
with_packages() {
	echo nonsense-that-is-nowhere >other.txt
	mkdir elsewhere tmp
	export TMPDIR=$PWD/tmp
	venv create -q env
	put_package env one 1.0
	put_direct env two 2.0
}

# all_in_it: after a recreation, and nothing is anywhere else.
all_in_it() {
	says ''
	has env one=1.0 two=2.0
	assert_equal "$(ls -A elsewhere)" ''
	[[ ! -e $HOME/.local/lib ]]
	assert_equal "$(find "$TMPDIR" -name pip.conf)" ''
}

@test "no variable of pip's has it put packages elsewhere, or none" {
	local setting name variables=()
	with_packages
	for setting in "${HARMFUL[@]}"; do
		name=${setting%%=*}
		name=${name//-/_}
		variables+=("PIP_${name^^}=${setting#*=}")
	done
	variables+=(PIP_Target="$PWD/elsewhere" PIP_uSer=yes)
	run --separate-stderr env "${variables[@]}" venv recreate -q env
	all_in_it
}

@test "nor does a pip.conf, of the user or of the machine" {
	local file section setting
	with_packages
	for file in "$XDG_CONFIG_HOME/pip/pip.conf" "$HOME/xdg/pip/pip.conf" env/pip.conf; do
		mkdir -p "${file%/*}"
		for section in global install; do
			echo "[$section]"
			for setting in "${HARMFUL[@]}"; do
				# pip finds these in no file.
				[[ $setting != @(version|help)=* ]] || continue
				# There are several ways to write one.
				[[ $setting != dry-run=* ]] || setting=--dry_run=1
				echo "${setting/=/ = }"
			done
		done >"$file"
	done
	XDG_CONFIG_DIRS=$HOME/xdg recreate -q env
	all_in_it
}

@test "what else the file of PIP_CONFIG_FILE says is obeyed" {
	with_packages
	unset PIP_NO_INDEX PIP_FIND_LINKS
	printf '[global]\nno-index = true\nfind-links = %s\ntarget = %s\n[install]\nprefix = %s\n' \
		"$HOME/wheels" "$PWD/elsewhere" "$PWD/elsewhere" >pip.conf
	PIP_CONFIG_FILE=$PWD/pip.conf recreate -q env
	all_in_it
	unset PIP_CONFIG_FILE
	# With none pip would look on the network.
	printf '[global]\nindex-url = http://127.0.0.1:9/\nretries = 0\n' >pip.conf
	PIP_CONFIG_FILE=$PWD/pip.conf unchanged recreate -q env
	assert_equal "$status" 1
	[[ $stderr == *'No matching distribution found for one==1.0'* ]]
}

@test "an index that only the environment's pip.conf names is asked" {
	local where
	with_packages
	unset PIP_NO_INDEX PIP_FIND_LINKS
	# The user's, the environment's, PIP_CONFIG_FILE's: the last one counts.
	mkdir -p "$XDG_CONFIG_HOME/pip"
	for where in none wheels; do
		printf '[global]\nno-index = true\nfind-links = %s\n' "$HOME/$where"
	done | split -l 3 - conf.
	cp conf.aa "$XDG_CONFIG_HOME/pip/pip.conf"
	cp conf.ab env/pip.conf
	recreate -q env
	all_in_it
	PIP_CONFIG_FILE=$PWD/conf.aa unchanged recreate -q env
	assert_equal "$status" 1
	[[ $stderr == *'No matching distribution found for one==1.0'* ]]
	# One that cannot be read is not passed over.
	rm "$XDG_CONFIG_HOME/pip/pip.conf"
	echo '[' >>env/pip.conf
	PIP_NO_INDEX=1 PIP_FIND_LINKS=$HOME/wheels unchanged recreate -q env
	assert_equal "$status" 1
	[[ $stderr == *"env/pip.conf"* ]]
}

@test "--upgrade-deps puts the new pip into the environment" {
	mkdir elsewhere
	repack_pip "$(small_wheel)" "$HOME/wheels" 99.0
	export PIP_TARGET=$PWD/elsewhere PIP_REQUIRE_VIRTUALENV=1 PIP_DRY_RUN=1
	# No setuptools, where that is a dependency, too.
	make_wheel "$HOME/wheels" setuptools 99.0
	run --separate-stderr venv create -q --upgrade-deps env
	assert_success
	assert_equal "$(ls elsewhere)" ''
	[[ -d $(site_of env)/pip-99.0.dist-info ]]
}

@test "the old one comes back where pip has put nothing into the new one" {
	local bundle
	interpreter 3.12
	small_one "$INTERPRETER" prefix
	bundle=$(echo "$LIBRARY"/ensurepip/_bundled/pip-*.whl)
	venv create -q -p ./prefix env
	put_package env one 1.0
	# A pip that says that all is well.
	"$PYTHON" - "$bundle" <<-'END'
		import base64, hashlib, re, sys, zipfile
		old = zipfile.ZipFile(sys.argv[1])
		files = {name: old.read(name) for name in old.namelist()}
		files['pip/__main__.py'] = b''
		record = next(name for name in files if name.endswith('/RECORD'))
		digest = base64.urlsafe_b64encode(hashlib.sha256(b'').digest()).rstrip(b'=')
		files[record] = re.sub(rb'(?m)^pip/__main__.py,.*$',
		    b'pip/__main__.py,sha256=' + digest + b',0', files[record])
		with zipfile.ZipFile(sys.argv[1], 'w') as new:
		    for name, data in files.items():
		        new.writestr(name, data)
	END
	unchanged recreate -q env
	refused venv 1 "pip has ended well, but one is not in $PWD/env"
	has env one=1.0
	run ! compgen -G 'env/.venv-which*'
}

# --- the directory

@test "what is not the environment's stays, and the directory is the same" {
	make_env env
	mkdir env/project
	echo mine | tee env/notes >env/project/code.py
	echo junk >"$(site_of env)/junk.py"
	ls -di env >inode
	cd env || return
	recreate -q .
	says ''
	[[ -e pyvenv.cfg ]]
	cd .. || return
	ls -di env | diff inode -
	assert_equal "$(cat env/notes env/project/code.py)" $'mine\nmine'
	[[ ! -e $(site_of env)/junk.py ]]
}

hooks() { ls -l env/bin/{pre,post}{,de}activate env/bin/get_env_details; }

@test "the hooks of virtualenvwrapper stay" {
	local hook
	make_env env
	put_direct env one 1.0
	echo 'export SECRET=1' >env/bin/postactivate
	chmod 755 env/bin/postactivate
	for hook in preactivate predeactivate postdeactivate get_env_details; do
		ln -s "$HOME/$hook" "env/bin/$hook"
	done
	hooks >before
	touch env/bin/junk
	recreate -q env
	says ''
	hooks | diff -u before -
	assert_equal "$(<env/bin/postactivate)" 'export SECRET=1'
	[[ ! -e env/bin/junk ]]
	# They come back where it fails.
	rm "$HOME"/direct/*
	recreate -q env
	assert_equal "$status" 1
	hooks | diff -u before -
	# A stranger's do not stay.
	mv env other
	recreate -q --no-packages other
	says ''
	[[ ! -e other/bin/postactivate && ! -L other/bin/preactivate ]]
}

@test "a version control among what it would remove stops it" {
	local name
	make_env env
	put_direct env one 1.0
	for name in lib/x/.git share/a/.hg bin/.svn; do
		mkdir -p "env/$name"
		unchanged recreate -q env
		refused venv 1 "it holds $name, which is no part of an environment"
		rm -r "env/$name"
	done
	# In what is not the environment's it stays with that.
	mkdir -p env/src/pkg/.git
	recreate -q env
	says ''
	[[ -d env/src/pkg/.git ]]
	has env one=1.0
	# A project's own programs may be in its bin.
	for name in main.py go.mod .hg; do
		mkdir "env/$name"
		unchanged recreate -q env
		refused venv 1 "it holds $name, as a project does"
		rmdir "env/$name"
	done
}

@test "-q says nothing, also where packages are installed" {
	make_env env
	put_direct env one 1.0
	recreate -q env
	says ''
	has env one=1.0
}

# --- moved, copied, broken

@test "a moved one and a copy become true ones where they are" {
	make_env first
	put_direct first one 1.0
	mv first moved
	cp -R moved copied
	local env
	for env in moved copied; do
		mkdir "in-$env"
		mv "$env" "in-$env/.venv"
		run "$STAGE/bin/venv-which" -C "in-$env"
		assert_failure 3
		# They could be somebody else's.
		recreate -q "in-$env/.venv"
		refused venv 1 'say -y to have that, or --no-packages'
		run "$STAGE/bin/venv-which" -C "in-$env"
		assert_failure 3
		recreate -q -y "in-$env/.venv"
		says ''
		usable "in-$env/.venv"
		has "in-$env/.venv" one=1.0
	done
}

@test "where none could be made none is made anew" {
	local name
	make_bare_env first
	for name in a:b $'x\nhome = y' $'\377'; do
		mkdir "$name"
		cp -a first "$name/env"
		cd "$name" || return
		run --separate-stderr venv recreate -y env
		refused venv 1 'refusing to make an environment in '
		cd .. || return
		diff -r --no-dereference first "$name/env"
	done
}

@test "one that has no packages needs no question" {
	make_env first
	mkdir project
	mv first project/.venv
	recreate -q project/.venv
	says ''
	usable project/.venv
}

@test "at a terminal it asks, and only yes is yes" {
	need_shell
	make_env first
	put_package first one 1.0
	mv first env
	in_shell < <(for answer in n '' yy y; do
		printf '%s\n' "command venv recreate '$PWD/env'^J" '^:[y/N]' "^>$answer" \
			'show status; test -e '"'$PWD/env/CACHEDIR.TAG'"'; show status'
	done)
	assert_equal "$(cat "$OUT")" "$(printf 'status=1\nstatus=1\n%.0s' 1 2 3
		printf 'status=0\nstatus=0\n')"
	on_screen "venv: recreate: $PWD/env may come from somebody else, and what its metadata names would be installed"
	on_screen "  from pip's index: one==1.0"
	on_screen 'venv: recreate it with these, by CPython '
	times_on_screen 3 'nothing was changed'
	has env one=1.0
}

@test "before it asks it names every package, and every URL" {
	need_shell
	make_env first
	put_url first far '{"url": "https://example.invalid/far-1.0.whl"}'
	put_url first repo '{"url": "https://example.invalid/r", "vcs_info": {"vcs": "git", "commit_id": "abc"}}'
	put_url first mine '{"url": "file:///r", "vcs_info": {"vcs": "git", "commit_id": "abc"}, "subdirectory": "s"}'
	put_url first near "{\"url\": \"file://$HOME/near\", \"dir_info\": {}}"
	put_url first here "{\"url\": \"file://$HOME/here\", \"dir_info\": {\"editable\": true}}"
	for n in {100..220}; do
		put_dist first "p$n.dist-info" "Name: p$n"$'\n'"Version: 1.0"$'\n'
	done
	mv first env
	cat >expected <<-'END'
	venv: recreate: ~/work/env may come from somebody else, and what its metadata names would be installed
	  and 21 more from there
	  far, from https://example.invalid/far-1.0.whl
	  what is editable, from ~/here
	  mine, from git+file:///r@abc#egg=mine&subdirectory=s
	  near, from ~/near
	  repo, from git+https://example.invalid/r@abc
	  say -y to have that, or --no-packages
	END
	run --separate-stderr venv recreate env </dev/null
	assert_equal "$status" 1
	grep -v '==' <<<"$stderr" | diff expected -
	assert_equal "${stderr_lines[1]}" "  from pip's index: p100==1.0, p101==1.0, p102==1.0, p103==1.0, p104==1.0,"
	assert_equal "$(grep -c '^    p' <<<"$stderr")" 14
	in_shell < <(printf '%s\n' 'command venv recreate env^J' '^:[y/N]' '^>n')
	on_screen '  repo, from git+https://example.invalid/r@abc'
	on_screen 'venv: recreate it with these, by CPython '
}

@test "one whose Python is gone is read from its metadata" {
	make_env env
	put_direct env one 1.0
	rm env/bin/python*
	ln -s /nonexistent/python3 env/bin/python3
	ln -s python3 env/bin/python
	sed -i 's|^home = .*|home = /nonexistent|; s|^executable = .*|executable = /nonexistent/python3|' \
		env/pyvenv.cfg
	PATH=$PATH:/usr/bin recreate -q env
	says ''
	has env one=1.0
	usable env
}

@test "one whose base became another version has its packages again" {
	local minor
	make_env env
	minor=$(cd env/lib && echo python*)
	[[ $(readlink -f env/bin/python) == */"$minor" ]] ||
		skip "the name of $PYTHON says no version"
	put_direct env one 1.0
	mv "env/lib/$minor" env/lib/python3.6
	sed -i 's/^version = .*/version = 3.6.9/' env/pyvenv.cfg
	run --separate-stderr venv run -e ./env true
	whole
	refused venv 4 "it was made for Python 3.6, and its bin/python leads to ${minor#python}; make it anew"
	recreate -q env
	says ''
	has env one=1.0
	usable env
}

@test "one that was given another Python has its packages again" {
	local minor
	venv create -q env
	put_direct env one 1.0
	minor=$(cd env/lib && echo python*)
	mv "env/lib/$minor" env/lib/python3.6
	# What `python -m venv --upgrade` of the new one leaves.
	venv create -q -p "$PYTHON" --upgrade env
	[[ -d env/lib/$minor/site-packages/pip ]]
	recreate -q env
	says ''
	has env one=1.0
	# What is installed for it is all there is.
	mkdir -p env/lib/python3.6/site-packages/two-1.0.dist-info
	printf 'Name: two\nVersion: 1.0\n' >env/lib/python3.6/site-packages/two-1.0.dist-info/METADATA
	recreate -q env
	says ''
	[[ ! -e $(site_of env)/two-1.0.dist-info ]]
	has env one=1.0
}

@test "what comes with an older Python may have been installed for a newer one" {
	interpreter 3.12
	share_image "$INTERPRETER"
	venv create -q -p "$INTERPRETER" env
	put_direct env setuptools 60.0
	recreate -q -p "$PYTHON" env
	says ''
	[[ -d $(site_of env)/setuptools-60.0.dist-info ]]
}

@test "one without a readable pyvenv.cfg keeps its packages" {
	make_env env
	put_direct env one 1.0
	printf '\377\376 = \0\n' >env/pyvenv.cfg
	recreate -q -y env
	says ''
	has env one=1.0
}

# --- strangers

@test "a pyvenv.cfg chooses no program in an environment of somebody else's" {
	put_trap "$HOME/evil/python3"
	put_trap "$HOME/evil/python"
	put_trap 1.2
	put_trap 2
	put_trap evil/bin/python3
	make_env first
	put_package first one 1.0
	put_trap first/bin/python
	put_trap first/bin/python3
	local n=0 version
	for version in 3.11 1.2 2 evil ./evil "$HOME/evil/python3" '' 3. \
		99999999999999999999999999999999999999 9.9; do
		printf 'home = %s\nexecutable = %s\nbase-executable = %s\nversion = %s\n' \
			"$HOME/evil" "$HOME/evil/python3" "$HOME/evil/python" "$version" \
			>first/pyvenv.cfg
		# One that was made anew is one's own.
		cp -R first "env$((++n))"
		recreate -q "env$n"
		assert_equal "$status" 1
		recreate -q -y --no-packages "env$n"
		((status < 2))
		not_run
	done
}

@test "nothing in an environment of somebody else's is run" {
	make_env first
	put_package first one 1.0
	local site name
	site=$(site_of first)
	echo "import os; open('$HOME/PWNED', 'w')" >"$site/evil.pth"
	for name in sitecustomize usercustomize pip json re importlib encodings; do
		echo "open('$HOME/PWNED', 'w')" >"$site/$name.py"
		cp "$site/$name.py" .
	done
	put_trap first/bin/pip
	mv first env
	rm env/bin/python*
	put_trap env/bin/python
	put_trap env/bin/python3
	recreate -q env
	refused venv 1 '/env may come from somebody else'
	not_run
	recreate -q -y env
	assert_success
	not_run
	has env one=1.0
	[[ ! -e $(site_of env)/evil.pth ]]
}

@test "a pip.conf of somebody else's is not obeyed" {
	make_env first
	put_direct first one 1.0
	mv first env
	put_trap "$HOME/evil"
	printf '[global]\npython = %s\n' "$HOME/evil" >env/pip.conf
	unchanged recreate -q -y env
	refused venv 1 'pip.conf may come from somebody else'
	unchanged recreate -q --no-packages env
	assert_equal "$status" 1
	not_run
	rm env/pip.conf
	recreate -q -y env
	says ''
}

@test "metadata that says other things installs nothing of them" {
	make_env env
	put_package env good 1.0
	local n=0 site text names=(
		'--index-url=http://evil' 'x; os_name' '-r /etc/passwd' '-e .' './x'
		'x @ file:///tmp' 'x[y]' 'x==1' '' ' ' $'\303\251' $'\377' '$(touch PWNED)'
		'${HOME}' 'x\' '.x' 'x-' "$(printf 'x%.0s' {1..5000})"
	) versions=(
		'1.0 --index-url=http://evil' '1 0' '' '-r' '1.0;x' '1.0\' '*' '>=1' '$(x)'
		"$(printf '1%.0s' {1..5000})" '1.0#x' '1@x'
	) urls=(
		'{"url": "file:///x\n--index-url=http://evil"}' '{"url": "-r /etc/passwd"}'
		'{"url": "https://x/y --index-url z"}' '{"url": "https://x/${HOME}"}'
		'{"url": "ext::sh -c touch% PWNED", "vcs_info": {"vcs": "git", "commit_id": "a"}}'
		'{"url": "https://x/y", "vcs_info": {"vcs": "git", "commit_id": "--upload-pack=x"}}'
		'{"url": "https://x/y", "vcs_info": {"vcs": "git", "commit_id": "-q"}}'
		'{"url": "https://x/y", "vcs_info": {"vcs": "x --y", "commit_id": "a"}}'
		'{"url": "https://x/y", "vcs_info": [1]}' '{"url": "https://x/y", "dir_info": 1}'
		'{' '[]' 'null' '""' '{"url": 1}' '{"url": null}' '' $'{"url": "\377"}'
		'{"url": "\ud800"}' '{"url": "https://x", "subdirectory": "\ud800"}'
		"{\"url\": \"https://x/$(printf 'y%.0s' {1..5000})\"}"
	)
	site=$(site_of env)
	for text in "${names[@]}"; do
		put_dist env "name$((n++)).dist-info" "Name: $text"$'\nVersion: 1.0\n'
	done
	for text in "${versions[@]}"; do
		put_dist env "version$n.dist-info" "Name: version$((n++))"$'\n'"Version: $text"$'\n'
	done
	for text in "${urls[@]}"; do
		put_dist env "url$n.dist-info" "Name: url$n"$'\nVersion: 1.0\n'
		printf '%s' "$text" >"$site/url$((n++)).dist-info/direct_url.json"
	done
	put_dist env nested.dist-info $'Name: nested\nVersion: 1.0\n'
	"$PYTHON" -c 'print("[" * 200000)' >"$site/nested.dist-info/direct_url.json"
	put_dist env huge.dist-info $'Name: huge\nVersion: 1.0\n'
	truncate -s 2G "$site/huge.dist-info/direct_url.json"
	put_dist env empty.dist-info ''
	put_dist env late.dist-info $'X: y\n\nName: late\nVersion: 1.0\n'
	echo relative >"$site/relative.egg-link"
	printf '/x\n--index-url=http://evil' >"$site/-r.egg-link"
	printf '%s\n' "/$(printf 'x%.0s' {1..3000})" >"$site/long.egg-link"
	: >"$site/nothing.egg-link"
	recreate -q env
	echo "$stderr"
	assert_success
	[[ $stderr == *'not installed again, for their metadata is not understood: '* ]]
	assert_equal "${#stderr_lines[@]} line" '1 line'
	[[ $stderr != *$'\377'* ]]
	assert_equal "$(grep -oE '(name|version|url)[0-9]+' <<<"$stderr" | sort -u | wc -l) lost" "$n lost"
	has env good=1.0
	assert_equal "$(cd "$(site_of env)" && echo *.dist-info)" good-1.0.dist-info
	[[ ! -e PWNED ]]
}

@test "metadata that has no end, or is no file, is not waited for" {
	make_env env
	put_direct env good 1.0
	local site
	site=$(site_of env)
	mkdir "$site"/{fifo,zero,sparse,dir,loop}.dist-info
	mkfifo "$site/fifo.dist-info/METADATA" "$site/fifo.egg-info" "$site/fifo.egg-link"
	ln -s /dev/zero "$site/zero.dist-info/METADATA"
	truncate -s 8G "$site/sparse.dist-info/METADATA"
	mkdir "$site/dir.dist-info/METADATA"
	ln -s METADATA "$site/loop.dist-info/METADATA"
	put_dist env url.dist-info $'Name: url\nVersion: 1.0\n'
	mkfifo "$site/url.dist-info/direct_url.json"
	(
		# AddressSanitizer has terabytes for itself.
		grep -q __asan_init "$STAGE/bin/venv" || ulimit -v 4000000
		timeout 30 venv recreate -q env 2>said
	)
	grep -q 'fifo.*loop.*sparse.*url.*zero' said
	has env good=1.0
}

@test "a prompt of somebody else's is one line of text" {
	make_env env
	local text
	for text in "'a\\nhome = /evil'" $'\377' "'unclosed" '"""' \
		"$(printf 'x%.0s' {1..5000})" $'\033[31m' '$(touch PWNED)'; do
		sed -i '/^prompt/d' env/pyvenv.cfg
		printf 'prompt = %s\n' "$text" >>env/pyvenv.cfg
		recreate -q env
		says ''
		assert_equal "$(grep -c '^home' env/pyvenv.cfg)" 1
		env/bin/python -c ''
		(. env/bin/activate)
	done
	[[ ! -e PWNED ]]
}
