# What make deps installs, and what make deps-check brings into the build.

# shellcheck disable=SC2016,SC2030,SC2031 # text; each test is a process
# shellcheck disable=SC2154 # bats sets stderr_lines

load helper
bats_require_minimum_version 1.5.0

setup() { sandbox; }

# On a machine where nothing is, but the commands are only printed.
dry() {
	local sh
	sh=$(command -v sh)
	env -i DEPS_DRY_RUN=1 "DEPS_MANAGER=$1" PATH=/nonexistent CC=/nonexistent/cc \
		"$sh" "$ROOT/packaging/deps" "${@:2}"
}

# --- make deps

@test "make deps installs what building and the demo need, and no more" {
	run dry apt build
	assert_success
	assert_line --index 0 'apt-get update -q'
	assert_line --index 1 --regexp '^env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends gcc libc6-dev make musl-tools '
	[[ " ${lines[1]} " == *' libmd-dev libreadline-dev bash zsh fish python3 '* ]]
	local package
	for package in bats neovim pypy3 lintian mmdebstrap ruby shellcheck; do
		[[ " $output " != *" $package "* ]] || fail "$package"
	done
	assert_equal "$(dry apt)" "$output"
}

@test "each set brings what is its own, and every word is a package" {
	local manager set package known
	for manager in apt dnf pacman apk brew; do
		for set in build check extra; do
			dry "$manager" "$set"
		done | sed 's/.*\(install\|add\|-S\)\( -[^ ]*\)*//' | tr ' ' '\n' |
			sort -u >all
		dry "$manager" build check extra |
			sed 's/.*\(install\|add\|-S\)\( -[^ ]*\)*//' | tr ' ' '\n' |
			sort -u | diff all - || fail "$manager"
	done
	run dry apt check
	[[ " $output " == *' bats '*' ksh93u+m '* ]] || fail "$output"
	[[ " $output " != *' gcc '* && " $output " != *' lintian '* ]]
	run dry apt extra
	[[ " $output " == *' lintian '* && " $output " != *' bats '* ]]
	if command -v apt-cache >/dev/null; then
		known=$(apt-cache pkgnames) && [[ $known ]] || skip 'no list of packages'
		dry apt build check extra | sed '1d;s/.*recommends //' | tr ' ' '\n' |
			sort -u >all
		run comm -23 all <(sort <<<"$known")
		refute_output
	fi
}

@test "it tells the command that brings one thing, as a person types it" {
	local command=$ROOT/packaging/deps sudo=''
	((EUID == 0)) || sudo='sudo '
	DEPS_MANAGER=apt run sh "$command" --how libmd
	assert_output "${sudo}apt-get install libmd-dev"
	DEPS_MANAGER=dnf run sh "$command" --how libmd
	assert_output "${sudo}dnf install libmd-devel"
	DEPS_MANAGER=pacman run sh "$command" --how libmd
	assert_output "${sudo}pacman -S libmd"
	DEPS_MANAGER=apk run sh "$command" --how c
	assert_output "${sudo}apk add gcc musl-dev"
	DEPS_MANAGER=brew run sh "$command" --how libmd
	refute_output
	DEPS_MANAGER=brew run sh "$command" --how bash
	assert_output 'brew install bash'
	run sh "$command" --wrong
	assert_equal "$status" 2
}

@test "a user who cannot become root is told what root would do" {
	mkdir bin
	put_program bin/id 'echo 1000'
	put_program bin/apt-get 'echo "$*" >>"'"$HOME"'/ran"; exit 1'
	run env -i "PATH=$HOME/bin" CC=/nonexistent/cc "$(command -v sh)" \
		"$ROOT/packaging/deps"
	assert_failure
	assert_line --index 0 --regexp '^deps: only root can install, and there is no sudo; as root: make deps, or install gcc '
	[[ ! -e ran ]]
}

# --- make, where something is lacking

@test "without libmd make says so first, with the package, and builds the rest" {
	local make=(make -s -C "$ROOT" "B=$HOME/build" "${QUICK[@]}" READLINE=) lacks
	[[ $(uname) == @(Linux|FreeBSD) ]] || skip 'libc has SHA-256 here'
	# What the helper is linked of is there, and nothing else.
	quick_build build
	rm -r build/probed.mk build/venv{,-which,.o} build/named.o
	mkdir bin header
	echo '#error it is not here' | tee header/sha256.h >header/sha2.h
	put_program bin/cc 'echo "$*" >>"'"$HOME"'/compiled"
		exec '"$(command -v cc)"' -isystem "'"$HOME"'/header" "$@"'
	PATH=$HOME/bin:$PATH
	run --separate-stderr "${make[@]}"
	assert_equal "$status" 2
	lacks="make: no libmd (sha256.h) here: $(sh "$ROOT/packaging/deps" --how libmd), or make deps"
	assert_equal "${lines[0]}" "$lacks"
	assert_equal "${stderr_lines[0]}" "make: venv was not built: ${lacks#make: }"
	run grep -c -e '-c -o' compiled
	assert_output 0
	run build/venv-which -V
	assert_success
	# Once it is there, the next make goes about building all.
	echo '#include_next <sha256.h>' >header/sha256.h
	rm header/sha2.h
	run --separate-stderr "${make[@]}" -n "$HOME/build/venv"
	assert_success
	assert_line --regexp ' -o [^ ]*/build/venv .*md'
	refute_line --partial 'no libmd'
}

