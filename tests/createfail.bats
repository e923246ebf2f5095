# `venv create` and `venv recreate` where something fails: a system call, the
# disk, a permission, the cache, another one at the same time.  What was there
# is there as it was, and one line says why.
#
# weight: 10

# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # text; each test is a process

load helper
load disturb
bats_require_minimum_version 1.5.0

setup_file() {
	(sandbox && share_cache && venv create -q -p "$PYTHON" warm)
}

setup() {
	sandbox
	share_cache
	mkdir work
	cd work || return
}

teardown() {
	[[ ! -d ${MOUNTED-} ]] || umount "$MOUNTED"
}

# --- words of these tests

create() { venv create -q -p "$PYTHON" "$@"; }

# try COMMAND...: what it prints is in $output and $stderr.
try() {
	run --separate-stderr "$@"
	whole
}

site() { echo "$1"/lib/python3*/site-packages; }

# old_env: kept in ./old; it has a module, and a file that is nobody's.
old_env() {
	create --prompt old "$@" env
	echo 'value = "old"' >"$(site env)/mine.py"
	echo mine >env/.project
	chmod 2750 env
	mv env old
}

reset() {
	rm -rf env deep
	[[ ! -d old ]] || cp -a old env
}

# exactly: all that is in ./env, with what would change if it was made again.
exactly() {
	find env -type d -printf '%p %i %m\n' -o -printf '%p %i %m %n %T@ %l\n' | LC_ALL=C sort
	state env
}

# each_error DIR COMMAND...: each error at each call; DIR is what it makes.
each_error() {
	local file=all.steps
	# What the first run of all makes elsewhere is there from now on.
	reset
	"${@:2}"
	reset
	steps "${@:2}" >all.steps
	if [[ -n ${some-} ]]; then
		file=some.steps
		awk -v last="$some" '
			FNR == NR { count[$1]++; next }
			++seen[$1] > count[$1] - last || seen[$1] == int(count[$1] / 2)
			' all.steps all.steps >some.steps
	fi
	at_each "$file" failing "$1" "${errors-ENOSPC EACCES EIO}" "${@:2}"
}

# mount_small DIR OPTIONS: a file system of its own.
mount_small() {
	[[ $EUID -eq 0 ]] || skip 'needs root, to mount a file system'
	mkdir -p "$1"
	mount -t tmpfs -o "$2" none "$1" 2>/dev/null ||
		skip 'no file system can be mounted here'
	MOUNTED=$PWD/$1
}

# --- a system call fails

@test "whatever fails, a new one leaves nothing, nor directories above it" {
	need_strace
	each_error deep/er/env venv create -q -p "$PYTHON" --without-pip deep/er/env
}

@test "whatever fails, a new one with pip leaves nothing" {
	small_pip
	need_strace
	some=3 errors=EIO
	each_error deep/er/env venv create -q -p "$PYTHON" deep/er/env
}

@test "whatever fails, one that is made again is as before" {
	need_strace
	errors=ENOSPC
	old_env --without-pip
	each_error env venv create -q -p "$PYTHON" --without-pip --prompt new env
}

@test "whatever fails, one that gets pip is as before" {
	small_pip
	need_strace
	some=1 errors=ENOSPC
	old_env --without-pip
	each_error env venv create -q -p "$PYTHON" --prompt new env
}

@test "whatever fails, one that is cleared is as before" {
	need_strace
	errors=EIO
	old_env --without-pip
	each_error env venv create -q -p "$PYTHON" --without-pip --clear env
}

@test "whatever fails, one that is recreated is as before" {
	need_strace
	errors=EACCES
	old_env --without-pip
	# A close() that strace has fail closes nothing, nor gives the lock back.
	CALLS=${CALLS/,close/}
	each_error env venv recreate -q --no-packages -p "$PYTHON" env
}

