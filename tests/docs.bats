# The documentation says what is so: its examples are run, and its lists agree
# with the code.

# shellcheck disable=SC2016,SC2034,SC2094 # text; for helper.bash; no such loop

load helper

TEXTS=(README.md INSTALL NEWS CONTRIBUTING.md man/venv.1 man/venv-which.1)

setup() {
	SHELL_UNDER_TEST=bash
	sandbox
}

# --- examples

# The first block of that kind in README.md.
readme_block() {
	awk -v kind="\`\`\`$1" '
		$0 == "```" { on = 0 }
		on
		$0 == kind && !seen { on = seen = 1 }' "$ROOT/README.md"
}

# What stands in EXAMPLES between .Bd -literal and .Ed, as it is shown.
man_examples() {
	sed -n -e '/^\.Sh EXAMPLES/,/^\.Sh SEE/!d' -e '/^\.Bd -literal/,/^\.Ed/!d' \
		-e '/^\.[BE]d/d' -e "s/\\\\(aq/'/g" -e 's/\\(ti/~/g' \
		-e 's/\\&//g' -e 's/\\e/\\/g' -e p "$ROOT/man/$1"
}

# A line that somebody typed: behind the prompt, which shows what is active and
# where.
PROMPT='(\([a-z0-9.: ]+\) )*(~[^ ]* )?[$]'

# replay PS1 <SESSION: types the session's lines into bash, and compares the
# whole screen with the session.  On the page, home is /home/me, and Python
# 3.11.2.
replay() {
	local session version
	session=$(cat)
	[[ $session == *'$ '* ]] || fail 'no session'
	printf "PS1='%s'\n" "$1" | before_hook
	# The first creation of all shows its progress.
	share_cache
	venv create -q warm && rm -r warm
	in_shell < <(sed -nE "s/^$PROMPT (.*)/\\3/p" <<<"$session")
	version=$("$PYTHON" -c 'import platform; print(platform.python_version())')
	# The marks that pty typed; the page's Python; columns; the last "exit".
	diff -u --label page --label screen \
		<(sed -E -e "/^$PROMPT\$/d" -e 's/  +/  /g' <<<"$session") \
		<(screen | sed -E -e '/mark [0-9]+$/d' -e '/^@[0-9]+@$/d' \
			-e "s|$HOME|/home/me|g" -e "s/${version//./[.]}/3.11.2/g" \
			-e "s/(^| )${version%.*}( |\)|\$)/\\13.11\\2/g" -e 's/  +/  /g' \
			-e "/^$PROMPT exit\$/d" -e '/^exit$/d') ||
		fail 'the page says something else'
}

# The project and the named environment that the manual pages speak of.
examples_home() {
	make_env app/.venv
	make_env .virtualenvs/tools
	mkdir -p app/src
}

@test "the session in README.md is what bash shows" {
	need_shell
	replay '\w $ ' < <(readme_block console)
}

# The text of the picture's last frame.
picture_text() {
	"$PYTHON" - "$1" <<-'END'
		import sys
		import xml.etree.ElementTree as tree
		SVG = '{http://www.w3.org/2000/svg}'
		LINK = '{http://www.w3.org/1999/xlink}href'
		root = tree.parse(sys.argv[1]).getroot()
		lines = {'#' + g.get('id'): g for g in root.iter(SVG + 'g') if g.get('id')}
		for use in list(lines['#screen_view'])[-1].iter(SVG + 'use'):
		    row = ''
		    for text in lines[use.get(LINK)].iter(SVG + 'text'):
		        row = row.ljust(round(float(text.get('x', 0)) / 8)) + text.text
		    print(row.replace('\xa0', ' ').rstrip())
	END
}

@test "the picture in README.md shows the session in README.md" {
	grep -qF '](man/session.svg)' "$ROOT/README.md"
	diff <(readme_block console) \
		<(picture_text "$ROOT/man/session.svg" | sed '$d')
}

@test "make picture makes the picture that is in the repository" {
	need_tool termtosvg
	need_shell
	STAGE=$STAGE PTY=$PTY "$ROOT/bench/picture" made.svg
	diff <(picture_text made.svg) <(picture_text "$ROOT/man/session.svg")
}

@test "the examples of venv-which(1) print what the page shows" {
	need_shell
	examples_home
	hook_line ':'
	replay '$ ' < <(man_examples venv-which.1)
}

