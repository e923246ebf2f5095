# What the user may have set: variables that cannot be, IFS, options.  The same
# in every shell that has them.
#
# shells: each

# shellcheck disable=SC2154 # usual_walk sets it

load helper

setup() {
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
	usual_walk
}

@test "a read-only PATH: one line at most, and the shell works" {
	after_hook <<<'readonly PATH'
	in_shell <<-'END'
		cd app

		show VIRTUAL_ENV PATH
		cd ..

		show status PWD VIRTUAL_ENV PATH
	END
	shown <<-END
	$(untouched)
	status=0
	PWD=$HOME
	$(untouched)
	END
	said_once
}

@test "a read-only VIRTUAL_ENV: one line at most, and the shell works" {
	after_hook <<<'readonly VIRTUAL_ENV=mine'
	in_shell <<-'END'
		cd app

		show status VIRTUAL_ENV PATH
		cd ..

		show status PWD VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	VIRTUAL_ENV=mine
	PATH=$PATH
	status=0
	PWD=$HOME
	VIRTUAL_ENV=mine
	PATH=$PATH
	END
	said_once
}

@test "a read-only prompt, ours or the user's, stands in no way" {
	local name
	for name in $PROMPTS; do
		rm -f "${HOME%/*}/rc.after"
		after_hook <<<"readonly $name"
		in_shell <walk
		shown <<<"$walked"
		said_once
	done
}

@test "any IFS: the same walk, and IFS stays" {
	local ifs
	for ifs in / : '' abcdefghijklmnopqrstuvwxyz ' /.' $'\n' '*'; do
		: >"${HOME%/*}/rc.after"
		printf "IFS='%s'\n" "$ifs" | after_hook
		{ cat walk; echo 'show IFS'; } >lines
		in_shell <lines
		shown <<<"$walked
IFS=$ifs"
	done
}

@test "an unset IFS stays unset" {
	after_hook <<<'unset IFS'
	{ cat walk; echo 'show IFS'; } >lines
	in_shell <lines
	shown <<<"$walked
IFS unset"
}

@test "set -e does not end the shell, with an environment and without" {
	local where
	for where in before after; do
		rm -f "${HOME%/*}"/rc.{before,load,after}
		"${where}_hook" <<<'set -e'
		in_shell <walk
		shown <<<"$walked"
		fake_helper 'exit 1'
		in_shell <<-'END'
			cd app

			cd ..
			show status
		END
		shown <<<'status=0'
	done
}
