# Projects as the tools make them, by their own documentation: where the
# environment is, and that entering the project activates it.  Of the tools
# nothing is run but what makes a project, once, and says where its own is.
#
# weight: 5

# shellcheck disable=SC2001,SC2016,SC2030,SC2031,SC2034,SC2053,SC2088,SC2103,SC2154,SC2164
# They are text; each test is a process; bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

VENV=$STAGE/bin/venv WHICH=$STAGE/bin/venv-which

# --- words of these tests

# at_home NAME: a sandbox that is the same directory in each test that says so,
# because tools put the path of a project into names; empty again.
at_home() {
	local BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR/$1
	rm -rf "$BATS_TEST_TMPDIR"
	mkdir -p "$BATS_TEST_TMPDIR"
	sandbox
	HOME_OF=$1
	# Nobody is asked for anything.
	export PIP_NO_INDEX=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
	export UV_OFFLINE=1 UV_NO_INDEX=1 UV_PYTHON_DOWNLOADS=never
	export UV_PYTHON=$PYTHON VIRTUALENV_NO_PERIODIC_UPDATE=1 PIPENV_NOSPIN=1
	export PDM_CHECK_UPDATE=0 HATCH_PYTHON=$PYTHON
	# Nor are all Pythons tried, or a pip put into each environment, which are the
	# most of what a tool costs.
	export POETRY_VIRTUALENVS_USE_POETRY_PYTHON=true VIRTUALENV_NO_SEED=1
}

# project TOOL MAKER: a project of the tool's, made in ~/app by the function
# MAKER, once, and then copied to the same place; $own is what the tool itself
# has said of where its environment is.
project() {
	local made=$BATS_FILE_TMPDIR/$2.made
	at_home "$2"
	with_tool "$1"
	if [[ ! -d $made ]]; then
		(cd "$HOME" && "$2") >"$HOME/log" 2>&1 </dev/null ||
			{ cat "$HOME/log"; fail "$2 failed"; }
		cp -a "$HOME" "$made.new"
		mv "$made.new" "$made"
	else
		rm -rf "$HOME"
		cp -a "$made" "$HOME"
	fi
	own=
	[[ ! -e $HOME/own ]] || own=$(<"$HOME/own")
	cd "$HOME/app" || return
}

# version ENV: as its pyvenv.cfg says.
version() {
	sed -n 's/^version\(_info\)\{0,1\} = \([0-9.]*[0-9]\).*/\2/p' \
		"$1/pyvenv.cfg" | tail -n 1
}

# found ENV NAME: that is the answer here, which runs nothing.
found() {
	run --separate-stderr "$WHICH" -f '%p %n %v'
	says "$1 $2 $(version "$1")"
	command -v strace >/dev/null || return 0
	ASAN_OPTIONS=detect_leaks=0 strace -f -qq -e trace=execve,fork,clone \
		-o ../trace "$WHICH" --hook >../answer
	assert_equal "$(grep -c '(' ../trace)" 1
	grep -q "^set VIRTUAL_ENV $1\$" ../answer
}

# nothing: no environment is found here.
nothing() {
	run --separate-stderr "$WHICH" --any
	assert_equal "$status $output" '1 '
}

# lives ENV NAME: entering ~/app activates it, and leaving puts all back; status,
# list and doctor know it.
lives() {
	found "$1" "$2"
	cd "$HOME"
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV PATH
		show VENV_WHICH_NAME VENV_WHICH_VERSION
		venv doctor
		cd .. && show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$1")
	VENV_WHICH_NAME=$2
	VENV_WHICH_VERSION=$(version "$1")
	$(untouched)
	END
	on_screen 'no problems'
	cd app
	run --separate-stderr "$VENV" status
	assert_success
	assert_output --partial "$(short "$1")"
	assert_output --partial "name         $2"
	run --separate-stderr "$VENV" list
	assert_output --partial "$(short "$1")"
	assert_output --partial "this directory's"
}

# kept TOOL: so status says it.
kept() {
	run --separate-stderr "$VENV" status
	assert_success
	assert_line "found        kept by $1 for ~/app"
}

# --- uv

uv_sync() { uv init app && cd app && uv sync; }
uv_venv() { mkdir app && cd app && uv venv --prompt tool; }

@test "uv init and uv sync: .venv, by its prompt" {
	project uv uv_sync
	lives "$PWD/.venv" app
}

