# What is special in nu: what is defined, and when; lists and records; overlays.

# shellcheck disable=SC2016 # text for nu

load helper

setup() {
	SHELL_UNDER_TEST=nu
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
}

# --- loading

@test "a path that would be code is text in that line" {
	local script=$STAGE/share/venv-which/venv.nu
	venv init nu >line
	assert_equal "$(<line)" "use (if \$nu.is-interactive { \"$script\" }) *"
}

@test "what is appended once to config.nu loads it" {
	hook_line ''
	in_shell <<<'^venv init nu | save -a $nu.config-path'
	hook_line "$(tail -n 1 "$RC")"
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"
}

@test "a command of the user's own may have the name of one of ours" {
	before_hook <<<'def venv [] { }'
	in_shell <<-'END'
		cd app
		venv off
		show VIRTUAL_ENV
		scope commands | where name =~ '^_venv' | get name | to text | save -a $env.OUT
	END
	shown <<-'END'
		VIRTUAL_ENV unset
		_venv_complete
	END
}

# --- ways to change the directory

@test "a bare path that nu enters by itself, and the directory without links" {
	in_shell <<-'END'
		./app
		show VIRTUAL_ENV PWD
		cd --physical ..; show VIRTUAL_ENV
		cd nowhere
		show status
	END
	shown <<-END
	VIRTUAL_ENV=$E
	PWD=$HOME/app
	VIRTUAL_ENV unset
	status=1
	END
}

@test "the directories of std/dirs, which nu calls shells, are followed at the prompt" {
	before_hook <<<'use std/dirs'
	in_shell <<-'END'
		dirs add app
		show VIRTUAL_ENV
		dirs drop
		show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	END
}

# --- values

@test "PATH stays a list, and its entries are what they were" {
	in_shell <<-'END'
		$env.PATH = ["" "/a b" "~/x" "/c" "/usr/bin" "" "/bin"]
		cd app; $env.PATH | to nuon | $"($in)(char nl)" | save -a $env.OUT
		cd ..; $env.PATH | to nuon | $"($in)(char nl)" | save -a $env.OUT
	END
	shown <<-END
	["$E/bin", "", "/a b", "$HOME/x", /c, /usr/bin, "", /bin]
	["", "/a b", "$HOME/x", /c, /usr/bin, "", /bin]
	END
}

@test "what a pipe is to have of venv it has" {
	in_shell <<-'END'
		cd app
		venv status --json | from json | get environments.0? | describe | save -a $env.OUT
		venv allow --list | lines | length | $" ($in)(char nl)" | save -a $env.OUT
		$env.VENV_WHICH | columns | sort | str join " " | $"($in)(char nl)" | save -a $env.OUT
	END
	assert_equal "$(record 2)" 'name state version'
}

@test "an overlay: what is unset in it is unset, whatever lies below" {
	echo '' >one.nu
	in_shell <<-'END'
		cd app
		overlay use ~/one.nu
		cd ..; show VIRTUAL_ENV PATH
		^env o> ~/env
	END
	untouched | shown
	run grep -E '^(VIRTUAL_ENV|VENV_WHICH)' env
	assert_output ''
}

# --- deactivate

@test "deactivate is there for good, and says where nothing is active" {
	in_shell <<-'END'
		deactivate
		cd app; deactivate; show VIRTUAL_ENV
	END
	on_screen 'deactivate: no environment is active' 1
	shown <<<'VIRTUAL_ENV unset'
}

# --- the prompt

@test "a prompt that is text, and one that is set later, show the name once" {
	after_hook <<<'$env.PROMPT_COMMAND = "text "'
	in_shell <<-'END'
		cd app

		$env.PROMPT_COMMAND = {|| "new " }

		do --env { let old = $env.PROMPT_COMMAND; $env.PROMPT_COMMAND = {|| $"<(do $old)> " } }

	END
	on_screen '(app) text PROMPT>' 2
	on_screen '(app) new PROMPT>' 4
	on_screen '<(app) new > PROMPT>' 6
	off_screen '(app) <'
}
