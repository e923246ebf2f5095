# The repository keeps its own rules: lists that must agree do, and the code is
# what CONTRIBUTING.md says that it is.

# shellcheck disable=SC2016,SC2030,SC2031,SC2153 # text; each test is a process

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	cd "$ROOT" || return
}

# --- words of these tests

# same NAME ONE OTHER: two lists have the same lines, in any order.
same() {
	diff <(sort <<<"$2") <(sort <<<"$3") || fail "these $1 differ"
}

# make_value NAME: of a variable of the Makefile; it is asked once.
make_value() {
	local kept=$BATS_FILE_TMPDIR/value.$1
	[[ -s $kept ]] ||
		make -s --no-print-directory "B=$BATS_FILE_TMPDIR/build" \
			--eval 'value: ; @echo $($(NAME))' "NAME=$1" value >"$kept"
	printf '%s\n' "$(<"$kept")"
}

# parts DIR SHELL: the files there of which its script is made.
parts() {
	[[ " $(make_value POSIX) " != *" $2 "* ]] || echo "$1/venv.sh"
	[[ ! -e $1/venv.$2 ]] || echo "$1/venv.$2"
}

# code FILE...: without comments, for a shell's files.
code() { sed -e '/^[[:blank:]]*#/d' -e 's/[[:blank:]]#[[:blank:]].*//' "$@"; }

# --- lists that agree

@test "the version in the Makefile is the one that the programs print" {
	local version
	version=$(make_value VERSION)
	[[ -n $version ]]
	assert_equal "$(venv --version)" "venv $version"
	assert_equal "$(venv-which -V)" "venv-which $version"
	assert_equal "$(grep -rlF "$version" Makefile src shells hook packaging)" Makefile
}

@test "each shell of the Makefile's list has its files, and no other has" {
	local shells dir
	shells=$(make_value SHELLS | tr ' ' '\n')
	same 'installed shells' "$shells" "$(basename -a "$STAGE/share/venv-which"/venv.* | sed 's/^venv\.//; /\.zwc$/d')"
	for dir in shells hook; do
		same "parts in $dir" "$(for shell in $shells; do parts "$dir" "$shell"; done | sort -u)" \
			"$(ls "$dir"/venv.*)"
	done
	# Not every shell completes by a program.
	run comm -13 <(sort <<<"$shells") <(basename -a completions/venv.* | sed 's/^venv\.//' | sort)
	assert_output ''
	# INSTALL says which the tests do not run.
	same 'profiles' "$shells" "$(basename -a tests/shells/*
		sed -n 's/^R[a-z ]*, [a-z ]*: \([a-z ]*\);.*/\1/p' INSTALL | tr ' ' '\n')"
	for shell in $shells; do
		venv init "$shell" >/dev/null
		[[ ! -f tests/shells/$shell || -f tests/$shell.bats || " $(make_value POSIX) " == *" $shell "* ]]
	done
}

@test "each command of the table has its function, and no other has" {
	local table
	table=$(sed -n 's/^CMD(\([a-z]*\),.*/\1/p' src/venv/commands.def)
	same 'functions' "$table" \
		"$(sed -n 's/^int cmd_\([a-z]*\)(.*/\1/p' src/venv/cmd-*.c)"
	assert_equal "$(venv help | sed -n 's/^  \([a-z]*\) .*/\1/p')" "$table"
	# A file is called after the first command in it.
	for file in src/venv/cmd-*.c; do
		name=${file#src/venv/cmd-}
		assert_equal "$(sed -n 's/^int cmd_\([a-z]*\)(.*/\1/p' "$file" | head -n 1)" \
			"${name%.c}"
	done
}

@test "the exit statuses are those of both manual pages" {
	local page statuses
	statuses=$(sed -n 's/^\tEX_[A-Z]* = \([0-9]*\),.*/\1/p' src/which/exits.h)
	[[ $statuses == *5* ]]
	for page in man/*.1; do
		same "statuses of $page" "$statuses" \
			"$(sed -n '/^\.Sh EXIT STATUS/,/^\.Sh [^E]/s/^\.It \([0-9]*\)$/\1/p' "$page")"
	done
	for status in $statuses; do
		venv-which -h | tr '\n' ' ' | grep -oE 'Exit status: .*' |
			grep -q "[ ,]$status "
	done
}

@test "the hooks read the protocol that the programs speak" {
	local end file
	end=$(sed -n 's/^#define HOOK_END "\(.*\)\\n"$/\1/p' src/which/hook.h)
	[[ $end == 'end '* ]]
	assert_equal "$(venv-which --hook | tail -n 1)" "$end"
	for shell in $SCRIPTED; do
		assert_equal "$shell $(grep -ohE 'end [0-9]+' "$STAGE/share/venv-which/venv.$shell" | sort -u)" \
			"$shell $end"
	done
}

@test "every source file is part of a program" {
	local built
	built=$(make_value WHICH | tr ' ' '\n'; make_value VENV | tr ' ' '\n')
	same 'sources' "$(sort -u <<<"$built")" "$(ls src/*/*.c | sed 's/^src.//; s/.c$//')"
	for header in src/*/*.h; do
		grep -qE "#include \"(${header%/*}/)?${header##*/}\"" src/*/*.c src/*/*.h ||
			fail "nobody includes $header"
	done
}

