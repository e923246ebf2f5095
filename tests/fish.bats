# What the product does in fish alone.

load helper

setup() {
	SHELL_UNDER_TEST=fish
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
}

@test "fish: a command substitution that changes the directory: the prompt is right" {
	in_shell <<-'END'
		set -l there (cd app; pwd); echo captured=$there >>$OUT
		show PWD VIRTUAL_ENV PATH
		cd "$HOME"
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	captured=$HOME/app
	PWD=$HOME/app
	VIRTUAL_ENV=$E
	PATH=$E/bin:$PATH
	VIRTUAL_ENV unset
	PATH=$PATH
	END
}

@test "fish: prevd, nextd, cdh's list and builtin cd activate, too" {
	in_shell <<-'END'
		cd app
		cd ..
		prevd && show VIRTUAL_ENV
		nextd && show VIRTUAL_ENV
		builtin cd app && show VIRTUAL_ENV
		..
		show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	END
}

@test "fish: \$status and \$pipestatus are kept for the prompt and after it" {
	before_hook <<-'END'
		function fish_prompt
		    set -l all $pipestatus
		    echo "prompt: $all" >>$OUT
		    printf 'PROMPT> '
		end
	END
	in_shell <<-'END'
		cd app
		false | true | sh -c "exit 3"^J
		echo "line: $pipestatus" >>$OUT
	END
	run grep -c 'prompt: 1 0 3' "$OUT"
	refute_output 0
	run grep 'line:' "$OUT"
	assert_output 'line: 1 0 3'
}

@test "fish: fish_add_path and fish_user_paths stay, and ours is first in a new shell" {
	mkdir mine moved
	before_hook <<<'set -g fish_user_paths ~/mine; fish_add_path --global --move ~/moved'
	in_shell <<-END
		cd app
		fish
		show PATH
		capture "command -v python"
		exit
		cd ..
		show PATH
	END
	assert_equal "$(record 2)" "captured=$E/bin/python"
	[[ $(record 1) == "PATH=$E/bin:"* ]]
	[[ $(record 1) != *"$E/bin:"*"$E/bin"* ]]
	assert_equal "$(record 3)" "PATH=$HOME/moved:$HOME/mine:$PATH"
}

@test "fish: a vi mode prompt and a prompt set later are kept" {
	before_hook <<-'END'
		function fish_mode_prompt
		    printf '[mode]'
		end
	END
	in_shell <<-'END'
		cd app

		function fish_prompt; printf 'NEW> '; end

		cd ..

	END
	on_screen '[mode]' 2
	on_screen '(app)' 2
	on_screen 'NEW>' 4
	on_screen '(app)' 4
	on_screen '[mode]' 6
	off_screen '(app)' 6
}

@test "fish: a fish_mode_prompt of the user's sees \$status" {
	# As that of a terminal does, which marks what has failed.
	before_hook <<-'END'
		function fish_mode_prompt
		    printf '[mode %s]' $status
		end
	END
	in_shell <<-'END'
		cd app; sh -c "exit 3"

		cd ..; sh -c "exit 4"

	END
	on_screen '(app) [mode 3]' 1
	on_screen '(app) [mode 3]' 2
	on_screen '[mode 4]' 3
	on_screen '[mode 4]' 4
}

@test "fish: a fish_mode_prompt of the user's is called to be seen, and not besides" {
	# That of a terminal counts its calls.
	local prompt
	for prompt in '' venv_prompt; do
		rm -f "${HOME%/*}/rc.before"
		before_hook <<-END
			function fish_mode_prompt; echo mode >>\$OUT; end
			function fish_prompt; echo prompt >>\$OUT; $prompt; printf 'PROMPT> '; end
		END
		in_shell <<-'END'
			cd app
			true
			cd ..
			cd app
		END
		on_screen '(app' 4
		assert_equal "$(grep -c mode "$OUT")" "$(grep -c prompt "$OUT")"
	done
}

