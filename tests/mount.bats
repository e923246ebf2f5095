# Environments on file systems that forget who they were: another device at each
# mount, no time of birth, modes that are made up, and files that stay by a hidden
# name while they are open.  bindfs is one, by FUSE, as the drives of others and
# of Windows are.

# shellcheck disable=SC2016,SC2030,SC2031,SC2154,SC2164
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
	run --separate-stderr "$WITHIN" 20 "$WHICH" --explain
	whole
	assert_equal "$(sed -n 's/^  rule: //p' <<<"$output") $status" "$1 ${2-3}"
}

# did COMMAND...: it is done, whatever it prints.
did() {
	run --separate-stderr "$WITHIN" 60 "$@"
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
	small_pip
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

# --- modes that are made up

@test "where each mode is 0777, under answers for the modes, and the line says so" {
	make_env made/.venv
	mkdir real/app
	cp -R made/.venv real/app
	mounted --perms=0777
	ruled mode
	assert_line '  next: or, where the mount shows every mode as 0777, `under = DIR` in the config file'
	# A directory that is itself below another one of those is not enough.
	echo "under = $HOME/mnt/app" >"$CONFIG"
	ruled mode
	echo "under = $HOME/mnt" >"$CONFIG"
	ruled under 0
	echo ../app/.venv >"$HOME/real/redirect"
	mkdir "$HOME/real/second"
	mv "$HOME/real/redirect" "$HOME/real/second/.venv"
	cd ../second
	run "$WHICH"
	assert_output "$HOME/mnt/app/.venv"
	echo "under = $HOME" >"$CONFIG"
	ruled under 0
	did "$VENV" deny
	ruled denied
}

@test "what leads out of there is judged as all else is" {
	make_env made/.venv
	chmod 0777 made made/.venv made/.venv/bin made/.venv/pyvenv.cfg
	mkdir -p real/app real/linked
	ln -s "$HOME/made/.venv" real/app/.venv
	echo "under = $HOME/mnt" >"$CONFIG"
	mounted --perms=0777
	ruled mode
	cp -R "$HOME/made/.venv" "$HOME/real/linked/.venv"
	mv "$HOME/real/linked/.venv/pyvenv.cfg" "$HOME/cfg"
	chmod 0777 "$HOME/cfg"
	ln -s "$HOME/cfg" "$HOME/real/linked/.venv/pyvenv.cfg"
	cd "$HOME/mnt/linked"
	run "$WHICH" --explain
	assert_line '  rule: mode'
	assert_line --partial 'its pyvenv.cfg may be written by everybody'
}

@test "where modes are kept, 0777 is what it says, below under too" {
	make_env made/.venv
	mkdir real/app
	cp -R made/.venv real/app
	echo "under = $HOME/mnt" >"$CONFIG"
	mounted
	ruled under 0
	chmod 0777 .venv/bin
	ruled mode
	refute_output --partial 'config file'
	chmod 0755 .venv/bin
	chmod 0777 .
	ruled dir-mode
	refute_output --partial 'config file'
}

@test "environments are made, made anew and removed where each mode is 0777" {
	small_pip
	mkdir real/app
	mounted --perms=0777
	cd mnt/app
	run --separate-stderr "$VENV" create
	refused venv 1 "may be written by everybody"
	[[ $stderr == *'`under = DIR` in the config file'* ]]
	echo "under = $HOME/mnt" >"$CONFIG"
	did "$VENV" create
	ruled under 0
	did .venv/bin/pip --version
	did "$VENV" recreate -y
	did "$VENV" create --clear
	ruled under 0
	did "$VENV" remove -y .
	assert_equal "$(ls -A)" ''
}

# --- files that stay

@test "a file that somebody has open stays there, and remove says so" {
	mkdir real/app
	mounted
	cd mnt/app
	did "$VENV" create --without-pip
	exec 7<.venv/bin/activate
	run --separate-stderr "$WITHIN" 60 "$VENV" remove -y .
	whole
	refused venv 1 "cannot remove $PWD/.venv"
	exec 7<&-
}
