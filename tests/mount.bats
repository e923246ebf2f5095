# Environments on file systems that forget who they were: another device at each
# mount, no time of birth, modes that are made up, and files that stay by a hidden
# name while they are open.  bindfs is one, by FUSE, as the drives of others and
# of Windows are.

# shellcheck disable=SC2016,SC2030,SC2031,SC2154
# They are text; each test is a process; bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	VENV=$STAGE/bin/venv WHICH=$STAGE/bin/venv-which
	CONFIG=$XDG_CONFIG_HOME/venv-which/config
	mkdir -p real mnt other "${CONFIG%/*}"
	need_bindfs
}

teardown() {
	cd /
	unmount "$HOME/mnt"
	unmount "$HOME/other"
}

# --- words of these tests

need_bindfs() {
	need_tool bindfs
	bindfs real mnt >bindfs.log 2>&1 ||
		skip "FUSE cannot mount here: $(tail -n 1 bindfs.log)"
	unmount mnt
}

# unmount DIR: if something is mounted there.
unmount() {
	mountpoint -q "$1" || return 0
	fusermount -u "$1" 2>/dev/null || umount "$1" 2>/dev/null ||
		umount -l "$1"
}

# mounted [OPTION...]: real at ~/mnt, and anew where it was.
mounted() {
	cd "$HOME"
	unmount mnt
	bindfs "$@" real mnt
}

# device: of what is mounted there.
device() { stat -c %d "$HOME/mnt"; }

# ruled RULE [STATUS]: that is behind the verdict in ~/mnt/app.
ruled() {
	cd "$HOME/mnt/app"
	run --separate-stderr timeout 20 "$WHICH" --explain
	whole
	assert_equal "$(sed -n 's/^  rule: //p' <<<"$output") $status" "$1 ${2-3}"
}

# did COMMAND...: it is done, whatever it prints.
did() {
	run --separate-stderr timeout 60 "$@"
	assert_equal "$status $stderr" '0 '
}

# --- who it is

@test "what was decided holds after another mount, on another device" {
	local first
	make_env made/.venv
	mkdir real/app
	cp -R made/.venv real/app
	mounted
	ruled place
	"$VENV" allow >/dev/null 2>&1
	ruled allowed 0
	first=$(device)
	# It has the number of the first one else.
	cd "$HOME"
	unmount mnt
	bindfs real other
	mounted
	[[ $(device) != "$first" ]]
	ruled allowed 0
	run "$VENV" allow --list
	assert_output "allowed ~/mnt/app/.venv"
	did "$VENV" deny
	unmount "$HOME/other"
	mounted
	ruled denied
	# And nothing of it is said of the same directory without the mount.
	cd "$HOME/real/app"
	run "$WHICH" --explain
	assert_output --partial 'rule: place'
}

@test "what venv create made there is known after another mount" {
	mkdir real/app
	echo 'trust = allow' >"$CONFIG"
	mounted
	cd mnt/app
	did "$VENV" create
	ruled created 0
	cd "$HOME"
	unmount mnt
	bindfs real other
	mounted
	ruled created 0
}

@test "what took the place of what was allowed there is not allowed" {
	local cfg=$HOME/real/app/.venv/pyvenv.cfg
	make_env made/.venv
	mkdir real/app
	cp -R made/.venv real/app
	mounted
	cd mnt/app
	"$VENV" allow >/dev/null 2>&1
	ruled allowed 0
	# The number of the directory may be given out again.
	cp -p "$cfg" was
	touch "$cfg"
	ruled place
	assert_output --partial ', and it is not the one that you allowed'
	cp -p was "$cfg"
	ruled allowed 0
	echo '# more' >>"$cfg"
	touch -r was "$cfg"
	ruled place
	cp -p was "$cfg"
	ruled allowed 0
	# And the file may be the same to the byte.
	cp -pR "$HOME/real/app/.venv" "$HOME/real/app/new"
	mv "$HOME/real/app/.venv" "$HOME/real/app/old"
	mv "$HOME/real/app/new" "$HOME/real/app/.venv"
	mounted
	ruled place
	assert_output --partial ', and it is not the one that you allowed'
}

# --- files that stay

@test "a file that somebody has open stays there, and remove says so" {
	mkdir real/app
	mounted
	cd mnt/app
	did "$VENV" create --without-pip
	exec 7<.venv/bin/activate
	run --separate-stderr timeout 60 "$VENV" remove -y .
	whole
	refused venv 1 "cannot remove $PWD/.venv"
	exec 7<&-
}
