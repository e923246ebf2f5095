# The program venv: what its commands say and do, without a shell function
# around it.

# shellcheck disable=SC2016,SC2030,SC2031,SC2088,SC2103,SC2154,SC1003
# They are text; each test is a process; bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	VENV=$STAGE/bin/venv
	COMMANDS=(create use pick off on allow deny link list status doctor remove
		recreate run init help)
	local file=$BATS_FILE_TMPDIR/version
	[[ -e $file ]] ||
		"$PYTHON" -c 'import platform; print(platform.python_version())' >"$file"
	VERSION=$(<"$file")
}

teardown() {
	leave_public
}

# --- words of these tests

# ask [ARG...]: what it says, in $status, $output and $stderr.
# As `run --separate-stderr` does it, with fewer processes; there are many.
ask() {
	output=$(exec "$WITHIN" 60 "$VENV" "$@" </dev/null 2>"${HOME%/*}/said") &&
		status=0 || status=$?
	stderr=$(<"${HOME%/*}/said")
	whole
}

# refuses STATUS TEXT: see refused.
refuses() { refused venv "$@"; }

# shows TEXT: the answer, but for the width of its columns.
shows() {
	assert_equal "$(tr -s ' ' <<<"$output")" "$1"
	assert_equal "$stderr" ''
}

# Another user's, who cannot do what root can.
ALICE=61234
public() {
	public_place
	cp "$VENV" "$PUBLIC/venv"
	cd "$PUBLIC" || return
	VENV=$PUBLIC/venv
	[[ $EUID -eq 0 ]] || return 0
	command -v setpriv >/dev/null || skip 'no setpriv on this machine'
	chown "$ALICE" "$PUBLIC"
	setpriv --reuid="$ALICE" --regid="$ALICE" --clear-groups \
		test -x "$VENV" || skip 'other users cannot reach the test directory'
}
ask_as_alice() {
	local as=()
	[[ $EUID -ne 0 ]] ||
		as=(setpriv --reuid="$ALICE" --regid="$ALICE" --clear-groups)
	run --separate-stderr "$WITHIN" 60 ${as[@]+"${as[@]}"} "$VENV" "$@"
	whole
}

# --- help

@test "venv help lists the commands, with a line about each" {
	ask help
	assert_success
	assert_line --index 0 'usage: venv COMMAND [ARG ...]'
	for command in "${COMMANDS[@]}"; do
		assert_line --regexp "^  $command +[a-z].{10,}"
	done
	assert_equal "$(grep -c '^  [a-z]' <<<"$output")" "${#COMMANDS[@]}"
}

@test "venv -h and venv --help do the same" {
	ask help
	local help=$output
	ask -h
	says "$help"
	ask --help
	says "$help"
}

