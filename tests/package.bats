# The package of Debian: built, read by lintian, installed in a fresh system,
# used in each shell there, and purged.

# shellcheck disable=SC2016,SC2030,SC2031 # text; each test is a process

load helper

# What a test here needs: root, Debian's tools, and a clone.
need_debian() {
	local tool
	for tool in dpkg-buildpackage dh lintian debootstrap; do
		command -v "$tool" >/dev/null && continue
		[[ -z ${REQUIRE_SHELLS-} || ! -e /etc/debian_version ]] ||
			fail "$tool is required with REQUIRE_SHELLS, and not installed"
		skip "no $tool on this machine"
	done
	git -C "$ROOT" rev-parse -q --verify HEAD >/dev/null 2>&1 ||
		skip 'not a clone, of which an archive could be made'
}

setup() {
	sandbox
	need_debian
	DEB=$BATS_FILE_TMPDIR/build/deb
	SYSTEM=$BATS_FILE_TMPDIR/system
}

# Once: all packages, of what is in the work tree now.
build_packages() {
	[[ ! -e $DEB ]] || return 0
	local tree
	tree=$(git -C "$ROOT" stash create)
	make -s -C "$ROOT" deb "B=$BATS_FILE_TMPDIR/build" "TREE=${tree:-HEAD}" \
		>"$BATS_FILE_TMPDIR/log" 2>&1 || fail "$(tail -n 30 "$BATS_FILE_TMPDIR/log")"
}

# What make install puts below /usr, but for manual pages, which some compress.
installed() {
	make -s -C "$ROOT" install prefix=/usr "B=$BATS_FILE_TMPDIR/plain" \
		"DESTDIR=$HOME/stage" CFLAGS=-O0 WARN= HARDEN= WHICH_CFLAGS=
	(cd stage && find . -type f) | plain
}
plain() { sed -e 's|^\./|/|' -e 's|^usr|/usr|' -e '/\/$/d' -e 's/\.gz$//' | sort; }

@test "dpkg-buildpackage builds it, and lintian finds nothing wrong" {
	build_packages
	run lintian --allow-root --fail-on error,warning "$DEB"/*.changes
	assert_success
	refute_output
}

@test "its version is the Makefile's" {
	build_packages
	run dpkg-deb -f "$DEB"/venv-which_*.deb Version
	assert_output "$(make -s -C "$ROOT" version)-1"
}

@test "what it contains is what make install puts below /usr" {
	build_packages
	dpkg-deb -x "$DEB"/venv-which_*.deb package
	rm -r package/usr/share/doc package/usr/share/lintian
	diff <(installed) <(cd package && find . -type f |
		sed 's|/vendor-completions/|/site-functions/|' | plain)
}

# Once: a fresh system of the release that runs here, with the shells.
make_system() {
	[[ ! -e $SYSTEM/etc/debian_version ]] || return 0
	local codename
	codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	debootstrap --variant=minbase --include=bash,zsh,fish,python3-venv \
		"$codename" "$SYSTEM" >"$BATS_FILE_TMPDIR/log" 2>&1 ||
		fail "$(tail -n 30 "$BATS_FILE_TMPDIR/log")"
}

# in_system COMMAND...: there, with nothing of ours in the environment.
in_system() {
	env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=xterm \
		LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive OUT=/tmp/out \
		"$@"
}

# Every file of the system that is not dpkg's own record.
system_files() {
	(cd "$SYSTEM" && find . \( -path ./proc -o -path ./sys -o -path ./dev \
		-o -path ./root -o -path ./tmp -o -path ./var/log \
		-o -path ./var/lib/dpkg -o -path ./var/cache \) -prune -o -print | sort)
}

# walk_there SHELL: with one line in its rc file, into a project and out again.
walk_there() (
	HOME=$SYSTEM/root XDG_CONFIG_HOME=$SYSTEM/root/.config
	XDG_DATA_HOME=$SYSTEM/root/.local/share
	profile "$1"
	mkdir -p "${RC%/*}"
	# shellcheck disable=SC2059 # the profile's format
	{ words && printf "$LOAD\n" venv; } >"$RC"
	: >"$SYSTEM/tmp/out"
	in_system "$PTY" -o "$SCREEN" 'mark %d' chroot "$SYSTEM" "$1" <<-'END'
		cd ~/app && show VIRTUAL_ENV
		cd; show VIRTUAL_ENV
	END
	diff - "$SYSTEM/tmp/out" <<-'END' || fail "$1: $(screen)"
		VIRTUAL_ENV=/root/app/.venv
		VIRTUAL_ENV unset
	END
)

@test "in a fresh system it installs, works in each shell, and is purged whole" {
	local shell
	need_root
	build_packages
	make_system
	system_files >before
	cp "$DEB"/venv-which_*.deb "$SYSTEM/tmp/it.deb"
	in_system chroot "$SYSTEM" dpkg -i /tmp/it.deb
	in_system chroot "$SYSTEM" venv create -q --without-pip /root/app/.venv
	for shell in bash zsh fish; do
		walk_there "$shell"
	done
	in_system chroot "$SYSTEM" sh -c 'cd; venv doctor || true' >said
	grep -qF 'as a package of Debian; to update it: sudo apt upgrade venv-which' said
	in_system chroot "$SYSTEM" dpkg --purge venv-which
	system_files | diff before -
	# What the user made is there.
	[[ -e $SYSTEM/root/app/.venv/pyvenv.cfg ]]
}

# --- the others

# need_maker TOOL: beside a clone.
need_maker() {
	command -v "$1" >/dev/null && return
	[[ -z ${REQUIRE_SHELLS-} || ! -e /etc/debian_version ]] ||
		fail "$1 is required with REQUIRE_SHELLS, and not installed"
	skip "no $1 on this machine"
}

# Once: the recipes, filled in.
fill_recipes() {
	local tree
	RECIPES=$BATS_FILE_TMPDIR/build/packages
	[[ ! -e $RECIPES ]] || return 0
	tree=$(git -C "$ROOT" stash create)
	make -s -C "$ROOT" packages "B=$BATS_FILE_TMPDIR/build" "TREE=${tree:-HEAD}"
}

@test "rpmbuild builds the package of the spec, with all files" {
	need_maker rpmbuild
	fill_recipes
	mkdir -p rpm/SOURCES
	cp "$BATS_FILE_TMPDIR"/build/venv-which-*.tar.gz rpm/SOURCES
	# What it needs is there, but not as RPM's packages.
	rpmbuild --define "_topdir $HOME/rpm" -bb --nodeps \
		"$RECIPES/venv-which.spec" >log 2>&1 || fail "$(tail -n 20 log)"
	# RPM's list has directories, too.
	diff <(installed) <(rpm -qp --qf '[%{FILEMODES:perms} %{FILENAMES}\n]' \
		rpm/RPMS/*/*.rpm | sed -n 's/^-[^ ]* //p' |
		grep -vE '/(doc|licenses|\.build-id)/' | plain)
}

