# What is said, and how: in the words of somebody who never read PEP 405, with
# the reason in one line, what to do below it, and commands that can be pasted.

# shellcheck disable=SC2016,SC2030,SC2031,SC2088,SC2103,SC2154
# They are text; each test is a process; bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

setup() {
	SHELL_UNDER_TEST=bash
	sandbox
	hook_line ':'
	export SHELL=/bin/bash
	# Whoever tests by sudo has `~` nowhere.
	unset SUDO_UID
	mkdir app
	cd app || return
}

# --- words of these tests

# ask [ARG...]: what venv says; helper [ARG...]: what venv-which says.
ask() { hear "$WITHIN" 20 venv "$@" </dev/null; }
# ask_in PATH [ARG...]: the same with that PATH.
ask_in() {
	hear env PATH="$1" "$STAGE/bin/venv" "${@:2}" </dev/null
}
helper() { hear "$WITHIN" 20 venv-which "$@" </dev/null; }

# said <LINES: exactly that, on standard error.
said() {
	diff -u --label expected --label said - <(printf '%s\n' "$stderr") ||
		fail 'something else is said'
}

# have_copy: a copy is in the working directory, and what it is of beside it.
have_copy() {
	make_env ../made/.venv
	cp -R ../made/.venv .venv
}

# --- the form

@test "a reason is one line, and what to do stands below it" {
	have_copy
	helper
	said <<-'END'
	venv-which: ~/app/.venv is blocked: it is a copy of ~/made/.venv
	  make it anew: venv recreate ~/app/.venv
	  or, though its scripts lead to the other place: venv allow ~/app/.venv
	END
	rm .venv/bin/python*
	ask run true
	said <<-'END'
	venv: run: ~/app/.venv is broken: it has no bin/python
	  make it anew: venv recreate ~/app/.venv
	END
}

@test "what cannot be made or recorded is said so, too, with paths by ~" {
	mkdir -m 700 -p plain other/bin ../.local/state
	touch python plain/.venv other/bin/activate
	echo 'two' >plain/.venv && echo words >>plain/.venv
	make_env .venv
	ask create -p python3.99 x
	said <<-'END'
	venv: create: there is no Python 3.99 in PATH, nor of pyenv's, uv's, mise's or asdf's
	  install it, or give a path
	END
	ask create -p plain x
	said <<-'END'
	venv: create: there is no command plain in PATH
	  what is here is ./plain
	END
	ask create -p ~/app/python x
	said <<<'venv: create: ~/app/python is no program'
	ask_in "$HOME" create x
	said <<-'END'
	venv: create: there is no Python in PATH
	  install one, or say which by -p PYTHON
	END
	ask create --without-pip other
	said <<-'END'
	venv: create: not overwriting ~/app/other/bin/activate: File exists, and this is no environment
	  move it away, or choose another directory
	END
	ln -s other link
	ask create --without-pip link
	said <<-'END'
	venv: create: unable to create directory ~/app/link: it is a link
	  give the directory that it leads to
	END
	ask link ~/app/.venv
	said <<-'END'
	venv: link: ~/app/.venv is a directory
	  move it away, or remove it, to have a redirect there
	END
	mkdir -m 777 -p ../.local/state/venv-which
	chmod 777 ../.local/state/venv-which
	ask allow
	said <<-'END'
	venv: allow: ~/.local/state/venv-which may be written by everybody
	  chmod 700 ~/.local/state/venv-which
	END
	chmod 700 ../.local/state/venv-which
	(umask 0 && touch ../.local/state/venv-which/allowed)
	ask allow
	said <<-'END'
	venv: allow: ~/.local/state/venv-which/allowed may be written by others
	  read it, and: chmod 600 ~/.local/state/venv-which/allowed
	END
	rm ../.local/state/venv-which/allowed
	mkdir -p ../.cache/venv-which
	chmod 777 ../.cache/venv-which
	ask create -q --without-pip x
	said <<-'END'
	venv: create: works without its cache: ~/.cache/venv-which may be written by others
	  read it, and: chmod 700 ~/.cache/venv-which
	  once that is mended the next one is made faster
	END
}