@test "a failure over one that was not finished leaves it unfinished" {
	need_strace
	disturb symlinkat 3 signal=KILL venv create -q -p "$PYTHON" --without-pip env
	disturb mkdirat 1 error=EIO venv create -q -p "$PYTHON" --without-pip env
	[[ -f env/.pyvenv.cfg.new ]]
	disturb openat 9 error=EIO venv create -q -p "$PYTHON" --without-pip env
	create --without-pip env
	runs env
	assert_equal "$(leftovers env)" ''
}

@test "a pip that cannot be renewed leaves the environment as it was" {
	old_env --without-pip
	mkdir "$(site old)/pip-1.0.dist-info"
	echo pip-1.0.dist-info/RECORD,, >"$(site old)/pip-1.0.dist-info/RECORD"
	echo 'import os; os._exit(3)' >"$(site old)/stop.pth"
	reset
	exactly >before.state
	try create --prompt new env
	refused venv 1 'pip failed'
	exactly >after.state
	diff before.state after.state
}

# --- there is no room

@test "a full disk leaves nothing behind, at whatever moment it is full" {
	local size made=0
	mount_small small size=16k
	for size in 16k 20k 32k 64k 200k 1m 4m 12m 64m; do
		mount -o "remount,size=$size" small
		try create small/deep/env
		if (( status )); then
			refused venv 1 'No space left on device'
			assert_equal "$(find small -mindepth 1)" ''
		else
			made=$((made + 1))
			runs small/deep/env pip
		fi
	done
	(( made > 0 )) || fail 'none was made'
}

@test "a disk without inodes leaves nothing behind" {
	local inodes
	mount_small small nr_inodes=3
	for inodes in 3 4 8 20 40 100 900; do
		mount -o "remount,nr_inodes=$inodes" small
		try create small/env
		refused venv 1 'No space left on device'
		assert_equal "$(find small -mindepth 1)" ''
	done
}

@test "a full disk leaves the environment that was there, and cleared ones" {
	local options
	mount_small small size=1m
	create --without-pip --prompt old small/env
	echo 'value = "old"' >"$(site small/env)/mine.py"
	state small/env >before.state
	for options in '' --clear --copies; do
		# shellcheck disable=SC2086 # none is no word
		try create $options small/env
		refused venv 1 'No space left on device'
		same_state "full, $options" small/env before.state
		runs small/env mine
	done
}

@test "what has too long a name or path is refused, and nothing is made" {
	local long
	long=$(printf 'x%.0s' {1..256})
	try create "$long"
	refused venv 1 'File name too long'
	try create "above/$long/env"
	refused venv 1 'File name too long'
	long=$(printf 'x%.0s' {1..200})
	long=$(for i in {1..19}; do printf '%s/' "$long"; done)env
	try create "$long"
	refused venv 1 'leaves no room'
	try create "$long/$long"
	refused venv 1 'no path can be as long'
	assert_equal "$(ls)" ''
}

# --- permissions

# as_other COMMAND...: by a user who is nobody else, with a home of his own.
as_other() {
	need_root
	mkdir -p other
	chown 4711:4711 other
	chmod 711 "$BATS_RUN_TMPDIR" "$BATS_TEST_TMPDIR" "$HOME" 2>/dev/null || true
	[[ -x $STAGE/bin/venv ]]
	run --separate-stderr setpriv --reuid 4711 --regid 4711 --clear-groups \
		env HOME="$PWD/other" XDG_CACHE_HOME="$PWD/other/cache" \
		XDG_STATE_HOME="$PWD/other/state" XDG_CONFIG_HOME="$PWD/other/config" \
		XDG_DATA_HOME="$PWD/other/data" "$@"
}

@test "where one may not write nothing is made" {
	as_other venv create -q -p "$PYTHON" --without-pip env
	refused venv 1 "cannot make $PWD/env: $PWD belongs to root"
	as_other venv create -q -p "$PYTHON" --without-pip other/env
	assert_success
	runs other/env
}

