# What a shell does with an environment that may not be used: nothing but one
# line about it, each time that one enters.  The same cases in every shell; the
# words in the typed lines are explained in helper.bash.
#
# shells: each

# shellcheck disable=SC2016,SC2030,SC2031,SC2154
# They are text; each test is a process; bats sets output.

load helper

setup() {
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
}

# --- words of these tests

# kept_out DIR WHY: the environment of DIR is left alone, and each entry is one
# line, which has WHY.
kept_out() {
	export DIR=$1
	mkdir -p "$DIR/src"
	in_shell <<-'END'
		cd "$DIR" && show VIRTUAL_ENV PATH
		show VENV_WHICH_AUTO VENV_WHICH_STATE
		cd src && show VIRTUAL_ENV PATH
		cd "$HOME" && show VIRTUAL_ENV PATH
		cd "$DIR"
		show VIRTUAL_ENV PATH VIRTUAL_ENV_PROMPT
	END
	shown <<-END
	$(untouched)
	VENV_WHICH_AUTO unset
	VENV_WHICH_STATE=blocked
	$(untouched)
	$(untouched)
	$(untouched)
	VIRTUAL_ENV_PROMPT unset
	END
	times_on_screen 2 ' is blocked: '
	on_screen "$2" 1
	on_screen "$2" 5
	times_on_screen 2 'venv-which: '
}

# They own nothing on this machine.
ALICE=61234

# --- the ways in which it is not one's own

@test "one that is in the git index is not activated" {
	need_git
	git -C app init -q
	git -C app add -f .venv
	kept_out "$HOME/app" "its files are in the git index of $HOME/app"
}

@test "a copy is not activated, and nothing in it is run" {
	put_program app/.venv/bin/ls 'touch "$HOME/PWNED"'
	cp -r app copy
	kept_out "$HOME/copy" \
		"it is a copy of $E; its bin has programs called ls"
	in_shell <<-'END'
		cd "$DIR" && ls >/dev/null
		ls >/dev/null
		show VIRTUAL_ENV PATH
	END
	shown <<<"$(untouched)"
	[[ ! -e PWNED ]] || fail 'its ls was run'
}

@test "one that was moved is not activated, until it is back" {
	mv app moved
	kept_out "$HOME/moved" "it was made at $E, and moved or copied here"
	in_shell <<-'END'
		cd moved
		mv ../moved ../app
		cd ../app && show VIRTUAL_ENV PATH
	END
	active | shown
	times_on_screen 1 ' is blocked: '
}

@test "one unpacked from an archive is not activated" {
	tar -cf app.tar app
	rm -r app
	mkdir downloads
	tar -C downloads -xf app.tar
	kept_out "$HOME/downloads/app" "it was made at $E, and moved"
}

@test "another user's is not activated" {
	need_root
	chown -R "$ALICE" app/.venv
	kept_out "$HOME/app" "it belongs to another user (uid $ALICE)"
}

@test "one whose bin everybody may write is not activated" {
	chmod o+w app/.venv/bin
	kept_out "$HOME/app" 'its bin may be written by everybody (mode 0757)'
}

@test "one below a directory that others may write is not activated" {
	make_env open/deep/project/.venv
	chmod 0777 open
	kept_out "$HOME/open/deep/project" \
		"$HOME/open on its path may be written by everybody (mode 0777)"
	chmod 1777 open
	in_shell <<-'END'
		cd "$DIR" && show VIRTUAL_ENV PATH
	END
	active "$DIR/.venv" | shown
}

@test "another user's in a sticky directory is not activated" {
	need_root
	make_env tmp/.venv
	chmod 1777 tmp
	chown -R "$ALICE" tmp/.venv
	kept_out "$HOME/tmp" "it belongs to another user (uid $ALICE)"
}

@test "a redirect to one is not followed" {
	cp -R app copy
	mkdir project
	echo ../copy/.venv >project/.venv
	kept_out "$HOME/project" \
		"$HOME/copy/.venv is blocked: it is a copy of $E"
}

@test "a link to one is not followed" {
	make_env open/envs/one
	chmod 0777 open
	mkdir project
	ln -s ../open/envs/one project/.venv
	kept_out "$HOME/project" "$HOME/open on its path may be written by"
}

@test "one that took the place of one that was allowed is not activated" {
	cp -R app copy
	export DIR=$HOME/copy
	in_shell <<-'END'
		cd "$DIR"
		venv allow
		show VIRTUAL_ENV PATH
		cd "$HOME"
		cd "$DIR" && show VIRTUAL_ENV PATH
		cd "$HOME"
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$DIR/.venv")
	$(active "$DIR/.venv")
	$(untouched)
	END
	times_on_screen 1 ' is blocked: '
	mv copy/.venv old
	cp -R app/.venv copy
	kept_out "$DIR" ', and it is not the one that you allowed'
}

# --- when it is said, and where

@test "venv on says once more why it is not activated" {
	chmod 777 app/.venv/bin
	in_shell <<-'END'
		cd app
		venv on

		show VIRTUAL_ENV
	END
	shown <<<'VIRTUAL_ENV unset'
	on_screen ' is blocked: ' 1
	on_screen ' is blocked: ' 2
	times_on_screen 2 'venv-which: '
}

@test "it is said on standard error" {
	cp -R app copy
	export ERRORS=$HOME/errors
	in_shell sh -c 'exec "$0" -i 2>"$ERRORS"' "$START" <<-'END'
		cd copy
		show VIRTUAL_ENV
		cd ..
	END
	shown <<<'VIRTUAL_ENV unset'
	times_on_screen 0 ' is blocked: '
	run grep -c " is blocked: it is a copy of ~/app/.venv" errors
	assert_output 1
}