@test "the examples of venv(1) print what the page shows" {
	need_shell
	examples_home
	replay '$ ' < <(man_examples venv.1)
}

@test "the example that venv help has for each command works" {
	local command example
	examples_home
	make_env .virtualenvs/old
	for command in $(commands); do
		example=$(venv help "$command" | sed -n 's/^example: //p')
		[[ $example == "venv $command"* ]] || fail "venv help $command: $example"
		mkdir "in $command"
		[[ $command == @(create|link) ]] || make_env "in $command/.venv"
		printf 'cd ~/"in %s"\n%s; show status\n' "$command" "$example"
	done >lines
	in_shell <lines
	shown <<<"$(commands | sed s/.*/status=0/)"
}

# --- manual pages

@test "mandoc and groff find nothing wrong with the manual pages" {
	local page tool
	for tool in mandoc groff; do
		need_tool "$tool"
	done
	for page in "$ROOT"/man/*.1; do
		run mandoc -Tlint -Wwarning "$page"
		assert_success
		refute_output
		run groff -mdoc -ww -z "$page"
		assert_success
		refute_output
	done
}

# --- lists that must agree

# same WHAT A B: the files A and B hold the same lines, in any order.
same() {
	sort -u -o "$2" "$2"
	sort -u -o "$3" "$3"
	[[ -s $2 ]] || fail "no $1 at all"
	diff -u "$2" "$3" || fail "these $1 do not agree"
}

commands() { venv help | sed -n 's/^  \([a-z]*\) .*/\1/p'; }

@test "venv(1) has the commands that venv help lists, and no other" {
	commands >help
	sed -n 's/^\.It Cm \([a-z]*\).*/\1/p' "$ROOT/man/venv.1" >page
	same commands help page
}

@test "venv(1) has the options of the commands, and no other" {
	local command
	for command in $(commands); do
		venv help "$command" | sed -n 's/^  .*\(--[a-z-]*\) .*/\1/p'
	done >help
	sed -n '/^\.Ss Commands/,/^\.Sh/p' "$ROOT/man/venv.1" |
		grep '^\.' | grep -oE 'Fl -[a-z-]{2,}' | sed 's/Fl /-/' |
		grep -vx -e --help -e --version -e --explain >page
	same options help page
}

@test "venv-which(1) has the options that venv-which -h lists, and no other" {
	venv-which -h | grep -oE -e '^  -.*' | grep -oE -e '(^  |, )--?[A-Za-z]+' |
		sed 's/^[ ,]*//' >help
	sed -n 's/^\.It Fl //p' "$ROOT/man/venv-which.1" | sed 's/ Ar .*//' |
		tr ',' '\n' | sed 's/ //g;s/^/-/' >page
	same options help page
}

@test "venv-which(1) has the formats that -f knows, and no other" {
	local letter
	for letter in {a..z} {A..Z} %; do
		if venv-which --active -f "%$letter" 2>/dev/null || (($? == 1)); then
			echo "%$letter"
		fi
	done >known
	sed -n 's/^\.It Cm \\&\(%.\)$/\1/p' "$ROOT/man/venv-which.1" >page
	same formats known page
}

@test "venv-which(1) has the rules that the code names, and no other" {
	grep -ohE '(env_break|block[a-z_]*)\([a-z]+, *"[a-z0-9-]+"|->rule = "[a-z-]+"' \
		"$ROOT"/src/*/*.c | sed 's/.*"\(.*\)"/\1/' >code
	sed -n '/^\.Sh RULES/,/^How an/s/^\.It Cm //p' \
		"$ROOT/man/venv-which.1" >page
	same rules code page
}

@test "venv-which(1) has the keys of --json, and no other" {
	make_env app/.venv
	venv-which -C app --json | grep -oE '"[a-z_]+": ' | tr -d '": ' >json
	sed -n '/^Its keys are/,/^what is not/s/^\.Cm \([a-z]*\).*/\1/p' \
		"$ROOT/man/venv-which.1" >page
	same keys json page
}

@test "every variable that the programs read is on a manual page" {
	local name
	for name in $(grep -ohE '(getenv|env_var|env_path)\("[A-Z_]+"\)' \
		"$ROOT"/src/*/*.c | grep -oE '[A-Z_]{2,}' | sort -u) \
		$(grep -ohE '(VENV_WHICH|VIRTUAL_ENV)[A-Z_]*' "$ROOT"/shells/* \
			"$ROOT"/completions/* "$ROOT"/hook/* | sort -u); do
		grep -qE "^\\.(It )?Ev (.* , )?$name( |\$)" "$ROOT"/man/*.1 ||
			fail "$name is on no manual page"
	done
}

@test "every shell has its line in README.md, INSTALL, venv(1) and venv help" {
	local shell line
	for shell in $SHELLS; do
		profile "$shell"
		# shellcheck disable=SC2059 # the profile's format
		printf -v line "$LOAD" 'command venv'
		sed 's/\\|/|/' "$ROOT/README.md" | grep -qF "$line" ||
			fail "README.md lacks: $line"
		grep -qF "$line" "$ROOT/INSTALL" || fail "INSTALL lacks: $line"
		sed 's/\\(dq/"/g' "$ROOT/man/venv.1" | grep -qF "$line" ||
			fail "venv(1) lacks: $line"
		venv help init | grep -qF "$line" || fail "help lacks: $line"
	done
}

@test "that line passes an alias or a function venv by, wherever it is named" {
	cd "$ROOT"
	# A program that is named by its path is no alias in any case.
	run sh -c 'git grep -nE "venv init (bash|zsh|fish)( *\\\\?\||\))" \
		-- . ":!tests" ":!bench/words.*" | grep -v "command venv init"'
	refute_output
	run git grep -lE 'command venv init (bash|zsh|fish)'
	for file in README.md INSTALL man/venv.1 commands.def; do
		assert_line --regexp "$file"
	done
}

@test "INSTALL has the variables of the Makefile, with their defaults" {
	local name value
	cat "$ROOT/Makefile" "$ROOT/packaging/probe" |
		sed -nE 's/^(echo ")?([A-Za-z0-9_]+) \?= ?.*/\2/p' >code
	# These are set otherwise, or have no default.
	printf '%s\n' CC CPPFLAGS DESTDIR LDFLAGS LDLIBS SHELLS WARN >>code
	sed -nE 's/^  ([A-Za-z0-9_]+)  +[^ ].*/\1/p' "$ROOT/INSTALL" >page
	same variables code page
	while read -r name _ value; do
		tr -s ' ' <"$ROOT/INSTALL" | sed 's/ (.*//' |
			grep -qxF " $name $value" || fail "$name is $value"
	done < <(grep -E '^(SHELLS =|[A-Za-z_0-9]+ \?=)' "$ROOT/Makefile" |
		grep -v 'shell command')
}

# --- what the texts name

@test "every target of make that the texts name exists" {
	local targets target
	targets=$(cd "$ROOT" && grep -ohE '(^ *|`)make( [a-z/=]+)+' README.md \
		INSTALL CONTRIBUTING.md | sed 's/.*make//' | tr ' ' '\n' |
		grep -v = | sort -u)
	[[ $targets == *demo* && $targets == *check* ]]
	for target in $targets; do
		grep -qE "^${target/#build\//[$]B/}:" "$ROOT/Makefile" ||
			fail "there is no target $target"
	done
}

@test "every file that the texts name exists" {
	local name dirs='src|shells|completions|hook|tests|bench|man|packaging|\.ci'
	cd "$ROOT"
	for name in $(grep -ohE "\\b($dirs)/[A-Za-z0-9_./-]*[A-Za-z0-9_]" \
		README.md INSTALL CONTRIBUTING.md NEWS | sort -u) \
		$(sed -nE 's/.*\]\(([A-Za-z.]+)\).*/\1/p' README.md); do
		# NAME is any.
		compgen -G "${name//NAME/*}" >/dev/null || fail "there is no $name"
	done
}

@test "the first section of NEWS is the version that the programs are" {
	assert_equal "$(venv --version)" "venv $(sed -n '1s/:.*//p' "$ROOT/NEWS")"
	assert_equal "$(venv-which -V)" "venv-which $(sed -n '1s/:.*//p' "$ROOT/NEWS")"
}

@test "the texts are at most 80 columns wide, and README.md is one screen" {
	cd "$ROOT"
	run awk 'length > 80 { print FILENAME ": " FNR }' "${TEXTS[@]}"
	refute_output
	((60 >= $(wc -l <README.md)))
}
