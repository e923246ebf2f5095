# Which Python `venv create` takes where a project demands one, and what is said
# of an environment that is not for it any longer.

# shellcheck disable=SC2016,SC2030,SC2031,SC2059,SC2088,SC2153,SC2154 # text; each test is a process

load helper
bats_require_minimum_version 1.5.0

# There are no Pythons but those that a test puts somewhere.
setup() {
	sandbox
	export PYENV_ROOT=$HOME/pyenv UV_PYTHON_INSTALL_DIR=$HOME/uv
	mkdir work bin
	WORDS=$STAGE/bin:$HOME/bin
	cd work || return
}

# --- words of these tests

# fake FILE VERSION [IMPLEMENTATION]: a program that says it were such a Python,
# and keeps a list of those that were run.
fake() {
	mkdir -p "${1%/*}"
	put_program "$1" "echo '${1/"$HOME"/\~}' >>'$HOME/ran'
printf '%s\n' 'venv-which facts' 'base $1' 'real $1' 'version $2' \
	'implementation ${3-CPython}' 'deps pip' 'site lib/x' end"
}
in_path() { fake "$HOME/bin/$1" "${@:2}"; }
in_pyenv() { fake "$PYENV_ROOT/versions/$1/bin/python3" "${@:2}"; }
in_uv() { fake "$UV_PYTHON_INSTALL_DIR/$1/bin/python3" "${@:2}"; }
ran() { assert_equal "$(sort "$HOME/ran" 2>/dev/null)" "$1"; }

# asks SPECIFIERS: that is what pyproject.toml demands.
asks() { printf '[project]\nname = "app"\nrequires-python = "%s"\n' "$1" >pyproject.toml; }
pin() { printf -- "$1\n" >.python-version; }

# As `run --separate-stderr` does it, but with no process besides; there are many.
create() {
	: >"$HOME/ran"
	# What it has heard of a Python before, it does not know.
	export XDG_CACHE_HOME=$HOME/cache.$((++CACHES))
	output=$(PATH=$WORDS exec "$STAGE/bin/venv" create --without-pip "$@" 2>"$HOME/said") &&
		status=0 || status=$?
	stderr=$(<"$HOME/said")
}
# takes WHAT: that would be made, and nothing else is said.
takes() {
	create --dry-run
	assert_equal "$stderr" ''
	assert_output "would create ~/${PWD#"$HOME"/}/.venv ($1)"
}
# warns WHAT LINE...: the same, and these lines are said.
warns() {
	create --dry-run
	assert_equal "$stderr" "$(printf '%s\n' "${@:2}")"
	assert_output "would create ~/${PWD#"$HOME"/}/.venv ($1)"
}
# fails LINE...: these lines are said, and nothing is made.
fails() {
	create
	assert_equal "$stderr" "$(printf '%s\n' "$@")"
	assert_equal "$status" 1
	assert_output ''
	[[ ! -e .venv ]]
}

# env_of VERSION: .venv is of that Python, as far as anybody can tell.
env_of() {
	rm -rf .venv
	make_bare_env .venv
	make_place .venv
	printf 'home = %s\nversion = %s\n' "${PYTHON%/*}" "$1" >.venv/pyvenv.cfg
}
misfit() { find_misfit && echo "$MISFIT"; }
find_misfit() {
	local said
	said=$(exec venv status --json)
	[[ $said =~ '"misfit": '(.*)' }'$ ]]
	MISFIT=${BASH_REMATCH[1]}
}

# as_oracle <LINES: of each line, version, yes or no, and specifiers, we say so.
as_oracle() {
	local version fits specifiers n=0 wrong=''
	while IFS=$'\t' read -r version fits specifiers; do
		printf 'home = /usr/bin\nversion = %s\n' "$version" >.venv/pyvenv.cfg
		printf "$1" "$specifiers" >pyproject.toml
		find_misfit
		case $fits$MISFIT in
		yesnull | no\"*) ;;
		*) wrong+="$version $fits $specifiers"$'\n' ;;
		esac
		n=$((n + 1))
	done
	assert_equal "$wrong" ''
	((n > 100)) || fail "only $n lines"
}

# --- version specifiers

