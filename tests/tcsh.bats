# What is special in tcsh.

# shellcheck disable=SC2016 # text, for the shell

load helper

setup() {
	export SHELL_UNDER_TEST=tcsh
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
}

@test "what the user has in cwdcmd and precmd goes on, above the line and below" {
	before_hook <<'END'
alias cwdcmd 'set went = $cwd:t'
alias precmd 'echo asked >>"$HOME/asked"'
END
	in_shell <<-'END'
		cd app
		show went VIRTUAL_ENV
	END
	shown <<<$'went=app\n'"VIRTUAL_ENV=$E"
	[[ -s asked ]]
	rm "${HOME%/*}/rc.before"
	after_hook <<'END'
alias precmd 'echo asked >>"$HOME/below"'
END
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV
		mv .venv gone

		show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"$'\nVIRTUAL_ENV unset'
	[[ -s below ]]
}

@test "what sched runs late is done at the first prompt, and periodic stays the user's" {
	# As in the first second of a minute.
	after_hook <<'END'
sched -1
alias precmd 'echo asked >>"$HOME/below"'
END
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV
		alias periodic >>$OUT:q
	END
	shown <<<"VIRTUAL_ENV=$E"
	rm "${HOME%/*}/rc.after"
	before_hook <<<"alias periodic 'set often'"
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV often
		alias periodic >>$OUT:q
	END
	shown <<<"VIRTUAL_ENV=$E"$'\noften=\nset often'
}

@test "every way to change the directory is served" {
	in_shell <<-'END'
		chdir app; show VIRTUAL_ENV
		chdir ..; pushd app >/dev/null; show VIRTUAL_ENV
		popd >/dev/null; set implicitcd
		./app
		show VIRTUAL_ENV
		(cd ..; printenv VIRTUAL_ENV; cd app; printenv VIRTUAL_ENV >>$OUT:q)
		cd ~; foreach dir (app)^J
		^>cd $dir
		end
		show VIRTUAL_ENV
	END
	shown < <(printf "VIRTUAL_ENV=$E\n%.0s" 1 2 3 && echo "$E" && echo "VIRTUAL_ENV=$E")
}

@test "in backquotes nothing is asked, and what they hold stays clean" {
	in_shell <<-'END'
		set there = `cd app; echo $cwd`; show there VIRTUAL_ENV
		set there = `cd app && printenv VIRTUAL_ENV`; show there
	END
	shown <<-END
	there=$HOME/app
	VIRTUAL_ENV unset
	there=
	END
}

@test "odd options of the user's change nothing, and stay" {
	local option
	for option in 'set noglob' 'set noclobber nonomatch' 'unset backslash_quote' \
		'set backslash_quote' 'set csubstnonl anyerror' 'set symlinks = chase' \
		'set printexitvalue' 'set -r status2 = x'; do
		in_shell <<-END
			$option
			cd app && show VIRTUAL_ENV PATH
			cd .. && show VIRTUAL_ENV PATH
		END
		shown <<<"$(active)"$'\n'"$(untouched)"
	done
}

@test "where the script is gone, too, nothing is said" {
	in_shell <<-'END'
		cd app
		set _venv_script = /nonesuch/venv.tcsh
		cd ..

		show status VIRTUAL_ENV
		set _venv_script = $STAGE/share/venv-which/venv.tcsh
		show VIRTUAL_ENV
	END
	shown <<<"status=0"$'\n'"VIRTUAL_ENV=$E"$'\nVIRTUAL_ENV unset'
	off_screen nonesuch/venv.tcsh:
}

@test "an empty word is passed on" {
	in_shell <<-'END'
		venv use ''
		show status VIRTUAL_ENV
		cd app
		venv run sh -c 'echo "$#<$2>" >>"$OUT"' sh '' x ''
	END
	shown <<<$'status=2\nVIRTUAL_ENV unset\n3<x>'
	times_on_screen 1 'a name cannot be empty'
}

@test "with another history character the aliases work" {
	local chars
	# The cases' own words refer to it.
	echo 'echo "@$1@" >/dev/tty' >.mark
	for chars in '@^' ',^' ''; do
		true >"$OUT"
		before_hook <<<"alias mark 'sh ~/.mark'; set histchars = '$chars'"
		in_shell <<-'END'
			cd app && printenv VIRTUAL_ENV >>$OUT:q
			mv .venv gone

			printenv VIRTUAL_ENV >>$OUT:q
			mv gone .venv

			printenv VIRTUAL_ENV >>$OUT:q
			deactivate nondestructive
			venv list | wc -l >>$OUT:q
			venv use . && printenv VIRTUAL_ENV >>$OUT:q
		END
		shown <<<"$E"$'\n'"$E"$'\n1\n'"$E"
		on_screen '(app) PROMPT>' 2
	done
}

@test "a path that is read-only stays, and cwdcmd as well" {
	in_shell <<-'END'
		set -r path = ($path:q)
		cd app
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<<"$(untouched)"$'\n'"$(untouched)"
	said_once
	off_screen 'Faulty alias'
}

@test "a name that tcsh would expand is text in the prompt" {
	local name n=0 names=('a!!b!c' '!$' '%n%m%{x' '%$HOME' '`touch PWNED`' "it's" \
		'$HOME:q' '{a,b}' '~' '-e' '\$x' '^a^b')
	for name in "${names[@]}"; do
		n=$((n + 1))
		mkdir "p$n"
		cp -R "$E" "p$n/.venv"
		make_place "p$n/.venv"
		printf 'home = /usr/bin\nprompt = %s\n' "$name" >"p$n/.venv/pyvenv.cfg"
		printf 'cd ~/p%s\n\n' $n
	done >lines
	in_shell <lines
	for ((n = 0; n < ${#names[@]}; n++)); do
		on_screen "(${names[n]}) PROMPT>" $((2 * n + 2))
	done
	assert_equal "$(find "$HOME" -name '*PWNED*')" ''
}

@test "what is completed is text, and is told where it has no blank in it" {
	local name
	for name in 'z$HOME' 'b`touch>PWNED`' 'c;d' "e'f" 'g"h' 'i!j' 'k&l' 'm\n' 'o(p)'; do
		make_env_bytes ".virtualenvs/$name"
	done
	in_shell <<-'END'
		venv use z^I
		show VIRTUAL_ENV
		venv use b^I
		show VIRTUAL_ENV
		venv use c^I
		show VIRTUAL_ENV
		venv use e^I
		show VIRTUAL_ENV
		venv use g^I
		show VIRTUAL_ENV
		venv use i^I
		show VIRTUAL_ENV
		venv use k^I
		show VIRTUAL_ENV
		venv use m^I
		show VIRTUAL_ENV
		venv use o^I
		show VIRTUAL_ENV
	END
	sed "s,^VIRTUAL_ENV=$HOME/.virtualenvs/,," "$OUT" >names
	assert_equal "$(<names)" "$(printf '%s\n' 'z$HOME' 'b`touch>PWNED`' 'c;d' "e'f" 'g"h' \
		'i!j' 'k&l' 'm\n' 'o(p)')"
	assert_equal "$(find "$HOME" -name '*PWNED')" ''
}

@test "an idle prompt runs no process with a prompt of the user's own" {
	need_strace
	after_hook <<<'set prompt = '\''%${VENV_WHICH_PROMPT}PROMPT> '\'
	traced_shell <<-'END'
		cd app



		show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"
	assert_equal "$(processes 1 4)" '0 made, 0 run'
}
