# What `venv remove` does to the shell in which it is said.
#
# shells: each

# shellcheck disable=SC2016,SC2030,SC2031
# Text, for the shell under test; each test is a process.

load helper

setup() {
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
}

# --- what is active

@test "what the hook activated is deactivated, on the same command line" {
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV PATH
		venv remove -y .venv >/dev/null && show VIRTUAL_ENV PATH
		show status VENV_WHICH_AUTO VENV_WHICH_STATE VIRTUAL_ENV_PROMPT
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(untouched)
	status=0
	VENV_WHICH_AUTO unset
	VENV_WHICH_STATE=none
	VIRTUAL_ENV_PROMPT unset
	$(untouched)
	END
	[[ ! -e $E && -d app ]]
	off_screen '(app)' 5
}

@test "what was activated by hand is deactivated, too" {
	export HAND=$E/bin/$ACTIVATE
	in_shell <<-'END'
		source "$HAND"
		show VIRTUAL_ENV PATH
		venv remove -y ./app >/dev/null && show VIRTUAL_ENV PATH
		show status VENV_WHICH_AUTO VENV_WHICH_STATE
	END
	shown <<-END
	$(active)
	$(untouched)
	status=0
	VENV_WHICH_AUTO unset
	VENV_WHICH_STATE=none
	END
	[[ ! -e $E ]]
}

@test "by hand in its own project, and by venv use" {
	make_env .virtualenvs/tools
	export HAND=$E/bin/$ACTIVATE
	in_shell <<-'END'
		venv use tools
		show VIRTUAL_ENV
		venv remove -y tools >/dev/null && show VIRTUAL_ENV PATH
		cd app
		source "$HAND"
		show VIRTUAL_ENV
		venv remove -y .venv >/dev/null && show VIRTUAL_ENV PATH VENV_WHICH_AUTO
	END
	shown <<-END
	VIRTUAL_ENV=$HOME/.virtualenvs/tools
	$(untouched)
	VIRTUAL_ENV=$E
	$(untouched)
	VENV_WHICH_AUTO unset
	END
	[[ ! -e $E && ! -e .virtualenvs/tools ]]
}

