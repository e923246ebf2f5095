# make install and make uninstall: what goes where, and what is left.

# weight: 15
# shellcheck disable=SC2154,SC2016,SC2030,SC2031 # bats sets stderr

load helper
bats_require_minimum_version 1.5.0

# They share a build folder; what it takes is compiled without optimizing, for a
# new prefix compiles anew.
setup() {
	sandbox
	B=$BATS_FILE_TMPDIR/build
	quick_build "$B"
	D=$HOME/stage
}

# --- words of these tests

# mk [ARG...]: make in the repository, with that build folder.
mk() { make -s -C "$ROOT" "B=$B" "${QUICK[@]}" "$@"; }

# files DIR: every file below it, by its path there.
files() { (cd "$1" && find . ! -type d | sed 's/^\.//' | LC_ALL=C sort); }

# expected BIN DATA MAN1: the files that belong into these directories.
expected() {
	local shell
	{
		printf '%s\n' "$1/venv" "$1/venv-which" "$3/venv.1" "$3/venv-which.1"
		! command -v zsh >/dev/null || echo "$2/venv-which/venv.zsh.zwc"
		for shell in $SCRIPTED; do
			printf '%s\n' "$2/venv-which/venv.$shell"
			[[ ! -e $ROOT/completions/venv.$shell ]] || echo "$2/venv-which/complete.$shell"
			[[ ! -e $ROOT/shells/rest.$shell ]] || echo "$2/venv-which/rest.$shell"
		done
		printf "$2/venv-which/doctor%s\n" $(cd "$ROOT/src/venv" &&
			ls facts.* | sed '/[.][ch]$/d; s/facts//')
		printf '%s\n' "$2/bash-completion/completions/venv"{,-which} \
			"$2/zsh/site-functions/_venv" \
			"$2/fish/vendor_completions.d/venv"{,-which}.fish
		printf "$2/venv-which/recipes/%s\n" $(cd "$ROOT/shells/recipes" && echo *)
	} | LC_ALL=C sort
}

# helper_in SCRIPT DIR: the script names that directory, by its whole path.
helper_in() {
	! grep -q @bindir@ "$1" || fail "not filled in: $1"
	grep -qE "(^|['\" ])$2(['\"/]|\$)" "$1" || fail "no $2 in $1"
}

# updates TEXT: so one gets a newer one of what was built last.
updates() {
	run "$B/venv" doctor
	assert_line "ok  installed: by make install; to update it: $1"
}

# --- install

@test "make install puts the programs, scripts and pages below the prefix" {
	mk install prefix=/nonexistent/it "DESTDIR=$D"
	assert_equal "$(files "$D")" "$(expected /nonexistent/it/bin \
		/nonexistent/it/share /nonexistent/it/share/man/man1)"
}

@test "programs may be run by everybody, the rest may be read" {
	umask 077
	mk install prefix=/nonexistent/it "DESTDIR=$D"
	cd "$D/nonexistent/it"
	assert_equal "$(find . -type f -perm 755 | sort)" $'./bin/venv\n./bin/venv-which'
	assert_equal "$(find share -type f ! -perm 644)" ''
}

@test "the scripts name the helper by its absolute path, without DESTDIR" {
	mk install prefix=/nonexistent/it "DESTDIR=$D"
	for shell in $SHELLS; do
		helper_in "$D/nonexistent/it/share/venv-which/venv.$shell" /nonexistent/it/bin
		run grep -F "$D" "$D/nonexistent/it/share/venv-which/venv.$shell"
		assert_failure
	done
	run grep -rF "$D" "$D"
	assert_failure
}

@test "without a prefix it is /usr/local; PREFIX does as well" {
	mk install "DESTDIR=$D"
	assert_equal "$(files "$D")" "$(expected /usr/local/bin \
		/usr/local/share /usr/local/share/man/man1)"
	helper_in "$D/usr/local/share/venv-which/venv.bash" /usr/local/bin
	updates 'git pull && make && sudo make install, in its clone'
	rm -r "$D"
	mk install PREFIX=/usr "DESTDIR=$D"
	assert_equal "$(files "$D")" "$(expected /usr/bin \
		/usr/share /usr/share/man/man1)"
	updates 'git pull && make prefix=/usr && sudo make install prefix=/usr, in its clone'
}