@test "what a directory of one's own lacks is what chmod is to give" {
	local mode lacks above
	as_other mkdir other/above other/env
	while read -r mode lacks above; do
		chmod "$mode" other/env other/above
		as_other venv create -q -p "$PYTHON" --without-pip other/env
		assert_equal "$mode ${stderr##*chmod }" "$mode u+$lacks ~/env"
		as_other chmod "u+$lacks" other/env
		as_other venv create -q -p "$PYTHON" --without-pip other/env
		assert_success
		rm -r other/env
		as_other mkdir other/env
		[[ $above ]] || continue
		as_other venv create -q -p "$PYTHON" --without-pip other/above/env
		assert_equal "$mode ${stderr##*chmod }" "$mode u+$above ~/above"
	done <<-'END'
		0 rwx wx
		100 rw w
		200 rx x
		300 r
		400 wx wx
		500 w w
		600 x x
	END
}

@test "another user's environment, or a part of one, stays as it is" {
	need_root
	create --without-pip env
	state env >before.state
	as_other venv create -q -p "$PYTHON" --without-pip env
	refused venv 1 "cannot make $PWD/env/pyvenv.cfg: it belongs to root"
	as_other venv create -q -p "$PYTHON" --without-pip --clear env
	refused venv 1 "cannot empty $PWD/env: it belongs to root"
	chown 4711:4711 env env/include env/lib env/lib/*
	as_other venv create -q -p "$PYTHON" --without-pip env
	refused venv 1 "$PWD/env/bin belongs to root"
	as_other venv create -q -p "$PYTHON" --without-pip --clear env
	refused venv 1 "cannot empty $PWD/env: $PWD/env/bin belongs to root"
	same_state 'by another user' env before.state
	runs env
}

@test "what could not be removed afterwards stays whole, and is named" {
	need_root
	small_pip
	mkdir app
	chown 4711:4711 app
	cd app || return
	as_other venv create -q -p "$PYTHON" env
	chown root env/lib/python*/site-packages/pip
	state env >../before.state
	for words in 'create --clear' recreate; do
		# shellcheck disable=SC2086 # words
		as_other venv $words -q env
		whole
		[[ $stderr == "venv: ${words%% *}: cannot empty $PWD/env: $PWD/env/lib/python"*"/site-packages/pip belongs to root" ]] ||
			fail "$words: $stderr"
		same_state "$words" env ../before.state
	done
	chown -R 4711:4711 env
	chmod a-w env
	as_other venv create -q --clear env
	assert_equal "$stderr" "venv: create: cannot empty $PWD/env: it may not be written
  chmod u+w $PWD/env"
	runs env pip
}

# --- what stands in the directory already

@test "an archive cannot have its files put in the place of others" {
	mkdir -p app/.venv-which.old/bin app/bin
	echo mine | tee app/bin/tool app/README >/dev/null
	echo theirs | tee app/.venv-which.old/bin/tool app/.venv-which.old/README \
		app/.venv-which.old/pyvenv.cfg >/dev/null
	touch app/.venv-which.old/.whole app/.venv-which.old/.parts app/.venv-which.old/.all
	try create --without-pip app
	refused venv 1 'something else has taken its place'
	echo 12345 >app/.venv-which.old/.whole
	try create --without-pip app
	refused venv 1 'something else has taken its place'
	try venv recreate -q --no-packages app
	assert_failure
	assert_equal "$(cat app/bin/tool app/README)" $'mine\nmine'
}

@test "a link in the directory leads nothing out of it" {
	local name
	mkdir elsewhere
	echo mine >elsewhere/file
	for name in bin lib include; do
		rm -rf env
		mkdir env
		ln -s "$PWD/elsewhere" "env/$name"
		try create --without-pip env
		refused venv 1 "unable to create directory $PWD/env/$name"
		assert_equal "$(ls -A env)" "$name"
	done
	rm -rf env
	create --without-pip env
	for name in bin/activate bin/.activate.new .pyvenv.cfg.new pyvenv.cfg CACHEDIR.TAG \
		.venv-which.gone .venv-which.kept .venv-which.old; do
		ln -sfn "$PWD/elsewhere/file" "env/$name"
	done
	try create --without-pip env
	assert_failure
	rm env/.venv-which.old
	create --without-pip env
	runs env
	assert_equal "$(cat elsewhere/*)" mine
}

