# `venv create` and `venv recreate` killed at each system call: what is left is
# no environment, or a whole one, and the next run completes it.
#
# weight: 20

# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # text; each test is a process

load helper
load disturb
bats_require_minimum_version 1.5.0

setup_file() {
	command -v strace >/dev/null || return 0
	(sandbox && share_cache && venv create -q -p "$PYTHON" warm)
}

setup() {
	need_strace
	sandbox
	share_cache
	mkdir work
	cd work || return
}

# --- words of these tests

create() { venv create -q -p "$PYTHON" "$@"; }

# old_env: what the tests work on, kept in ./old; it has a module, and a file
# that is nobody's.
old_env() {
	create --prompt old "$@" env
	echo 'value = "old"' >"$(echo env/lib/python3*/site-packages)/mine.py"
	echo mine >env/.project
	chmod 2750 env
	mv env old
}

# Put ./old, or nothing, in the place of ./env.
reset() {
	rm -rf env left
	[[ ! -d old ]] || cp -a old env
}

# calls COMMAND...: its steps go to ./all.  Only those are needed that change
# something: who is killed at another one leaves what is there at the next of these.
calls() {
	command=("$@")
	# What the first run of all makes elsewhere is there from now on.
	reset
	"$@"
	reset
	steps "$@" >steps.all
	awk -F '(' '{ n[$1]++ }
		/^(mkdir|rename|symlink|link|unlink|rmdir|flock|write|fchmod|utimens)|O_CREAT|O_TRUNC/ {
			print $1, n[$1]
		}' steps.trace >all
}

# each STEPS CHECK: at each of the steps that the file lists.
each() { at_each "$1" killed "$2" "${command[@]}"; }

# some N: of each call the last N, and two of those before.
some() {
	awk -v last="$1" '
		FNR == NR { count[$1]++; next }
		{ before = count[$1] - last; i = ++seen[$1] }
		i > before || i == int(before / 3) || i == int(before * 2 / 3)
		' all all >part
}

# --- the tests

@test "killed at each call, a new one is none or whole" {
	calls venv create -q -p "$PYTHON" --without-pip env
	each all new_or_none
}

@test "killed at each call, one with pip is none or whole" {
	small_pip
	calls venv create -q -p "$PYTHON" env
	some 7
	each part new_or_none
}

@test "killed at each call, one with copies of pip is none or whole" {
	small_pip
	calls venv create -q -p "$PYTHON" --link-mode copy env
	some 0
	sed -i -n '/^[orsu]/p' part
	each part new_or_none
}

@test "killed at each call, one in a directory of files is none or whole" {
	mkdir old
	echo mine >old/notes.txt
	calls venv create -q -p "$PYTHON" --without-pip env
	each all new_or_none
	assert_equal "$(cat env/notes.txt)" mine
}

@test "killed at each call, one that is made again stays whole" {
	old_env --without-pip
	calls venv create -q -p "$PYTHON" --without-pip --prompt new env
	each all old_or_new
}

@test "killed at each call, one that gets pip stays whole" {
	small_pip
	old_env --without-pip
	calls venv create -q -p "$PYTHON" --prompt new env
	some 3
	each part old_or_new
}

@test "killed at each call, one that is upgraded stays whole" {
	old_env --without-pip
	calls venv create -q -p "$PYTHON" --without-pip --upgrade env
	each all old_or_new
}

@test "killed at each call, --clear loses no environment" {
	old_env --without-pip
	calls venv create -q -p "$PYTHON" --without-pip --clear env
	each all none_or_new
	each all old_none_or_new
}

@test "killed at each call, --clear with pip loses no environment" {
	small_pip
	old_env
	calls venv create -q -p "$PYTHON" --clear env
	some 3
	each part old_none_or_new
}

@test "killed at each call, recreate loses no environment" {
	old_env --without-pip
	echo mine >old/bin/postactivate
	calls venv recreate -q --no-packages env
	each all none_or_new
	each all old_none_or_new
}

@test "what a killed removal has left does not come back by a creation" {
	local n
	venv create -q -p "$PYTHON" --without-pip env
	echo 'x = 1' >"$(echo env/lib/python*/site-packages)/module.py"
	mkdir env/lib/a env/lib/a/b
	touch env/lib/a/b/c env/lib/a/d
	cp -R env whole
	for n in 1 2 4 6 8; do
		rm -rf env
		cp -R whole env
		disturb unlinkat "$n" signal=KILL venv remove -y ./env
		[[ $disturbed -ne 0 ]]
		[[ -e env/.pyvenv.cfg.new ]]
		echo mine >env/notes
		venv create -q -p "$PYTHON" --without-pip env
		runs env
		assert_equal "$(leftovers env)$(find env -name module.py)$(ls -d env/lib/a 2>/dev/null)" ''
		assert_equal "$(<env/notes)" mine
		rm env/notes
	done
	# Nobody can pack that mark into an archive.
	mkdir -p theirs/lib
	echo mine >theirs/lib/file
	touch theirs/.pyvenv.cfg.new
	echo 1 >theirs/.venv-which.removed
	venv create -q -p "$PYTHON" --without-pip theirs
	assert_equal "$(<theirs/lib/file)" mine
}

@test "a named one whose recreation is killed loses none of its packages" {
	local data=$HOME/.virtualenvs/data n waits
	make_wheel wheels alpha 1.0
	export PIP_NO_INDEX=1 PIP_FIND_LINKS=$PWD/wheels
	venv create -q -p "$PYTHON" -n data
	"$PYTHON" -m zipfile -e wheels/alpha-*.whl "$(echo "$data"/lib/python3*/site-packages)"
	cp -a "$data" before
	state before >state.before
	# It waits for each program that it runs; the last one installs.
	strace -qq -o waits -e trace=wait4 venv recreate -q data
	waits=$(grep -c '^wait4' waits)
	((waits >= 3))
	for n in $(seq "$waits"); do
		rm -rf "$data"
		cp -a before "$data"
		disturb wait4 "$n" signal=KILL venv recreate -q data
		assert_equal "$disturbed" 137
		if ((n == 1)); then
			# It has only looked, so that the next run would be the one above.
			same_state 'at the first wait' "$data" state.before
			continue
		fi
		# There may be no pyvenv.cfg to find it by.
		venv recreate -q data || venv create -q -p "$PYTHON" -n data
		assert_equal "$("$data/bin/python" -c 'import alpha; print(alpha.version)')" 1.0
		assert_equal "$(leftovers "$data")" ''
	done
}

@test "what kills does so at the Nth call of the command itself" {
	[[ $KILL_AT ]] || skip 'strace kills on this machine'
	run "$KILL_AT" write 3 sh -c 'echo 1; /bin/echo theirs; echo 2; echo 3; echo 4'
	assert_equal "$status" 137
	assert_output $'1\ntheirs\n2'
	run "$KILL_AT" write 3 sh -c 'echo 1; kill -USR1 $$'
	assert_equal "$status" $((128 + $(kill -l USR1)))
	run "$KILL_AT" write 3 sh -c 'echo 1; exit 3'
	assert_equal "$status" 3
}