@test "a home, what it is in, and the container directory are made no environment" {
	mkdir ../.virtualenvs
	for words in '~:it is your home directory' '~/..:your home directory is in it' \
		'~/.virtualenvs:it is the directory of all named environments'; do
		dir=${words%%:*} dir=$HOME${dir#\~}
		ask create --without-pip "$dir"
		[[ ${stderr_lines[0]} == 'venv: create: refusing to make an environment of '*": ${words#*:}" ]] ||
			fail "$words: $output $stderr"
		[[ ${stderr_lines[1]} == '  for one in it: venv create '*'/.venv' ]]
		[[ ! -e $dir/pyvenv.cfg ]]
	done
	ask create -q --without-pip ~/.venv
	says ''
}

@test "no sentence of make/ has its advice behind a semicolon" {
	# What CPython writes into .gitignore has one.
	run sh -c 'cat "$@" | grep -E "^	.*\"[^\"]*; "' - "$ROOT"/src/make/*.c \
		"$ROOT"/src/venv/{state,decide}.c
	assert_output '			"# Created by venv; see"'
	# Paths of people go by the function that shortens them.
	run grep -nE 'out_safe\([^,]*why, (path|[a-z>-]*path)\)' "$ROOT"/src/make/*.c
	refute_output
}

@test "a name from elsewhere makes no line of its own" {
	ask use $'a\n  to mend that: rm'
	assert_equal "${#stderr_lines[@]}" 2
	ask $'two\nlines'
	assert_equal "${#stderr_lines[@]}" 2
	ask remove $'./a\n b'
	assert_equal "${#stderr_lines[@]}" 1
}

@test "below the home a path begins with ~, in all that is for people" {
	make_env .venv
	make_env ../.virtualenvs/tools
	for words in list 'list -l' status doctor 'allow' 'deny' 'allow --list' \
		'allow --forget' 'link tools' 'remove -y tools' 'status' \
		'create --dry-run' "create -q --without-pip $HOME/x" \
		"create -v --without-pip $HOME/y"; do
		# shellcheck disable=SC2086 # words
		ask $words
		[[ $output$stderr != *"$HOME/"* ]] || fail "$words: $output $stderr"
		[[ $words == *-q* || $output$stderr == *'~/'* ]] ||
			fail "$words: $output $stderr"
	done
	# What other programs read has whole paths, and so has what sudo says: `~`
	# is another one to whoever reads that.
	helper
	says "$HOME/app/.venv"
	ask list --json
	[[ $output == *"\"$HOME/app/.venv\""* && $output != *'"~/'* ]]
	export SUDO_UID=1
	ask list
	[[ $output == *" $HOME/app/.venv"* && $output != *'~/'* ]]
}

@test "a home that is /, has slashes at its end, or is none, is no ~" {
	make_env .venv
	for HOME in "$HOME///" / '' relative "${HOME%?}"; do
		export HOME
		ask list
		case $HOME in
		*///) assert_output --partial ' ~/app/.venv  (' ;;
		*) assert_output --partial " $PWD/.venv  (" ;;
		esac
	done
}

# --- commands that can be pasted

# Each has a copy, and a link to one; these have all else that is complained of.
WORST=('a;touch PWNED' "it's" 'back\slash' '$(touch PWNED)' $'esc\033[31m')

# hostile: directories of those names in ./h.
hostile() {
	local name
	make_env_bytes ../made
	mkdir h
	for name in "${HOSTILE_NAMES[@]}"; do
		mkdir -p "h/$name/copy"
		cp -R ../made "h/$name/copy/.venv"
		ln -s copy/.venv "h/$name/link"
	done
	git init -q h
	for name in "${WORST[@]}"; do
		mkdir "h/$name/"{broken,mode,git,other,none}
		cp -R ../made "h/$name/other/env"
		for kind in broken mode git; do
			make_env_bytes "h/$name/$kind/.venv"
		done
		rm "h/$name/broken/.venv/bin/python"
		chmod o+w "h/$name/mode/.venv"
		git -C h add -f -- "$name/git/.venv/pyvenv.cfg" 2>/dev/null
		echo nowhere >"h/$name/none/.venv"
	done
}

