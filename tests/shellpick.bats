# What `venv pick`, and `venv use` without a name, do to the shell in which they
# are said.
#
# shells: each

# shellcheck disable=SC2016,SC2030,SC2031
# Text, for the shell under test; each test is a process.

load helper

setup() {
	sandbox
	need_shell
	mkdir app
	make_env_bytes app/.venv
	make_env_bytes .virtualenvs/tools
	make_env_bytes .virtualenvs/toolbox
	E=$HOME/app/.venv
	T=$HOME/.virtualenvs/tools
}

# --- what is chosen is used

@test "Enter takes the project's, which is automatic" {
	in_shell <<-'END'
		cd app
		venv use tools
		venv pick^J
		^:environment:
		^>
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO VENV_WHICH_STATE
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(active)
	VENV_WHICH_AUTO=$E
	VENV_WHICH_STATE=active
	$(untouched)
	END
}

@test "a named one stays, as with venv use NAME" {
	mkdir app/src
	in_shell <<-'END'
		cd app
		venv pick^J
		^:environment:
		^>tools
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
		cd src
		show VIRTUAL_ENV PATH VENV_WHICH_STATE
		venv off
		show VIRTUAL_ENV PATH
		cd "$HOME"
		cd app
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(active "$T")
	VENV_WHICH_AUTO unset
	$(active "$T")
	VENV_WHICH_STATE=other
	$(untouched)
	$(active)
	END
	on_screen '(tools) PROMPT>'
}

@test "venv use without a name asks the same, where there are several" {
	in_shell <<-'END'
		cd app
		venv use^J
		^:environment:
		^>box
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
		venv use^J
		^:environment:
		^>
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
	END
	shown <<-END
	status=0
	$(active "$HOME/.virtualenvs/toolbox")
	VENV_WHICH_AUTO unset
	status=0
	$(active)
	VENV_WHICH_AUTO=$E
	END
}

@test "a word that means one alone is not asked for" {
	in_shell <<-'END'
		venv pick box
		show status VIRTUAL_ENV PATH
		venv pick nothing
		show status VIRTUAL_ENV
	END
	shown <<-END
	status=0
	$(active "$HOME/.virtualenvs/toolbox")
	status=1
	VIRTUAL_ENV=$HOME/.virtualenvs/toolbox
	END
	off_screen environment:
}

@test "keys go to the question: TAB, arrows, and letters" {
	{
		echo 'cd app'
		echo 'venv pick^J'
		printf '%s\n' '^:environment:' '^<to' $'^<\t' '^:environment: tool' $'^<\033[B' '^>'
		echo 'show status VIRTUAL_ENV PATH'
	} | in_shell
	shown <<-END
	status=0
	$(active "$T")
	END
}

@test "what was used last comes before the other named ones" {
	mkdir other
	make_env_bytes other/.venv
	in_shell <<-'END'
		venv use other
		venv off
		venv pick^J
		^:environment:
		^>
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(active "$HOME/other/.venv")
	END
}

@test "a directory of any name is used, and nothing is run" {
	local name n=0
	rm -r .virtualenvs
	make_hostile_envs
	for name in "${HOSTILE_NAMES[@]}"; do
		n=$((n + 1))
		((n % 3 == 1)) || continue
		make_env_bytes "in/$name/venv"
		export "P$n=$HOME/in/$name"
		# The other one was used last, so there are two.
		printf 'cd "$P%s"; command venv --hook use ./venv >/dev/null^J\n' "$n"
		printf 'venv pick^J\n^:environment:\n^>\nshow status VIRTUAL_ENV^J\n'
	done >lines
	in_shell <lines
	n=0
	for name in "${HOSTILE_NAMES[@]}"; do
		n=$((n + 1))
		((n % 3 == 1)) || continue
		printf 'status=0\nVIRTUAL_ENV=%s\n' "$HOME/in/$name/.venv"
	done | shown
	run find "${HOME%/*}" -name PWNED
	assert_output ''
}

# --- what leaves all as it is

@test "Ctrl-C and Ctrl-D leave the shell as it is, and its terminal" {
	in_shell <<-'END'
		cd app
		stty -g >"$HOME/before"
		venv pick^J
		^:environment:
		^C
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
		venv use^J
		^:environment:
		^<tools
		^C
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
		venv pick^J
		^:environment:
		^D
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
		stty -g >"$HOME/after"
	END
	shown <<-END
	status=130
	$(active)
	VENV_WHICH_AUTO=$E
	status=130
	$(active)
	VENV_WHICH_AUTO=$E
	status=1
	$(active)
	VENV_WHICH_AUTO=$E
	END
	cmp before after
}

@test "what may not be used is refused, with the reason, and all stays" {
	chmod o+w "$T/bin"
	rm .virtualenvs/toolbox/bin/python
	in_shell <<-'END'
		cd app
		venv pick^J
		^:environment:
		^>tools
		show status VIRTUAL_ENV PATH
		venv pick box
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=3
	$(active)
	status=4
	$(active)
	END
	on_screen "venv: pick: $T is blocked: "
	on_screen "venv: pick: $HOME/.virtualenvs/toolbox is broken: "
}

@test "where nobody can be asked venv use takes the nearest, and pick none" {
	[[ $SHELL_UNDER_TEST != fish ]] ||
		skip 'in fish what a function is given as input is not what it reads'
	in_shell <<-'END'
		cd app
		deactivate
		venv use </dev/null
		show status VIRTUAL_ENV PATH
		venv pick </dev/null
		show status
		venv use tools </dev/null
		venv use 2>/dev/null
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(active)
	status=1
	status=0
	$(active)
	END
	off_screen environment:
}

@test "nothing is written to standard output" {
	in_shell <<-'END'
		cd app
		venv pick >>"$HOME/said"^J
		^:environment:
		^>tools
		show status
		venv pick >>"$HOME/said"^J
		^:environment:
		^C
		venv pick --help >"$HOME/help"
		show VIRTUAL_ENV
	END
	shown <<<$'status=0\n'"VIRTUAL_ENV=$T"
	assert_equal "$(cat said)" ''
	grep -q '^usage: venv pick ' help
}

# --- in what weather

@test "with a list of numbers, on a dumb terminal" {
	export TERM=dumb
	in_shell <<-'END'
		cd app
		venv pick^J
		^:environment:
		^>3
		show status VIRTUAL_ENV PATH
		venv pick^J
		^:environment:
		^>
		show status VIRTUAL_ENV
		venv pick^J
		^:environment:
		^C
		show VIRTUAL_ENV
		true
	END
	shown <<-END
	status=0
	$(active "$T")
	status=1
	VIRTUAL_ENV=$T
	VIRTUAL_ENV=$T
	END
}

@test "where unset variables are errors, and failures end" {
	[[ $SHELL_UNDER_TEST != fish ]] || skip 'fish has no such options'
	after_hook <<<'set -u'
	in_shell <<-'END'
		cd app
		venv pick^J
		^:environment:
		^>tools
		show status VIRTUAL_ENV PATH
		venv use^J
		^:environment:
		^>
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(active "$T")
	status=0
	$(active)
	END
}

@test "with the hook turned off, the nearest is automatic all the same" {
	export VENV_WHICH_DISABLE=1
	in_shell <<-'END'
		cd app
		venv pick^J
		^:environment:
		^>
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
		venv pick^J
		^:environment:
		^>tools
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
	END
	shown <<-END
	status=0
	$(active)
	VENV_WHICH_AUTO=$E
	status=0
	$(active "$T")
	VENV_WHICH_AUTO unset
	END
}
