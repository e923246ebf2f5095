# What is special in shells of POSIX's kind: dash, ksh93, mksh and yash.

# shellcheck disable=SC2016 # text, for the shells

load helper

# use SHELL: the one under test.
use() {
	# shellcheck disable=SC2034 # for helper.bash
	SHELL_UNDER_TEST=$1
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
}

@test "ksh93: a script that reads PS1 is no prompt" {
	use ksh93
	echo 'cd app; before=$PS1; echo "$before" >/dev/null; : ${VIRTUAL_ENV:=none}; echo "$VIRTUAL_ENV" >>"$OUT"' >script
	after_hook <<<'PS1="<$PS1"'
	in_shell <<-'END'
		. ./script
		show VIRTUAL_ENV
	END
	shown <<<$"$E"$'\n'"VIRTUAL_ENV=$E"
}

@test "ksh93: a ! in a name is no number of a command" {
	use ksh93
	printf 'home = /usr/bin\nprompt = a!!b!c\n' >app/.venv/pyvenv.cfg
	in_shell <<<$'cd app\n'
	on_screen '(a!!b!c) PROMPT>' 2
}

@test "ksh93 and mksh: a subshell is served, and its parent left alone" {
	local shell
	for shell in ksh93 mksh; do
		use "$shell"
		in_shell <<-'END'
			(cd app && show VIRTUAL_ENV)
			show VIRTUAL_ENV PATH
		END
		shown <<-END
		VIRTUAL_ENV=$E
		$(untouched)
		END
		rm -r app
	done
}

@test "mksh: a prompt that is set below our line gets the hook at the next cd" {
	use mksh
	after_hook <<<'PS1="PROMPT> "'
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV
		true
	END
	shown <<<"VIRTUAL_ENV=$E"
	on_screen '(app) PROMPT>' 2
}

@test "yash: the user's own commands at the prompt and at cd go on" {
	use yash
	before_hook <<-'END'
		PROMPT_COMMAND=('echo prompt >>"$HOME/said"' 'echo too >>"$HOME/said"')
		YASH_AFTER_CD='echo moved >>"$HOME/said"'
	END
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV
		venv doctor
	END
	shown <<<"VIRTUAL_ENV=$E"
	for word in moved prompt too; do
		grep -qx "$word" said
	done
	on_screen 'ok  prompt: the hook is in PROMPT_COMMAND'
	on_screen 'ok  cd: the hook is in YASH_AFTER_CD'
}

@test "yash: a backslash in a name is none of the prompt's" {
	use yash
	printf 'home = /usr/bin\nprompt = a\\$b\\wc\n' >app/.venv/pyvenv.cfg
	in_shell <<<$'cd app\n'
	on_screen '(a\$b\wc) PROMPT>' 2
}

@test "yash: what the user has set up for TAB stays, and has ours in it" {
	use yash
	make_env .virtualenvs/tools
	before_hook <<<'function completion/venv { complete -- mine; }'
	completes <<-'END'
		venv m^I
		venv mine |
		venv-which --ex^I
		venv-which --explain |
		command venv-which --ex^I
		command venv-which --explain |
	END
}

@test "dash: where an alias is in the way, that is said once" {
	use dash
	before_hook <<<"alias cd='echo an alias'"
	in_shell <<-'END'
		show VIRTUAL_ENV
	END
	times_on_screen 1 'venv-which: an alias called cd, venv or deactivate is in the way'
	shown <<<'VIRTUAL_ENV unset'
}

@test "a PS1 that is exported does no harm in another shell" {
	local shell
	for shell in ksh93 mksh yash; do
		use "$shell"
		before_hook <<<'export PS1'
		in_shell <<-'END'
			cd app
			env -u ENV dash -i -c 'eval "$PS1 :" 2>&1; PS1=${PS1-}; echo "in there: $PS1"'
		END
		on_screen 'in there: '
		off_screen 'ubstitution'
		rm -r app
	done
}