# say_all: what the programs advise there, a command a line, in ./advice.
say_all() {
	local name kind
	for name in "${HOSTILE_NAMES[@]}"; do
		(cd "h/$name/copy" && venv-which)
		venv remove "h/$name/link"
	done </dev/null >/dev/null 2>said || true
	for name in "${WORST[@]}"; do
		for kind in broken mode git none; do
			(cd "h/$name/$kind" && venv run true)
		done
		(cd "h/$name/copy" && venv status | sed 's/^next  */  /' >&2)
		venv remove "h/$name/copy/.venv"
		venv run -e "./h/$name" true
		venv create "h/$name/git/.venv"
		(cd "h/$name/other" && venv run true)
	done </dev/null >/dev/null 2>>said || true
	sed -n 's/^ .*: \(\(venv\|rm\|git\|chmod\) .*\)/\1/p' said >advice
}

# fakes: programs that note with what they are called, in $CALLS.
fakes() {
	local name
	export CALLS=$HOME/calls
	mkdir -p "$HOME/fakes" "$HOME/empty"
	for name in venv rm git chmod touch; do
		put_program "$HOME/fakes/$name" \
			"printf '%s\\0' '$name' \"\$@\" >>\"\$CALLS\"; echo >>\"\$CALLS\""
	done
}

# pasted SHELL FILE: what of FILE's lines runs in it, a line each, in $CALLS.
pasted() {
	: >"$CALLS"
	PATH=$HOME/fakes "$(command -v "$1")" "$2" >/dev/null 2>&1 </dev/null || true
}