@test "a flag is left out that one of the compilers does not know, and no other" {
	local flag probed
	# It makes an empty program, if it knows all flags.
	put_program cc "for word; do
			[ \"\$word\" != \"\$unknown\" ] || exit
			[ \"\$out\" != -o ] || cp '$(type -P true)' \"\$word\"
			out=\$word
		done"
	probe() {
		unknown=$1 CC=$2 WHICH_CC=$HOME/cc sh "$ROOT/packaging/probe" |
			grep -E '^(HARDEN|WHICH_)'
	}
	probed=$(probe none "$HOME/cc")
	for flag in -fstack-protector-strong -static -lc -flto -mno-sse; do
		[[ " $probed " == *" $flag "* ]] || fail "it does not ask for $flag"
		assert_equal "$(probe "$flag" "$HOME/cc")" \
			"$(sed "s/ $flag\( \|$\)/\1/" <<<"$probed")"
	done
	# What only the other compiler knows hardens nothing.
	run probe -U_FORTIFY_SOURCE /nonexistent/cc
	assert_line 'HARDEN ?='
}

# --- the tools of the build

# Name and version of each.
tools() {
	sed -nE 's/^\t\t([a-z0-9.-]+) +(pypi|npm) +[^ ]+ +([^ ]+).*/\1 \3/p' \
		"$ROOT/packaging/tools"
}

@test "a tool of the build is on the PATH of the test that asks for it" {
	local before=$PATH
	[[ :$PATH: != *":$TOOLS/"* ]]
	with_tool uv virtualenv-20.0
	assert_equal "$PATH" "$TOOLS/bin/virtualenv-20.0:$TOOLS/bin/uv:$before"
	assert_equal "$(command -v uv)" "$TOOLS/bin/uv/uv"
	run uv --version
	assert_output --partial "uv $(tools | sed -n 's/^uv //p')"
	run virtualenv --version
	assert_output --partial 'virtualenv 20.0.'
}

@test "a tool that is not there skips its test by name, or is required" {
	local word
	word="skip() { echo \"skip: \$*\"; exit; }
		fail() { echo \"fail: \$*\"; exit 1; }
		$(declare -f with_tool); TOOLS=$HOME/none"
	unset REQUIRE_SHELLS
	run bash -c "$word; with_tool uv"
	assert_output 'skip: no uv in build/tools: make deps-check'
	REQUIRE_SHELLS=bash run bash -c "$word; with_tool uv"
	assert_output "fail: uv is required with REQUIRE_SHELLS, and not in $HOME/none"
}

@test "with REQUIRE_SHELLS=all every shell that can be had is required" {
	local shell word
	word="skip() { echo \"skip: \$*\"; exit; }
		fail() { echo \"fail: \$*\"; exit 1; }
		$(declare -f need_shell with_tool)
		ROOT='$ROOT' TOOLS=$HOME/none PATH=$HOME/grep"
	mkdir grep && ln -s "$(command -v grep)" grep
	for shell in zsh ksh93 nu; do
		REQUIRE_SHELLS=all run "$BASH" -c "$word; need_shell $shell"
		assert_output "fail: $shell is required (REQUIRE_SHELLS), and not installed"
		REQUIRE_SHELLS='bash fish' run "$BASH" -c "$word; need_shell $shell"
		assert_output "skip: no $shell on this machine"
	done
	# No manager has a package of it.
	REQUIRE_SHELLS=all run "$BASH" -c "$word; need_shell pwsh"
	assert_output 'skip: no pwsh on this machine'
	mkdir -p none/bin/nu
	REQUIRE_SHELLS=all run "$BASH" -c "$word; need_shell nu; echo \$PATH"
	assert_output "$HOME/none/bin/nu:$HOME/grep"
}

@test "packaging/tools brings what is not there in its version, at its place" {
	local name version
	export DEPS_DRY_RUN=1
	run sh "$ROOT/packaging/tools" tools
	assert_success
	assert_equal "${#lines[@]}" "$(tools | wc -l)"
	assert_line "poetry $(tools | sed -n 's/^poetry //p'), from pypi, into $HOME/tools/poetry"
	while read -r name version; do
		mkdir -p "tools/$name"
		echo "$version in $HOME/tools" >"tools/$name/version"
	done < <(tools)
	run sh "$ROOT/packaging/tools" tools
	assert_success
	refute_output
	echo "0.1 in $HOME/tools" >tools/uv/version
	run sh "$ROOT/packaging/tools" tools
	assert_output "uv $(tools | sed -n 's/^uv //p'), from pypi, into $HOME/tools/uv"
	# An environment cannot be moved.
	mv tools moved
	run sh "$ROOT/packaging/tools" moved
	assert_equal "${#lines[@]}" "$(tools | wc -l)"
}

@test "where PyPI is out of reach, one line says so, and it is no failure" {
	mkdir bin
	put_program bin/npm 'exit 1'
	PATH=$HOME/bin:$PATH PIP_NO_INDEX=1 PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS='' \
		run sh "$ROOT/packaging/tools" tools
	assert_success
	assert_output "deps: uv $(tools | sed -n 's/^uv //p'), from pypi
deps: not brought: uv; it is not tested with them; see $HOME/tools/log"
	[[ -z $(ls -A tools/bin 2>/dev/null) ]]
}