@test "a room uses only those that it may, and no two files need each other" {
	run grep -nE '#include "(make|venv)/' src/which/*.[chd]*
	assert_output ''
	run grep -nE '#include "venv/' src/make/*.[ch]
	assert_output ''
	# make/ prints nothing, but for what it runs.
	run grep -nE '\b(die|complain)\(|OUT_FILE\(STD|STDERR_FILENO' src/make/[!s]*.c src/make/s[!p]*.c
	assert_output ''
	# A line for each file that needs another one: tsort(1) finds circles.
	awk '/^#include ".*\.h"$/ {
		room = module = FILENAME
		sub(/[^\/]*$/, "", room)
		sub(/\.[^.]*$/, "", module)
		header = substr($0, 11, length - 13)
		header = (header ~ /\// ? "src/" : room) header
		if (header != module)
			print module, header
	}' src/*/*.[ch] >"$HOME/needs"
	run --separate-stderr tsort "$HOME/needs"
	assert_success
	assert_equal "$stderr" ''
	[[ $output == *src/which/trust* ]]
	echo src/which/path src/which/trust >>"$HOME/needs"
	run tsort "$HOME/needs"
	assert_output --partial loop
}

@test "what a shell reads at its start has comments in its head alone" {
	local script
	for shell in $SCRIPTED; do
		script=$STAGE/share/venv-which/venv.$shell
		head -n 1 "$script" | grep -q "^# venv-which for .*\b$shell\b"
		run grep -cE '^[[:blank:]]*(#|$)' <(sed '1,/^$/d' "$script")
		assert_output 0
	done
}

@test "the files of all shells have the same outline" {
	local dir shell
	banners() { sed -n 's/^ *# -- \([A-Z].*[a-z A-Z]\) -*$/\1/p' "$@"; }
	for dir in shells completions hook; do
		assert_equal "$(banners "$dir/venv.bash" | head -n 1)" State
		for shell in $SCRIPTED; do
			[[ $dir != completions || -e $dir/venv.$shell ]] || continue
			# shellcheck disable=SC2046 # names
			assert_equal "$dir/venv.$shell: $(banners $(parts "$dir" "$shell"))" \
				"$dir/venv.$shell: $(banners "$dir/venv.bash")"
		done
	done
}

# --- data is never code

# evaluates <TEXT: it has a word that makes text into code.
evaluates() {
	grep -nE -e '(^|[^[:alnum:]_/.-])(eval|source|psub)([^[:alnum:]_.-]|$)' \
		-e '(^|[^[:alnum:]_.])(exec|execx|compile|__import__)\(' \
		-e '(^|[^[:alnum:]_-])(Invoke-Expression|iex)([^[:alnum:]_-]|$)|ScriptBlock\]?::Create|(Invoke|New)Script' \
		-e '\[scriptblock\]' \
		-e '(^|[;&|({!]|(then|do|else|and|or|not|if|builtin|command|exec)[[:blank:]])[[:blank:]]*\.[[:blank:]]'
}

