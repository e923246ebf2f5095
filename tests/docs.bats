# The documentation says what is so: its examples are run, and its lists agree
# with the code.

# weight: 3
# shellcheck disable=SC2016,SC2034,SC2094 # text; for helper.bash; no such loop

load helper

TEXTS=(README.md INSTALL NEWS CONTRIBUTING.md man/venv.1 man/venv-which.1)

setup() {
	SHELL_UNDER_TEST=bash
	sandbox
}

# --- examples

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

# The text of the picture as it is where nothing moves, and as it begins.
picture_text() {
	"$PYTHON" - "$1" <<-'END'
		import re
		import sys
		import xml.etree.ElementTree as tree
		SVG = '{http://www.w3.org/2000/svg}'
		rows = {}
		for group in tree.parse(sys.argv[1]).getroot().findall(SVG + 'g'):
		    if group.get('visibility') == 'hidden':
		        continue
		    top = float(re.search(r' ([\d.]+)\)', group.get('transform'))[1])
		    for text in group.findall(SVG + 'text'):
		        row = rows.setdefault(top, '')
		        at = round((float(text.get('x')) - 14) / 8.4)
		        rows[top] = row.ljust(at) + text.text
		for top in sorted(rows):
		    print(rows[top])
	END
}

@test "the picture is a still that shows all, in colours, before anything moves" {
	local picture=$ROOT/man/session.svg
	grep -qF '](man/session.svg)' "$ROOT/README.md"
	picture_text "$picture" >text
	grep -qx '(api) ~/api \$ cd ../web && command -v python' text
	grep -qx '/home/me/web/.venv/bin/python' text
	grep -q '^venv-which: .*copy.* blocked' text
	grep -qx '(tools) ~ \$' text
	# What moves begins with that, and can be stopped.
	grep -q 'prefers-reduced-motion' "$picture"
	! grep -oE '<g [^>]*class="s"[^>]*>' "$picture" | grep -v hidden |
		grep -o 'id="s[0-9]*"' | tr -d '"' | sed 's/id=//' |
		while read -r id; do
			grep "@keyframes $id{" "$picture" | grep -v '{0.00%{visibility:visible}'
		done | grep . || fail 'something is not there at first'
	(($(grep -o 'style="fill:#[0-9a-f]*"' "$picture" | sort -u | wc -l) >= 2))
	# The menu of `venv pick` is in it.
	grep -q '>environment: ' "$picture" || grep -q '>environment:<' "$picture"
	run grep -iE '<script|<image|https?://[^w]|/tmp/' "$picture"
	refute_output
}

@test "make picture makes the picture that is in the repository" {
	need_shell
	with_tool pyte
	STAGE=$STAGE TOOLS=$TOOLS "$ROOT/bench/picture" made.svg
	diff <(picture_text made.svg) <(picture_text "$ROOT/man/session.svg")
	cmp made.svg "$ROOT/man/session.svg"
}

# The Nth block of README.md.
readme_block() {
	awk -v n="$1" '
		$0 == "```" { on = 0 }
		on && seen == n
		$0 == "```sh" { on = 1; seen++ }' "$ROOT/README.md"
}

@test "README.md's three things to try are what they say" {
	need_shell
	share_cache
	{
		readme_block 6 | sed -E 's/  +#.*//' | sed -n 1p
		echo 'show status VIRTUAL_ENV'
		readme_block 6 | sed -E 's/  +#.*//' | sed -n 2p
		echo 'show status VIRTUAL_ENV'
		readme_block 6 | sed -E 's/  +#.*//;s/$/^J/' | sed -n 3p
		printf '^:environment\n^>app\nshow status VIRTUAL_ENV\n'
		printf 'cd; show VIRTUAL_ENV\n'
	} >lines
	run cat lines
	assert_line 'mkdir app && cd app && venv create'
	assert_line 'venv pick^J'
	in_shell <lines
	shown <<-END
	status=0
	VIRTUAL_ENV=$HOME/app/.venv
	status=0
	VIRTUAL_ENV unset
	status=0
	VIRTUAL_ENV=$HOME/app/.venv
	VIRTUAL_ENV=$HOME/app/.venv
	END
	on_screen 'is blocked: it is a copy of '
	on_screen 'venv recreate'
}

