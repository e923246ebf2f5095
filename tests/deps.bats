# What make deps installs, and what make deps-check brings into the build.

# shellcheck disable=SC2016,SC2030,SC2031 # text; each test is a process

load helper

setup() { sandbox; }

# --- the tools of the build

# Name and version of each.
tools() {
	sed -nE 's/^\t\t([a-z0-9.-]+) +(pypi|npm) +[^ ]+ +([^ ]+) .*/\1 \3/p' \
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