@test "no script evaluates, or sources, anything" {
	for line in 'eval "$x"' '	\builtin eval x' 'a; . file' 'source file' 'x && . y' \
		'builtin . "$x"' 'x | source' '	. ./x' 'exec(text)' 'if . x; then' '{ . x; }' \
		'x | iex' '& ([scriptblock]::Create($x))' '$ExecutionContext.InvokeCommand.InvokeScript($x)'; do
		evaluates <<<"$line" || fail "this test is blind: $line"
	done
	for line in 'PATH=$1.' 'evaluate x' 'x=${y%.*}' 'printf "a. b"'; do
		! evaluates <<<"$line" || fail "this test sees ghosts: $line"
	done
	for file in shells/{venv,rest}.* completions/* hook/* src/venv/facts.{bash,zsh,fish,elvish,sh,xonsh,tcsh,nu,pwsh,murex} \
		shells/activate/activate{,.fish,.nu}; do
		# A question, a sentence, not a call; and the user's own function, as bash has
		# its text, by another name, or ours by its name.
		! code "$file" | sed 's|command -v source||; s|eval "_venv_users_$text"||
				s|eval "function $name {||
				s|eval "_venv_users_$_VENV_TEXT"||; s|eval "function _venv_users_${_VENV_TEXT#function }"||
				s|return 0|| ; s,\\\\[.] .@scriptdir@/doctor[.]sh.,,
				s,source \(".\)*$_venv_script:\(q\|h:q/\(complete\|doctor\|rest\).tcsh\),,g
				s,source .@scriptdir@/\(complete\|doctor\|rest\)[.a-z]*.,,; s,%view source,,
				s,eval \(.*\)(slurp <.@scriptdir@/\(complete\|doctor\)[.a-z]*.),\1,
				s#exec(open("@scriptdir@/\(complete\|doctor\).xonsh").read(), globals())##
				s#exec(_venv_rest, globals())##
				s#[.] ([[]scriptblock\]::Create([[]IO.File\]::ReadAllText(.@scriptdir@/$name.pwsh.)))##
				s|you must source this script||' |
			evaluates ||
			fail "in $file"
	done
}

@test "C never runs a shell, and programs in spawn.c and venv run alone" {
	run grep -oE '\b(system|popen|wordexp|posix_spawnp?|fork|vfork|exec[lv][pe]*)\(' src/*/*.c
	assert_equal "$(sort -u <<<"$output")" "$(printf '%s\n' 'src/make/spawn.c:posix_spawn(' \
		'src/venv/cmd-run.c:execvp(')"
	grep -qF 'execvp(*operands, operands);' src/venv/cmd-run.c
	# The helper has none of these.
	run make_value WHICH
	[[ $output == *walk* && $output != *spawn* ]]
}

# --- the programs stay what they are

@test "readline is in pick.c alone" {
	run grep -lwE 'readline|[a-z]+_history|rl_[a-z_]+' src/*/*.[ch]
	[[ -z $output || $output == src/venv/pick.c ]] || fail "$output"
}

@test "the helper needs neither stdio nor locale nor a database" {
	command -v nm >/dev/null || skip 'no nm on this machine'
	local names object objects=() build=$BATS_FILE_TMPDIR/quick
	names=$(make_value WHICH)
	quick_build "$build"
	for name in $names; do
		! grep -nE '<(stdio|locale|wchar|wctype|pwd|grp|netdb|iconv|dlfcn)\.h>' \
			"src/$name".[ch] || fail "in src/$name"
		objects+=("$build/venv-which.o/$name.o")
	done
	nm -u "${objects[@]}" | sed '/:$/d' >"$HOME/symbols"
	grep -qw openat "$HOME/symbols"
	run grep -wE '_*v?[fsdn]*(asn?)?printf(_chk)?|f(open|write|read|gets|puts|close|flush|dopen)|f?put[sc](har)?|std(in|out|err)|perror|setlocale|nl_langinfo|getpw.*|getgr.*|dlopen|iconv.*|mb.*towcs?' "$HOME/symbols"
	assert_output ''
}

# --- the code

@test "a function is at most 50 lines long, a source file at most 400" {
	run awk 'FNR == 1 { start = 0 }
		/^\{/ { start = FNR }
		/^\}/ && start {
			if (FNR - start - 1 > 50)
				print FILENAME ": " start ": " FNR - start - 1 " lines"
			start = 0; functions++ }
		FNR > 400 { print FILENAME " is longer than 400 lines"; nextfile }
		END { if (functions < 100) print "only " functions " functions" }' src/*/*.c
	assert_output ''
}

@test "a line of C is at most 80 columns wide, and ends in no blank" {
	run awk '{ while ((at = index($0, "\t")))
			sub(/\t/, substr("        ", (at - 1) % 8 + 1)) }
		length > 80 { print FILENAME ": " FNR ": " length " columns" }' \
		src/*/*.{c,h,def,py}
	assert_output ''
	run grep -rnE --exclude-dir=corpus '[[:blank:]]+$' src shells completions hook tests bench packaging Makefile
	assert_output ''
}