# --- another one at the same time

@test "several who make the same one, or clear it, all succeed" {
	local i pids=()
	create env
	state env >whole.state
	rm -rf env
	for i in {1..6}; do
		create env &
		pids+=($!)
	done
	for i in "${pids[@]}"; do
		wait "$i"
	done
	same_state 'made at once' env whole.state
	create --clear env
	state env >whole.state
	pids=()
	for i in {1..4}; do
		create --clear env &
		pids+=($!)
	done
	for i in "${pids[@]}"; do
		wait "$i"
	done
	same_state 'cleared at once' env whole.state
	assert_equal "$(leftovers env)" ''
}

@test "who removes or recreates one waits for who works on it" {
	command -v flock >/dev/null || skip 'no flock on this machine'
	create --without-pip env
	state env >before.state
	# As it is while another one takes its place.
	mkdir env/.venv-which.old
	mv env/bin env/.venv-which.old
	state env >half.state
	exec 9<"$PWD/env"
	flock 9
	run timeout 1 venv remove -y env
	assert_equal "$status" 124
	run timeout 1 venv recreate -q --no-packages env
	assert_failure
	run timeout 1 venv create -q -p "$PYTHON" --without-pip --clear env
	assert_failure
	same_state 'locked' env half.state
	exec 9<&-
	create --without-pip env
	same_state 'and then' env before.state
	venv remove -q -y env
	[[ ! -e env ]]
}

has_begun() { is_env "$1" || [[ -e $1/.pyvenv.cfg.new ]]; }

@test "one that is removed while it is made is whole, or not there" {
	local i pid
	for i in {1..8}; do
		mkdir -p env
		create env &
		pid=$!
		await "$pid" has_begun env
		venv remove -q -y env || true
		wait "$pid" || true
		! is_env env || runs env pip
		[[ ! -e env ]] || is_env env
	done
}

# --- the cache

# own_cache: this test's own, and cold.
own_cache() { export XDG_CACHE_HOME=$HOME/cache; }

