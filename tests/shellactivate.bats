# Our activation scripts and the hook in one shell: what is activated by hand is
# the user's, and the prompt shows the name as it is.
# shells: each

# shellcheck disable=SC2016,SC2153 # text; the profile sets ACTIVATE

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	need_shell
	E=$HOME/app/.venv
	make_scripts "$E" app
	make_scripts "$HOME/other/.venv" other
	export HAND=$HOME/other/.venv/bin/$ACTIVATE SAME=$E/bin/$ACTIVATE
}

@test "activating another by hand over ours: it stays, and ours goes from PATH" {
	in_shell <<-'END'
		cd app
		source "$HAND"
		show VIRTUAL_ENV PATH VENV_WHICH_AUTO
		cd ..
		show VIRTUAL_ENV PATH
		deactivate
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/other/.venv")
	VENV_WHICH_AUTO unset
	$(active "$HOME/other/.venv")
	$(untouched)
	END
}

@test "the active one, activated by hand, is left as before" {
	in_shell <<-'END'
		cd app
		source "$SAME"
		show VIRTUAL_ENV PATH VENV_WHICH_AUTO
		cd ..
		show VIRTUAL_ENV PATH

		deactivate
		show VIRTUAL_ENV PATH

	END
	shown <<-END
	$(active)
	VENV_WHICH_AUTO=$E
	$(untouched)
	$(untouched)
	END
}

@test "venv off ends what was activated by hand" {
	in_shell <<-'END'
		source "$HAND"
		show VIRTUAL_ENV PATH
		venv off
		show VIRTUAL_ENV PATH
		cd app
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/other/.venv")
	$(untouched)
	$(active)
	END
}

@test "the prompt is right with one activated by hand over ours" {
	in_shell <<-'END'
		cd app
		source "$HAND"

		deactivate
		cd ..

	END
	on_screen '(other) ' 3
	off_screen '(app)' 3
	off_screen '(app)' 6
	off_screen '(other)' 6
}

@test "no name is code in the prompt" {
	local name dir
	for name in '$(touch PWNED)' '`touch PWNED`' '%F{red}' "it's" 'back\slash' 'bang!'; do
		dir=$HOME/named$((++number))
		make_scripts "$dir" "$name"
		echo "source $dir/bin/$ACTIVATE"
		echo
	done >lines
	in_shell <lines
	on_screen '($(touch PWNED)) PROMPT>'
	on_screen "(it's) PROMPT>"
	on_screen '(back\slash) PROMPT>'
	on_screen '(bang!) PROMPT>'
	on_screen '(%F{red}) PROMPT>'
	[[ -z $(find "$HOME" -name PWNED) ]] || fail 'a prompt was run'
}