@test "uv venv, with --seed, --system-site-packages, and --relocatable" {
	project uv uv_venv
	[[ -d /usr/share/python-wheels ]] || skip 'no wheels to seed it with'
	lives "$PWD/.venv" tool
	UV_FIND_LINKS=/usr/share/python-wheels uv venv -q --clear --seed \
		--prompt seeded -p "$PYTHON"
	found "$PWD/.venv" seeded
	uv venv -q --clear --system-site-packages --prompt open
	grep -q '^include-system-site-packages = true' .venv/pyvenv.cfg
	found "$PWD/.venv" open
	# Whether it may be used is for trust.bats.
	uv venv -q --clear --relocatable --prompt moves
	run --separate-stderr "$WHICH" --any -f '%p %n'
	says "$PWD/.venv moves"
}

@test "uv: UV_PROJECT_ENVIRONMENT is asked beside pyproject.toml" {
	project uv uv_sync
	rm -r .venv
	export UV_PROJECT_ENVIRONMENT=../envs/mine
	nothing
	uv sync -q
	found "$HOME/envs/mine" app
	kept uv
	cd src
	found "$HOME/envs/mine" app
	cd ..
	UV_PROJECT_ENVIRONMENT=$HOME/envs/mine found "$HOME/envs/mine" app
	UV_PROJECT_ENVIRONMENT=$HOME/envs/other nothing
	rm pyproject.toml
	nothing
}

@test "uv: doctor tells where the variable and .venv are two" {
	project uv uv_sync
	UV_PROJECT_ENVIRONMENT=../mine uv sync -q
	cd "$HOME"
	in_shell <<-'END'
		cd app
		venv doctor
		export UV_PROJECT_ENVIRONMENT=../mine
		venv doctor
		show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$HOME/app/.venv"
	screen 2 | grep -q 'uv: uses the active environment'
	screen 4 | tr -d '\n' | grep -q 'uv: it uses ~/mine, as UV_PROJECT_ENVIRONMENT'
}

# --- poetry

poetry_new() {
	poetry new app && cd app && poetry_installs |
		sed 's|\(.*\) in \(.*\)|\2/\1|' >"$HOME/own"
}

# poetry_says: where poetry itself has it.  poetry_installs [OPTION...]: it makes
# one, and the name and the place that it says.
poetry_says() { poetry env info --path 2>/dev/null; }
poetry_installs() {
	poetry install --no-ansi "$@" 2>&1 | sed -n 's/^Creating virtualenv //p'
}

@test "poetry new and poetry install: in poetry's cache" {
	project poetry poetry_new
	[[ $own == "$HOME/.cache/pypoetry/virtualenvs/app-"????????-py* ]]
	lives "$own" "app-${own##*/app-????????-}"
	kept poetry
}

@test "poetry: it is the project's by its physical path, and no other's" {
	project poetry poetry_new
	ln -s app ../link
	cd ../link/src
	assert_equal "$("$WHICH")" "$own"
	cp -r ../../app ../../copy
	cd ../../copy
	nothing
}

@test "poetry: virtualenvs.in-project, by the name .venv" {
	project poetry poetry_new
	rm -r "$HOME/.cache/pypoetry/virtualenvs"
	printf '[virtualenvs]\nin-project = true\n' >poetry.toml
	assert_equal "$(poetry_installs)" "app in $PWD/.venv"
	run --separate-stderr "$WHICH"
	says "$PWD/.venv"
}

