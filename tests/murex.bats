# What is special in murex.  Its editor takes what is typed with its Enter for a
# text that was pasted, so that these are programs and no sessions; the prompt and
# TAB are not in them.

# shellcheck disable=SC2016,SC2154 # text for murex

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	need_shell murex
	export MUREX_CONFIG_DIR=$HOME/.config/murex
	mkdir -p "$MUREX_CONFIG_DIR"
}

# program <LINES: runs them as at work in a shell that has loaded the script.
program() {
	{
		"$STAGE/bin/venv" init murex
		echo '$GLOBAL._venv_ready = true'
		cat
	} >"$HOME/lines.mx"
	hear command murex "$HOME/lines.mx"
}

@test "murex: an environment is active on the line of its cd, and gone with the next" {
	make_env app/.venv
	program <<-'END'
		cd app; exec printenv VIRTUAL_ENV
		out "$VENV_WHICH_STATE $VENV_WHICH_NAME"
		cd ..; exec printenv PATH
		out "$VENV_WHICH_STATE"
	END
	assert_output "$HOME/app/.venv
active app
$PATH
none"
	assert_equal "$stderr" ''
}

@test "murex: what is off stays off, and is on again" {
	make_env app/.venv
	program <<-'END'
		cd app
		deactivate
		_venv_hook
		out "$VENV_WHICH_STATE"
		venv on
		exec printenv VIRTUAL_ENV
		venv use nowhere
		exitnum
	END
	assert_output "off
$HOME/app/.venv
1"
	[[ $stderr == *'no environment is called nowhere'* ]]
}

@test "murex: the user's own functions are called with the path as it is" {
	local name
	for name in 'two words' '$HOME' '{RED}x' 'trailing ' '%s%n' 'say "so"' '(x)' 'back\slash'; do
		make_env "$name/.venv"
		NAME=$name program <<-'END'
			function venv_activated { $1 }
			cd $NAME
			exec printenv PATH
		END
		assert_output "$HOME/$name/.venv$HOME/$name/.venv/bin:$PATH"
		assert_equal "$stderr" ''
	done
}

@test "murex: a path that comes or goes is seen, and nothing is asked where none does" {
	make_env app/.venv
	mkdir new
	program <<-'END'
		cd new
		function _venv_ask { out asked }
		_venv_hook
		exec cp -r ../app/.venv .
		_venv_hook
	END
	assert_output asked
}

@test "murex: an answer of another protocol changes nothing, and is told once" {
	make_env app/.venv
	program <<-'END'
		_venv_take "set VIRTUAL_ENV /x\nend 3"
		exitnum
		out "<$(PATH)>"
		$GLOBAL._venv_answer = "set VIRTUAL_ENV /x\nend 3"
		_venv_rest _venv_unread
		_venv_rest _venv_unread
	END
	assert_output "1
<$PATH>"
	assert_equal "$(grep -c 'another version' <<<"$stderr")" 1
}