# image: the directory of the files that are linked from.
image() { echo "$XDG_CACHE_HOME"/venv-which/image/*/tree; }

@test "two who have a cold cache both succeed, and one unpacks" {
	small_pip
	local pids=() i
	own_cache
	for i in 1 2 3; do
		create "env$i" &
		pids+=($!)
	done
	for i in "${pids[@]}"; do
		wait "$i"
	done
	for i in 1 2 3; do
		runs "env$i" pip
		[[ $(site "env$i")/pip/__init__.py -ef $(image)/pip/__init__.py ]]
	done
	assert_equal "$(find "$XDG_CACHE_HOME/venv-which/image" -mindepth 1 -maxdepth 1 ! -name '[0-9]*')" \
		"$XDG_CACHE_HOME/venv-which/image/lock"
}

@test "a cold cache whose making is killed is made by the next run" {
	small_pip
	need_strace
	local call
	own_cache
	create env
	state env >whole.state
	for call in 'poll 1' 'poll 3' 'mkdirat 1' 'renameat 2' 'flock 2'; do
		rm -rf env "$XDG_CACHE_HOME/venv-which/image"
		# shellcheck disable=SC2086 # two words
		disturb $call signal=KILL venv create -q -p "$PYTHON" env
		assert_equal "$call: $disturbed" "$call: 137"
		! is_env env
		# What seed.py was about to write, it may still be writing.
		create env
		same_state "killed at $call" env whole.state
		assert_equal "$(find "$XDG_CACHE_HOME/venv-which/image" -mindepth 1 -maxdepth 1 ! -name '[0-9]*')" \
		"$XDG_CACHE_HOME/venv-which/image/lock"
	done
}

@test "a file in the cache that is not as it was is noticed" {
	small_pip
	local how file
	own_cache
	create env
	state env >whole.state
	for how in 'echo >>' 'touch' ': >' 'rm -f'; do
		file=$(image)/pip/_vendor/six.py
		chmod u+w "$file"
		eval "$how"' "$file"'
		rm -rf env
		mkdir env
		echo mine >env/notes.txt
		create env
		rm env/notes.txt
		same_state "$how" env whole.state
	done
	for how in 'rm -f' 'sed -i \$d'; do
		eval "$how"' "$(image)/../manifest"'
		rm -rf env
		create env
		same_state "manifest: $how" env whole.state
	done
}

# without_cache TEXT: it works, and one line says why without.
without_cache() {
	rm -rf env
	try create --link-mode copy env
	assert_success
	assert_equal "${#stderr_lines[@]} line" '1 line'
	[[ $stderr == *"without its cache: "*"$1"* ]] || fail "$stderr"
	runs env pip
	assert_equal "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'venv-which.*')" ''
}

@test "a cache that is not to be trusted, or not to be had, is done without" {
	small_pip
	export TMPDIR=$HOME/tmp
	mkdir "$TMPDIR"
	own_cache
	mkdir -p "$XDG_CACHE_HOME/venv-which"
	chmod 777 "$XDG_CACHE_HOME/venv-which"
	without_cache 'may be written by others'
	chmod 700 "$XDG_CACHE_HOME/venv-which"
	unset XDG_CACHE_HOME
	HOME=/dev/null without_cache 'Not a directory'
	(unset HOME && without_cache 'HOME is not set')
	need_root
	own_cache
	chown 4711 "$XDG_CACHE_HOME/venv-which"
	without_cache 'belongs to another user'
}

@test "a home that is not there is not made" {
	small_pip
	export TMPDIR=$HOME/tmp
	mkdir "$TMPDIR"
	unset XDG_CACHE_HOME XDG_STATE_HOME
	HOME=$PWD/nowhere run venv create -p "$PYTHON" env
	assert_success
	assert_line --regexp 'works without its cache: ~/.cache/venv-which: No such file or directory'
	assert_line --regexp 'is not recorded: cannot make ~: No such file'
	[[ ! -e nowhere ]]
	runs env pip
}

@test "a cache that is read only is done without" {
	small_pip
	export TMPDIR=$HOME/tmp
	mkdir "$TMPDIR"
	mount_small cache size=1m,mode=700
	mkdir cache/venv-which
	mount -o remount,ro cache
	XDG_CACHE_HOME=$PWD/cache
	without_cache 'Read-only file system'
}

@test "a cache on another file system is copied from" {
	mount_small disk size=64m
	create disk/env
	runs disk/env pip
	assert_equal "$(find disk/env -type f -links +1)" ''
	state disk/env | grep -v 'RECORD$\|cfg$\|ctivate\|bin/pip' >copied
	create env
	state env | grep -v 'RECORD$\|cfg$\|ctivate\|bin/pip' | diff copied -
}

@test "files whose links are used up are copied, the others are linked" {
	need_strace
	small_pip
	create warm
	disturb linkat 5 error=EMLINK venv create -q -p "$PYTHON" env
	assert_equal "$disturbed" 0
	create other
	assert_equal "$(($(find other -type f -links +1 | wc -l) - 1))" \
		"$(find env -type f -links +1 | wc -l)"
	runs env pip
	rm -rf env
	disturb linkat 1 error=EXDEV venv create -q -p "$PYTHON" env
	assert_equal "$disturbed" 0
	assert_equal "$(find env -type f -links +1)" ''
	diff <(listing env) <(listing other)
}