@test "it is not said while the shell starts" {
	cp -R app copy
	after_hook <<<'echo the rc file ends here'
	cd copy
	in_shell <<-END
		show VIRTUAL_ENV PATH
		$START
		show VIRTUAL_ENV PATH
		exit

		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(untouched)
	$(untouched)
	$(untouched)
	END
	run screen
	assert_line --index 0 'the rc file ends here'
	# Each shell at its first prompt.
	times_on_screen 2 ' is blocked: '
	run screen 2
	assert_line --index 1 'the rc file ends here'
	assert_line --index 2 --partial " is blocked: it is a copy of ~/app/.venv"
}

@test "a cd in the rc file to one that is blocked says it at the first prompt" {
	cp -R app copy
	after_hook <<-'END'
		cd copy
		show VIRTUAL_ENV PATH
		echo the rc file ends here
	END
	in_shell <<-'END'
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(untouched)
	$(untouched)
	END
	run screen
	assert_line --index 0 'the rc file ends here'
	times_on_screen 1 ' is blocked: '
}

@test "what a stranger wrote into it acts neither on terminal nor shell" {
	printf "VIRTUAL_ENV='%s'\n" \
		$'/e\033]0;EVIL\007/$(touch PWNED)`touch PWNED`%F{red}/.venv' \
		>app/.venv/bin/activate
	kept_out "$HOME/app" \
		'/e?]0;EVIL?/$(touch PWNED)`touch PWNED`%F{red}/.venv'
	run grep -ac $'\033]0;EVIL' "$SCREEN"
	assert_output 0
	run find "$HOME" -name PWNED
	assert_output ''
}

# --- beside one that may be used

@test "going from one's own to one that is blocked deactivates, and back" {
	cp -R app copy
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV PATH
		cd ../copy && show VIRTUAL_ENV PATH
		show VENV_WHICH_AUTO VENV_WHICH_STATE
		cd ../app && show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(untouched)
	VENV_WHICH_AUTO unset
	VENV_WHICH_STATE=blocked
	$(active)
	END
	times_on_screen 1 ' is blocked: '
}

@test "one that comes into the git index while active is deactivated" {
	need_git
	git -C app init -q
	mkdir app/src
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV PATH
		git add -f .venv
		cd src && show VIRTUAL_ENV PATH
		git rm -rq --cached ../.venv
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(untouched)
	$(active)
	END
	times_on_screen 1 ' is blocked: '
}

@test "one is not activated while git writes the index, and then is" {
	need_git
	git -C app init -q
	in_shell <<-'END'
		touch app/.git/index.lock
		cd app
		show VIRTUAL_ENV VENV_WHICH_STATE
		rm .git/index.lock

		show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV unset
	VENV_WHICH_STATE=blocked
	VIRTUAL_ENV=$E
	END
	times_on_screen 1 'while git writes that'
}

@test "one that a git brings where one stands is not activated, nor afterwards" {
	need_git
	git -C app init -q
	mv app/.venv came
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV
		touch .git/index.lock && mv ../came .venv

		show VIRTUAL_ENV PATH VENV_WHICH_STATE
		rm .git/index.lock && git add -f .venv

		show VIRTUAL_ENV PATH VENV_WHICH_STATE
	END
	shown <<-END
	VIRTUAL_ENV unset
	$(untouched)
	VENV_WHICH_STATE=blocked
	$(untouched)
	VENV_WHICH_STATE=blocked
	END
}

@test "what venv create made is not activated once a pull brought its ls" {
	need_git
	git() { command git -c user.name=n -c user.email=n@x "$@"; }
	git init -q upstream
	git -C upstream commit -q --allow-empty -m first
	git clone -q upstream clone
	mkdir -p upstream/.venv/bin
	put_program upstream/.venv/bin/ls 'touch "$HOME/PWNED"'
	git -C upstream add -f .venv
	git -C upstream commit -q -m second
	in_shell <<-'END'
		cd clone
		venv create -q --without-pip && show VIRTUAL_ENV
		git pull -q
		cd .. && cd clone && ls >/dev/null
		show VIRTUAL_ENV PATH VENV_WHICH_STATE
	END
	shown <<-END
	VIRTUAL_ENV=$HOME/clone/.venv
	$(untouched)
	VENV_WHICH_STATE=blocked
	END
	[[ ! -e PWNED ]] || fail "the stranger's ls was run"
}

# --- a shell of root's

# As a root shell within a user's inherits it, in his project.
inherit() {
	chown -R "$ALICE" app
	cd app || return
	export VIRTUAL_ENV=$E VENV_WHICH_AUTO=$E VIRTUAL_ENV_PROMPT=app
}

@test "a root shell that inherits a user's drops it at its first prompt" {
	need_root
	inherit
	in_shell env PATH="$E/bin:$PATH" "$START" <<-'END'
		show VIRTUAL_ENV PATH
		show VIRTUAL_ENV_PROMPT VENV_WHICH_AUTO VENV_WHICH_STATE
	END
	shown <<-END
	$(untouched)
	VIRTUAL_ENV_PROMPT unset
	VENV_WHICH_AUTO unset
	VENV_WHICH_STATE=blocked
	END
	times_on_screen 1 "belongs to another user (uid $ALICE)"
}

@test "under sudo, the shell keeps that of the user behind it" {
	need_root
	inherit
	export SUDO_UID=$ALICE
	in_shell env PATH="$E/bin:$PATH" "$START" <<-'END'
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(untouched)
	END
	times_on_screen 0 ' is blocked: '
}

@test "a cd to the directory where one is asks again" {
	make_env app/.venv
	in_shell <<-'END'
		cd app; show VIRTUAL_ENV
		chmod go+w .venv/bin
		cd "$PWD"; show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV=$HOME/app/.venv
	VIRTUAL_ENV unset
	END
}