@test "README.md's block from clone to installation does it" {
	git -C "$ROOT" rev-parse -q --verify HEAD >/dev/null 2>&1 ||
		skip 'not a clone'
	local tree
	mkdir bin
	# Everybody who tests may do what root does here, in $DESTDIR.
	put_program bin/sudo 'exec "$@"'
	# The clone is of what is in the work tree now, and older than what quick_build
	# has compiled of it: make does the rest, for there.
	tree=$(git -C "$ROOT" stash create)
	quick_build quick
	rm quick/names
	put_program bin/git "[ \"\$1 \$2\" = 'clone URL' ] || exit
		'$(command -v git)' clone -q --shared '$ROOT' \"\$3\" &&
		cd \"\$3\" && '$(command -v git)' checkout -q ${tree:-HEAD} &&
		find . -exec touch -r '$HOME/quick/flags' {} + && mv '$HOME/quick' build"
	readme_block 1 >block
	grep -q 'make deps demo' block
	# All that `make deps` wants is here already, or the tests would not run.
	PATH=$HOME/bin:$PATH DESTDIR=$HOME/dest MAKEFLAGS="-- ${QUICK[*]}" \
		sh -e block >log 2>&1 || fail "$(tail -n 20 log)"
	grep -q -e '-- bash, with this line' log
	[[ -x dest/usr/local/bin/venv && -e dest/usr/local/share/man/man1/venv.1 ]]
}

@test "what README.md says to type instead is there, with its options" {
	local words command option
	sed -n '/^## I come from/,/^## Rem/p' "$ROOT/README.md" |
		grep -oE '`(venv )?(use|create|link)[^`]*`' | tr -d '`' >typed
	(($(wc -l <typed) >= 4))
	while read -ra words; do
		[[ ${words[0]} != venv ]] || words=("${words[@]:1}")
		command=${words[0]}
		venv help "$command" >help
		for option in "${words[@]:1}"; do
			[[ $option != -* ]] || grep -qE -e "^  (-., )?$option\b" help ||
				fail "venv $command has no $option"
		done
	done <typed
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

@test "the functions of one's own that venv(1) shows are called" {
	local shell n
	make_env app/.venv
	for shell in $SHELLS; do
		command -v "$shell" >/dev/null || continue
		SHELL_UNDER_TEST=$shell n=1
		case $shell in
		fish) n=2 ;;
		elvish) n=3 ;;
		xonsh) n=4 ;;
		tcsh) n=5 ;;
		nu) n=6 ;;
		esac
		profile "$shell"
		sed -n '/^\.Ss Functions of your own/,/^\.Ss Prompts/p' \
			"$ROOT/man/venv.1" | sed 's/\\(dq/"/g' | awk -v n=$n '/^\.Ed/ { on = 0 }
				on && seen == n
				/^\.Bd/ { on = 1; seen++ }' | sed 's/\\e/\\/g' >"${HOME%/*}/rc.after"
		grep -q venv_deactivated "${HOME%/*}/rc.after"
		in_shell <<-'END'
			cd app; show PYTHONPATH
			cd ..; show PYTHONPATH
		END
		shown <<-END
		PYTHONPATH=$HOME/app/.venv/../src
		PYTHONPATH unset
		END
	done
}

@test "the example that venv help has for each command works" {
	local command example
	share_cache
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
		venv help "$command" | sed -n 's/^  \(-., \)*\(--[a-z-]*\).*/\2/p'
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
		sed 's/ Op$//' | tr ',' '\n' | sed 's/ //g;s/^/-/' >page
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
	grep -ohE '(env_break|blame[a-z_]*)\([a-z]+, *"[a-z0-9-]+"|->rule = .*"' \
		"$ROOT"/src/*/*.c | grep -oE '"[a-z0-9-]+"' | tr -d '"' >code
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

# The items of the Nth list of words in the section on the hook's protocol.
protocol_items() {
	sed -n '/^\.Sh THE HOOK PROTOCOL/,/^\.Sh ENV/p' "$ROOT/man/venv-which.1" |
		awk -v n="$1" '/^\.Bl / { seen++ } seen == n' |
		sed -n 's/^\.It Cm \([a-z]*=*\).*/\1/p' | sort -u
}