@test "makepkg builds the package of PKGBUILD, with all files" {
	need_maker makepkg
	need_maker bsdtar
	need_root
	fill_recipes
	mkdir arch
	sed "s|file://.*/venv-which-|venv-which-|" "$RECIPES/PKGBUILD" >arch/PKGBUILD
	cp "$BATS_FILE_TMPDIR"/build/venv-which-*.tar.gz arch
	cat >arch/makepkg.conf <<-'END'
		CARCH=x86_64
		BUILDENV=(check)
		OPTIONS=(strip docs zipman !debug)
		INTEGRITY_CHECK=(sha256)
		MAN_DIRS=(usr/share/man)
		DLAGENTS=()
		VCSCLIENTS=()
		COMPRESSGZ=(gzip -c -f -n)
		PKGEXT=.pkg.tar.gz
		SRCEXT=.src.tar.gz
	END
	chown -R nobody arch
	local dir=$HOME
	while [[ -n $dir && $dir != "${BATS_RUN_TMPDIR%/*}" ]]; do
		chmod a+x "$dir"
		dir=${dir%/*}
	done
	(cd arch && setpriv --reuid=nobody --clear-groups env -i "PATH=$PATH" \
		"HOME=$PWD" makepkg --config makepkg.conf -d) >log 2>&1 ||
		fail "$(tail -n 20 log)"
	diff <(installed) <(bsdtar -tf arch/*.pkg.tar.gz |
		grep -vE '^\.|/licenses/' | plain)
}

@test "Homebrew's formula and Nix's expression can be read, and name the archive" {
	local sum file
	need_maker ruby
	need_maker nix-instantiate
	fill_recipes
	ruby -c "$RECIPES/venv-which.rb"
	nix-instantiate --parse "$RECIPES/venv-which.nix" >/dev/null
	sum=$(sha256sum <"$BATS_FILE_TMPDIR"/build/venv-which-*.tar.gz)
	for file in venv-which.rb venv-which.nix PKGBUILD; do
		grep -qF "${sum%% *}" "$RECIPES/$file"
	done
	# The version that they name is the Makefile's.
	for file in "$RECIPES"/*; do
		grep -qF "$(make -s -C "$ROOT" version)" "$file" || fail "$file"
	done
	run grep -rnE '@[a-z0-9]+@' "$RECIPES"
	refute_output
}

# --- archives

@test "the archive is the same each time, and so is what is built from it" {
	local tree place
	tree=$(git -C "$ROOT" stash create)
	for place in one two/deeper; do
		mkdir -p "$place"
		make -s -C "$ROOT" dist "B=$HOME/$place/b" "TREE=${tree:-HEAD}"
		tar -xzf "$place"/b/*.tar.gz -C "$place"
		make -s -C "$place"/venv-which-* install prefix=/usr \
			"DESTDIR=$HOME/$place/stage"
	done
	cmp one/b/*.tar.gz two/deeper/b/*.tar.gz
	diff -r one/stage two/deeper/stage
}

@test "the archive tests itself: it builds, and its texts and rules agree" {
	local tree
	tree=$(git -C "$ROOT" stash create)
	make -s -C "$ROOT" dist "B=$HOME/b" "TREE=${tree:-HEAD}"
	tar -xzf b/*.tar.gz
	cd venv-which-*
	make -s stage build/pty
	# Not all of `make check`, which would never end.
	run env -u BATS_TEST_NAME_PREFIX STAGE="$PWD/build/stage" \
		PTY="$PWD/build/pty" tests/run repo.bats docs.bats install.bats
	assert_success
}