@test "fish: a fish_mode_prompt that the user defines after us is kept" {
	after_hook <<-'END'
		function fish_mode_prompt
		    printf '[mode]'
		end
	END
	in_shell <<-'END'
		cd app

		show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"
	on_screen '[mode]' 2
}

@test "fish: universal variables are not written" {
	in_shell <<-'END'
		cd app
		cd ..
		set --universal --names >>"$OUT"
	END
	run grep -iE 'venv|virtual' "$OUT"
	assert_output ''
}

@test "fish: a universal VIRTUAL_ENV of the user's is not lost" {
	in_shell <<-'END'
		set -U VIRTUAL_ENV_DISABLE_PROMPT 1
		cd app

		show VIRTUAL_ENV
		cd ..
		show VIRTUAL_ENV VIRTUAL_ENV_DISABLE_PROMPT
	END
	shown <<-END
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	VIRTUAL_ENV_DISABLE_PROMPT=1
	END
	off_screen '(app)'
}

@test "fish: a script, -c and a pipe: nothing happens" {
	local script=$STAGE/share/venv-which/venv.fish
	echo "source '$script'; cd .; set -q VIRTUAL_ENV; or echo none" >script
	cd app
	run fish ../script
	assert_output none
	run fish -c "source '$script'; cd ..; cd app; set -q VIRTUAL_ENV; or echo none"
	assert_output none
	run fish --no-config <../script
	assert_output none
}

@test "fish: a handler of the user's on PWD still runs" {
	before_hook <<-'END'
		function mine --on-variable PWD
		    echo "mine: $PWD" >>$OUT
		end
	END
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
	END
	run sort "$OUT"
	assert_line "VIRTUAL_ENV=$E"
	assert_line "mine: $HOME/app"
}

@test "fish_user_paths in front of the environment is found, and the mend helps" {
	make_env app/.venv
	mkdir mine
	in_shell <<-'END'
		cd app
		set -U fish_user_paths ~/mine
		venv doctor -q
		venv off; and venv on
		venv doctor -q; show status
	END
	on_screen "!!  PATH: $HOME/mine (in fish_user_paths) is in front of $HOME/app/.venv/bin" 3
	off_screen '!!' 5
	shown <<<status=0
}

@test "a universal variable that every shell has for good is found" {
	in_shell <<-'END'
		set -U VIRTUAL_ENV_PROMPT mine
		venv doctor -q
		set -eU VIRTUAL_ENV_PROMPT
		set -U VIRTUAL_ENV_DISABLE_PROMPT 1
		venv doctor -q; show status
	END
	on_screen '!!  settings: VIRTUAL_ENV_PROMPT is a universal variable' 2
	shown <<<status=0
}

# --- TAB

@test "fish: without our script fish loads what completes" {
	make_env .virtualenvs/tools
	mkdir -p "$XDG_CONFIG_HOME/fish"
	ln -s "$STAGE/share/complete/fish" "$XDG_CONFIG_HOME/fish/completions"
	hook_line ':'
	completes_both
}

@test "fish: what the user has set up for TAB stays" {
	before_hook <<<'complete -c venv -f -a mine'
	completes <<-'END'
		venv mi^I
		venv mine |
		venv-which --ex^I
		venv-which --explain |
	END
}

@test "fish: so does what he sets up later, and files where he wants them" {
	touch myfile
	in_shell <<-'END'
		complete -c venv -a mine
		^=venv mi^I
		^=venv myf^I
	END
	shown < <(printf 'line=venv %s\n' 'mine ' 'myfile ')
}

@test "fish: loaded again, it completes no more than once" {
	in_shell <<-'END'
		command venv init fish | source
		^=venv creat^I
		command venv init fish | source
		^=venv creat^I
		capture 'complete | string match "*_venv_complete*" | count'
	END
	shown < <(printf '%s\n' 'line=venv create '{,} captured=2)
}

@test "fish: a name with a tab in it is not offered, for what is behind is lost" {
	make_env_bytes $'.virtualenvs/tab\there'
	completes <<-'END'
		venv use ta^I
		venv use ta|
	END
}