@test "a hundred commands for hostile names are pasted, and nothing else runs" {
	local shell n path
	need_git
	hostile
	say_all
	fakes
	cp advice "$HOME/empty" && cd "$HOME/empty" || return
	# What cannot be told is no command, for any shell.
	grep '<path>' advice >untold
	grep -v '<path>' advice >told
	n=$(wc -l <told)
	((n > 100)) || fail "only $n commands"
	[[ -s untold ]]
	while IFS= read -r line; do
		printf '%s\n' "$line" >one
		for shell in sh ${SHELLS/xonsh/}; do
			pasted "$shell" one
			[[ ! -s $CALLS ]] || fail "$shell runs: $line"
		done
	done < <(sort -u untold)
	# It takes longest to start: one reads each of them by itself, and one more.
	if command -v xonsh >/dev/null; then
		cat >each <<-'END'
			for line in [*sorted({*open('untold')}), 'venv all']:
			    try: execx(line)
			    except Exception as error: print(error)
		END
		pasted xonsh each
		assert_equal "$(tr '\0' ' ' <"$CALLS")" 'venv all '
	fi
	for shell in sh $SHELLS; do
		command -v "$shell" >/dev/null || continue
		# Words that are put together of quoted parts are nothing to Python and to
		# nu, and in tcsh ! means something between quotes, too.
		[[ " xonsh nu tcsh " != *" $shell "* ]] || continue
		pasted "$shell" told
		assert_equal "$shell: $(wc -l <"$CALLS")" "$shell: $n"
		[[ -e calls ]] || cp "$CALLS" calls
		# All shells mean the same by them.
		cmp "$CALLS" calls || fail "$shell reads it otherwise"
	done
	# The last word of each is a path that is there, or the project's.
	while IFS= read -r line; do
		path=${line%$'\001'}
		path=${path##*$'\001'}
		case $path in
		NAME | allow) ;;
		/*) [[ -e ${path%/.venv} || -L $path ]] || fail "not there: $path" ;;
		*) [[ -e $HOME/app/h/$path ]] || fail "not there: $path" ;;
		esac
	done < <(tr '\0' '\001' <calls)
	run find "$HOME" -name '*PWNED' ! -path '*/h/*'
	assert_output ''
}

@test "every command with data in it goes through the function that quotes" {
	cd "$ROOT"
	# A path is not added as it is behind a command's name.
	run grep -nE '(venv [a-z]+|chmod [^ ]*|rm|source) ", *(A_PATH|[a-z])' -r src
	refute_output
	run sh -c 'grep -hE -A1 "(venv [a-z]+|chmod [^ ]*|rm|source) \"\);" -r src |
		grep -E "out_(str|safe|path)\(" | grep -vE "\"\);$"'
	refute_output
}

# --- words

@test "venv alone lists the commands" {
	ask
	assert_equal "$status $output" '2 '
	[[ $stderr == 'usage: venv COMMAND'*$'\n  create '*$'\n  status '* ]]
}

@test "what create made is said to be made by it" {
	venv create -q --without-pip
	ask status
	assert_line --regexp '^usable +yes: made by venv create$'
	refute_line --regexp '^decided by'
	refute_output --partial rule
}

@test "of one that may not be used the file is named, and its owner by name" {
	have_copy
	ask status
	assert_line --regexp "^decided by +~/app/.venv/bin/.* \(owner $(id -un), mode 0[0-9]+\)$"
	assert_line --regexp '^next +make it anew: venv recreate ~/app/.venv$'
	assert_line --regexp '^ {13}or, though its scripts lead to the other place: venv allow ~/app/.venv$'
}

@test "of a copy it is said, and said again, that its scripts lead elsewhere" {
	have_copy
	ask allow
	assert_equal "$status $output" '0 allowed ~/app/.venv'
	said <<-'END'
	venv: allow: the scripts of ~/app/.venv lead to another place: it is a copy of ~/made/.venv
	  make it anew: venv recreate ~/app/.venv
	END
	helper
	says "$HOME/app/.venv"
	ask allow --forget
	rm -r ../made .venv
	venv create -q --without-pip ../made
	mv ../made .venv
	ask allow
	said <<-'END'
	venv: allow: the scripts of ~/app/.venv lead to another place: it was made at ~/made, and moved or copied here
	  make it anew: venv recreate ~/app/.venv
	END
	# What is blocked otherwise, or not at all, is not of elsewhere.
	ask recreate -q -y
	ask allow
	says 'allowed ~/app/.venv'
}

@test "whoever denies what is active is told that, and no more" {
	rm "${HOME%/*}/rc.load"
	make_env .venv
	in_shell <<-'END'
		cd ~/app
		venv deny
		mark 9
		cd ..
		cd app
	END
	screen 2 | grep -qx 'denied ~/app/.venv' || fail 'not denied'
	assert_equal "$(screen 2 | grep -c ': ')" 0
	off_screen 'blocked' 3
	on_screen 'venv-which: ~/app/.venv is blocked: you denied it' 5
}

@test "what venv use activated was activated by it" {
	make_env ../tools
	rm "${HOME%/*}/rc.load"
	in_shell <<-'END'
		venv use ~/tools
		venv status
		venv list
		command venv status
	END
	screen 2 | grep -qx 'activated    by venv use' || fail 'not by venv use'
	screen 3 | grep -q 'active by use)$' || fail 'not in the list'
	screen 4 | grep -qx 'activated    by hand or another tool' || fail 'it knows'
}

@test "of a directory without one it is said that none is in it" {
	for word in . "$HOME/app" ../app; do
		ask run -e "$word" true
		said <<-'END'
		venv: run: no environment in ~/app
		  to make one: venv create ~/app/.venv
		END
	done
	mkdir plain
	ask --hook use plain
	said <<-'END'
	venv: use: no environment in ~/app/plain
	  to make one: venv create ~/app/plain/.venv
	END
	# One of that name is no project, be it empty or half of one.
	mkdir .venv
	for word in .venv ./.venv "$HOME/app/.venv"; do
		ask recreate "$word"
		said <<-'END'
		venv: recreate: no environment in ~/app/.venv
		  to make one: venv create ~/app/.venv
		END
	done
	ask run -e ./gone true
	said <<<'venv: run: there is no ./gone'
}

@test "whoever wants to be rid of one is not told to make one" {
	for command in deny remove allow; do
		ask $command .
		said <<<"venv: $command: no environment in ~/app"
	done
	ask deny
	said <<<'venv: deny: no environment at or above ~/app (looked for .venv, venv)'
	ask run true
	said <<-'END'
	venv: run: no environment at or above ~/app (looked for .venv, venv)
	  to make one: venv create
	END
}

@test "an environment is asked for, and the usage has a line of its own" {
	ask remove
	assert_equal "${stderr_lines[0]}" 'venv: remove: name an environment'
	[[ ${stderr_lines[1]} == '  usage: venv remove '* ]]
}

@test "what git has may be others', and the way out of the index is named" {
	need_git
	git init -q .
	venv create -q --without-pip --without-scm-ignore-files
	git add .venv
	helper
	said <<-'END'
	venv-which: ~/app/.venv is blocked: its files are in the git index of ~/app, so others may have written them
	  take them out of it: git -C ~/app rm -r --cached -- .venv
	  or, if you trust it: venv allow ~/app/.venv
	END
	git -C ~/app rm -q -r --cached -- .venv
	helper
	says "$HOME/app/.venv"
}

@test "what changes the shell names the hook, the line and the file" {
	for command in 'use x' off on; do
		# shellcheck disable=SC2086 # words
		SHELL=/usr/bin/zsh ask $command
		said <<-END
		venv: ${command% x}: it changes this shell, and needs the hook there
		  add to ~/.zshrc: eval "\$(command venv init zsh)"
		END
	done
	SHELL=/bin/rc ask off
	assert_equal "${stderr_lines[1]}" \
		"  \`venv help init\` has the line for your shell's startup file"
}

@test "the summaries say what a command is for" {
	ask help
	assert_line --regexp '^  status +show the environment here, and why$'
	assert_line --regexp '^  doctor +check the set-up, and say how to fix it$'
	ask help create
	assert_line --partial 'a hundred times faster once it'
}

@test "a word that is nearly right is guessed" {
	make_env ../.virtualenvs/tools
	ask lst
	said <<-'END'
	venv: there is no command lst
	  did you mean list? `venv help` lists all
	END
	ask help stauts
	assert_equal "${stderr_lines[1]}" '  did you mean status? `venv help` lists all'
	ask list --jsno
	assert_equal "${stderr_lines[0]}" \
		'venv: list: there is no option --jsno; did you mean --json?'
	ask run -e tolos true
	said <<-'END'
	venv: run: no environment is called tolos
	  did you mean tools? `venv list` shows all
	END
	# What is nothing like it is not offered.
	ask run -e quite-another true
	assert_equal "${stderr_lines[1]}" '  `venv list` shows them'
	ask frobnicate
	assert_equal "${stderr_lines[1]}" '  `venv help` lists them'
	ask list --frobnicate
	refute [ "${stderr_lines[0]}" != 'venv: list: there is no option --frobnicate' ]
	ask "$(printf 'x%.0s' {1..5000})"
	assert_equal "$status" 2
}

# --- hints

@test "one by a name that nobody looks for is pointed out" {
	make_env env
	for words in 'run true' status 'deny'; do
		# shellcheck disable=SC2086 # words
		ask $words
		[[ $output$stderr == *'~/app/env is one, by another name: venv link ~/app/env'* ]] ||
			fail "$words: $output$stderr"
	done
	mkdir src
	cd src
	ask run true
	[[ $stderr == *'~/app/env is one, by another name: venv use ~/app/env' ]]
	cd ..
	ask link ~/app/env
	ask run true
	assert_success
	rm -r .venv env
	make_env my-own
	ask run true
	[[ $stderr == *'~/app/my-own is one'* ]]
	VENV_WHICH_NAMES=my-own ask run true
	assert_success
}

@test "where the hook is not loaded, venv create says how to go on" {
	in_shell <<<'venv create --without-pip'
	on_screen '  to use it here: source ~/app/.venv/bin/activate'
	on_screen '  to have that done by itself: add to ~/.bashrc: eval "$(command venv init bash)"'
	in_shell <<<'venv create --without-pip >"$HOME/said"; venv create -q --without-pip'
	off_screen 'to use it here'
	assert_equal "$(grep -vc '^  ' "$HOME/said")" 1
	SHELL=/usr/bin/fish in_shell <<<"venv create --without-pip 'a b'"
	on_screen "  to use it here: source ~/'app/a b/bin/activate.fish'"
	local shell
	for shell in tcsh:'source ~/app/c/bin/activate.csh' dash:'. ~/app/c/bin/activate' \
		xonsh:'source ~/app/c/bin/activate.xsh' nu:'overlay use ~/app/c/bin/activate.nu'; do
		SHELL=/usr/bin/${shell%%:*} in_shell <<<'venv create --clear --without-pip c'
		on_screen "  to use it here: ${shell#*:}"
	done
	on_screen '  to have that done by itself: type once, in nu: ^venv init nu | save -a $nu.config-path'
	SHELL=/usr/bin/elvish in_shell <<<'venv create --clear --without-pip c'
	on_screen '  to have it used by itself: add to ~/.config/elvish/rc.elv: eval (e:venv init elvish | slurp)'
	off_screen 'to use it here'
	rm "${HOME%/*}/rc.load"
	in_shell <<<'venv create --without-pip'
	on_screen 'kept ~/app/.venv ('
	off_screen 'to use it here'
}

# --- columns

@test "the help of every command has its columns, and fits the terminal" {
	local command
	for command in $(venv help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
		ask help "$command"
		run awk -v command="$command" '
			length > 80 { print command ": " $0 }
			/^  -/ && match($0, /[^ ]  +[^ ]/) {
				at = RSTART + RLENGTH - 1
				if (column && at != column) print command ": " $0
				column = at
			}
			/^    / && column && match($0, /[^ ]/) && RSTART != column {
				print command ": " $0
			}' <<<"$output"
		refute_output
	done
}

@test "venv list -l has lines of at most 100 columns" {
	# Two columns wide.
	local name=$'\344\273\273'
	mkdir -p a-project-with-a-name/somewhere
	make_env a-project-with-a-name/somewhere/.venv
	make_env "../.virtualenvs/$name-that-is-long-enough"
	cd a-project-with-a-name/somewhere
	ask list -l
	run awk '{ n = length } n > 100 { print n ": " $0 }' <<<"${output//$name/xx}"
	refute_output
	ask list -l
	assert_line --regexp '^    \(named, base '
}

@test "the container directory is no project" {
	make_env ../.virtualenvs/tools
	make_env .venv
	ask list --json
	[[ $output == *"/tools\", "*'"project": null'* ]]
	[[ $output == *"\"project\": \"$HOME/app\""* ]]
	VIRTUAL_ENV=$HOME/.virtualenvs/tools helper --active -f '<%r>'
	says '<>'
}

# --- the doctor's

@test "the doctor counts what it found, and says it all as JSON" {
	have_copy
	ask doctor
	assert_equal "$status ${lines[${#lines[@]}-1]}" '1 2 problems'
	assert_line --regexp '^    make it anew: venv recreate ~/app/.venv$'
	ask doctor --json
	assert_equal "$status" 1
	run "$PYTHON" -c '
import json, sys
found = json.load(sys.stdin)
bad = [f for f in found if not f["ok"]]
assert len(found) > len(bad) == 2, found
assert all(set(f) == {"ok", "subject", "text", "next"} for f in found)
print(bad[1]["subject"], bad[1]["next"], sep=": ")' <<<"$output"
	assert_output $'environment: make it anew: venv recreate ~/app/.venv\nor, though its scripts lead to the other place: venv allow ~/app/.venv'
	ask doctor -q --json
	assert_equal "$(grep -c '"ok": true' <<<"$output")" 0
	rm -r .venv
	ask doctor
	assert_equal "${lines[${#lines[@]}-1]}" '1 problem'
	ask doctor --json --time
	assert_equal "$status" 2
}
