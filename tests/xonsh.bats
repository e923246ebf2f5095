# What the product does in xonsh alone, and in the oldest one.

# shellcheck disable=SC2016 # text, for the shell

load helper

setup() {
	SHELL_UNDER_TEST=xonsh
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
}

# The system's, which is older than the one of packaging/tools.
oldest() {
	OLD=$(PATH=${PATH//"$TOOLS/bin/xonsh:"/} command -v xonsh) || skip 'no other xonsh on this machine'
}

@test "xonsh: the oldest one activates, deactivates, and shows the name" {
	oldest
	in_shell "$OLD" <<-'END'
		cd app && show VIRTUAL_ENV PATH

		deactivate
		show VIRTUAL_ENV PATH
		venv use && show VIRTUAL_ENV
		cd ..
		show VIRTUAL_ENV PATH
		^=venv use --he^I
	END
	shown <<-END
	$(active)
	$(untouched)
	VIRTUAL_ENV=$E
	$(untouched)
	line=venv use --help$(printf ' ')
	END
	on_screen '(app) PROMPT>' 2
	off_screen '(app)' 4
}

@test "xonsh: its own prompt shows the name once, between the user's marks" {
	make_env where
	printf 'home = /usr/bin\nprompt = {RED}a{{b}}x\n' >"$E/pyvenv.cfg"
	before_hook <<-'END'
		$PROMPT = '{env_name}{last_return_code}|PROMPT> '
		$PROMPT_FIELDS['env_prefix'] = '<'
		$PROMPT_FIELDS['env_postfix'] = '>'
	END
	in_shell <<-'END'
		cd app

		cd ..

		$VIRTUAL_ENV = $HOME + '/where'

	END
	on_screen '<{RED}a{{b}}x>0|PROMPT>' 2
	off_screen 'a{{b' 4
	on_screen '<where>0|PROMPT>' 6
}

@test "xonsh: a prompt without the field is left alone, and so is a field of one's own" {
	before_hook <<<"\$PROMPT = 'PROMPT> '"
	in_shell <<<$'cd app\n\n'
	off_screen '(app)'
	before_hook <<<'$PROMPT = "{env_name}PROMPT> "; $PROMPT_FIELDS["env_name"] = lambda: "mine "'
	in_shell <<<$'cd app\n\n'
	on_screen 'mine PROMPT>' 2
}

# A directory that Python changes is seen at the next prompt.
@test "xonsh: what it would expand in PATH stays as it is, and the user's own does not" {
	make_env_bytes 'in/$HOME/.venv'
	make_env_bytes 'in/k=~/.venv'
	in_shell <<-'END'
		import os
		os.chdir($HOME + '/in/$HOME')
		show VIRTUAL_ENV PATH
		os.chdir($HOME + '/in/k=~')
		show VIRTUAL_ENV PATH
		$PATH.append('~/mine')
		$PATH = ['/first'] + $PATH
		show PATH
		cd "$HOME"
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/in/\$HOME/.venv")
	$(active "$HOME/in/k=~/.venv")
	PATH=/first:$HOME/in/k=~/.venv/bin:$PATH:$HOME/mine
	VIRTUAL_ENV unset
	PATH=/first:$PATH:$HOME/mine
	END
}

@test "xonsh: PYTHONHOME is unset while active, and restored" {
	in_shell <<-'END'
		export PYTHONHOME=/python/home
		cd app && show PYTHONHOME
		cd ..
		show PYTHONHOME
	END
	shown <<-'END'
	PYTHONHOME unset
	PYTHONHOME=/python/home
	END
}

@test "xonsh: the command in a substitution and in a file says the same" {
	in_shell <<-'END'
		cd app
		capture "venv list"
		venv list >>"$OUT"
	END
	assert_equal "$(record 1)" "captured=$(record 2)"
	[[ $(record 2) == '* app '* ]]
}

@test "xonsh: a command has the terminal, and may stand in a pipe" {
	local shell shells=(xonsh) first
	OLD=$(PATH=${PATH//"$TOOLS/bin/xonsh:"/} command -v xonsh) && shells+=("$OLD")
	for shell in "${shells[@]}"; do
		# xonsh 0.13 ends now and then where somebody reads a part only: it goes on
		# with the files of the thread in which it has an alias run.
		[[ $shell == xonsh ]] && first='head -n 1' || first='sed -n 1p'
		in_shell "$shell" <<-END
			cd app
			venv list | cat >>"\$OUT"
			venv list | grep app | cat >>"\$OUT"
			echo x | venv run cat >>"\$OUT"
			venv run sh -c '[ -t 0 ] && [ -t 1 ]' && show VIRTUAL_ENV
			venv --help | $first
			show status
			venv deny | cat >/dev/null
			show VIRTUAL_ENV
			venv allow | cat >/dev/null
		END
		assert_equal "$(record 1)" "$(record 2)"
		[[ $(record 1) == '* app '* ]]
		assert_equal "$(sed 1,2d "$OUT")" $'x\n'"VIRTUAL_ENV=$E"$'\nstatus=0\nVIRTUAL_ENV unset'
		times_on_screen 1 'usage: venv '
	done
}

@test "xonsh: where vox has activated something, we stand down" {
	oldest
	"$(sed -n '1s/^#!//p' "$OLD")" -c 'import xontrib.vox' 2>/dev/null ||
		skip 'no vox with this xonsh'
	make_env theirs
	before_hook <<<'xontrib load vox'
	in_shell "$OLD" <<-'END'
		vox activate ~/theirs
		cd app
		show VIRTUAL_ENV PATH VENV_WHICH_AUTO
		vox deactivate
		show VIRTUAL_ENV
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/theirs")
	VENV_WHICH_AUTO unset
	VIRTUAL_ENV=$E
	$(untouched)
	END
}

# Each candidate of an empty word is run as the line that it makes.
@test "xonsh: whatever a name holds, what completes names it, or is not offered" {
	local name n=0
	rm -r app
	for name in "${HOSTILE_NAMES[@]}"; do
		[[ $name != *$'\377'* ]] || continue
		n=$((n + 1))
		name=${name:0:250}
		make_env_bytes "in$n/$name"
		echo "VIRTUAL_ENV=$HOME/in$n/$name" >>expected
		echo "cd ~/in$n"
		echo 'execx("venv use -- " + __xonsh__.shell.shell.completer.complete_line("venv use -- ")[0][0]); show VIRTUAL_ENV'
	done >lines
	in_shell <lines
	shown <expected
	[[ -z $(find . -name PWNED) ]]
}

@test "xonsh: a word between quotes, and a home that is written with its variable" {
	make_env '.virtualenvs/two words'
	mkdir 'of mine'
	completes <<-'END'
		venv use tw^I
		venv use 'two words' |
		venv use "two w^I
		venv use "two words" |
		venv use 'two words'^I
		venv use 'two words' |
		venv use $HOME/of^I
		venv use '$HOME/of mine/|
		venv use "$HOME/of m^I
		venv use "$HOME/of mine/|
		venv use ${'HOME'}/ap^I
		venv use ${'HOME'}/app |
	END
}

@test "xonsh: what is typed once writes the line, past an alias of that name, too" {
	local shell shells=(xonsh)
	OLD=$(PATH=${PATH//"$TOOLS/bin/xonsh:"/} command -v xonsh) && shells+=("$OLD")
	for shell in "${shells[@]}"; do
		rm -f "$HOME/.xonshrc"
		"$shell" --no-rc -c "aliases['venv'] = 'false'
$ONCE"
		assert_equal "$(<.xonshrc)" "$("$STAGE/bin/venv" init xonsh)"
	done
}

@test "xonsh: a script, -c and a pipe: nothing happens" {
	local line
	line=$("$STAGE/bin/venv" init xonsh)
	printf '%s\n' "$line" 'cd .' 'print("VIRTUAL_ENV" in ${...}, "venv" in aliases)' >script
	cd app
	run xonsh ../script
	assert_output 'False False'
	run xonsh -c "$line
print('VIRTUAL_ENV' in \${...}, 'venv' in aliases)"
	assert_output 'False False'
}