@test "each of GNU's directory variables is obeyed" {
	mk install prefix=/nonexistent/it bindir=/b mandir=/m datadir=/d "DESTDIR=$D"
	assert_equal "$(files "$D")" "$(expected /b /d /m/man1)"
	helper_in "$D/d/venv-which/venv.bash" /b
	rm -r "$D"
	mk install exec_prefix=/e datarootdir=/r man1dir=/one "DESTDIR=$D"
	assert_equal "$(files "$D")" "$(expected /e/bin /r /one)"
	helper_in "$D/r/venv-which/venv.bash" /e/bin
}

@test "what completes goes where the shells look, and names the helper" {
	mk install prefix=/nonexistent/it bashcompdir=/c/bash zshcompdir=/c/zsh \
		fishcompdir=/c/fish "DESTDIR=$D"
	assert_equal "$(files "$D/c")" "$(printf '%s\n' /bash/venv /bash/venv-which \
		/fish/venv-which.fish /fish/venv.fish /zsh/_venv)"
	for file in "$D"/c/*/*; do
		helper_in "$file" /nonexistent/it/bin
	done
	assert_equal "$(head -n 1 "$D/c/zsh/_venv")" '#compdef venv venv-which'
	mk uninstall prefix=/nonexistent/it bashcompdir=/c/bash zshcompdir=/c/zsh \
		fishcompdir=/c/fish "DESTDIR=$D"
	assert_equal "$(files "$D")" ''
	mk install prefix=/nonexistent/it SHELLS=zsh "DESTDIR=$D"
	assert_equal "$(find "$D" -name '*venv*.fish')" ''
}

@test "no file is written outside of DESTDIR" {
	mk prefix=/nonexistent/it
	touch now
	mk install prefix=/nonexistent/it "DESTDIR=$D"
	[[ ! -e /nonexistent/it ]]
	assert_equal "$(find "$ROOT" \( -name .git -o -name build \) -prune \
		-o -type f -newer now -print)" ''
	assert_equal "$(find "$HOME" -path "$D" -prune -o -newer now -type f -print)" ''
}

@test "a DESTDIR with blanks in its path is one directory" {
	mk install prefix=/nonexistent/it "DESTDIR=$HOME/two words"
	assert_equal "$(files "$HOME/two words")" "$(expected /nonexistent/it/bin \
		/nonexistent/it/share /nonexistent/it/share/man/man1)"
}

@test "installing twice is the same as once" {
	mk install prefix=/nonexistent/it "DESTDIR=$D"
	before=$(cd "$D" && find . -type f -exec cksum {} + | sort)
	mk install prefix=/nonexistent/it "DESTDIR=$D"
	assert_equal "$(cd "$D" && find . -type f -exec cksum {} + | sort)" "$before"
}

@test "a place that a script cannot name is refused, and nothing is built for it" {
	local odd
	for odd in "it's" 'a"b' 'a\b' 'a|b' 'a&b' 'a`b'; do
		run mk install "prefix=/nonexistent/$odd" "DESTDIR=$D"
		assert_failure 2
		assert_output --partial 'no script can name a place with'
		assert_output --partial 'choose another prefix'
		[[ ! -e $D ]]
	done
	run mk install 'datadir=/nonexistent/a$$b' "DESTDIR=$D"
	assert_failure 2
	assert_output --partial 'no script can name a place with $ in it'
	mk clean "B=none" "prefix=/nonexistent/it's"
}

# --- uninstall

@test "make uninstall leaves no file" {
	mk install prefix=/nonexistent/it "DESTDIR=$D"
	mk uninstall prefix=/nonexistent/it "DESTDIR=$D"
	assert_equal "$(files "$D")" ''
	[[ ! -e $D/nonexistent/it/share/venv-which ]]
}

@test "it takes away nothing that is not ours" {
	mk install prefix=/nonexistent/it "DESTDIR=$D"
	cd "$D/nonexistent/it"
	touch bin/venv-other share/man/man1/venv.1.gz share/venv-which/mine
	mk uninstall prefix=/nonexistent/it "DESTDIR=$D"
	assert_equal "$(files .)" "$(printf '%s\n' /bin/venv-other \
		/share/man/man1/venv.1.gz /share/venv-which/mine)"
}

@test "it needs no build, and is no failure where nothing is installed" {
	mkdir empty
	run make -s -C "$ROOT" "B=$HOME/none" uninstall "prefix=$HOME/empty"
	assert_success
	assert_equal "$(files empty)" ''
}

# --- another prefix

@test "a prefix that changes after a build is honoured, in all that names it" {
	mk prefix=/nonexistent/it
	touch now
	mk install "prefix=$HOME/second"
	# Nothing else is built anew.
	(($(find "$B" -name '*.o' -newer now | wc -l) < 10))
	for shell in $SHELLS; do
		helper_in "second/share/venv-which/venv.$shell" "$HOME/second/bin"
		"$HOME/second/bin/venv" init "$shell" |
			grep -qF "/second/share/venv-which/venv.$shell"
	done
	run grep -rF /nonexistent/it second
	assert_failure
	# Below one's own home nobody needs root, who would be the owner then.
	updates "git pull && make install prefix=$HOME/second, in its clone"
	# What is installed works from where it is, whatever PATH says.
	make_env app/.venv
	cd app
	run "$HOME/second/bin/venv-which"
	assert_output "$HOME/app/.venv"
	PATH=/usr/bin:/bin run "$HOME/second/bin/venv" run printenv VIRTUAL_ENV
	assert_output "$HOME/app/.venv"
	# A script that is gone is told from one that never was.
	rm "$HOME/second/share/venv-which/venv.bash"
	run --separate-stderr "$HOME/second/bin/venv" init bash
	assert_equal "$status$output" 1
	assert_equal "$stderr" "venv: init: cannot read ~/second/share/venv-which/venv.bash: No such file or directory
  install venv-which again"
	# And one of another version from one that says how it is loaded.
	echo '# venv-which for bash' >"$HOME/second/share/venv-which/venv.bash"
	run --separate-stderr "$HOME/second/bin/venv" init bash
	assert_equal "$status$output" 1
	assert_equal "$stderr" "venv: init: ~/second/share/venv-which/venv.bash does not say how it is loaded
  install venv-which again"
}

# --- make

@test "make help lists the targets, each with a line" {
	run mk help
	assert_success
	for target in all install uninstall check lint sanitize bench demo deps \
		dist clean; do
		assert_line --regexp "^$target	.+"
	done
}

@test "a second make does nothing" {
	mk prefix=/nonexistent/it
	touch now
	run make -C "$ROOT" --no-print-directory "B=$B" "${QUICK[@]}" prefix=/nonexistent/it
	assert_success
	[[ $output == '' || $output == "make: Nothing to be done for 'all'." ]]
	assert_equal "$(find "$B" -newer now)" ''
}

@test "what make has built is not built once more for the tests" {
	mk prefix=/nonexistent/it
	touch now
	mk stage
	assert_equal "$(cd "$B" && find . -name '*.o' -type f -newer "$HOME/now" | sort)" \
		"$(cd "$ROOT/src" && grep -lwE 'MANNER|UPDATE|SHELLS|SCRIPT_DIR' ./*/*.c |
			sed 's|^\.|./staged/named.o|; s|c$|o|')"
	[[ $B/stage/bin/venv -nt now && $B/venv -ot now ]]
	# Nor the other way round.
	mk prefix=/nonexistent/it
	[[ $B/venv -ot now ]]
}

@test "make clean takes the build folder away, and nothing else" {
	cp -R "$B" mine
	before=$(cd "$ROOT" && find . -path ./.git -prune -o -path ./build -prune \
		-o -type f -print | sort)
	make -s -C "$ROOT" "B=$HOME/mine" clean
	[[ ! -e mine ]]
	assert_equal "$(cd "$ROOT" && find . -path ./.git -prune -o -path ./build \
		-prune -o -type f -print | sort)" "$before"
}
