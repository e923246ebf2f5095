# The package of Debian: built, read by lintian, installed in a fresh system,
# used in each shell there, and purged.

# weight: 50
# shellcheck disable=SC2016,SC2030,SC2031 # text; each test is a process
# shellcheck disable=SC2034 # for tests/shells

load helper

# What a test here needs: root, Debian's tools, and a clone.
need_debian() {
	local tool
	for tool in dpkg-buildpackage dh lintian mmdebstrap; do
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
	DEB=$BATS_FILE_TMPDIR/clone/build/deb
	SYSTEM=$BATS_FILE_TMPDIR/system
}

# A clone of what is in the work tree now, as somebody has it who reads INSTALL.
make_clone() {
	CLONE=$BATS_FILE_TMPDIR/clone
	[[ ! -e $CLONE ]] || return 0
	git clone -q --shared "$ROOT" "$CLONE"
	git -C "$CLONE" checkout -q "$(work_tree)"
}

# Once: what is in the work tree now, as a commit.
work_tree() {
	local kept=$BATS_FILE_TMPDIR/tree
	[[ -s $kept ]] || {
		git -C "$ROOT" stash create
		echo HEAD
	} | head -n 1 >"$kept"
	cat "$kept"
}

# install_block SYSTEM [PROGRAM TEXT]...: the block that INSTALL has for it is
# done in the clone.  What only root or another system can do is acted out: sudo
# writes down its arguments, in ./root, each PROGRAM is what TEXT says.
install_block() {
	local bin=$HOME/bin
	mkdir -p "$bin"
	put_program "$bin/sudo" "printf '%s\n' \"\$*\" >>'$HOME/root'"
	awk -v system_="$1" '
		on && /^  / { print substr($0, 3); next }
		on && /^[^ ]/ { exit }
		index($0, system_) == 1 { on = 1 }' "$ROOT/INSTALL" >block
	[[ -s block ]] || fail "INSTALL has no block for $1"
	while (($# > 1)); do
		put_program "$bin/$2" "$3"
		shift 2
	done
	make_clone
	(cd "$CLONE" && PATH=$bin:$PATH sh -e "$HOME/block") >log 2>&1 ||
		fail "$(tail -n 30 log)"
}

# Once: the packages of Debian.
build_packages() {
	[[ ! -e $DEB ]] || return 0
	make_clone
	install_block Debian
	cp root "$BATS_FILE_TMPDIR/asked"
}

# What make install puts below /usr, but for manual pages, which some compress.
installed() {
	(share_objects && unpack_archive "$BATS_FILE_TMPDIR/one")
	(cd "$BATS_FILE_TMPDIR/one/stage" && find . -type f) | plain
}
plain() { sed -e 's|^\./|/|' -e 's|^usr|/usr|' -e '/\/$/d' -e 's/\.gz$//' | sort; }

@test "dpkg-buildpackage builds it, and lintian finds nothing wrong" {
	build_packages
	run lintian --allow-root --fail-on error,warning "$DEB"/*.changes
	assert_success
	refute_output
}

@test "INSTALL's block for Debian brings what it builds with, and installs it" {
	local package
	build_packages
	cp "$BATS_FILE_TMPDIR/asked" root
	for package in $(sed -n 's/^Build-Depends: //p' "$ROOT/packaging/debian/control" |
		sed 's/([^)]*)//g;s/\[[^]]*\]//g;s/-compat//' | tr -d ,); do
		grep -qw -e "$package" root || fail "INSTALL lacks $package"
	done
	run tail -n 1 root
	assert_output --regexp '^apt install \./build/deb/venv-which_[^ *]*\.deb$'
}

@test "README.md's blocks are INSTALL's" {
	local block=0 line blocks
	blocks=$(grep -c '^```sh$' "$ROOT/README.md")
	while ((++block < blocks)); do
		# The first is from clone to installation, the last to try.
		awk -v n="$block" '$0 == "```" { on = 0 }
			on && seen == n
			$0 == "```sh" { on = 1; seen++ }' "$ROOT/README.md" |
			sed 's/  *#.*//;s/make deps demo/make deps/' >lines
		while IFS= read -r line; do
			grep -qF "  $line" "$ROOT/INSTALL" ||
				fail "INSTALL lacks: $line"
		done <lines
	done
	((block > 4))
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

# Once: a fresh system of the release that runs here, with the shells.  It is kept
# for a week, as it was before anything was done in it.
make_system() {
	local codename kept
	codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	kept=$ROOT/build/system-$codename.tar
	if [[ -n $(find "$kept" -mtime -7 2>/dev/null) ]]; then
		mkdir "$SYSTEM"
		tar -xf "$kept" -C "$SYSTEM"
		return
	fi
	mmdebstrap --mode=root --variant=essential --include=bash,zsh,fish,python3 \
		"$codename" "$SYSTEM" http://deb.debian.org/debian >"$BATS_FILE_TMPDIR/log" 2>&1 ||
		fail "$(tail -n 30 "$BATS_FILE_TMPDIR/log")"
	tar -cf "$kept.new" -C "$SYSTEM" --exclude=./var/cache/apt \
		--exclude=./var/lib/apt/lists --exclude=./usr/share/doc .
	mv "$kept.new" "$kept"
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
	make_clone
	RECIPES=$CLONE/build/packages
	[[ -e $RECIPES ]] || make -s -C "$CLONE" packages
}

@test "INSTALL's block for Fedora builds the package of the spec, with all files" {
	need_maker rpmbuild
	share_objects
	# What it needs is there, but not as RPM's packages.
	install_block Fedora rpmbuild "exec '$(command -v rpmbuild)' --nodeps \
		--define 'optflags -O2 -g' \"\$@\""
	run cat root
	assert_line --index 0 'dnf install gcc make libmd-devel readline-devel rpm-build zsh'
	assert_line --index 1 --regexp "^dnf install $HOME/rpmbuild/RPMS/[^ *]*\.rpm$"
	sed -n 's/^BuildRequires: *//p' "$ROOT/packaging/rpm/venv-which.spec" |
		while read -r package; do
			grep -qw -e "$package" root || fail "INSTALL lacks $package"
		done
	# RPM's list has directories, too.
	diff <(installed) <(rpm -qp --qf '[%{FILEMODES:perms} %{FILENAMES}\n]' \
		rpmbuild/RPMS/*/*.rpm | sed -n 's/^-[^ ]* //p' |
		grep -vE '/(doc|licenses|\.build-id)/' | plain)
}

@test "INSTALL's block for macOS puts the formula into a tap, and installs that" {
	install_block macOS brew 'case $1 in
		tap-new) mkdir -p "$HOME/taps/$3/Formula" ;;
		--repository) echo "$HOME/taps/$2" ;;
		install)
			file=$HOME/taps/${2%/*}/Formula/${2##*/}.rb
			test -f "$file" && echo "$file" >"$HOME/formula" ;;
		*) exit 1 ;;
		esac'
	cmp "$(cat formula)" "$CLONE/build/packages/venv-which.rb"
}

@test "INSTALL's blocks for Arch and Nix make the recipe, and have it built" {
	install_block Arch makepkg 'pwd >"$HOME/built"; test -f PKGBUILD -a "$*" = -si'
	assert_equal "$(cat built)" "$CLONE/build/packages"
	sed -n 's/^makedepends=(\(.*\))/\1/p' "$ROOT/packaging/arch/PKGBUILD" |
		tr ' ' '\n' | while read -r package; do
		grep -qw -e "$package" root || fail "INSTALL lacks $package"
	done
	install_block Nix nix-build 'pwd >"$HOME/built"; test -f venv-which.nix && ln -s / result' \
		nix-env 'test -e result'
	assert_equal "$(cat built)" "$CLONE/build/packages"
	rm "$CLONE/build/packages/result"
}

@test "makepkg builds the package of PKGBUILD, with all files" {
	need_maker makepkg
	need_maker bsdtar
	need_root
	fill_recipes
	share_objects
	mkdir arch
	sed "s|file://.*/venv-which-|venv-which-|" "$RECIPES/PKGBUILD" >arch/PKGBUILD
	cp "$CLONE"/build/venv-which-*.tar.gz arch
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
	sum=$(sha256sum <"$CLONE"/build/venv-which-*.tar.gz)
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

# share_objects: what was compiled from the archive is not compiled once more in
# another directory, nor the helper linked, as long as the compiler is called with
# the same words; that it would be the same is what the next test is about.
share_objects() {
	local name bin=$BATS_FILE_TMPDIR/bin objects=$BATS_FILE_TMPDIR/objects
	if [[ ! -e $bin ]]; then
		mkdir "$bin" "$objects"
		for name in cc musl-gcc; do
			! command -v "$name" >/dev/null || put_program "$bin/$name" "
				case \" \$* \" in
				*' -c -o build/'* | *' -o build/venv-which '*) ;;
				*) exec '$(command -v "$name")' \"\$@\" ;;
				esac
				words=$name
				for word; do
					[ \"\$last\" != -o ] || object=\$word
					last=\$word
					[ \"\${word#*=\$PWD=}\" != \"\$word\" ] || words=\"\$words \$word\"
				done
				made='$objects/'\$(printf '%s' \"\$words\" | sha256sum)
				[ ! -e \"\$made\" ] || exec cp \"\$made\" \"\$object\"
				'$(command -v "$name")' \"\$@\" || exit
				[ ! -w '$objects' ] ||
					{ cp \"\$object\" \"\$made.\$\$\" && mv \"\$made.\$\$\" \"\$made\"; }"
		done
	fi
	PATH=$bin:$PATH
}

# unpack_archive PLACE: the one of what is in the work tree now, in a directory
# there; once in this file, it is built there, for /usr.
unpack_archive() {
	[[ ! -e $1 ]] || return 0
	mkdir -p "$1"
	make -s -C "$ROOT" dist "B=$1/b" "TREE=$(work_tree)"
	tar -xzf "$1"/b/*.tar.gz -C "$1"
	make -s -C "$1"/venv-which-* install prefix=/usr "DESTDIR=$1/stage"
}

@test "the archive is the same each time, and so is what is built from it" {
	local part one=$BATS_FILE_TMPDIR/one differs=
	(share_objects && unpack_archive "$one")
	make -s -C "$ROOT" dist "B=$HOME/b" "TREE=$(work_tree)"
	cmp "$one"/b/*.tar.gz b/*.tar.gz
	# What is tested here was built in another directory.  If it is of the same
	# files, and in the same way, it is what is built from the archive for there.
	(share_objects && make -s -C "$one"/venv-which-* install B=build/here O=build \
		"prefix=$STAGE" "DESTDIR=$HOME/here")
	for part in bin share/venv-which share/man; do
		diff -r "$STAGE/$part" "here$STAGE/$part" >differences || differs=1
	done
	[[ $differs ]] || return 0
	# It is not; then it is built a second time.
	unpack_archive "$HOME/two/deeper"
	diff -r "$one/stage" two/deeper/stage
}

@test "the archive tests itself: it builds, and its texts and rules agree" {
	share_objects
	unpack_archive "$BATS_FILE_TMPDIR/one"
	cd "$BATS_FILE_TMPDIR"/one/venv-which-*
	# It is what a clone is, and that as a whole: the tests of a clone are of it.
	make_clone
	diff -r --exclude=build --exclude=.git "$CLONE" .
	make -s stage build/pty
	# Those ask what no build tells: whether they agree without git, and without a
	# file that nobody has added.  All but objects and pip is of their own making:
	# much of what tests share names STAGE.
	mkdir "$HOME/shared"
	quick_build "$HOME/shared/shared.build"
	share_cache
	cp -a "$XDG_CACHE_HOME/venv-which/image" "$HOME/shared/shared.image"
	run env -u BATS_TEST_NAME_PREFIX STAGE="$PWD/build/stage" \
		PTY="$PWD/build/pty" TOOLS="$TOOLS" BATS_SHARED="$HOME/shared" \
		tests/run repo.bats docs.bats
	assert_success
}