@test "every file opens with a comment that says what it is for" {
	# opened PROGRAM FILE...: awk, by that, prints each of the files, a directory
	# aside.
	opened() {
		local program=$1 file files=()
		shift
		for file; do
			[[ -d $file ]] || files+=("$file")
		done
		diff <(printf '%s\n' "${files[@]}") <(awk "$program" "${files[@]}") ||
			fail 'these do not'
	}
	# A sentence, and its end.
	opened 'FNR == 1 { on = $0 == "/*"; next }
		on && /[.:]( |$)/ { print FILENAME; on = 0 }
		/\*\// { on = 0 }' src/*/*.[ch] src/*/*.def
	opened 'FNR == 1 && /^"""[A-Z]/ { print FILENAME }' src/*/*.py tests/*.py
	opened 'FNR == 1 { on = 1 }
		on && /^# ../ { print FILENAME; on = 0 }
		FNR == 2 { on = 0 }' \
		shells/{venv,rest}.* shells/activate/* completions/* hook/* tests/*.bats tests/*.bash tests/shells/* \
		tests/run tests/fuzz/{run,model,needed} bench/run packaging/* packaging/{arch,homebrew,nix,rpm}/* \
		*.plugin.* init.fish conf.d/*
}

@test "headers are guarded, and only compat*.h knows of platforms" {
	run awk 'FNR == 1 {
			guard = toupper(FILENAME)
			sub(/.*\//, "", guard)
			gsub(/[-.]/, "_", guard) }
		$0 == "#ifndef " guard || $0 == "#define " guard { guards[FILENAME]++ }
		END { while (++i < ARGC) if (guards[ARGV[i]] != 2) print ARGV[i] }' src/*/*.h
	assert_output ''
	run grep -nE '^#[[:blank:]]*(if|ifdef|elif)|^#ifndef ([^_]*)$' src/*/*.c src/*/*.h
	for line in "${lines[@]}"; do
		[[ $line == src/*/compat*.h:* || $line =~ :#ifndef\ [A-Z0-9_]+_H$ ]] ||
			fail "$line"
	done
}

@test "C uses no function that cannot be called safely, and no // comment" {
	run grep -nE '\b(strcpy|strcat|strncpy|strncat|v?sprintf|strtok|gets|alloca|atoi|mktemp|tmpnam)\(' src/*/*.c
	assert_output ''
	run grep -nE '(^|[[:blank:];])//' src/*/*.c src/*/*.h
	assert_output ''
}

@test "every shell can read its files, and the joined one" {
	local shell
	for file in shells/venv.bash completions/venv.bash hook/venv.bash "$STAGE/share/venv-which/venv.bash"; do
		bash -n "$file"
		bash --posix -n "$file"
	done
	for shell in $SHELLS; do
		command -v "$shell" >/dev/null || continue
		profile "$shell"
		for file in "$STAGE/share/venv-which/"*."$shell"; do
			run parses "$file"
			assert_success
			assert_output ''
		done
	done
	for file in tests/run tests/fuzz/{run,model,needed} packaging/{deps,fill,probe} bench/run; do
		sh -n "$file"
	done
}

@test "the joined scripts are the two parts, the places, and the version" {
	local shell version share=$STAGE/share/venv-which
	version=$(make_value VERSION)
	for shell in $SCRIPTED; do
		# shellcheck disable=SC2046 # names
		cat $(parts shells "$shell") $(parts hook "$shell") |
			sed "s|@bindir@|$STAGE/bin|; s|@version@|$version|; s|@scriptdir@|$share|; s|@shell@|$shell|" >"$HOME/joined"
		# The head, to its first empty line; and of the rest no comment.
		cmp <(sed '/^$/q' "$HOME/joined") <(sed '/^$/q' "$share/venv.$shell")
		diff <(sed '1,/^$/d' "$HOME/joined" | grep -Ev '^[[:blank:]]*(#|$)') \
			<(sed '1,/^$/d' "$share/venv.$shell")
		[[ ! -e completions/venv.$shell ]] ||
			sed "s|@bindir@|$STAGE/bin|" "completions/venv.$shell" |
			diff - "$share/complete.$shell"
		[[ ! -e src/venv/facts.$shell ]] ||
			sed "s|@bindir@|$STAGE/bin|; s|@version@|$version|" "src/venv/facts.$shell" |
			diff - "$share/doctor.$shell"
		[[ ! -e shells/rest.$shell ]] ||
			sed "s|@bindir@|$STAGE/bin|" "shells/rest.$shell" | diff - "$share/rest.$shell"
		! grep -n '@[a-z]*@' "$share/venv.$shell" || fail "in $shell"
	done
}

@test "what the scripts define begins with _venv, but for the few they must" {
	local file
	for file in shells/venv.* completions/* hook/*; do
		code "$file" | sed -nE \
			-e 's/^(.*\{)?[[:blank:]]*function (global:|script:)?([A-Za-z_]+).*/\3/p' \
			-e 's/^[[:blank:]]*([A-Za-z_]+) *\(\).*/\1/p'
	done >"$HOME/names"
	grep -qx venv "$HOME/names"
	run grep -vxE '_venv_.*|venv|venv_prompt|deactivate|prompt|cd|pushd|popd|fish_mode_prompt|PS' \
		"$HOME/names"
	assert_output ''
}

@test "no command's name stands in what completes it" {
	local command
	for command in $(sed -n 's/^CMD(\([a-z]*\),.*/\1/p' src/venv/commands.def); do
		! code completions/* | sed 's/_venv_[a-z_]*//g' | grep -w "venv $command\|'$command'" ||
			fail "$command"
	done
}

@test "no test sleeps" {
	run grep -nE '(^|[;&|({]|do|then) *sleep ' tests/*.bats tests/helper.bash tests/shells/*
	assert_output ''
}