@test "poetry: virtualenvs.path, POETRY_VIRTUALENVS_PATH and POETRY_CACHE_DIR" {
	local own
	project poetry poetry_new
	poetry config virtualenvs.path '~/elsewhere'
	nothing
	assert_equal "$(poetry_installs)" "${own##*/} in $HOME/elsewhere"
	own=$HOME/elsewhere/${own##*/}
	assert_equal "$("$WHICH")" "$own"
	mv "$HOME/elsewhere" "$HOME/third"
	POETRY_VIRTUALENVS_PATH=$HOME/third
	export POETRY_VIRTUALENVS_PATH
	assert_equal "$("$WHICH" --any)" "$(poetry_says)"
	unset POETRY_VIRTUALENVS_PATH
	rm "$HOME/.config/pypoetry/config.toml"
	mkdir cache
	mv "$HOME/.cache/pypoetry/virtualenvs" cache
	nothing
	POETRY_CACHE_DIR=$PWD/cache
	export POETRY_CACHE_DIR
	assert_equal "$("$WHICH" --any)" "$(poetry_says)"
}

@test "poetry: of several the one of envs.toml, else of the newest Python" {
	local own
	project poetry poetry_new
	cp -a "$own" "${own%-py*}-py3.9"
	cp -a "$own" "${own%-py*}-py3.100"
	assert_equal "$("$WHICH" --any)" "${own%-py*}-py3.100"
	run poetry env use --no-ansi "$(readlink -f "$own/bin/python")"
	assert_output "Using virtualenv: $own"
	grep -q 'minor' "$HOME/.cache/pypoetry/virtualenvs/envs.toml"
	assert_equal "$("$WHICH")" "$own"
}

@test "poetry: a project that was called otherwise has the one of its new name" {
	local own new
	project poetry poetry_new
	sed -i.was 's/^name = "app"/name = "Zoo.App"/' pyproject.toml
	assert_equal "$("$WHICH" -f %n)" "app-$("$WHICH" -f py%V)"
	new=$(poetry_installs --no-root)
	[[ $new == zoo-app-????????-py*" in ${own%/*}" ]]
	new=${own%/*}/${new% in *}
	assert_equal "$("$WHICH")" "$new"
	sed -i.was 's/^name = "Zoo.App"/name = "app"/' pyproject.toml
	assert_equal "$("$WHICH")" "$own"
	[[ $new != "$own" ]]
}

@test "poetry: what is installed meanwhile is active at the next prompt" {
	local own
	project poetry poetry_new
	mv "$HOME/.cache/pypoetry/virtualenvs" "$HOME/aside"
	mv poetry.lock "$HOME"
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
		mv ../aside ~/.cache/pypoetry/virtualenvs; mv ../poetry.lock .

		show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV unset
	VIRTUAL_ENV=$own
	END
}

# --- hatch

hatch_create() {
	mkdir app && cd app
	printf '%s\n' '[project]' 'name = "My_App.x"' 'version = "1"' \
		'[tool.hatch.envs.default]' 'skip-install = true' >pyproject.toml
	hatch env create && hatch env find >"$HOME/own"
}

@test "hatch env create: in hatch's data directory" {
	project hatch hatch_create
	lives "$own" my-app-x
	assert_equal "$own" \
		"$(echo "$HOME"/.local/share/hatch/env/virtual/my-app-x/*/my-app-x)"
	kept hatch
}

@test "hatch: dirs.env.virtual, HATCH_DATA_DIR, a path, and no project table" {
	local own
	project hatch hatch_create
	rm -r "$own"
	cat pyproject.toml >../kept
	# $1 is what to look at, and where it is looked for there.
	agrees() {
		hatch env create >/dev/null 2>&1
		# It is the only one.
		own=$(find "$HOME" -name pyvenv.cfg)
		own=${own%/pyvenv.cfg}
		[[ $own == $1 ]] || fail "$own is not $1"
		# Of one right in the project it writes a redirect.
		rm -f .venv
		assert_equal "$("$WHICH")" "$own"
		rm -r "$own"
		nothing
	}
	agrees "$HOME/.local/*"
	HATCH_DATA_DIR=$HOME/data agrees "$HOME/data/env/virtual/*"
	HATCH_ENV_TYPE_VIRTUAL_PATH=../there agrees "$HOME/there"
	hatch config set dirs.env.virtual .hatch
	agrees "$PWD/.hatch/my-app-x"
	hatch config set dirs.env.virtual "$HOME/all"
	agrees "$HOME/all/my-app-x/*"
	hatch config set dirs.env.virtual "$HOME/.virtualenvs"
	agrees "$HOME/.virtualenvs/my-app-x"
	sed '/^\[project\]/,/^version/d' ../kept >pyproject.toml
	agrees "$HOME/.virtualenvs/app"
	echo 'path = "own"' >>pyproject.toml
	agrees "$PWD/own"
}

# --- pipenv

pipenv_install() {
	mkdir app && cd app && pipenv install 2>&1 |
		sed -n 's/^Virtualenv location: //p' >"$HOME/own"
}

# With a pip in it, as it comes.
pipenv_python() {
	mkdir app && cd app &&
		env -u VIRTUALENV_NO_SEED pipenv --python "$PYTHON" 2>&1 |
		sed -n 's/^Virtualenv location: //p' >"$HOME/own"
}

@test "pipenv install: in ~/.local/share/virtualenvs" {
	project pipenv pipenv_install
	lives "$own" app
	kept pipenv
	PIPENV_VENV_IN_PROJECT=1 nothing
}

@test "pipenv: WORKON_HOME, names of one's own, and odd names of projects" {
	local own
	project pipenv pipenv_install
	agrees() {
		own=$(pipenv --python "$PYTHON" 2>&1 | sed -n 's/^Virtualenv location: //p')
		[[ $own == $1 ]] || fail "$own is not $1"
		assert_equal "$("$WHICH" --any)" "$own"
	}
	WORKON_HOME=$HOME/work agrees "$HOME/work/app-????????"
	PIPENV_CUSTOM_VENV_NAME=mine agrees "$HOME/.local/share/virtualenvs/mine"
	mkdir '../it is [odd] $(x), and its name is longer than that'
	cp Pipfile ../it*
	cd ../it*
	agrees "$HOME/.local/share/virtualenvs/it_is__odd____x_,_and*-????????"
}

@test "pipenv: one that is made meanwhile is active at the next prompt" {
	local own
	project pipenv pipenv_install
	mv "$own" "$HOME/aside"
	in_shell <<-END
		cd app
		show VIRTUAL_ENV
		mv ../aside '$own'

		show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV unset
	VIRTUAL_ENV=$own
	END
}

# --- pdm

pdm_init() { mkdir app && cd app && pdm init -n; }

@test "pdm init: .venv" {
	project pdm pdm_init
	lives "$PWD/.venv" "app-$(version .venv | sed 's/\.[0-9]*$//')"
}

@test "pdm: one of its directory, which .pdm-python names" {
	local own
	project pdm pdm_init
	rm -r .venv
	nothing
	PDM_VENV_IN_PROJECT=0 pdm venv create -n dev "$PYTHON" >/dev/null 2>&1
	own=$(echo "$HOME"/.local/share/pdm/venvs/app-*-dev)
	nothing
	pdm use -f --venv dev >/dev/null 2>&1
	found "$own" "$(sed -n 's/^prompt = "*\([^"]*\).*/\1/p' "$own/pyvenv.cfg")"
	kept pdm
	# A Python that is in none, and what says nothing.
	echo "$PYTHON" >.pdm-python
	nothing
	echo bin >.pdm-python
	nothing
	: >.pdm-python
	nothing
}

# --- pyenv

@test "pyenv-virtualenv: the name in .python-version, unless its hook is on" {
	at_home pyenv
	mkdir -p .pyenv/versions/3.11.7/bin app
	make_env .pyenv/versions/3.11.7/envs/tools
	ln -s 3.11.7/envs/tools .pyenv/versions/tools
	cd app
	printf '3.11.7\ntools\n' >.python-version
	found "$HOME/.pyenv/versions/tools" tools
	kept pyenv
	PYENV_VIRTUALENV_INIT=1 nothing
	PYENV_ROOT=$HOME/other nothing
	PYENV_ROOT=$HOME/.pyenv found "$HOME/.pyenv/versions/tools" tools
	echo ../tools >.python-version
	nothing
}

# --- link and list

# link_leads ENV: venv link without a name writes a redirect to that.
link_leads() {
	run --separate-stderr "$VENV" link
	says "linked ~/app/.venv to $(short "$1")"
	[[ $(<.venv) == "$1" ]]
	assert_equal "$("$WHICH")" "$1"
	"$VENV" status | grep -q 'by the redirect'
	rm .venv
}

@test "venv link leads to what poetry, hatch and pipenv keep for the project" {
	project poetry poetry_new
	link_leads "$own"
	project hatch hatch_create
	link_leads "$own"
	project pipenv pipenv_install
	link_leads "$own"
	mkdir sub
	cd sub
	run --separate-stderr "$VENV" link
	whole
	refused venv 1 "link: no tool keeps an environment for $PWD; name one:"
	[[ ! -e .venv ]]
}

@test "venv link: of several it names them, or has one chosen at a terminal" {
	local own docs
	project hatch hatch_create
	printf '[tool.hatch.envs.docs]\nskip-install = true\n' >>pyproject.toml
	hatch env create docs >/dev/null 2>&1
	docs=$(hatch env find docs)
	[[ -e $docs/pyvenv.cfg && $docs != "$own" ]]
	assert_equal "$("$WHICH")" "$own"
	run --separate-stderr "$VENV" link </dev/null
	assert_equal "$status $output" '1 '
	assert_equal "${#stderr_lines[@]}" 3
	assert_equal "${stderr_lines[1]}" \
		"  say which: venv link $(short "$own")"
	assert_equal "${stderr_lines[2]}" "  or: venv link $(short "$docs")"
	in_shell <<-'END'
		cd app
		venv link^J
		^:environment:
		^>docs
		show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV=$docs
	END
}

@test "venv link also knows a named one that has noted this project" {
	at_home noted
	make_env .virtualenvs/tools
	mkdir app
	cd app
	echo "$PWD" >"$HOME/.virtualenvs/tools/.project"
	link_leads "$HOME/.virtualenvs/tools"
}

@test "venv list -a lists what the tools keep and what was used, each once" {
	local own
	project pipenv pipenv_install
	make_env "$HOME/.virtualenvs/tools"
	make_env "$HOME/.cache/pypoetry/virtualenvs/lib-AAAAAAAA-py3.11"
	make_env "$HOME/.local/share/hatch/env/virtual/x/BBBBBBBB/x"
	make_env "$HOME/.pyenv/versions/3.11.7/envs/old"
	ln -s 3.11.7/envs/old "$HOME/.pyenv/versions/old"
	make_env "$HOME/used/.venv"
	mkdir -p "$HOME/.local/state/venv-which"
	printf '%s\n' "$HOME/used/.venv" "$own" >"$HOME/.local/state/venv-which/recent"
	run --separate-stderr "$VENV" list
	assert_equal "${#lines[@]}" 2
	cd ..
	run --separate-stderr "$VENV" list -a
	assert_success
	assert_equal "$stderr" ''
	assert_equal "$(sed 's/^  \([^ ]*\) .*  (/\1 (/' <<<"$output")" "$(cat <<-END
		tools (named)
		lib-AAAAAAAA-py3.11 (kept by poetry)
		x (kept by hatch)
		app (kept by pipenv, of ~/app)
		old (kept by pyenv)
		used (used before)
	END
	)"
	run --separate-stderr "$VENV" list -a --json
	assert_equal "$("$PYTHON" -c '
import json, sys
for e in json.load(sys.stdin):
    print(e["name"], e["tool"], e["project"])' <<<"$output")" "$(cat <<-END
		tools None None
		lib-AAAAAAAA-py3.11 poetry None
		x hatch None
		app pipenv $HOME/app
		old pyenv None
		used None $HOME/used
	END
	)"
	run --separate-stderr "$VENV" --complete -- pick ''
	assert_line --regexp '^lib-AAAAAAAA-py3.11	'
	mkdir -p .config/venv-which
	echo 'tools = poetry' >.config/venv-which/config
	run --separate-stderr "$VENV" list -a
	assert_equal "${#lines[@]}" 4
}

# --- what is for a tool alone

@test "environments of tox, nox and pre-commit are not activated" {
	at_home others
	with_tool tox nox pre-commit
	mkdir app
	cd app
	printf '[tox]\nskipsdist = true\n[testenv]\ncommands = python -V\n' >tox.ini
	tox -q -e py >../log 2>&1
	[[ -e .tox/py/pyvenv.cfg ]]
	nothing
	printf '%s\n' 'import nox' '@nox.session' 'def t(session): session.run("python")' \
		>noxfile.py
	nox -s t >../log 2>&1 </dev/null
	[[ -e .nox/t/pyvenv.cfg ]]
	nothing
	run --separate-stderr "$WHICH" -C .nox --any
	assert_equal "$status $output" '1 '
	# Who goes into one is in an environment.
	assert_equal "$("$WHICH" -C .nox/t/bin)" "$PWD/.nox/t"
}

@test "nor is one that pre-commit keeps in its cache" {
	local made
	at_home precommit
	with_tool pre-commit
	need_git
	[[ -d /usr/share/python-wheels ]] || skip 'no setuptools to install with'
	mkdir app
	cd app
	git init -q
	printf '%s\n' 'repos:' '- repo: local' '  hooks:' '  - id: x' '    name: x' \
		'    language: python' '    entry: python -V' >.pre-commit-config.yaml
	git add -A
	# It has a pip for that, which is compiled.
	pip_image
	PYTHONPATH=$(echo "$made"/*/tree) PIP_NO_COMPILE=1 \
		PIP_FIND_LINKS=/usr/share/python-wheels pre-commit install-hooks >../log 2>&1
	compgen -G "$HOME/.cache/pre-commit/*/*/pyvenv.cfg"
	nothing
}

# --- trust

@test "what a tool keeps is judged as all else is" {
	local own
	project pipenv pipenv_install
	chmod o+w "$own/bin"
	run --separate-stderr "$WHICH"
	refused venv-which 3 'its bin may be written by'
	chmod o-w "$own/bin"
	chmod o+w Pipfile
	run --separate-stderr "$WHICH"
	refused venv-which 3 'the file that it is found by may be written by'
	chmod o-w Pipfile
	mv "$own" "$own.was"
	cp -a "$own.was" "$own"
	found "$own" app
	make_env "$HOME/b/other"
	rm -r "$own"
	mv "$HOME/b/other" "$own"
	run --separate-stderr "$WHICH"
	refused venv-which 3 'it was made at'
}

@test "the commands know it: run, deny and allow, recreate, remove" {
	local own
	project pipenv pipenv_python
	[[ -x $own/bin/pip ]]
	run --separate-stderr "$VENV" run python -c 'import sys; print(sys.prefix)'
	says "$own"
	"$VENV" deny >/dev/null
	run --separate-stderr "$WHICH"
	refused venv-which 3 'you denied it'
	"$VENV" allow >/dev/null
	found "$own" app
	"$VENV" allow --forget >/dev/null
	(share_cache && "$VENV" recreate -y --no-packages -p "$PYTHON")
	found "$own" app
	[[ ! -e .venv ]]
	# It has to be named, and the project's file stays.
	run --separate-stderr "$VENV" remove -y
	assert_failure
	run --separate-stderr "$VENV" remove -y .
	assert_success
	[[ -e Pipfile && ! -e $own/pyvenv.cfg ]]
	nothing
}

# obeys ENV: run, deny and allow, recreate and remove work on it, in ~/app.
obeys() {
	run --separate-stderr "$VENV" run python -c 'import sys; print(sys.prefix)'
	says "$1"
	"$VENV" deny >/dev/null
	run --separate-stderr "$WHICH"
	refused venv-which 3 'you denied it'
	"$VENV" allow --forget >/dev/null
	"$VENV" recreate -q -y --no-packages -p "$PYTHON"
	assert_equal "$("$WHICH")" "$1"
	"$VENV" run python -c 'import sys; assert sys.prefix != sys.base_prefix'
	"$VENV" remove -q -y "$1"
	[[ ! -e $1/pyvenv.cfg && -e pyproject.toml ]]
	nothing
}

@test "and so they do of what uv has made" {
	project uv uv_sync
	obeys "$PWD/.venv"
}

@test "and of what poetry keeps" {
	project poetry poetry_new
	obeys "$own"
}

@test "and of what hatch keeps" {
	project hatch hatch_create
	obeys "$own"
}

@test "and of what pdm has made" {
	project pdm pdm_init
	obeys "$PWD/.venv"
}

# --- the tools themselves, where theirs is active

# inside ENV COMMAND...: in a shell that is in ~/app, where ENV is active, each
# command does what it does, and says no word of VIRTUAL_ENV.
inside() {
	local own=$1 command
	cd "$HOME"
	{
		echo 'cd app; show VIRTUAL_ENV'
		for command in "${@:2}"; do
			echo "$command >>~/told 2>&1; show status"
		done
	} >../lines
	in_shell <../lines
	{
		echo "VIRTUAL_ENV=$own"
		printf 'status=0%.0s\n' "${@:2}"
	} >../expected
	cat told
	shown <../expected
	! grep -E 'VIRTUAL_ENV|[Vv]irtual environment|[Ww]arning' told ||
		fail 'it has a word about it'
}

# told LINE: among what they said, for they may have to build or install first.
told() { grep -qxF -e "$1" told || fail "not told: $1"; }

@test "uv run, uv sync and uv pip install say no word of it" {
	project uv uv_sync
	make_wheel "$HOME/wheels" thing 1.0
	# That would be another one.
	unset UV_PYTHON
	inside "$PWD/.venv" 'uv run python -c "import sys; print(sys.prefix)"' \
		'uv sync' 'uv pip install ~/wheels/thing-1.0-py3-none-any.whl' 'uv run thing'
	told "$HOME/app/.venv"
	assert_equal "$(tail -n 1 told)" 1.0
}

@test "nor does uv where its variable says where it is" {
	project uv uv_sync
	rm -r .venv
	export UV_PROJECT_ENVIRONMENT=../mine
	uv sync -q
	inside "$HOME/mine" 'uv run python -c "import sys; print(sys.prefix)"' 'uv sync'
	told "$HOME/mine"
}

@test "nor do poetry run and poetry install" {
	local own
	project poetry poetry_new
	inside "$own" 'poetry run python -c "import sys; print(sys.prefix)"' \
		'poetry install'
	told "$own"
}

@test "nor does pipenv run with PIPENV_VERBOSITY=-1, as doctor says" {
	local own
	project pipenv pipenv_install
	cd "$HOME"
	in_shell <<-'END'
		cd app
		pipenv run true 2>~/said; show status
		venv doctor
	END
	shown <<<status=0
	# That is the notice, for any environment that is active.
	grep -q 'Courtesy Notice' said
	on_screen 'pipenv: says at each run that an environment is active, and uses it; PIPENV_VERBOSITY=-1 ends that'
	: >"$OUT"
	export PIPENV_VERBOSITY=-1
	cd app
	inside "$own" 'pipenv run python -c "import sys; print(sys.prefix)"'
	assert_equal "$(tail -n 1 told)" "$own"
}

# --- settings, and what it costs

@test "whatever a project's files hold, nothing breaks and nobody waits" {
	local file
	at_home odd
	mkdir -p .cache/pypoetry/virtualenvs .cache/pdm .pyenv/versions \
		.config/hatch .local/share/virtualenvs app
	: >.config/hatch/config.toml
	cd app
	for file in pyproject.toml Pipfile .pdm-python .python-version; do
		mkfifo "$file"
	done
	run timeout 20 "$WHICH" --any
	assert_equal "$status" 1
	rm -f ./* .p*
	for file in pyproject.toml Pipfile .pdm-python .python-version; do
		head -c 300000 /dev/zero | tr '\0' '/' >"$file"
	done
	run timeout 20 "$WHICH" --any
	assert_equal "$status" 1
	printf '[project]\nname = "../../../x"\n' >pyproject.toml
	printf '../../x/bin/python\n' >.pdm-python
	printf '.. . ../x a/b\n' >.python-version
	run --separate-stderr "$WHICH" --any
	assert_equal "$status $output" '1 '
}

@test "the setting tools says which are looked for" {
	local own config
	project pipenv pipenv_install
	config=$HOME/.config/venv-which/config
	mkdir -p "${config%/*}"
	echo 'tools = uv poetry' >"$config"
	nothing
	echo 'tools = none' >"$config"
	nothing
	echo 'tools = uv pipenv' >"$config"
	found "$own" app
	echo 'tools =' >"$config"
	found "$own" app
	run "$VENV" doctor
	refute_output --partial tools
	echo 'tools = poetry, pipenv' >"$config"
	run "$VENV" doctor
	assert_output --partial 'line 1: `tools` has a tool that is not known'
}

# looks: how often a file below the home directory was looked at, and which.
looks() {
	ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o ../trace "$WHICH" --hook \
		>../answer || true
	grep -oE "\"$HOME/[^\"]*\"" ../trace | grep -vE 'venv-which|/app' | sort
}

@test "who uses no such tool pays one look for each, however deep" {
	at_home none
	need_strace
	mkdir -p app/2/3/4/5
	touch app/pyproject.toml app/Pipfile app/2/pyproject.toml
	cd app
	assert_equal "$(looks | uniq -c | awk '{ print $1 }' | sort -u)" 1
	assert_equal "$(looks | wc -l)" 5
	cd 2/3/4/5
	assert_equal "$(looks | wc -l)" 5
	# And none where the project has its own.
	cd "$HOME/app"
	make_env .venv
	looks >../looked
	run grep -vxF "\"$HOME/.git\"" ../looked
	assert_output ''
}