@test "venv-which(1) has the facts that the helper hears, and no other" {
	sed -n '/^bool hook_hear/,/^}/p' "$ROOT/src/which/hook.c" >code
	{
		grep -oE '\{ "[a-z]+"' code
		grep -oE 'strncmp\(word, "[a-z]+="' code
	} | sed 's/.*"\([a-z=]*\)"/\1/' >heard
	protocol_items 1 >page
	same facts heard page
	# The helper hears each of them, and no word more.
	while read -r word; do
		ask_hook "$word" || fail "it does not hear $word"
	done <page
	! ask_hook sourced || fail 'it hears anything'
}

# Is the fact $1 heard?
ask_hook() { venv-which --hook "$1" 2>/dev/null | grep -qx 'end 2'; }

@test "every fact that a shell tells is one that the helper hears" {
	local shell word
	protocol_items 1 >page
	for shell in $SCRIPTED; do
		sed -n '/_venv_facts()/,/^}/p;/function _venv_ask/,/^    end/p
			/^_venv_ask()/,/^}/p; /^set _venv_ask/,/^}/p; /^def _venv_ask(/,/^# /p; /^_venv_ask:/,/^endif/p
			/^def --env _venv_ask/,/^}/p; /^function _venv_ask[ (]/,/^}/p' \
			"$STAGE/share/venv-which/"{venv,rest}."$shell" >ask 2>/dev/null || true
		while read -r word; do
			# Nothing is read-only for good in these, and elvish has no script.
			# Where a line can be split at its second blank nobody has to say so.
			[[ $word != apart || $shell == tcsh ]] || continue
			# Where each variable that counts is exported, the helper sees it.
			[[ $shell.$word == @(fish.fixed|elvish.fixed|elvish.script|xonsh.fixed|nu.fixed|pwsh.fixed|murex.fixed) ||
				$shell.$word == @(elvish|murex|nu|pwsh|tcsh|xonsh).plain || $shell.$word == murex.@(script|called) ]] ||
				grep -qE "(^|[^a-z_\$])$word" ask ||
				fail "$shell never tells $word"
		done <page
	done
}

@test "venv-which(1) has the lines that the helper prints, and no other" {
	local shell word
	# The first word of what is printed as a line; `end 2` is HOOK_END.
	cat "$ROOT"/src/which/{hook,shown}.c |
		grep -oE '(out_line|out_str|path_line)\(([^"(]*, )+"[a-z]+[ "]' |
		sed -n 's/^[^"]*"\([a-z]*\).*/\1/p' >printed
	{ protocol_items 2; protocol_items 3; } >page
	same lines printed page
	# And each shell knows what to do about each of them.
	for shell in $SCRIPTED; do
		while read -r word; do
			# There it is, for good; and no activation script is for murex.
			[[ $shell.$word != @(nu.deactivate|murex.call|murex.ask) ]] || continue
			grep -qsE "^\s*\(?$word(\\\\ \*)?\) |^ *case .*\b$word\b|[\"'^]$word |\\(_venv_[a-z]+ $word[ )]|\[([a-z]+ )*$word[] ]|\"$word\"|'$word'(,| \{| -ccontains)|^ *([a-z]+ \| )*$word( \| [a-z]+)* =>" \
				"$STAGE/share/venv-which/"{venv,rest}."$shell" ||
				fail "$shell does not know $word"
		done <page
	done
	grep -qxF ".Cm $(sed -n 's/^#define HOOK_END "\(.*\)\\n"/\1/p' \
		"$ROOT/src/which/hook.h") ," "$ROOT/man/venv-which.1"
}

