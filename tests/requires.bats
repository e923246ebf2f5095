# What a project demands of its Python, and what is said of an environment that is
# not for it any longer.

# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # text; each test is a process

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	mkdir work
	cd work || return
}

# --- words of these tests

# asks SPECIFIERS: that is what pyproject.toml demands.
asks() { printf '[project]\nname = "app"\nrequires-python = "%s"\n' "$1" >pyproject.toml; }
pin() { printf -- "$1\n" >.python-version; }

# env_of VERSION: .venv is of that Python, as far as anybody can tell.
env_of() {
	rm -rf .venv
	make_bare_env .venv
	make_place .venv
	printf 'home = %s\nversion = %s\n' "${PYTHON%/*}" "$1" >.venv/pyvenv.cfg
}
misfit() { venv status --json | sed -n 's/.*"misfit": \(.*\) }$/\1/p'; }

# as_oracle <LINES: of each line, version, yes or no, and specifiers, we say so.
as_oracle() {
	local version fits specifiers n=0 wrong=''
	while IFS=$'\t' read -r version fits specifiers; do
		printf 'home = /usr/bin\nversion = %s\n' "$version" >.venv/pyvenv.cfg
		printf "$1" "$specifiers" >pyproject.toml
		case $fits$(misfit) in
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
			if [[ $specifiers == 'not '* ]]; then
				assert_equal "$line $(misfit)" "$line \"requires-python ${specifiers#not }\""
			else
				assert_equal "$line $(misfit)" "$line null"
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