# fake_program TEXT: the shell under test runs it before the program.
fake_program() {
	local fake=${HOME%/*}/fake
	fake_helper ''
	ln -sf "$STAGE/bin/venv-which" "$fake/venv-which"
	rm "$fake/venv"
	put_program "$fake/venv" "$1"$'\n'"exec '$STAGE/bin/venv' \"\$@\""
}

@test "what could not be removed stays active, with the status of that" {
	fake_program 'case " $* " in *" remove "*) exit 7 ;; esac'
	in_shell <<-'END'
		cd app
		venv remove -y .venv
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO VENV_WHICH_STATE
	END
	shown <<-END
	status=7
	$(active)
	VENV_WHICH_AUTO=$E
	VENV_WHICH_STATE=active
	END
}

@test "what is active and is another one stays" {
	make_env other
	make_env .virtualenvs/tools
	export HAND=$HOME/other/bin/$ACTIVATE
	in_shell <<-'END'
		cd app
		venv remove -y tools >/dev/null && show VIRTUAL_ENV PATH VENV_WHICH_AUTO
		cd ..
		source "$HAND"
		venv remove -y ./app >/dev/null && show VIRTUAL_ENV PATH VENV_WHICH_AUTO
	END
	shown <<-END
	$(active)
	VENV_WHICH_AUTO=$E
	$(active "$HOME/other")
	VENV_WHICH_AUTO unset
	END
	[[ ! -e $E && -d other ]]
}

@test "one of several is active" {
	make_env one
	make_env two
	in_shell <<-'END'
		venv use ./two
		show VIRTUAL_ENV
		venv remove -q -y one two
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	VIRTUAL_ENV=$HOME/two
	status=0
	$(untouched)
	END
	[[ ! -e one && ! -e two ]]
}

@test "the next one upward is activated at once" {
	make_env .venv
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
		venv remove -y .venv >/dev/null && show VIRTUAL_ENV PATH
	END
	shown <<-END
	VIRTUAL_ENV=$E
	$(active "$HOME/.venv")
	END
}

@test "a new one in its place is activated, though the old one was off" {
	cp -R app/.venv saved
	in_shell <<-'END'
		cd app
		venv off
		show VIRTUAL_ENV VENV_WHICH_AUTO
		venv remove -qy .venv
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
		/bin/cp -R ../saved .venv
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	VIRTUAL_ENV unset
	VENV_WHICH_AUTO=$E
	status=0
	$(untouched)
	VENV_WHICH_AUTO unset
	$(active)
	END
}

@test "one may stand in it" {
	in_shell <<-'END'
		cd app/.venv/lib
		show VIRTUAL_ENV
		venv remove -y .. >/dev/null
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO VENV_WHICH_STATE
		cd "$HOME" && show VIRTUAL_ENV PATH
	END
	shown <<-END
	VIRTUAL_ENV=$E
	status=0
	$(untouched)
	VENV_WHICH_AUTO unset
	VENV_WHICH_STATE=none
	$(untouched)
	END
	[[ ! -e $E ]]
}

# --- PATH

@test "of PATH only its entry goes, byte for byte" {
	local path before active after again n=0
	export HAND=$E/bin/$ACTIVATE
	make_env made
	for path in /usr/bin:/bin :/usr/bin::/bin: "/a b:/usr/bin:/bin" \
		"/a*b:/usr/bin:/[c]:/bin"; do
		printf 'export PATH="%s"\nshow PATH\n' "$path"
		printf 'cd app && show VIRTUAL_ENV\n'
		printf 'venv remove -qy .venv; show PATH\n'
		printf '%s\n' '/bin/cp -R "$HOME/saved" .venv' 'cd ..' \
			'source "$HAND"' 'venv remove -qy app; show PATH' \
			'/bin/cp -R "$HOME/saved" app/.venv'
	done >lines
	cp -R app/.venv saved
	in_shell <lines
	while IFS= read -r before && IFS= read -r active && IFS= read -r after &&
		IFS= read -r again; do
		assert_equal "$active" "VIRTUAL_ENV=$E"
		assert_equal "$after" "$before"
		assert_equal "$again" "$before"
		n=$((n + 1))
	done <"$OUT"
	assert_equal "$n" 4
}

@test "in a directory of any name it goes, and nothing is run" {
	local name n=0
	make_hostile_envs
	for name in "${HOSTILE_NAMES[@]}"; do
		n=$((n + 1))
		export "P$n=$HOME/in/$name"
		printf 'cd "$P%s"; show VIRTUAL_ENV^J\n' $n
		printf 'venv remove -q -y -- "$P%s"; show status VIRTUAL_ENV PATH^J\n' $n
	done >lines
	in_shell <lines
	for name in "${HOSTILE_NAMES[@]}"; do
		printf 'VIRTUAL_ENV=%s\nstatus=0\n' "$HOME/in/$name/.venv"
		untouched
	done | shown
	for name in "${HOSTILE_NAMES[@]}"; do
		[[ ! -e in/$name/.venv ]] || fail "is there: $name"
	done
	run find "${HOME%/*}" -name PWNED
	assert_output ''
}

# --- the question, and no

@test "it asks once, and yes deactivates and removes" {
	in_shell <<-'END'
		cd app
		venv remove .venv^J
		^:[y/N]
		^>y
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(untouched)
	END
	times_on_screen 1 '[y/N]'
	times_on_screen 1 "removed ~/app/.venv"
	[[ ! -e $E ]]
}

@test "no leaves all as it is" {
	in_shell <<-'END'
		cd app
		venv remove .venv^J
		^:[y/N]
		^>n
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
		venv remove .venv^J
		^:[y/N]
		^D
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
		venv remove .venv^J
		^:[y/N]
		^C
		show VIRTUAL_ENV PATH VENV_WHICH_AUTO
		true
	END
	shown <<-END
	status=1
	$(active)
	VENV_WHICH_AUTO=$E
	status=1
	$(active)
	VENV_WHICH_AUTO=$E
	$(active)
	VENV_WHICH_AUTO=$E
	END
	[[ -f $E/pyvenv.cfg ]]
}

@test "what is refused stays active, with the status of the program" {
	: >"$E/setup.py"
	in_shell <<-'END'
		cd app
		venv remove -y .venv
		show status VIRTUAL_ENV PATH
		venv remove -y nowhere
		show status VIRTUAL_ENV
		venv remove
		show status VIRTUAL_ENV
		venv remove --help >"$HOME/help"
		show status VIRTUAL_ENV VENV_WHICH_AUTO
	END
	shown <<-END
	status=1
	$(active)
	status=1
	VIRTUAL_ENV=$E
	status=2
	VIRTUAL_ENV=$E
	status=0
	VIRTUAL_ENV=$E
	VENV_WHICH_AUTO=$E
	END
	times_on_screen 1 'it holds setup.py'
	grep -q '^usage: venv remove ' help
	[[ -f $E/pyvenv.cfg ]]
}

@test "what it says goes to standard output, once" {
	in_shell <<-'END'
		venv remove -y ./app >"$HOME/said"
		show status
	END
	shown <<<'status=0'
	assert_equal "$(cat said)" "removed ~/app/.venv"
}

@test "two shells: the other one deactivates at its next prompt" {
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
		command venv remove -qy .venv
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	VIRTUAL_ENV=$E
	$(untouched)
	END
}