@test "every variable that the programs read is on a manual page" {
	local name call='(getenv|(env|toolplace)_(var|path)|place_of)'
	for name in $(grep -ohE "$call"'\((ret, |path, )?"[A-Z_]+"[,)]' \
		"$ROOT"/src/*/*.c | grep -oE '[A-Z_]{2,}' | sort -u) \
		$(sed -n 's/^\t\t{ "\([A-Z_]*\)", was->.*/\1/p' \
			"$ROOT/src/which/hook.c") \
		$(grep -ohE '(VENV_WHICH|VIRTUAL_ENV)[A-Z_]*\>' "$ROOT"/shells/venv.* \
			"$ROOT"/completions/* "$ROOT"/hook/* | grep -v '_$' | sort -u); do
		grep -qE "^\\.(It )?Ev (.* , )?$name( |\$)" "$ROOT"/man/*.1 ||
			fail "$name is on no manual page"
	done
}

@test "INSTALL has the tools that the tests run, in their versions" {
	# What only the tests look through is no tool of anybody's.
	sed -n 's/^\t\t[a-z][^ ]* *\(pypi\|npm\) *\([^ ]*\) *\([0-9][^ ]*\).*/\2 \3/p' \
		"$ROOT/packaging/tools" | grep -v '^pyte ' >brought
	sed -n '/^Of other tools these were run/,/^pyenv/p' "$ROOT/INSTALL" |
		sed -n 's/^    \([a-z-]*\) \([0-9][^ ]*\) .*/\1 \2/p' >told
	[[ $(wc -l <told) -gt 10 ]]
	same tools told brought
}

@test "every shell has its line in README.md, INSTALL, venv(1) and venv help" {
	local shell line
	for shell in $SHELLS; do
		profile "$shell"
		# shellcheck disable=SC2059 # the profile's format
		printf -v line "$LOAD" "$PAST"
		# What the user types, where that writes the line.
		[[ -z $ONCE ]] || line=$ONCE
		# README.md has those that most people have, and says where the others are.
		[[ " bash zsh fish " != *" $shell "* ]] ||
			sed 's/\\|/|/' "$ROOT/README.md" | grep -qF "$line" ||
			fail "README.md lacks: $line"
		grep -qw "$shell" "$ROOT/README.md" || fail "README.md lacks $shell"
		grep -qF "$line" "$ROOT/INSTALL" || fail "INSTALL lacks: $line"
		sed 's/\\(dq/"/g; s/\\e/\\/g' "$ROOT/man/venv.1" | grep -qF "$line" ||
			fail "venv(1) lacks: $line"
		venv help init | grep -qF "$line" || fail "help lacks: $line"
	done
	for shell in $SCRIPTED; do
		for line in README.md INSTALL man/venv.1 src/venv/commands.def; do
			grep -qw "$shell" "$ROOT/$line" || fail "$line lacks $shell"
		done
	done
}

@test "that line passes an alias or a function venv by, wherever it is named" {
	cd "$ROOT"
	# A program that is named by its path is no alias in any case.
	run sh -c 'grep -rnE "venv init (bash|zsh|fish)( *\\\\?\||\))" --exclude-dir=.git \
		--exclude-dir=build --exclude-dir=tests --exclude="words.*" . |
		grep -v "command venv init"'
	refute_output
	run grep -rlE 'command venv init (bash|zsh|fish)' --exclude-dir=.git \
		--exclude-dir=build .
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
		grep -vE 'shell command|filter')
}

# --- what the texts name

@test "every target of make that the texts name exists" {
	local targets target
	targets=$(cd "$ROOT" && grep -ohE '(^ *|`)make( [a-z/=-]+)+' README.md \
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

@test "the texts are 80 columns wide at most, and README.md a screen and a half" {
	cd "$ROOT"
	run awk 'length > 80 { print FILENAME ": " FNR }' "${TEXTS[@]}"
	refute_output
	((100 >= $(wc -l <README.md)))
}

@test "where a number of times is boasted of, the command that counts is named" {
	local file
	for file in README.md INSTALL; do
		# By paragraphs, or points of a list.
		run awk '
			/^$|^- / { check(); text = "" }
			{ text = text " " $0 }
			END { check(); print (n > 0) }
			function check() {
				if (text !~ /(times|half) +(faster|as +fast)/)
					return
				n++
				if (text !~ /`make bench`/)
					print text
			}' "$ROOT/$file"
		assert_output 1
	done
	run make -s -C "$ROOT" help
	assert_line --regexp '^ *bench[[:blank:]]'
}