@test "venv help COMMAND explains one, and so do its -h and --help" {
	for command in "${COMMANDS[@]}"; do
		ask help "$command"
		assert_success
		assert_line --index 0 --regexp "^usage: venv $command( |\$)"
		((${#lines[@]} > 1))
		local help=$output
		ask "$command" -h
		says "$help"
		ask "$command" --help
		says "$help"
	done
}

@test "the help of a command has its options" {
	ask help list
	assert_line --regexp '^  --json +[a-z]'
	ask help status
	assert_line --regexp '^  --json +[a-z]'
	ask help run
	assert_line --regexp '^  -e, --env ENV +[a-z]'
}

@test "venv --version and -V print the version" {
	ask --version
	assert_success
	assert_output --regexp '^venv [0-9]+\.[0-9]+\.[0-9]+$'
	local version=$output
	ask -V
	says "$version"
}

# --- called wrongly

@test "without a command it shows which there are" {
	ask help
	local help=$output
	for hook in '' --hook; do
		# shellcheck disable=SC2086 # none
		run --separate-stderr "$VENV" $hook
		assert_equal "status $status, printed <$output>" 'status 2, printed <>'
		assert_equal "$stderr" "$help"
	done
}

@test "a command that is not there is refused" {
	for command in activate lst LIST '' 'list ' creat $'new\nline'; do
		ask "$command"
		refuses 2 'there is no command'
		ask help "$command"
		refuses 2 'there is no command'
	done
	ask lst
	refuses 2 'there is no command lst; did you mean list? `venv help` lists all'
	ask activate
	refuses 2 'there is no command activate; `venv help` lists them'
}

@test "an option that is not there is refused, by every command" {
	for option in -x --json-lines - --; do
		ask "$option"
		refuses 2 "$option"
	done
	for command in "${COMMANDS[@]}"; do
		for option in -x --nothing --js -hx; do
			[[ $option != -hx ]] || option=-xh
			ask "$command" "$option"
			refuses 2 "$command: there is no option $option"
			refuses 2 "; usage: venv $command"
		done
	done
}

@test "too many arguments are refused, by every command that counts them" {
	while read -r command args; do
		# shellcheck disable=SC2086 # words
		ask "$command" $args
		refuses 2 "$command: too many arguments: more; usage: venv $command"
		[[ $command == [hi]* ]] || {
			# shellcheck disable=SC2086
			ask --hook "$command" $args
			refuses 2 "$command: too many arguments: more; usage: venv $command"
		}
	done <<-'END'
		use name more
		recreate name more
		off more
		on more
		link name more
		list more
		list --json more
		status more
		init bash more
		help use more
	END
}

@test "venv init without a name says which shell it is that asks" {
	local shell
	for shell in bash zsh dash; do
		need_shell "$shell"
		SHELL=/bin/fish run --separate-stderr "$shell" -c "'$VENV' init; exit \$?"
		[[ ! -e /proc/self/comm ]] || refuses 2 "; the one that asks is $shell"
	done
	# What calls is no shell.
	SHELL=/usr/bin/fish run --separate-stderr "$PYTHON" -c \
		'import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))' "$VENV" init
	refuses 2 '; the one that asks is fish'
	SHELL=/bin/login run --separate-stderr "$PYTHON" -c \
		'import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))' "$VENV" init
	refuses 2 'which shell? one of bash'
	[[ $stderr != *'that asks'* ]]
}

@test "missing arguments are named" {
	ask init
	refuses 2 'init: which shell?'
	ask run
	refuses 2 'run: name a program to run'
	ask run --
	refuses 2 'run: name a program to run'
	ask run -e
	refuses 2 'run: an argument is missing behind -e'
	ask run --env
	refuses 2 'run: an argument is missing behind --env'
	ask run -e name
	refuses 2 'run: name a program to run'
	ask --hook use ''
	refuses 2 'use: a name cannot be empty'
	ask run -e '' true
	refuses 2 'run: a name cannot be empty'
	ask run --env= true
	refuses 2 'run: a name cannot be empty'
	ask list --json=yes
	refuses 2 'list: no argument belongs to --json=yes'
}

@test "an answer that cannot be written is a failure, said in a line" {
	make_env .venv
	while read -r args; do
		# shellcheck disable=SC2086
		run bash -c 'exec "$0" "$@" 2>&1 >/dev/full' "$VENV" $args
		assert_equal "$args: $status $output" \
			"$args: 1 venv: cannot write the answer: No space left on device"
		# shellcheck disable=SC2086
		run bash -c 'exec "$0" "$@" 2>&1 >&-' "$VENV" $args
		assert_equal "$args: $status $output" \
			"$args: 1 venv: cannot write the answer: Bad file descriptor"
	done <<-'END'
		--version
		init bash
		list
		list --json
		list -l
		status
		status --json
		--hook use
		--hook off
		help
		help list
		list --help
	END
}

# --- init

@test "venv init SHELL prints a line that reads the installed script" {
	for shell in $SCRIPTED; do
		ask init "$shell"
		assert_success
		assert_equal "${#lines[@]}" 1
		[[ $output == *[\'\"]"$STAGE/share/venv-which/venv.$shell"[\'\"]* ]] || fail "$output"
		[[ -s $STAGE/share/venv-which/venv.$shell ]]
	done
}

@test "it prints the same wherever it is called, and whatever is set" {
	make_env .venv
	mkdir -p share/venv-which
	echo 'echo trap' | tee share/venv-which/venv.bash >venv.bash
	"$VENV" init bash >script
	VIRTUAL_ENV=$HOME/.venv VENV_WHICH_NAMES=x "$VENV" init bash | cmp - script
	assert_equal "$(cat script)" "\\source '$STAGE/share/venv-which/venv.bash'"
}

@test "venv init refuses what is no shell of its own, and names them" {
	for shell in kshh bas bashh '' . ../venv.bash 'bash zsh' BASH; do
		ask init "$shell"
		refuses 2 'init: not one of '
		for known in $SCRIPTED; do
			[[ $stderr == *" $known"[\ :]* ]] || fail "no $known: $stderr"
		done
	done
}

# --- list

@test "venv list shows the project's environment" {
	make_env app/.venv
	mkdir app/sub
	cd app/sub
	ask list
	assert_success
	shows " app $VERSION $HOME/app/.venv (this directory's)"
}

@test "it shows those of the container directory, dot names too, in order" {
	make_env .virtualenvs/two
	make_env .virtualenvs/one
	make_env .virtualenvs/.hidden
	make_env .virtualenvs/venv --prompt 'its own'
	ask list
	assert_success
	shows "$(cat <<-END
		 .hidden $VERSION $HOME/.virtualenvs/.hidden (named)
		 one $VERSION $HOME/.virtualenvs/one (named)
		 two $VERSION $HOME/.virtualenvs/two (named)
		 its own $VERSION $HOME/.virtualenvs/venv (named)
	END
	)"
}

@test "the columns are straight, with wide names as well" {
	make_env .virtualenvs/a
	make_env .virtualenvs/b --prompt 'é'
	make_env .virtualenvs/c --prompt 'a name of thirty-one characters'
	ask list
	assert_line --index 0 "  a                   $VERSION   $HOME/.virtualenvs/a  (named)"
	assert_line --index 1 "  é                   $VERSION   $HOME/.virtualenvs/b  (named)"
	assert_line --index 2 "  a name of thirty-one characters $VERSION   $HOME/.virtualenvs/c  (named)"
}

@test "WORKON_HOME is the container directory, and may count from the home" {
	make_env work/one
	make_env .virtualenvs/two
	WORKON_HOME=$HOME/work ask list
	shows " one $VERSION $HOME/work/one (named)"
	for word in work '~/work' '~//work' work/; do
		WORKON_HOME=$word ask list
		shows " one $VERSION $HOME/work/one (named)"
	done
	WORKON_HOME='~nobody/work' ask list
	shows " two $VERSION $HOME/.virtualenvs/two (named)"
	WORKON_HOME='' ask list
	shows " two $VERSION $HOME/.virtualenvs/two (named)"
	WORKON_HOME=$HOME/gone ask list
	says ''
}

@test "what is no environment there is not listed" {
	mkdir -p .virtualenvs/empty
	touch .virtualenvs/hook
	mkfifo .virtualenvs/fifo
	ln -s gone .virtualenvs/link
	ln -s /dev/zero .virtualenvs/zero
	ask list
	says ''
	make_env elsewhere
	ln -s ../elsewhere .virtualenvs/linked
	ask list
	shows " linked $VERSION $HOME/.virtualenvs/linked (named)"
}

@test "the active one has a star, and it says who activated it" {
	make_env app/.venv
	make_env other/.venv
	local app=$HOME/app/.venv other=$HOME/other/.venv
	cd app
	VIRTUAL_ENV=$app VENV_WHICH_AUTO=$app ask list
	shows "* app $VERSION $app (this directory's, active by hook)"
	VIRTUAL_ENV=$app ask list
	shows "* app $VERSION $app (this directory's, active by hand)"
	VIRTUAL_ENV=$app DIRENV_DIR=-$HOME/app ask list
	shows "* app $VERSION $app (this directory's, active by direnv)"
	VIRTUAL_ENV=$other ask list
	shows "$(cat <<-END
		 app $VERSION $app (this directory's)
		* other $VERSION $other (active by hand)
	END
	)"
	cd ..
	VIRTUAL_ENV=$other ask list
	shows "* other $VERSION $other (active by hand)"
}

@test "an environment of several roles is listed once" {
	make_env .virtualenvs/one
	make_env .virtualenvs/two
	local one=$HOME/.virtualenvs/one
	mkdir app
	echo one >app/.venv
	cd app
	VIRTUAL_ENV=$one VENV_WHICH_AUTO=$one ask list
	shows "$(cat <<-END
		* one $VERSION $one (this directory's, named, active by hook)
		 two $VERSION $HOME/.virtualenvs/two (named)
	END
	)"
}

@test "those that may not be used, or do not work, are shown as such" {
	make_env .virtualenvs/blocked
	make_env .virtualenvs/broken
	make_env app/.venv
	chmod o+w .virtualenvs/blocked
	rm .virtualenvs/broken/bin/python app/.venv/bin/python
	cd app
	ask list
	assert_success
	shows "$(cat <<-END
		 app $VERSION $HOME/app/.venv (this directory's, broken)
		 blocked $VERSION $HOME/.virtualenvs/blocked (named, blocked)
		 broken $VERSION $HOME/.virtualenvs/broken (named, broken)
	END
	)"
}

@test "an active one that is gone is shown, too" {
	VIRTUAL_ENV=$HOME/gone ask list
	assert_success
	assert_output --partial "$HOME/gone"
	assert_output --partial 'active by hand, broken'
}

@test "where there is nothing it prints nothing, and that is no failure" {
	ask list
	says ''
	ask list --json
	assert_success
	is_so j '[]'
	unset HOME
	ask list
	says ''
	HOME=/nowhere
	mkdir "$BATS_TEST_TMPDIR/gone"
	cd "$BATS_TEST_TMPDIR/gone"
	rmdir ../gone
	ask list
	says ''
}

@test "a container directory that cannot be read fails, after the others" {
	public
	"$PYTHON" -m venv --without-pip app/.venv
	mkdir closed
	[[ $EUID -ne 0 ]] || chown -R "$ALICE" app closed
	chmod 0 closed
	export WORKON_HOME=$PUBLIC/closed
	cd app
	ask_as_alice list
	assert_output --partial "$PUBLIC/app/.venv"
	assert_equal "$stderr" \
		"venv: list: cannot read $PUBLIC/closed: Permission denied; give yourself the right to, or set WORKON_HOME to another directory"
	assert_equal "$status" 1
	ask_as_alice list --json
	is_so 'len(j)' 1
	assert_equal "$status" 1
}

@test "a container directory that is no directory does no harm" {
	mkfifo fifo
	WORKON_HOME=$HOME/fifo ask list
	assert_output ''
	assert_equal "$stderr" "venv: list: cannot read $HOME/fifo: Not a directory; give yourself the right to, or set WORKON_HOME to another directory"
}

@test "venv list --json is an array of all of it" {
	make_env app/.venv
	make_env .virtualenvs/one
	export VIRTUAL_ENV=$HOME/.virtualenvs/one
	cd app
	ask list --json
	assert_success
	assert_equal "$stderr" ''
	is_so 'len(j)' 2 \
		'j[0]["path"]' "$HOME/app/.venv" \
		'j[0]["state"]' other \
		'j[0]["name"]' app \
		'j[0]["found"]' name \
		'j[1]["path"]' "$HOME/.virtualenvs/one" \
		'j[1]["state"]' active \
		'j[1]["found"]' named \
		'j[1]["version"]' "$VERSION" \
		'j[1]["python"]' "$HOME/.virtualenvs/one/bin/python"
}

@test "venv list and its JSON withstand every name" {
	local name
	for name in "${HOSTILE_NAMES[@]}"; do
		make_env_bytes ".virtualenvs/$name"
		printf '%s\0' "$HOME/.virtualenvs/$name" >>names
	done
	"$VENV" list --json >list.json
	PYTHONUTF8=1 "$PYTHON" -c '
import json, os, sys
names = sorted(open("names", "rb").read().split(b"\0")[:-1])
listed = json.loads(open("list.json", "rb").read().decode("utf-8"))
assert sorted(os.fsencode(env["path"]) for env in listed) == names
assert all(env["state"] == "inactive" for env in listed)
'
	"$VENV" list >list.txt
	assert_equal "$(grep -c . list.txt)" "${#HOSTILE_NAMES[@]}"
	PYTHONUTF8=1 "$PYTHON" -c '
for line in open("list.txt", encoding="utf-8"):
    assert line[:-1].isprintable(), line
'
}

# --- status

@test "venv status says which environment, by which rule, and whose" {
	make_env app/.venv
	cd app
	ask status
	assert_success
	shows "$(cat <<-END
		environment $HOME/app/.venv
		name app
		python CPython $VERSION
		found in $HOME/app
		usable yes: you made it here, and nobody else may write to it
		state not active: this shell has no hook, or has not asked yet
	END
	)"
}

@test "it says what is active, by whom, and what will end that" {
	make_env app/.venv
	cd app
	export VIRTUAL_ENV=$HOME/app/.venv
	VENV_WHICH_AUTO=$VIRTUAL_ENV ask status
	assert_success
	assert_line --regexp '^state +active$'
	assert_line --regexp "^active +$VIRTUAL_ENV$"
	assert_line --regexp '^activated +by the hook$'
	assert_line --regexp '^until +leaving the project ends it, or `venv off`$'
	ask status
	assert_line --regexp '^activated +by hand or another tool$'
	assert_line --regexp '^until +`venv off` ends it; the hook leaves it alone$'
	DIRENV_DIR=-$PWD ask status
	assert_line --regexp '^activated +by direnv$'
	assert_line --regexp '^until +direnv ends it where its .envrc ends$'
	POETRY_ACTIVE=1 ask status
	assert_line --regexp '^activated +by poetry$'
	PIPENV_ACTIVE=1 ask status
	assert_line --regexp '^activated +by pipenv$'
	# What the hook activated is the hook's, whatever else is there.
	DIRENV_DIR=-$PWD VENV_WHICH_AUTO=$VIRTUAL_ENV ask status
	assert_line --regexp '^activated +by the hook$'
}

@test "it says that another one is active, or that it was turned off" {
	make_env app/.venv
	make_env other
	cd app
	VIRTUAL_ENV=$HOME/other ask status
	assert_success
	assert_line --regexp "^environment +$HOME/app/.venv$"
	assert_line --regexp '^state +not active: another one is$'
	assert_line --regexp "^active +$HOME/other$"
	VENV_WHICH_AUTO=$HOME/app/.venv ask status
	assert_success
	assert_line --regexp '^state +turned off by hand; `venv on` or leaving the project ends that$'
	refute_line --regexp '^active '
}

@test "it says how the environment was found" {
	make_env app/.venv
	make_env one
	mkdir link
	echo ../one >link/.venv
	cd app/.venv/lib
	ask status
	assert_line --regexp '^found +this directory is inside of it$'
	cd ../../../link
	ask status
	assert_line --regexp "^found +by the redirect $HOME/link/.venv$"
	assert_line --regexp "^environment +$HOME/one$"
}

@test "where there is none it says so, and exits 1" {
	ask status
	assert_equal "$status" 1
	shows "environment no environment at or above ~ (looked for .venv, venv)
next to make one: venv create"
	make_env other
	VIRTUAL_ENV=$HOME/other ask status
	assert_equal "$status" 1
	assert_line --regexp "^active +$HOME/other$"
	assert_line --regexp '^activated +by hand'
}

@test "of one that may not be used it says why, and exits 3" {
	make_env .venv
	chmod o+w .venv/bin
	ask status
	assert_equal "$status" 3
	assert_line --regexp '^usable +no, it is blocked: its bin may be written by everybody \(mode 0757\) \(rule mode\)$'
	assert_line --regexp "^next +chmod -R go-w $HOME/.venv$"
	assert_line --regexp '^state +blocked$'
}

@test "of a broken one it says why, and exits 4" {
	make_env .venv
	rm .venv/bin/python
	ask status
	assert_equal "$status" 4
	assert_line --regexp '^usable +no, it is broken: it has no bin/python \(rule python-missing\)$'
	assert_line --regexp '^next +make it anew: venv recreate '
	assert_line --regexp '^state +broken$'
}

@test "in a deleted directory it exits 5" {
	mkdir gone
	cd gone
	rmdir ../gone
	ask status
	refuses 5 'status: cannot tell the working directory'
	ask status --json
	refuses 5 'status: cannot tell the working directory'
	ask run true
	refuses 5 'run: cannot tell the working directory'
	ask --hook use
	refuses 5 'use: cannot tell the working directory'
}

@test "it takes note of what is odd" {
	make_env .venv
	printf 'version = 3.9.1\n' >.venv/pyvenv.cfg
	ask status
	assert_success
	assert_line --regexp '^note +its pyvenv.cfg has no key `home`$'
}

@test "venv status --json is one object, in every state" {
	make_env app/.venv
	make_env other
	local env=$HOME/app/.venv
	ask status --json
	assert_equal "$status" 1
	is_so 'j["environment"]["state"]' none \
		'j["active"]' None \
		'j["activated_by"]' None \
		'j["until"]' None
	cd app
	ask status --json
	assert_success
	is_so 'j["environment"]["path"]' "$env" \
		'j["environment"]["state"]' inactive \
		'j["active"]' None
	VIRTUAL_ENV=$env VENV_WHICH_AUTO=$env ask status --json
	is_so 'j["environment"]["state"]' active \
		'j["active"]' "$env" \
		'j["activated_by"]' hook \
		'j["until"]' 'leaving the project ends it, or `venv off`'
	VIRTUAL_ENV=$HOME/other ask status --json
	is_so 'j["environment"]["state"]' other \
		'j["active"]' "$HOME/other" \
		'j["activated_by"]' hand
	VENV_WHICH_AUTO=$env ask status --json
	is_so 'j["environment"]["state"]' off
	chmod o+w .venv
	ask status --json
	assert_equal "$status" 3
	is_so 'j["environment"]["state"]' blocked \
		'j["environment"]["rule"]' mode
	rm .venv/bin/python
	ask status --json
	assert_equal "$status" 4
	is_so 'j["environment"]["state"]' broken \
		'j["environment"]["rule"]' python-missing
}

@test "venv status withstands every name" {
	local name n=0
	for name in "${HOSTILE_NAMES[@]}"; do
		make_env_bytes "$HOME/d/$name/.venv"
		cd "$HOME/d/$name"
		((++n))
		"$VENV" status >"$HOME/status$n"
		VIRTUAL_ENV=$PWD/.venv "$VENV" status --json >"$HOME/status$n.json"
		LC_ALL=C printf '%s\0' "$PWD/.venv" >>"$HOME/paths"
	done
	cd
	PYTHONUTF8=1 "$PYTHON" -c '
import json, os, sys
paths = open("paths", "rb").read().split(b"\0")[:-1]
assert len(paths) == int(sys.argv[1])
for n, path in enumerate(paths, 1):
    for line in open("status%d" % n, encoding="utf-8", newline="\n"):
        assert line[:-1].isprintable(), line
    answer = json.loads(open("status%d.json" % n, "rb").read().decode("utf-8"))
    assert os.fsencode(answer["environment"]["path"]) == path, answer
    assert os.fsencode(answer["active"]) == path, answer
' "${#HOSTILE_NAMES[@]}"
}

# --- run

@test "venv run runs a command in the nearest environment" {
	make_env app/.venv
	mkdir app/sub
	cd app/sub
	ask run python -c 'import sys; print(sys.prefix)'
	says "$HOME/app/.venv"
	put_program ../.venv/bin/hello 'echo "hello $*"'
	ask run hello two 'three  four'
	says 'hello two three  four'
}

@test "the command's exit status is that of venv run" {
	make_env .venv
	for code in 0 1 2 7 126 127 255; do
		run "-$code" "$VENV" run sh -c "exit $code"
		assert_output ''
	done
}

@test "signals and the process are the command's" {
	make_env .venv
	# shellcheck disable=SC2016 # for the inner shell
	run bash -c '"$0" run sh -c "kill -TERM \$\$"' "$VENV"
	assert_equal "$status" 143
	# shellcheck disable=SC2016
	run bash -c '"$0" run sh -c "kill -KILL \$\$"; echo $?' "$VENV"
	assert_output --partial 137
	# shellcheck disable=SC2016
	run sh -c 'echo $$; exec "$0" run sh -c "echo \$\$"' "$VENV"
	assert_equal "${lines[0]}" "${lines[1]}"
}

@test "standard input is the command's" {
	make_env .venv
	run bash -c 'echo data | "$0" run cat' "$VENV"
	assert_output data
}

@test "the command sees what the stock activation sets, and nothing else" {
	make_env app/.venv
	cd app
	export PYTHONHOME=/x VENV_WHICH_AUTO=/y/.venv VIRTUAL_ENV=/y/.venv OTHER=$'a\nb'
	export VIRTUAL_ENV_PROMPT=y
	env -u PYTHONHOME -u VENV_WHICH_AUTO -u VIRTUAL_ENV -u VIRTUAL_ENV_PROMPT \
		-u PATH -u _ /usr/bin/env | sort >"$HOME/before"
	"$VENV" run /usr/bin/env >"$HOME/all"
	grep -vE '^(VIRTUAL_ENV|VIRTUAL_ENV_PROMPT|PATH|_)=' "$HOME/all" |
		sort >"$HOME/after"
	diff "$HOME/before" "$HOME/after"
	run grep -E '^(VIRTUAL_ENV|VIRTUAL_ENV_PROMPT|PATH)=' "$HOME/all"
	assert_line "VIRTUAL_ENV=$HOME/app/.venv"
	assert_line 'VIRTUAL_ENV_PROMPT=app'
	assert_line "PATH=$HOME/app/.venv/bin:$PATH"
	assert_equal "${#lines[@]}" 3
}

@test "PATH that is unset, empty, or has the bin in front already" {
	make_env .venv
	local bin=$HOME/.venv/bin
	run env -u PATH "$VENV" run /usr/bin/env
	assert_line "PATH=$bin"
	run env PATH= "$VENV" run /usr/bin/env
	assert_line "PATH=$bin:"
	run env "PATH=$bin:/usr/bin" "$VENV" run /usr/bin/env
	assert_line "PATH=$bin:/usr/bin"
	run env "PATH=$bin" "$VENV" run /usr/bin/env
	assert_line "PATH=$bin"
	run env "PATH=${bin}x:/usr/bin" "$VENV" run /usr/bin/env
	assert_line "PATH=$bin:${bin}x:/usr/bin"
	run env "PATH=/usr/bin:$bin" "$VENV" run /usr/bin/env
	assert_line "PATH=$bin:/usr/bin:$bin"
}

@test "options behind the command are the command's" {
	make_env .venv
	put_program .venv/bin/tell 'echo "tell $*"'
	ask run tell -e --help -- --json
	says 'tell -e --help -- --json'
	ask run -- tell -h
	says 'tell -h'
	put_program .venv/bin/--odd 'echo odd "$@"'
	ask run -- --odd -e --
	says 'odd -e --'
	ask run sh -c 'echo "$0"' --version
	says --version
}

@test "-e runs it in a named environment, or in one by its directory" {
	make_env .virtualenvs/one
	make_env app/.venv
	make_env envs/two
	mkdir link
	echo one >link/.venv
	while read -r path args; do
		# shellcheck disable=SC2086
		ask run $args printenv VIRTUAL_ENV
		says "$HOME/$path"
	done <<-END
		.virtualenvs/one -e one
		.virtualenvs/one -eone
		.virtualenvs/one --env one
		.virtualenvs/one --env=one --
		app/.venv -e app
		app/.venv -e ./app/
		app/.venv -e $HOME/app
		app/.venv -e app/.venv
		envs/two -e envs/two
		.virtualenvs/one -e link
		.virtualenvs/one -e app -e one
	END
}

@test "-e to what is not there is a failure, and nothing is run" {
	make_env .venv
	ask run -e gone touch ran
	refuses 1 'run: no environment is called gone; to make it: venv create -n gone'
	ask run -e ./gone touch ran
	refuses 1 'run: there is no ./gone'
	mkdir empty
	ask run -e empty touch ran
	refuses 1 'run: no environment in '
	ask run -e $'bad\033' touch ran
	refuses 1 'bad?'
	[[ ! -e ran ]]
}

@test "without an environment that may be used, nothing is run" {
	ask run touch ran
	refuses 1 "run: no environment at or above $HOME"
	make_env .venv
	chmod o+w .venv
	ask run touch ran
	refuses 3 "run: $HOME/.venv is blocked: "
	ask run -e . touch ran
	refuses 3 "run: $HOME/.venv is blocked: "
	rm .venv/bin/python
	ask run touch ran
	refuses 4 "run: $HOME/.venv is broken: "
	[[ ! -e ran ]]
}

@test "a command that is not there exits 127, one that cannot be run 126" {
	make_env .venv
	run -127 --separate-stderr "$VENV" run no-such-command
	refuses 127 'run: no-such-command: No such file or directory; the environment is '
	run -127 --separate-stderr "$VENV" run ./gone
	refuses 127 'run: ./gone: No such file or directory'
	touch file
	ask run ./file
	refuses 126 'run: ./file: Permission denied'
	ask run "$HOME"
	refuses 126 "run: $HOME: Permission denied"
	run -127 "$VENV" run ''
}

@test "venv run withstands every name, of environments and of arguments" {
	local name
	for name in "${HOSTILE_NAMES[@]}"; do
		make_env_bytes "$HOME/.virtualenvs/$name"
		"$VENV" run --env="$name" printenv VIRTUAL_ENV >out
		printf '%s\n' "$HOME/.virtualenvs/$name" | cmp - out
		"$VENV" run -e "$HOME/.virtualenvs/$name" printf '%s\n' "$name" >out
		printf '%s\n' "$name" | cmp - out
	done
	run find "$HOME" -name PWNED
	assert_output ''
}

# --- use, off and on

@test "without the shell function, use, off and on say how to load it" {
	make_env .venv
	for command in use off on 'use name' 'use .'; do
		# shellcheck disable=SC2086
		ask $command
		refuses 1 "${command%% *}: it changes this shell, and needs the hook there; "
		[[ $stderr == *init* ]]
	done
}

# uses DIR: the answer makes it the active one.
uses() {
	assert_success
	assert_line "set VIRTUAL_ENV $1"
}

@test "the shell function asks by --hook, and reads the hook's lines" {
	make_env app/.venv
	make_env .virtualenvs/one
	ask --hook use one
	uses "$HOME/.virtualenvs/one"
	assert_line 'prompt (one) '
	assert_line 'state none'
	refute_line --regexp '^set VENV_WHICH_AUTO'
	assert_line --index "$((${#lines[@]} - 1))" "end 2"
	cd app
	ask --hook use
	uses "$HOME/app/.venv"
	assert_line "set VENV_WHICH_AUTO $HOME/app/.venv"
	ask --hook on
	uses "$HOME/app/.venv"
	ask --hook off
	assert_success
	assert_line "set VENV_WHICH_AUTO $HOME/app/.venv"
	refute_line --regexp '^set VIRTUAL_ENV'
	assert_line 'state off'
}

@test "other commands do the same with --hook as without" {
	make_env .venv
	for command in list status help 'init bash' 'run echo x'; do
		# shellcheck disable=SC2086
		ask $command
		local expected=$output
		# shellcheck disable=SC2086
		ask --hook $command
		says "$expected"
	done
}

@test "venv use NAME means what is here first, then the named environment" {
	make_env .virtualenvs/both
	make_env .virtualenvs/one
	make_env both
	ask --hook use both
	uses "$HOME/both"
	ask --hook use one
	uses "$HOME/.virtualenvs/one"
	mkdir one
	ask --hook use one
	uses "$HOME/.virtualenvs/one"
	WORKON_HOME=$HOME/nowhere ask --hook use one
	refuses 1 "use: no environment in $HOME/one"
}

@test "venv use DIR takes an environment, or a project that holds one" {
	make_env app/.venv
	make_env other
	mkdir app/sub
	echo ../../other >app/sub/.venv
	for dir in app ./app app/ app/.venv "$HOME/app" app/.venv/ other/../app; do
		ask --hook use "$dir"
		uses "$HOME/app/.venv"
	done
	cd app
	ask --hook use .
	uses "$HOME/app/.venv"
	ask --hook use sub
	uses "$HOME/other"
	ask --hook use ..
	refuses 1 'use: no environment'
}

@test "what cannot be used is refused, with the reason" {
	ask --hook use
	refuses 1 "use: no environment at or above $HOME (looked for .venv, venv)"
	ask --hook use gone
	refuses 1 'use: no environment is called gone; to make it: venv create -n gone'
	ask --hook use ./gone
	refuses 1 'use: there is no ./gone'
	make_env app/.venv
	chmod o+w app/.venv
	ask --hook use app
	refuses 3 "use: $HOME/app/.venv is blocked: "
	rm app/.venv/bin/python
	ask --hook use app
	refuses 4 "use: $HOME/app/.venv is broken: "
	ask --hook use app/.venv
	refuses 4 "use: $HOME/app/.venv is broken: "
}

@test "venv use withstands every name" {
	local name
	for name in "${HOSTILE_NAMES[@]}"; do
		make_env_bytes "$HOME/.virtualenvs/$name"
		"$VENV" --hook use -- "$name" >out
		LC_ALL=C sed -n 's/^set VIRTUAL_ENV //p' out >first
		printf '%s\n' "$HOME/.virtualenvs/$name" | cmp - first
		assert_equal "$(tail -n 1 out)" "end 2"
	done
}

@test "a name with a newline never gets into the hook's lines" {
	make_env evil
	make_env_bytes $'.virtualenvs/x\nset '"${HOME//\//}"
	ask --hook use $'x\nset '"${HOME//\//}"
	refuses 4 'has a newline in it'
	ask --hook use $'gone\nset evil'
	refuses 1 'gone?set evil'
}