@test "specifiers mean what PEP 440 says" {
	local line version specifiers
	env_of 3.11.2
	while read -r line; do
		for version in ${line%%:*}; do
			specifiers=${line#*: }
			asks "${specifiers#not }"
			printf 'home = /usr/bin\nversion = %s\n' "$version" >.venv/pyvenv.cfg
			find_misfit
			if [[ $specifiers == 'not '* ]]; then
				assert_equal "$line $MISFIT" "$line \"requires-python ${specifiers#not }\""
			else
				assert_equal "$line $MISFIT" "$line null"
			fi
		done
	done <<-'END'
		3.11.0 3.11.2 3.99.0 4.0.0: >=3.11
		3.10.99 3.9.0 2.7.18: not >=3.11
		3.11.0 3.0.0: <=3.11
		3.11.1: not <=3.11
		3.11.1 3.12.0: >3.11
		3.11.0: not >3.11
		3.10.99: <3.11
		3.11.0: not <3.11
		3.11.0: ==3.11
		3.11.0: ==3.11.0.0
		3.11.1: not ==3.11
		3.11.1: !=3.11
		3.11.0 3.11.99: ==3.11.*
		3.12.0 3.1.11: not ==3.11.*
		3.12.0: !=3.11.*
		3.8.0 3.99.1: ~=3.8
		4.0.0 3.7.9: not ~=3.8
		3.8.1 3.8.99: ~=3.8.1
		3.9.0 3.8.0: not ~=3.8.1
		3.11.2: ===3.11.2
		3.11.2: not ===3.11
		3.11.2: >=3.8,<4,!=3.9.7
		3.9.7 4.0.0: not >=3.8,<4,!=3.9.7
		3.11.2:   >= 3.8 ,  < 4 ,
		3.11.2: >=3.8,
		3.11.2: >=v3.8
		3.11.2: >=3
		3.11.2: ==3.*
		3.13.0: >=3.13.0rc1
		3.13.0: >=3.13.0.dev0
		3.13.0: >3.13a1
		3.13.0: not <3.13.0a1
		3.13.0: not >=3.13.0.post1
		3.13.0: <3.13.post1
		3.14.0rc1 3.14.0b2 3.14.0a1.dev3: >=3.14
		3.11: >=3.11.4
		3.11: not >=3.12
	END
}

@test "specifiers mean what pip takes them for" {
	interpreter 3.12
	env_of 3.11.2
	"$INTERPRETER" - <<-'END' >lines
		import itertools, random
		from pip._vendor.packaging.specifiers import SpecifierSet
		random.seed(1)
		versions = ['2.7.18', '3.0.0', '3.8.0', '3.8.10', '3.9.7', '3.11.2', '3.12.1', '3.13.0', '4.0.0']
		numbers = ['3', '3.8', '3.8.10', '3.9.7', '3.11', '3.11.2', '3.13', '3.13.0rc1', '3.13.0.dev1',
		           '3.12.1.post1', '4', '4.0.0a1', '2.7', '3.11.2.0', '3.11.2.1']
		ops = ['>=', '<=', '>', '<', '==', '!=', '~=', '===']
		single = [op + n for op in ops for n in numbers if op != '~=' or '.' in n]
		single += [op + n + '.*' for op in ('==', '!=') for n in ('3', '3.8', '3.11', '3.11.2', '3.12')]
		several = [','.join(random.sample(single, k)) for k in (2, 3) for _ in range(30)]
		for spec in single + several:
		    for version in random.sample(versions, 3):
		        fits = SpecifierSet(spec).contains(version, prereleases=True)
		        print(version, 'yes' if fits else 'no', spec, sep='\t')
	END
	as_oracle '[project]\nrequires-python = "%s"\n' <lines
}

@test "poetry's specifiers mean what poetry takes them for" {
	with_tool poetry
	env_of 3.11.2
	"$TOOLS/poetry/bin/python" - <<-'END' >lines
		from poetry.core.constraints.version import parse_constraint, Version
		versions = ['2.7.18', '3.0.0', '3.8.0', '3.9.7', '3.10.0', '3.10.2', '3.11.2', '3.12.1', '4.0.0']
		for spec in ['*', '3.10', '==3.10', '=3.10.2', '~3.10', '~3', '^3.10', '^3', '3.10.*', '3.*', '>=3.8 <3.12',
		             '>=3.8,<3.9 || >=3.11', '^3.10.2', '~3.10.2', '^0.3', '^0.0.3', '>=3.8.*', '<3.10|>3.11',
		             '~2.7 || ^3.6', '>= 3.10', '^3.8, !=3.9.7', '!=3.9.*', '~=3.8', '^3.10 || 3.9.7', '>3.8, <=3.11.2']:
		    for version in versions:
		        fits = parse_constraint(spec).allows(Version.parse(version))
		        print(version, 'yes' if fits else 'no', spec, sep='\t')
	END
	as_oracle '[tool.poetry.dependencies]\npython = "%s"\n' <lines
	env_of 3.11.2
	printf '[tool.poetry.dependencies]\npython = "^3.13"\n' >pyproject.toml
	assert_equal "$(misfit)" "\"poetry's python ^3.13\""
}

@test "what is no specifier is said, and the default is taken" {
	in_path python3 3.11.2
	local text
	for text in '>>3' '=>3.8' '3.8' '^3.8' '>=' '>=3.8.*' '~=3' '~=3.*' '>=3.8 <4' '>=3.8;<4' '== 3.8 .*' \
		'>=1!3' '>=3.8+local' '>=3.8a.*' '>=3.x' '*' '>=three' '>=3.8,<' '>=99999999999999999999999' \
		'>=3.1.1.1.1.1.1.1' '>=3.8 || <3' '>= "3.8"' $'>=3.8\302\240'; do
		asks "${text//\"/\\\"}"
		warns 'CPython 3.11.2' "venv: create: ~/work/pyproject.toml: this demand is not understood: $text" \
			'  the default Python is taken; to take another one: -p PYTHON'
	done
	asks ''
	takes 'CPython 3.11.2'
	asks "$(printf '>=3.8,%.0s' {1..100})"
	create --dry-run
	[[ $stderr == *'is not understood, up to where requires-python would be'* ]]
	assert_success
}

# --- pyproject.toml

# reads TEXT...: requires-python is found in each; overlooks: in none; garbles: it
# cannot be told.
reads() {
	local text
	for text; do
		printf "$text" >pyproject.toml
		echo "text: $(<pyproject.toml)"
		takes 'CPython 3.12.1, for requires-python ==3.12.*'
	done
}
overlooks() {
	local text
	for text; do
		printf "$text" >pyproject.toml
		echo "text: $(<pyproject.toml)"
		takes 'CPython 3.11.2'
	done
}
garbles() {
	local text
	for text; do
		printf "$text" >pyproject.toml
		echo "text: $(<pyproject.toml)"
		warns 'CPython 3.11.2' \
			'venv: create: ~/work/pyproject.toml is not understood, up to where requires-python would be' \
			'  the default Python is taken; to take another one: -p PYTHON'
	done
}

@test "pyproject.toml is read as TOML, whatever else is in it" {
	in_path python3 3.11.2
	in_path python3.12 3.12.1
	local key='requires-python = "==3.12.*"' other='requires-python = "==3.13.*"'
	reads "[project]\n$key\n" "[project]\n$key" "[project]\r\n$key\r\n" "\357\273\277[project]\n$key\n" \
		"  [ project ]  # a comment\n\t$key # another\n" "[\"project\"]\n'requires-python'='==3.12.*'\n" \
		"project.$key\n" "project . \"requires-python\" = '==3.12.*'\n" \
		"# [other]\n[project]\n# $other\n$key\n" \
		"[other]\n$other\n[project]\n$key\n$other\n" \
		"[project]\nname = \"x # y\" # z\n$key\n" \
		"[project]\ndescription = \"\"\"\n$other\n[other]\n\\\\\"\"\"\n\"\"\"\n$key\n" \
		"[project]\ndescription = '''\n$other\n[other]'''''\n$key\n" \
		"[project]\ndescription = \"\"\"\"quoted\"\"\"\"\"\n$key\n" \
		"[project]\ndependencies = [\n  \"a\", # ]\n  'b]',\n  [\"\"\"\n]\"\"\"],\n]\n$key\n" \
		"[project]\nurls = { a = \"}\", b = '{' }\n$key\n" \
		"[project]\n\"quoted\\\\\"key\" = 1\n$key\n" \
		"[project]\nn = 1979-05-27T07:32:00Z\nf = -1e6\nb = true\n$key\n" \
		"[[project.x]]\n$other\n[project]\n$key\n"
	overlooks "$key\n" "[other]\n$key\n" "[project.sub]\n$key\n" "[[project]]\n$key\n" "# [project]\n# $key\n" \
		"[project]\nx = \"\"\"\n$key\n\"\"\"\n" "[project]\nx = '''\n[project]\n$key\n'''\n" \
		"[project]\nx = [\n'''\n''', \"$\",\n]\n" "[\"project.x\"]\n$key\n" "['pro' . 'ject']\n$key\n" \
		"[project]\nsub.$key\n" "[project]\n\"x.requires-python\" = '==3.12.*'\n" \
		"[project]\nRequires-Python = '==3.12.*'\n" "\n\n" "[project]\nrequires-python2 = '==3.12.*'\n"
	garbles "[project]\nrequires-python = 3\n" "[project]\nrequires-python = [\"==3.12.*\"]\n" \
		"[project]\nrequires-python = \"\"\"==3.12.*\"\"\"\n" "[project]\nrequires-python = \"==3.12.*\n" \
		"[project]\nrequires-python = \"==3\\\\u002e12\"\n" "[project]\nrequires-python = \"a\" \"b\"\n" \
		"project = { requires-python = \"==3.12.*\" }\n" "[project\n$key\n" "[[project]\n$key\n" \
		"[project]\nx = [\n$key\n" "[project]\nx = \"\"\"\n$key\n" "[project]\nx = 'a\n$key\n" "= 1\n[project]\n$key\n" \
		"[]\n[project]\n$key\n" "[project]\nx y = 1\n$key\n" "[project]\nx\n$key\n" "[project]\nx = ]\n$key\n"
}

@test "poetry's key counts where there is no requires-python" {
	in_path python3 3.11.2
	in_path python3.12 3.12.1
	in_path python3.13 3.13.0
	printf '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "~3.12"\nrequests = "*"\n' >pyproject.toml
	takes "CPython 3.12.1, for poetry's python ~3.12"
	printf '[project]\nrequires-python = ">=3.13"\n' >>pyproject.toml
	takes 'CPython 3.13.0, for requires-python >=3.13'
	printf '[tool.poetry.group.dev.dependencies]\npython = "~3.12"\n' >pyproject.toml
	takes 'CPython 3.11.2'
}

@test "a pyproject.toml that nobody would write harms nothing" {
	in_path python3 3.11.2
	mkfifo pyproject.toml
	takes 'CPython 3.11.2'
	rm pyproject.toml
	mkdir pyproject.toml
	takes 'CPython 3.11.2'
	rmdir pyproject.toml
	ln -s pyproject.toml pyproject.toml
	takes 'CPython 3.11.2'
	ln -sf /dev/zero pyproject.toml
	takes 'CPython 3.11.2'
	ln -sf /nonexistent pyproject.toml
	takes 'CPython 3.11.2'
	rm pyproject.toml
	: >pyproject.toml
	takes 'CPython 3.11.2'
	truncate -s 1G pyproject.toml
	warns 'CPython 3.11.2' 'venv: create: ~/work/pyproject.toml is too large to be read' \
		'  the default Python is taken; to take another one: -p PYTHON'
	printf '[project]\n\0requires-python = "==3.12.*"\n' >pyproject.toml
	warns 'CPython 3.11.2' 'venv: create: ~/work/pyproject.toml holds NUL bytes' \
		'  the default Python is taken; to take another one: -p PYTHON'
	asks $'>=3\033[31m\377$(touch PWNED)\342\200\256'
	create --dry-run
	assert_success
	[[ $stderr == *'not understood: >=3?[31m?$(touch PWNED)?'* ]] || fail "$stderr"
	head -c 100000 /dev/zero | tr '\0' '[' >pyproject.toml
	create --dry-run
	assert_success
	{ printf '[project]\nx = '; head -c 100000 /dev/zero | tr '\0' '['; } >pyproject.toml
	create --dry-run
	assert_success
	# What it leads to is text, whoever has it.
	echo 'secret' >"$HOME/secret"
	ln -sf "$HOME/secret" pyproject.toml
	create --dry-run
	assert_success
	[[ $stderr != *secret:* && ! -e PWNED ]]
}

# --- which one of those that fit

@test "the default one is taken if it fits, and no other is run" {
	in_path python3 3.11.2
	in_path python3.13 3.13.0
	in_pyenv 3.12.1 3.12.1
	asks '>=3.10'
	takes 'CPython 3.11.2, for requires-python >=3.10'
	ran '~/bin/python3'
}

@test "else the newest of PATH, pyenv and uv, and only those are run that could fit" {
	in_path python3.11 3.11.2
	ln -s python3.11 "$HOME/bin/python3"
	in_path python3.12 3.12.0
	in_pyenv 3.12.9 3.12.9
	in_pyenv 3.10.1 3.10.1
	in_uv cpython-3.13.2-linux-x86_64-gnu 3.13.2
	in_uv cpython-3.13.10-linux-x86_64-gnu 3.13.10
	asks '>=3.12'
	takes 'CPython 3.13.10, for requires-python >=3.12'
	ran '~/uv/cpython-3.13.10-linux-x86_64-gnu/bin/python3'
	# In PATH before elsewhere, of one minor version.
	asks '==3.12.*'
	takes 'CPython 3.12.0, for requires-python ==3.12.*'
	ran '~/bin/python3.12'
	asks '~=3.12.5'
	takes 'CPython 3.12.9, for requires-python ~=3.12.5'
	ran "$(printf '%s\n' '~/bin/python3.12' '~/pyenv/versions/3.12.9/bin/python3')"
	asks '>=3.12,!=3.12.*,<3.13.5'
	takes 'CPython 3.13.2, for requires-python >=3.12,!=3.12.*,<3.13.5'
	ran '~/uv/cpython-3.13.2-linux-x86_64-gnu/bin/python3'
	asks '<3.11'
	takes 'CPython 3.10.1, for requires-python <3.11'
	ran '~/pyenv/versions/3.10.1/bin/python3'
	# Without a default one, too.
	rm "$HOME"/bin/*
	takes 'CPython 3.10.1, for requires-python <3.11'
	rm pyproject.toml
	fails 'venv: create: there is no Python in PATH' '  install one, or say which by -p PYTHON'
}

@test "one that is not what it is called, or does not answer, is passed over" {
	in_path python3 3.11.2
	in_path python3.13 3.11.2
	in_pyenv 3.13.0 3.13.0
	put_program "$PYENV_ROOT/versions/3.13.0/bin/python3" 'exit 1'
	in_pyenv 3.12.1 3.12.1
	asks '>=3.12'
	takes 'CPython 3.12.1, for requires-python >=3.12'
	rm -r "$PYENV_ROOT/versions/3.12.1"
	fails 'venv: create: there is no Python for requires-python >=3.12 in ~/work/pyproject.toml' \
		'  ~/pyenv/versions/3.13.0/bin/python3: it is no Python that `venv create` knows' \
		'  looked in PATH, and at what pyenv, uv, mise and asdf have: 3.11.2, 3.13, 3.13.0' \
		'  install Python 3.12' '  to take another one: -p PYTHON'
}

@test "a preview is taken only where there is no other, one without the GIL never" {
	in_path python3 3.11.2
	in_pyenv 3.14.0rc1 3.14.0
	in_pyenv 3.15-dev 3.15.0
	in_pyenv 3.13.0t 3.13.0
	in_pyenv 3.12.1 3.12.1
	in_uv cpython-3.14.0+freethreaded-linux-x86_64-gnu 3.14.0
	in_uv cpython-3.15.0a1-linux-x86_64-gnu 3.15.0
	in_uv pypy-3.16.1-linux-x86_64-gnu 3.16.1 PyPy
	asks '>=3.12'
	takes 'CPython 3.12.1, for requires-python >=3.12'
	asks '>=3.13,<3.15'
	takes 'CPython 3.14.0, for requires-python >=3.13,<3.15'
	ran "$(printf '%s\n' '~/bin/python3' '~/pyenv/versions/3.14.0rc1/bin/python3')"
	asks '==3.13.*'
	create
	assert_failure
	asks '>=3.16'
	create
	assert_failure
}

@test "what is in the working directory, or in PATH by a relative path, is not run" {
	in_path python3 3.11.2
	fake "$PWD/python3.12" 3.12.1
	fake "$PWD/.venv/bin/python3.12" 3.12.1
	rm -r .venv
	WORDS=.::$PWD/../work/../work/none:$WORDS
	asks '==3.12.*'
	create
	assert_failure
	ran '~/bin/python3'
}

# --- .python-version

@test "a .python-version is read as pyenv does, and goes first" {
	in_path python3 3.11.2
	in_path python3.12 3.12.1
	in_pyenv 3.10.13 3.10.13
	in_pyenv 3.12.9 3.12.9
	in_pyenv pypy3.10-7.3.12 3.10.12 PyPy
	in_pyenv pypy3.10-7.3.9 3.10.9 PyPy
	local name
	for name in pypy3.10-7.3.12 pypy3.10-7.3.9; do
		ln -s python3 "$PYENV_ROOT/versions/$name/bin/python"
	done
	in_pyenv mine 3.9.1
	ln -s python3 "$PYENV_ROOT/versions/mine/bin/python"
	asks '>=3.8'
	local line
	while IFS='|' read -r line is word; do
		pin "$line"
		echo "line: $line"
		takes "$is, for .python-version $word"
	done <<-'END'
		3.12|CPython 3.12.1|3.12
		3.12.9|CPython 3.12.9|3.12.9
		3.12.9\r|CPython 3.12.9|3.12.9
		\357\273\2773.12.9|CPython 3.12.9|3.12.9
		\n# a comment\n  3.10 # another\n3.12|CPython 3.10.13|3.10
		3.10 3.12|CPython 3.10.13|3.10
		3.99\n3.98.1\n3.10\n3.12|CPython 3.10.13|3.10
		3.99:3.10:3.12|CPython 3.10.13|3.10
		3|CPython 3.11.2|3
		python3|CPython 3.11.2|python3
		system|CPython 3.11.2|system
		none\nsystem|CPython 3.11.2|system
		mine|CPython 3.9.1|mine
		pypy3.10-7.3.9|PyPy 3.10.9|pypy3.10-7.3.9
		pypy3.10|PyPy 3.10.12|pypy3.10
		python-3.10|CPython 3.10.13|python-3.10
		cpython@3.10|CPython 3.10.13|cpython@3.10
		cpython-3.10.13-linux-x86_64-gnu|CPython 3.10.13|cpython-3.10.13-linux-x86_64-gnu
		>=3.12|CPython 3.12.1|>=3.12
		<3.11|CPython 3.10.13|<3.11
	END
}

@test "PyPy is found by its names in PATH, and is no CPython" {
	in_path python3 3.11.2
	in_path pypy3 3.9.16 PyPy
	pin pypy3
	takes 'PyPy 3.9.16, for .python-version pypy3'
	pin pypy3.9
	takes 'PyPy 3.9.16, for .python-version pypy3.9'
	for word in pypy3.10 pypy3.9-7.3.11 3.9; do
		pin "$word"
		create
		assert_failure
		[[ $stderr == *"there is no Python for $word in ~/work/.python-version"* ]]
	done
	in_path pypy3.10 3.10.1 PyPy
	pin pypy3.10
	takes 'PyPy 3.10.1, for .python-version pypy3.10'
	# What calls itself so and is none.
	in_path pypy3.10 3.10.1
	create
	assert_failure
}

@test "a .python-version chooses no command of the user's" {
	in_path python3 3.11.2
	local word
	for word in python mypython ls pypy pypyx; do
		in_path "$word" 3.11.2
		pin "$word"
		create
		[[ $status == 1 && ! -s $HOME/ran ]] || fail "$word: $output $stderr"
	done
}

@test "of what it says that is no version, a line is said" {
	in_path python3 3.11.2
	in_path python3.12 3.12.1
	local text
	for text in ../evil ../../evil . .. ./. 3.11/../../evil --help '$(touch' "'x'" 3.12\;x \
		'>>3' "${HOME%/*}/evil" x%%sy é; do
		pin "$text"
		warns 'CPython 3.11.2' "venv: create: ~/work/.python-version: no version is called $(printf -- "$text")" \
			'  the default Python is taken; to take another one: -p PYTHON'
	done
	pin '../evil\n3.12'
	warns 'CPython 3.12.1, for .python-version 3.12' \
		'venv: create: ~/work/.python-version: no version is called ../evil' \
		'  the rest of what the project demands is followed'
	pin "$(printf 'x%.0s' {1..3000})"
	warns 'CPython 3.11.2' \
		"venv: create: ~/work/.python-version: no version is called $(printf 'x%.0s' {1..40})" \
		'  the default Python is taken; to take another one: -p PYTHON'
	printf '\033[31m\377 3.12' >.python-version
	create --dry-run
	[[ $stderr != *$'\033'* && $stderr == *'no version is called ?[31m?'* ]]
	printf '3.12\0\n' >.python-version
	create --dry-run
	[[ $stderr == *'.python-version holds NUL bytes'* ]]
	truncate -s 1G .python-version
	create --dry-run
	[[ $stderr == *'.python-version is too large to be read'* ]]
	assert_success
	rm .python-version
	mkfifo .python-version
	takes 'CPython 3.11.2'
	rm .python-version
	mkdir .python-version
	takes 'CPython 3.11.2'
	[[ ! -e PWNED ]]
	# No more than fit are kept.
	rmdir .python-version
	printf '3.99.%s\n' {1..200} >.python-version
	create
	assert_failure
	: >.python-version
	takes 'CPython 3.11.2'
	pin '# nothing'
	takes 'CPython 3.11.2'
}

@test "PYENV_VERSION goes before the file, and -p before all" {
	in_path python3 3.11.2
	in_path python3.12 3.12.1
	in_path python3.13 3.13.1
	pin 3.12
	PYENV_VERSION=3.13 takes 'CPython 3.13.1, for PYENV_VERSION 3.13'
	PYENV_VERSION=3.99:system takes 'CPython 3.11.2, for PYENV_VERSION system'
	PYENV_VERSION=3.99 fails 'venv: create: there is no Python for PYENV_VERSION 3.99' \
		'  looked in PATH, and at what pyenv, uv, mise and asdf have: 3.13, 3.12' \
		'  install Python 3.99' '  to take another one: -p PYTHON'
	create --dry-run -p 3.13
	assert_output 'would create ~/work/.venv (CPython 3.13.1)'
	assert_equal "$stderr" ''
	# Who made an exception for himself hears of what others see.
	asks '<3.13'
	create --dry-run -p 3.13
	assert_output 'would create ~/work/.venv (CPython 3.13.1)'
	assert_equal "$stderr" "$(printf '%s\n' 'venv: create: CPython 3.13.1 is not for requires-python <3.13' \
		'  without -p one is looked for that is')"
	create --dry-run -q -p 3.13
	assert_equal "$stderr" ''
	asks '>>3'
	create --dry-run -p 3.12
	assert_output 'would create ~/work/.venv (CPython 3.12.1)'
	assert_equal "$stderr" ''
	# It is what a shell says, and no project.
	env_of 3.12.1
	assert_equal "$(PYENV_VERSION=3.13 misfit)" null
}

@test "where the two files contradict each other, that is said" {
	in_path python3 3.11.2
	in_path python3.12 3.12.1
	pin 3.12
	asks '>=3.13'
	warns 'CPython 3.12.1, for .python-version 3.12' \
		'venv: create: CPython 3.12.1 is not for requires-python >=3.13' \
		'  they contradict each other: change one of the two'
	asks '>=3.12'
	takes 'CPython 3.12.1, for .python-version 3.12'
}

# --- where it is looked for

@test "the nearest of each file counts, up to the project's root" {
	in_path python3 3.11.2
	in_path python3.12 3.12.1
	in_path python3.13 3.13.0
	mkdir -p .git a/b
	pin 3.12
	(cd a/b && takes 'CPython 3.12.1, for .python-version 3.12')
	(cd a/b && pin 3.13 && takes 'CPython 3.13.0, for .python-version 3.13')
	(cd a && takes 'CPython 3.12.1, for .python-version 3.12')
	rm .python-version
	asks '>=3.12'
	(cd a && asks '==3.13.*' && takes 'CPython 3.13.0, for requires-python ==3.13.*')
	# A member that says nothing has what the whole has.
	echo '[tool.x]' >a/pyproject.toml
	(cd a && takes 'CPython 3.13.0, for requires-python >=3.12')
	# What is above the root is another project's.
	mkdir a/.git
	(cd a && takes 'CPython 3.11.2')
	rm -r a/.git .git
	# Without a repository it is where pyproject.toml is.
	pin 3.12
	(cd a && takes 'CPython 3.11.2')
	rm a/pyproject.toml a/b/.python-version
	(cd a/b && takes 'CPython 3.12.1, for .python-version 3.12')
	# With neither, the user's own directories.
	rm pyproject.toml
	(cd a/b && takes 'CPython 3.12.1, for .python-version 3.12')
	(cd a/b && VENV_WHICH_CEILING=$HOME/work takes 'CPython 3.11.2')
	mv .python-version ..
	(cd a/b && takes 'CPython 3.11.2')
	mkdir ../.git
	(cd a/b && takes 'CPython 3.11.2')
	(cd .. && create --dry-run && assert_output 'would create ~/.venv (CPython 3.12.1, for .python-version 3.12)')
}

@test "outside of the home directory nobody else's file counts" {
	in_path python3 3.11.2
	in_path python3.12 3.12.1
	local dir=${HOME%/*}/elsewhere
	mkdir -p "$dir/app"
	echo 3.12 >"$dir/.python-version"
	cd "$dir/app"
	create --dry-run
	assert_output "would create $dir/app/.venv (CPython 3.11.2)"
	mkdir ../.git
	create --dry-run
	assert_output "would create $dir/app/.venv (CPython 3.12.1, for .python-version 3.12)"
}

@test "each environment has what its own project demands" {
	in_path python3 3.11.2
	in_path python3.12 3.12.1
	in_path python3.13 3.13.0
	mkdir a b c
	(cd a && asks '==3.12.*')
	(cd b && pin 3.13)
	create --dry-run a/.venv b/.venv c/.venv new/deep/.venv
	assert_output "$(printf 'would create ~/work/%s\n' 'a/.venv (CPython 3.12.1, for requires-python ==3.12.*)' \
		'b/.venv (CPython 3.13.0, for .python-version 3.13)' 'c/.venv (CPython 3.11.2)' \
		'new/deep/.venv (CPython 3.11.2)')"
	# A named one is for where one stands.
	cd b
	create --dry-run -n tools
	assert_output 'would create ~/.virtualenvs/tools (CPython 3.13.0, for .python-version 3.13)'
}

# --- none fits

@test "where none fits nothing is made, and it is said how one is had" {
	in_path python3 3.11.2
	in_pyenv 3.9.1 3.9.1
	asks '>=3.99'
	local looked='  looked in PATH, and at what pyenv, uv, mise and asdf have: 3.11.2, 3.9.1'
	local reason='venv: create: there is no Python for requires-python >=3.99 in ~/work/pyproject.toml'
	fails "$reason" "$looked" '  install Python 3.99' '  to take another one: -p PYTHON'
	put_program "$HOME/bin/pyenv" 'exit 1'
	fails "$reason" "$looked" '  to install one: pyenv install 3.99' '  to take another one: -p PYTHON'
	put_program "$HOME/bin/uv" 'exit 1'
	fails "$reason" "$looked" '  to install one: uv python install 3.99' '  to take another one: -p PYTHON'
	create -q
	[[ $status == 1 && ! -e .venv && -n $stderr ]]
	create --dry-run
	[[ $status == 1 && ! -e .venv ]]
	local line
	while IFS='|' read -r specifiers version; do
		asks "$specifiers"
		create
		[[ $stderr == *"uv python install $version"$'\n'* ]] || fail "$specifiers: $stderr"
	done <<-'END'
		>=3.12.4|3.12
		>3.12.1,<3.13|3.12
		==3.12.4|3.12.4
		<=3.8.5|3.8.5
		>=3.6,<3.9|3.8
		==3.10.*|3.10
	END
	# What no environment can be made of is not to be installed.
	asks '<3.8'
	create
	[[ $status == 1 && $stderr != *install* ]]
	rm pyproject.toml
	pin '3.98 \n3.97'
	fails 'venv: create: there is no Python for 3.98 3.97 in ~/work/.python-version' \
		'  looked in PATH, and at what pyenv, uv, mise and asdf have: 3.9.1' \
		'  to install one: uv python install 3.98' '  to take another one: -p PYTHON'
	# A name is pyenv's alone.
	pin mine
	fails 'venv: create: there is no Python for mine in ~/work/.python-version' \
		'  looked in PATH, and at what pyenv, uv, mise and asdf have: 3.9.1' \
		'  to install one: pyenv install mine' '  to take another one: -p PYTHON'
	rm "$HOME/bin/pyenv"
	fails 'venv: create: there is no Python for mine in ~/work/.python-version' \
		'  looked in PATH, and at what pyenv, uv, mise and asdf have: 3.9.1' '  to take another one: -p PYTHON'
}

# --- real ones

@test "a real environment is made of what is demanded, and works" {
	export PYENV_ROOT=$PYENV
	interpreter 3.12
	local python=$INTERPRETER
	asks '==3.12.*'
	run --separate-stderr venv create --without-pip
	assert_success
	assert_equal "$stderr" ''
	assert_output --regexp '^created ~/work/.venv \(CPython 3\.12\.[0-9]+, for requires-python ==3\.12\.\*\)$'
	assert_equal "$(.venv/bin/python -c 'import sys; print(*sys.version_info[:2])')" '3 12'
	run --separate-stderr venv create --without-pip -v --clear
	assert_line '  demanded by ~/work/pyproject.toml'
	rm -r .venv pyproject.toml
	interpreter 3.9
	pin 3.9
	run --separate-stderr venv create --without-pip
	assert_output --regexp '^created ~/work/.venv \(CPython 3\.9\.[0-9]+, for .python-version 3\.9\)$'
	assert_equal "$(.venv/bin/python -c 'import sys; print(*sys.version_info[:2])')" '3 9'
	[[ $python != "$INTERPRETER" ]]
}

@test "a real PyPy is taken for its name" {
	interpreter pypy
	pin pypy3
	run --separate-stderr venv create --without-pip
	assert_success
	assert_output --regexp '\(PyPy 3\.[0-9.]+, for .python-version pypy3\)$'
	assert_equal "$(.venv/bin/python -c 'import sys; print(sys.implementation.name)')" pypy
	assert_equal "$(misfit)" null
	pin 3.9:3.10:3.11
	assert_equal "$(misfit)" '".python-version 3.9 3.10 3.11"'
}

# --- environments that are there

@test "one that is there keeps its Python, or has to be made anew" {
	export PYENV_ROOT=$PYENV
	interpreter 3.13
	interpreter 3.12
	local full default
	full=$("$INTERPRETER" -c 'import platform; print(platform.python_version())')
	default=$("$PYTHON" -c 'import platform; print(platform.python_version())')
	[[ $default != 3.12.* ]] || skip 'the default Python is 3.12'
	venv create -q --without-pip -p "$INTERPRETER"
	asks '>=3.9'
	run --separate-stderr venv create --without-pip
	assert_equal "$stderr" ''
	assert_line --index 0 "kept ~/work/.venv (CPython $full)"
	assert_equal "$(.venv/bin/python -c 'import platform; print(platform.python_version())')" "$full"
	assert_equal "$(ls .venv/lib)" python3.12
	asks '>=3.13'
	cp -a .venv before
	run --separate-stderr venv create --without-pip
	assert_equal "$status" 1
	assert_equal "$stderr" "$(printf '%s\n' \
		"venv: create: ~/work/.venv is there, and its CPython $full is not for requires-python >=3.13" \
		'  to make it with a Python that is: venv recreate ~/work/.venv')"
	assert_output ''
	diff -r --no-dereference .venv before
	# Who says so has another one.
	run --separate-stderr venv create --without-pip --clear
	assert_output --regexp '^created ~/work/.venv \(CPython 3\.1[3-9].*, for requires-python >=3\.13\)$'
	rm pyproject.toml
	run --separate-stderr venv create --without-pip --clear
	assert_output "created ~/work/.venv (CPython $default)"
	run --separate-stderr venv create --without-pip --upgrade -p 3.12
	assert_line --index 0 "upgraded ~/work/.venv (CPython $full)"
	venv create -q --without-pip --upgrade
	assert_equal "$(.venv/bin/python -c 'import platform; print(platform.python_version())')" "$full"
	# One of a version that is nowhere any more.
	sed -i.old 's/^version = .*/version = 3.97.1/' .venv/pyvenv.cfg
	run --separate-stderr venv create --without-pip
	assert_line --index 0 "kept ~/work/.venv (CPython $default)"
}

# --- environments that do not fit any longer

@test "status, list and doctor say that one is not for its project any longer" {
	env_of 3.11.2
	asks '>=3.11'
	assert_equal "$(misfit)" null
	run venv list
	refute_output --partial 'not for'
	run venv doctor
	refute_output --partial 'is not for'

	asks '>=3.12'
	assert_equal "$(misfit)" '"requires-python >=3.12"'
	run venv status
	assert_success
	assert_line 'misfit       CPython 3.11.2 is not for requires-python >=3.12'
	assert_line 'next         to make it with a Python that is: venv recreate'
	run venv list
	assert_line --regexp '~/work/\.venv  \(this directory.s, not for requires-python >=3\.12\)$'
	run venv list --json
	assert_line --partial '"misfit": "requires-python >=3.12"'
	run venv doctor
	assert_failure
	assert_line '!!  python: ~/work/.venv: CPython 3.11.2 is not for requires-python >=3.12'
	assert_line '    to make it with a Python that is: venv recreate ~/work/.venv'
	run venv doctor --json
	assert_line --partial '"ok": false, "subject": "python", "text": "~/work/.venv: CPython 3.11.2 is not for requires-python >=3.12", "next": "to make it with a Python that is: venv recreate ~/work/.venv"'

	asks '>=3.11'
	pin '3.12:3.13'
	assert_equal "$(misfit)" '".python-version 3.12 3.13"'
	pin '3.12:3.11'
	assert_equal "$(misfit)" null
	local word
	for word in 3.11.2 3 system mine mine-1 3.11 '>=3.10' cpython@3.11 '../x'; do
		pin "$word"
		assert_equal "$word $(misfit)" "$word null"
	done
	for word in 3.11.3 2 pypy3.11 '<3.10' cpython@3.12 3.1; do
		pin "$word"
		assert_equal "$word $(misfit)" "$word \".python-version $word\""
	done
	# Of none that is known, nothing is said.
	rm .python-version
	asks '>=3.12'
	printf 'home = /usr/bin\n' >.venv/pyvenv.cfg
	assert_equal "$(misfit)" null
	rm -r .venv
	assert_equal "$(misfit)" null
}

@test "no process is run to tell" {
	need_strace
	env_of 3.11.2
	rm .venv/bin/*
	put_program .venv/bin/python 'exit 1'
	asks '>=3.12'
	local command
	for command in status 'list -l' doctor; do
		# shellcheck disable=SC2086 # words
		run strace -f -qq -e trace=execve -o trace venv $command
		assert_equal "$(grep -c 'execve(.* = 0' trace)" 1
		assert_output --partial 'requires-python >=3.12'
	done
}

@test "a named one is for the project that it was told, and no other" {
	mkdir -p "$HOME/.virtualenvs"
	cd "$HOME/.virtualenvs"
	env_of 3.11.2
	mv .venv tools
	make_place tools
	asks '>=3.12'
	pin 3.12
	run venv list
	refute_output --partial 'not for'
	echo "$HOME/work" >tools/.project
	run venv list
	refute_output --partial 'not for'
	cd "$HOME/work"
	asks '>=3.13'
	run venv list
	assert_line --regexp '~/\.virtualenvs/tools  \(named, of ~/work, redirect gone, not for requires-python >=3\.13\)$'
	run venv doctor
	assert_line '!!  named: ~/.virtualenvs/tools: CPython 3.11.2 is not for requires-python >=3.13'
	# And by its redirect.
	echo ../.virtualenvs/tools >.venv
	assert_equal "$(misfit)" '"requires-python >=3.13"'
	local text
	for text in /nonexistent /dev/null /etc/passwd / relative; do
		rm .venv
		echo "$text" >"$HOME/.virtualenvs/tools/.project"
		run venv list
		assert_success
		refute_output --partial 'not for'
		echo ../.virtualenvs/tools >.venv
	done
}

@test "doctor says what it cannot read" {
	env_of 3.11.2
	asks '>>3'
	run venv doctor -q
	assert_failure
	assert_line '!!  python: ~/work/pyproject.toml: this demand is not understood: >>3'
	assert_line '    it counts for nothing until it is mended'
	assert_equal "$(misfit)" null
	rm -r .venv
	run venv doctor -q
	assert_line '!!  python: ~/work/pyproject.toml: this demand is not understood: >>3'
}

# --- recreate

@test "recreate keeps the Python that fits, and else takes one that does" {
	export PYENV_ROOT=$PYENV
	interpreter 3.13
	interpreter 3.12
	local full
	full=$("$INTERPRETER" -c 'import platform; print(platform.python_version())')
	venv create -q --without-pip -p "$INTERPRETER"
	asks '>=3.9'
	run --separate-stderr venv recreate
	assert_output "recreated ~/work/.venv (CPython $full)"
	assert_equal "$stderr" ''
	asks '>=3.13'
	run --separate-stderr venv recreate
	assert_output --regexp '^recreated ~/work/.venv \(CPython 3\.1[3-9]\.[0-9]+, for requires-python >=3\.13\)$'
	assert_equal "$stderr" ''
	assert_equal "$(misfit)" null
	.venv/bin/python -c 'import sys; assert sys.version_info >= (3, 13)'
	# The user may have another one.
	run --separate-stderr venv recreate -p 3.12
	assert_output "recreated ~/work/.venv (CPython $full)"
	assert_equal "$stderr" "$(printf '%s\n' "venv: recreate: CPython $full is not for requires-python >=3.13" \
		'  without -p one is looked for that is')"
	asks '>=3.99'
	cp -a .venv before
	run --separate-stderr venv recreate
	assert_equal "$status" 1
	[[ $stderr == 'venv: recreate: there is no Python for requires-python >=3.99 in ~/work/pyproject.toml'$'\n'* ]]
	diff -r --no-dereference .venv before
	asks '>>3'
	run --separate-stderr venv recreate
	assert_output "recreated ~/work/.venv (CPython $full)"
}
