# What the product does in a shell.  The same cases in every shell: the words in
# the typed lines that are no commands are explained in helper.bash.
#
# shells: each

load helper

setup() {
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
}

# --- walking in and out

@test "entering a project activates its environment on the same command line" {
	in_shell <<-'END'
		cd app && python -c "import sys; print(sys.prefix)" >>"$OUT"
		capture "command -v python"
	END
	shown <<-END
	$E
	captured=$E/bin/python
	END
}

@test "leaving it deactivates, and PATH is byte for byte what it was" {
	in_shell <<-'END'
		show VIRTUAL_ENV PATH
		cd app && show VIRTUAL_ENV PATH
		cd .. && show VIRTUAL_ENV PATH
		show VIRTUAL_ENV_PROMPT VENV_WHICH_AUTO
	END
	shown <<-END
	$(untouched)
	$(active)
	$(untouched)
	VIRTUAL_ENV_PROMPT unset
	VENV_WHICH_AUTO unset
	END
}

@test "programs see VIRTUAL_ENV, VIRTUAL_ENV_PROMPT and VENV_WHICH_AUTO" {
	in_shell <<-'END'
		cd app
		env >"$HOME/inside"
		cd ..
		env >"$HOME/outside"
	END
	run grep -E '^(VIRTUAL_ENV|VENV_WHICH|_VENV|PATH=)' inside
	assert_line "PATH=$E/bin:$PATH"
	assert_line "VIRTUAL_ENV=$E"
	assert_line 'VIRTUAL_ENV_PROMPT=app'
	assert_line "VENV_WHICH_AUTO=$E"
	assert_equal "${#lines[@]}" 4
	run grep -E '^(VIRTUAL_ENV|VENV_WHICH|_VENV|PATH=)' outside
	assert_output "PATH=$PATH"
}

@test "prompts can show the environment's name, version and state" {
	local version
	version=$("$PYTHON" -c 'import platform; print(platform.python_version())')
	in_shell <<-'END'
		show VENV_WHICH_STATE
		cd app
		show VENV_WHICH_NAME VENV_WHICH_VERSION VENV_WHICH_STATE
		deactivate
		show VENV_WHICH_NAME VENV_WHICH_STATE
		cd ..
		show VENV_WHICH_STATE
	END
	shown <<-END
	VENV_WHICH_STATE=none
	VENV_WHICH_NAME=app
	VENV_WHICH_VERSION=$version
	VENV_WHICH_STATE=active
	VENV_WHICH_NAME=app
	VENV_WHICH_STATE=off
	VENV_WHICH_STATE=none
	END
}

@test "a directory below the project keeps the environment" {
	mkdir -p app/src/deep
	in_shell <<-'END'
		cd app/src/deep && show VIRTUAL_ENV PATH
		cd .. && show VIRTUAL_ENV PATH
		cd ../.. && show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(active)
	$(untouched)
	END
}

@test "going from project to project switches, though both are called .venv" {
	make_env other/.venv
	in_shell <<-'END'
		cd app
		cd ../other && show VIRTUAL_ENV PATH VIRTUAL_ENV_PROMPT
		cd ../app && show VIRTUAL_ENV PATH VIRTUAL_ENV_PROMPT
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/other/.venv")
	VIRTUAL_ENV_PROMPT=other
	$(active)
	VIRTUAL_ENV_PROMPT=app
	$(untouched)
	END
}

@test "a project within a project: the nearest environment is the active one" {
	make_env app/plugin/venv
	in_shell <<-'END'
		cd app/plugin && show VIRTUAL_ENV PATH
		cd .. && show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/app/plugin/venv")
	$(active)
	END
}

@test "inside the environment's own directory it stays active" {
	in_shell <<-'END'
		cd app/.venv/lib && show VIRTUAL_ENV PATH
	END
	active | shown
}

@test "pushd and popd activate and deactivate like cd" {
	in_shell <<-'END'
		pushd app >/dev/null && show VIRTUAL_ENV
		popd >/dev/null && show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	END
}

@test "cd - and cd without a word activate and deactivate, too" {
	in_shell <<-'END'
		cd app
		cd / && cd - >/dev/null && show VIRTUAL_ENV PWD
		cd && show VIRTUAL_ENV PWD
	END
	shown <<-END
	VIRTUAL_ENV=$E
	PWD=$HOME/app
	VIRTUAL_ENV unset
	PWD=$HOME
	END
}

@test "a project entered by a symbolic link is active by the logical path" {
	ln -s app link
	mkdir app/src
	ln -s app/src short
	in_shell <<-'END'
		cd link && show VIRTUAL_ENV
		cd ../short && show VIRTUAL_ENV
		cd && show VIRTUAL_ENV PATH
	END
	shown <<-END
	VIRTUAL_ENV=$HOME/link/.venv
	VIRTUAL_ENV=$E
	$(untouched)
	END
}

@test "a link that comes to lead elsewhere: what was judged stays, not what it names" {
	mkdir old new
	make_env old/.venv
	cp -R old/.venv new/.venv
	ln -s old cur
	in_shell <<-'END'
		cd cur && show VIRTUAL_ENV
		ln -sfn new ../cur

		show VIRTUAL_ENV PATH
		cd "$HOME"
		show VIRTUAL_ENV PATH
		cd cur
		show VIRTUAL_ENV VENV_WHICH_STATE
	END
	shown <<-END
	VIRTUAL_ENV=$HOME/cur/.venv
	$(active "$HOME/old/.venv")
	$(untouched)
	VIRTUAL_ENV unset
	VENV_WHICH_STATE=blocked
	END
}

@test "a shell that starts in a project has its environment at the first prompt" {
	cd app
	in_shell <<-'END'
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(untouched)
	END
}

@test "a failed cd fails as ever, and nothing changes" {
	in_shell <<-'END'
		cd app
		cd /nonexistent
		show status VIRTUAL_ENV PATH
	END
	# What it is differs.
	sed -i.all 's/^status=[12]$/status=failed/' "$OUT"
	shown <<-END
	status=failed
	$(active)
	END
}

@test "a command substitution prints what it prints, and nothing more" {
	in_shell <<-'END'
		capture "cd app && pwd"
		cd "$HOME"
		cd app
		capture "cd .. && pwd"
		cd "$HOME"
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	captured=$HOME/app
	captured=$HOME
	$(untouched)
	END
}

@test "nothing is ever written to standard output" {
	make_env other/.venv
	chmod o+w other/.venv/bin
	in_shell <<-'END'
		cd app >>"$HOME/stdout"
		cd ../other >>"$HOME/stdout"
		cd .. >>"$HOME/stdout"
		deactivate >>"$HOME/stdout"
		cd app && venv off >>"$HOME/stdout"
		venv on >>"$HOME/stdout"
		deactivate >>"$HOME/stdout"
		venv use >>"$HOME/stdout"
		show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"
	run cat "$HOME/stdout"
	assert_success
	assert_output ''
}

# --- off and on again

@test "deactivate turns it off, until one leaves and comes back" {
	mkdir app/src
	in_shell <<-'END'
		cd app
		deactivate
		show VIRTUAL_ENV PATH
		cd src
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
		cd ..
		cd app && show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(untouched)
	$(untouched)
	$(untouched)
	$(active)
	$(untouched)
	END
}

@test "a deactivate of the user's own stays, and venv off works beside it" {
	local where=before_hook
	# There the last one has the name.
	[[ $SHELL_UNDER_TEST != nu ]] || where=after_hook
	# shellcheck disable=SC2059 # the profile's format
	printf "$TRAP\n" deactivate deactivate | "$where"
	in_shell <<-'END'
		cd app
		deactivate
		show VIRTUAL_ENV
		venv off
		show VIRTUAL_ENV
		deactivate
	END
	sed 's/^called deactivate.*/mine/' "$OUT" >seen && cp seen "$OUT"
	shown <<-END
	mine
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	mine
	END
}

@test "deactivate exists while one of ours is active, and only then" {
	in_shell <<-'END'
		capture "type deactivate >/dev/null 2>&1 && echo yes || echo no"
		cd app
		capture "type deactivate >/dev/null 2>&1 && echo yes || echo no"
		cd ..
		capture "type deactivate >/dev/null 2>&1 && echo yes || echo no"
	END
	shown <<-END
	captured=no
	captured=yes
	captured=no
	END
}

@test "venv off turns it off, venv on turns it on again" {
	in_shell <<-'END'
		cd app
		venv off
		show status VIRTUAL_ENV PATH
		venv on && show VIRTUAL_ENV PATH
		show status
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(untouched)
	$(active)
	status=0
	$(untouched)
	END
}

@test "what was activated and deactivated by hand stays off, too" {
	export HAND=$E/bin/$ACTIVATE
	in_shell <<-'END'
		cd app
		source "$HAND"
		deactivate
		cd .
		show VIRTUAL_ENV PATH VENV_WHICH_STATE
		cd ..
		source "$HAND"
		cd app
		deactivate
		show VIRTUAL_ENV PATH

		show VIRTUAL_ENV PATH VENV_WHICH_STATE
	END
	shown <<-END
	$(untouched)
	VENV_WHICH_STATE=off
	$(untouched)
	$(untouched)
	VENV_WHICH_STATE=off
	END
}

@test "state that the environment holds is not believed" {
	mkdir -p "$HOME/evil/bin"
	export _VENV_PWD=$HOME _VENV_FOUND=$HOME/evil _VENV_VERDICT=use
	export _venv_pwd=$HOME _venv_found=$HOME/evil _venv_verdict=use
	export _VENV_PATHS=$'\n-o\n-v\nx[$(touch PWNED)]'
	in_shell <<-'END'
		show VIRTUAL_ENV PATH
	END
	shown <<<"$(untouched)"
	[[ ! -e $HOME/PWNED ]] || fail 'something was run'
}

@test "nor is what it says of a question" {
	export _VENV_CALLED=1 _VENV_TRIED=1 _venv_called=1
	in_shell <<-END
		cd app
		source .venv/bin/$ACTIVATE

		cd ..
		show VIRTUAL_ENV PATH _OLD_VIRTUAL_PATH
	END
	shown <<-END
	$(untouched)
	_OLD_VIRTUAL_PATH unset
	END
}

@test "a tool that puts the PATH back that it found does not bring ours back" {
	in_shell <<-'END'
		cd app
		export FOUND="$PATH"
		cd ..; export PATH="$FOUND"
		show VIRTUAL_ENV PATH
	END
	shown <<<"$(untouched)"
}

@test "loading it again after the prompt was set anew shows the name again" {
	profile "$SHELL_UNDER_TEST"
	export RC
	in_shell <<-'END'
		cd app
		source "$RC"
		true
	END
	on_screen '(app) PROMPT>' 2
}

@test "bare venv use activates the nearest environment again" {
	in_shell <<-'END'
		cd app
		deactivate
		venv use && show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(untouched)
	END
}

@test "venv use NAME activates a named environment, and stays with it" {
	export WORKON_HOME=$HOME/envs
	make_env envs/tools
	in_shell <<-'END'
		cd app
		venv use tools && show VIRTUAL_ENV PATH
		show VIRTUAL_ENV PATH
		deactivate
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/envs/tools")
	$(active "$HOME/envs/tools")
	$(untouched)
	END
}

@test "what venv use chose stays until venv use, which is automatic again" {
	export WORKON_HOME=$HOME/envs
	make_env envs/tools
	mkdir app/src
	in_shell <<-'END'
		venv use tools
		cd app
		show VIRTUAL_ENV PATH
		cd src
		show VIRTUAL_ENV
		venv use^J
		^:environment:
		^>
		show VIRTUAL_ENV PATH
		cd "$HOME"
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/envs/tools")
	VIRTUAL_ENV=$HOME/envs/tools
	$(active)
	$(untouched)
	END
}

@test "venv use refuses what is blocked or broken, by status 3 and 4" {
	make_env blocked/.venv
	chmod o+w blocked/.venv/bin
	make_env broken/.venv
	rm broken/.venv/bin/python
	in_shell <<-'END'
		cd app
		venv use ../blocked
		show status VIRTUAL_ENV PATH
		venv use ../broken
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=3
	$(active)
	status=4
	$(active)
	END
	times_on_screen 1 "$HOME/blocked/.venv is blocked"
	times_on_screen 1 "$HOME/broken/.venv is broken"
}

@test "venv use NAME looks in ~/.virtualenvs where WORKON_HOME is not set" {
	make_env .virtualenvs/tools
	in_shell <<-'END'
		venv use tools && show VIRTUAL_ENV PATH
		venv off
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/.virtualenvs/tools")
	$(untouched)
	END
}

@test "venv use DIR takes an environment, or a project that holds one" {
	make_env other/.venv
	in_shell <<-'END'
		venv use ./app/.venv && show VIRTUAL_ENV PATH
		venv use ./other && show VIRTUAL_ENV PATH
		venv off
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(active "$HOME/other/.venv")
	$(untouched)
	END
}

@test "venv use of what is no environment is one line, and changes nothing" {
	in_shell <<-'END'
		cd app
		venv use no-such-name
		show status VIRTUAL_ENV PATH
		venv off with operands
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=1
	$(active)
	status=2
	$(active)
	END
	times_on_screen 1 'is called no-such-name'
	times_on_screen 2 'venv: '
}

@test "the venv function passes other commands on to the program" {
	in_shell <<-'END'
		cd app
		venv status >"$HOME/status"
		show status
		venv no-such-command 2>"$HOME/errors"
		show status
		venv run true
		show status
	END
	shown <<-END
	status=0
	status=2
	status=0
	END
	run cat status
	assert_output --partial '~/app/.venv'
	run cat errors
	assert_line --index 0 --partial 'no-such-command'
	assert_equal "$(grep -vc '^  ' errors)" 1
}

@test "VENV_WHICH_DISABLE turns the hook off, and leaves the commands" {
	export VENV_WHICH_DISABLE=1
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV PATH VENV_WHICH_AUTO
		venv use && show VIRTUAL_ENV PATH
		venv off
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(untouched)
	VENV_WHICH_AUTO unset
	$(active)
	$(untouched)
	END
}

# --- whose is it

@test "an environment activated by hand is left alone everywhere" {
	make_env other/.venv
	export HAND=$HOME/other/.venv/bin/$ACTIVATE
	in_shell <<-'END'
		source "$HAND"
		show VIRTUAL_ENV PATH VENV_WHICH_AUTO
		cd app
		show VIRTUAL_ENV PATH VENV_WHICH_AUTO
		cd ..
		show VIRTUAL_ENV PATH VENV_WHICH_AUTO
		deactivate
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/other/.venv")
	VENV_WHICH_AUTO unset
	$(active "$HOME/other/.venv")
	VENV_WHICH_AUTO unset
	$(active "$HOME/other/.venv")
	VENV_WHICH_AUTO unset
	$(untouched)
	END
}

@test "activating another by hand over ours: theirs stays, ours goes from PATH" {
	make_env other/.venv
	export HAND=$HOME/other/.venv/bin/$ACTIVATE
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

@test "their deactivate does not bring our PATH entry back" {
	make_env other/.venv
	export HAND=$HOME/other/.venv/bin/$ACTIVATE
	in_shell <<-'END'
		cd app
		source "$HAND"
		deactivate
		cd .
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	# Still in the project, either is right, as long as both agree.
	if [[ $(record 1) == "VIRTUAL_ENV=$E" ]]; then
		assert_equal "$(record 2)" "PATH=$E/bin:$PATH"
	else
		assert_equal "$(record 1)" 'VIRTUAL_ENV unset'
		assert_equal "$(record 2)" "PATH=$PATH"
	fi
	assert_equal "$(record 3)" 'VIRTUAL_ENV unset'
	assert_equal "$(record 4)" "PATH=$PATH"
}

@test "sourcing the script of what is active is a habit: it is left as before" {
	export HAND=$E/bin/$ACTIVATE
	make_env lib/.venv
	in_shell <<-'END'
		cd app
		source "$HAND"
		show VIRTUAL_ENV PATH
		cd ../lib && show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH _OLD_VIRTUAL_PATH
		cd app
		source "$HAND"

		cd .. && show VIRTUAL_ENV PATH _OLD_VIRTUAL_PATH
	END
	shown <<-END
	$(active)
	$(active "$HOME/lib/.venv")
	$(untouched)
	_OLD_VIRTUAL_PATH unset
	$(untouched)
	_OLD_VIRTUAL_PATH unset
	END
}

@test "where another tool sets VIRTUAL_ENV, we stand down and touch nothing of it" {
	make_env theirs
	in_shell <<-'END'
		cd app
		export VIRTUAL_ENV="$HOME/theirs"
		show VIRTUAL_ENV PATH VENV_WHICH_AUTO
		cd ..
		show VIRTUAL_ENV PATH
		cd app
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	VIRTUAL_ENV=$HOME/theirs
	PATH=$PATH
	VENV_WHICH_AUTO unset
	VIRTUAL_ENV=$HOME/theirs
	PATH=$PATH
	VIRTUAL_ENV=$HOME/theirs
	PATH=$PATH
	END
}

@test "an inherited VIRTUAL_ENV that is not ours is left alone" {
	make_env theirs
	export VIRTUAL_ENV=$HOME/theirs
	cd app
	in_shell <<-'END'
		show VIRTUAL_ENV PATH VENV_WHICH_AUTO
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	VIRTUAL_ENV=$HOME/theirs
	PATH=$PATH
	VENV_WHICH_AUTO unset
	VIRTUAL_ENV=$HOME/theirs
	PATH=$PATH
	END
}

@test "VIRTUAL_ENV unset by hand counts as turned off by hand" {
	in_shell <<-'END'
		cd app
		forget VIRTUAL_ENV
		show VIRTUAL_ENV PATH VENV_WHICH_AUTO

		show VIRTUAL_ENV PATH
		cd ..
		cd app
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(untouched)
	VENV_WHICH_AUTO=$E
	$(untouched)
	$(active)
	END
}

# --- PATH and PYTHONHOME

@test "what the user does to PATH meanwhile stays" {
	in_shell <<-'END'
		cd app
		export PATH="/opt/first:$PATH:/opt/last"
		show PATH
		cd ..
		show PATH
	END
	shown <<-END
	PATH=/opt/first:$E/bin:$PATH:/opt/last
	PATH=/opt/first:$PATH:/opt/last
	END
}

@test "a PATH that lost our entry gets it back at the next prompt" {
	in_shell <<-'END'
		cd app
		export PATH=/usr/bin:/bin
		show PATH
		cd ..
		show PATH
	END
	shown <<-END
	PATH=$E/bin:/usr/bin:/bin
	PATH=/usr/bin:/bin
	END
}

@test "empty components, duplicates and the user's own entry of our bin stay" {
	local path before active after n=0
	for path in :/usr/bin:/bin /usr/bin::/bin /usr/bin:/bin: \
		/usr/bin:/bin:/usr/bin "/usr/bin:$E/bin:/bin" \
		"$E/bin:/usr/bin:/bin" "/usr/bin:/bin:$E/bin" \
		"$E/bin:/bin:$E/bin:/usr/bin" "$E/bin" "$E/bin:" ":$E/bin" \
		"$E/bin2:/usr/bin:x$E/bin:/bin" "/a*b:/usr/bin:/[c]:/bin"; do
		printf 'export PATH="%s"\nshow PATH\n' "$path"
		printf 'cd app && show VIRTUAL_ENV\ncd .. && show PATH\n'
	done >lines
	in_shell <lines
	while IFS= read -r before && IFS= read -r active && IFS= read -r after; do
		assert_equal "$active" "VIRTUAL_ENV=$E"
		assert_equal "$after" "$before"
		n=$((n + 1))
	done <"$OUT"
	assert_equal "$n" 13
}

@test "a PATH that was unset is unset again, an empty one is empty again" {
	in_shell <<-'END'
		forget PATH
		cd app
		show PATH
		cd ..
		show PATH
		export PATH=
		show PATH
		cd app
		show VIRTUAL_ENV
		cd ..
		show PATH
	END
	assert_equal "$(record 1)" "PATH=$E/bin"
	assert_equal "$(record 2)" 'PATH unset'
	assert_equal "$(record 4)" "VIRTUAL_ENV=$E"
	assert_equal "$(record 5)" "$(record 3)"
}

@test "PYTHONHOME is unset while active, and restored" {
	export PYTHONHOME=/python/home
	in_shell <<-'END'
		cd app && show PYTHONHOME
		cd ..
		show PYTHONHOME
		env >"$HOME/outside"
	END
	shown <<-END
	PYTHONHOME unset
	PYTHONHOME=/python/home
	END
	run grep -E '^_?VENV|^PYTHONHOME' outside
	assert_output 'PYTHONHOME=/python/home'
}

@test "an empty PYTHONHOME is restored as empty, an unset one stays unset" {
	in_shell <<-'END'
		cd app && show PYTHONHOME
		cd ..
		show PYTHONHOME
		export PYTHONHOME=
		cd app && show PYTHONHOME
		cd ..
		show PYTHONHOME
	END
	shown <<-END
	PYTHONHOME unset
	PYTHONHOME unset
	PYTHONHOME unset
	PYTHONHOME=
	END
}

@test "a PYTHONHOME set while active is the user's, and stays" {
	export PYTHONHOME=/python/home
	in_shell <<-'END'
		cd app
		export PYTHONHOME=/new
		cd ..
		show PYTHONHOME
	END
	shown <<<'PYTHONHOME=/new'
}

@test "in a nearly empty environment it works, too" {
	in_shell env -i HOME="$HOME" OUT="$OUT" TERM=dumb ${ENV:+ENV="$ENV"} \
		"$(command -v "$START")" <<-'END'
		show PATH
		cd app && show VIRTUAL_ENV
		cd .. && show PATH VIRTUAL_ENV
	END
	assert_equal "$(record 2)" "VIRTUAL_ENV=$E"
	assert_equal "$(record 3)" "$(record 1)"
	assert_equal "$(record 4)" 'VIRTUAL_ENV unset'
}

# --- shells within shells

@test "a shell in the shell: active, one entry in PATH, and deactivate works" {
	local inner
	inner_shells >inner
	while read -r inner; do
		cat <<-END
			cd app
			$inner
			show VIRTUAL_ENV PATH
			cd ..
			show VIRTUAL_ENV PATH
			cd app
			show VIRTUAL_ENV PATH
			deactivate
			show VIRTUAL_ENV PATH
			exit
			show VIRTUAL_ENV PATH
			cd ..
			show VIRTUAL_ENV PATH
		END
	done <inner >lines
	in_shell <lines
	while read -r inner; do
		active && untouched && active && untouched && active && untouched
	done <inner | shown
	off_screen '(app) (app)'
}

@test "what was turned off stays off in a shell within the shell" {
	local inner
	inner_shells >inner
	while read -r inner; do
		cat <<-END
			cd app
			deactivate
			$inner
			show VIRTUAL_ENV PATH
			venv on
			show VIRTUAL_ENV PATH
			exit
			show VIRTUAL_ENV PATH
			cd ..
		END
	done <inner >lines
	in_shell <lines
	while read -r inner; do
		untouched && active && untouched
	done <inner | shown
}

@test "venv on leaves what was activated by hand, says so, and fails" {
	make_env other
	in_shell <<-END
		venv use ~/other
		cd app
		venv on
		show status VIRTUAL_ENV
	END
	shown <<-END
	status=1
	VIRTUAL_ENV=$HOME/other
	END
	on_screen 'venv: on: what is active was activated by hand, and stays' 3
	on_screen '  to end it: venv off' 3
}

@test "PYTHONHOME is restored by a shell within the shell, too" {
	local inner
	export PYTHONHOME=/python/home
	inner_shells >inner
	while read -r inner; do
		cat <<-END
			cd app
			$inner
			show PYTHONHOME
			cd ..
			show PYTHONHOME
			exit
			show PYTHONHOME
			cd ..
		END
	done <inner >lines
	in_shell <lines
	while read -r inner; do
		printf '%s\n' 'PYTHONHOME unset' PYTHONHOME=/python/home 'PYTHONHOME unset'
	done <inner | shown
}

@test "exec of a new shell keeps it active, and deactivate works" {
	in_shell <<-END
		cd app
		exec $START
		show VIRTUAL_ENV PATH
		deactivate
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(untouched)
	END
}

@test "a login shell that resets PATH puts ours first again" {
	in_shell <<-END
		cd app
		$START -l
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
		exit
	END
	assert_equal "$(record 1)" "VIRTUAL_ENV=$E"
	assert_equal "$(record 2)" "PATH=$E/bin:$(record 4 | sed s/PATH=//)"
	assert_equal "$(record 3)" 'VIRTUAL_ENV unset'
	# fish adds to what we wrote.
	run record 4
	assert_output --regexp '^PATH=/usr/bin:/bin(:/usr/local/sbin:/usr/local/bin:/usr/sbin:/sbin)?$'
}

@test "a shell that inherits ours elsewhere, as in a new tmux pane, drops it" {
	export VIRTUAL_ENV=$E VENV_WHICH_AUTO=$E VIRTUAL_ENV_PROMPT=app
	in_shell env PATH="$E/bin:$PATH" "$START" <<-'END'
		show VIRTUAL_ENV PATH VENV_WHICH_AUTO VIRTUAL_ENV_PROMPT
	END
	shown <<-END
	$(untouched)
	VENV_WHICH_AUTO unset
	VIRTUAL_ENV_PROMPT unset
	END
}

@test "a PATH in which the rc file put something before ours has ours first" {
	after_hook <<<'export PATH="/opt/rc:$PATH"'
	in_shell <<-END
		cd app
		$START
		show PATH
		exit
	END
	shown <<<"PATH=$E/bin:/opt/rc:/opt/rc:$PATH"
}

# --- environments come and go

@test "an environment made while one stands in the project is active at once" {
	mkdir new
	in_shell <<-END
		cd new

		$PYTHON -m venv --without-pip .venv
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/new/.venv")
	$(untouched)
	END
}

@test "the same while one stands below the project" {
	mkdir -p new/src/deep
	in_shell <<-END
		cd new/src/deep
		$PYTHON -m venv --without-pip ../../.venv
		show VIRTUAL_ENV PATH
		$PYTHON -m venv --without-pip ../venv
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/new/.venv")
	$(active "$HOME/new/src/venv")
	END
}

@test "an environment that vanishes is deactivated at the next prompt" {
	mkdir app/src
	in_shell <<-'END'
		cd app/src
		rm -r ../.venv
		show VIRTUAL_ENV PATH
	END
	untouched | shown
}

@test "one that vanishes uncovers the one above it" {
	make_env app/plugin/.venv
	in_shell <<-'END'
		cd app/plugin
		mv .venv gone
		show VIRTUAL_ENV PATH
		mv gone .venv
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(active "$HOME/app/plugin/.venv")
	END
}

@test "a working directory that is deleted leaves the shell alone" {
	mkdir app/src
	in_shell <<-'END'
		cd app/src
		rmdir ../src

		show status
		cd "$HOME"
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(untouched)
	END
	times_on_screen 0 'venv: '
	times_on_screen 0 'venv-which: '
	off_screen 'No such file'
}

@test "a deleted working directory keeps its environment until one leaves" {
	mkdir app/src
	in_shell <<-'END'
		cd app/src
		rmdir ../src

		show VIRTUAL_ENV PATH
	END
	active | shown
	on_screen '(app) PROMPT>' 3
}

@test "a project that is moved away under the shell is no trouble" {
	in_shell <<-'END'
		cd app
		mv ../app ../moved

		show status
		cd "$HOME"
		show VIRTUAL_ENV PATH
		cd moved && show VIRTUAL_ENV
	END
	shown <<-END
	status=0
	$(untouched)
	VIRTUAL_ENV unset
	END
	times_on_screen 0 'venv: '
	times_on_screen 2 "it was made at $E, and moved or copied here"
}

# --- which are not used

@test "one that others may write to is not used: one line, once per entry" {
	chmod o+w "$E/bin"
	mkdir app/src
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV PATH VENV_WHICH_STATE

		cd src
		cd "$HOME"
	END
	shown <<-END
	$(untouched)
	VENV_WHICH_STATE=blocked
	END
	times_on_screen 1 "$E is blocked"
	in_shell <<-'END'
		cd app
		cd ..
		cd app
	END
	times_on_screen 2 "$E is blocked"
}

@test "its repair is seen at the next prompt" {
	chmod o+w "$E/bin"
	in_shell <<-'END'
		cd app
		chmod o-w .venv/bin
		show VIRTUAL_ENV PATH
	END
	active | shown
}

@test "a broken one is not used: one line, once per entry, and its repair is seen" {
	rm "$E/bin/python"
	ln -s /nonexistent/python "$E/bin/python"
	in_shell <<-END
		cd app
		show VIRTUAL_ENV PATH VENV_WHICH_STATE

		ln -sf $PYTHON .venv/bin/python
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(untouched)
	VENV_WHICH_STATE=broken
	$(active)
	END
	times_on_screen 1 "$E is broken"
}

@test "one that breaks while active is deactivated, with one line" {
	in_shell <<-'END'
		cd app
		rm .venv/bin/python

		show VIRTUAL_ENV PATH
	END
	untouched | shown
	times_on_screen 1 "$E is broken"
}

@test "nothing is said while the rc file is read" {
	chmod o+w "$E/bin"
	after_hook <<<'echo the rc file ends here'
	cd app
	in_shell <<-'END'
		show VIRTUAL_ENV
	END
	shown <<<'VIRTUAL_ENV unset'
	run screen
	assert_line --index 0 'the rc file ends here'
	times_on_screen 1 "$E is blocked"
}

@test "a cd in the rc file waits for the first prompt" {
	mkdir app/src
	after_hook <<-'END'
		cd app
		show VIRTUAL_ENV PATH
		cd src
	END
	in_shell <<-'END'
		show PWD VIRTUAL_ENV PATH
	END
	shown <<-END
	$(untouched)
	PWD=$HOME/app/src
	$(active)
	END
}

@test "VENV_WHICH_QUIET: nothing is said at all" {
	chmod o+w "$E/bin"
	export VENV_WHICH_QUIET=1
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV VENV_WHICH_STATE
	END
	shown <<-'END'
	VIRTUAL_ENV unset
	VENV_WHICH_STATE=blocked
	END
	times_on_screen 0 "$E"
}

@test "no program in an environment is run, not even one called venv-which" {
	local program
	for program in venv venv-which sed env test true; do
		rm -f "$E/bin/$program"
		put_program "$E/bin/$program" "echo $program >>'$HOME/PWNED'"
	done
	for program in python python3; do
		rm -f "$E/bin/$program"
		put_program "$E/bin/$program" "echo $program >>'$HOME/PWNED'"
	done
	echo "echo activate >>'$HOME/PWNED'" >"$E/bin/$ACTIVATE"
	mkdir app/src
	in_shell <<-END
		cd app
		show VIRTUAL_ENV
		cd src

		venv status >/dev/null
		venv off
		venv on
		$START
		exit
		deactivate
		venv use
		cd "\$HOME"
		show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	END
	[[ ! -e PWNED ]] || fail "was run: $(cat PWNED)"
}

# --- the prompt

@test "the prompt shows the name in front, and is itself again afterwards" {
	in_shell <<-'END'
		cd app

		cd ..

	END
	off_screen '(app)' 0
	on_screen '(app) PROMPT>' 2
	off_screen '(app)' 4
}

@test "VIRTUAL_ENV_DISABLE_PROMPT: the prompt is left alone" {
	export VIRTUAL_ENV_DISABLE_PROMPT=1
	in_shell <<-'END'
		cd app

		show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"
	off_screen '(app)'
}

@test "the prompt is right with an environment activated by hand" {
	make_env other/.venv
	export HAND=$HOME/other/.venv/bin/$ACTIVATE
	in_shell <<-'END'
		cd app
		source "$HAND"

		deactivate
		cd ..

	END
	on_screen '(.venv) ' 3
	off_screen '(app)' 3
	off_screen '(app)' 6
	off_screen '(.venv)' 6
}

@test "the name is the one that its creator gave" {
	make_env named/.venv --prompt "it's \"mine\""
	in_shell <<-'END'
		cd named
		show VIRTUAL_ENV_PROMPT

	END
	shown <<<"VIRTUAL_ENV_PROMPT=it's \"mine\""
	on_screen "(it's \"mine\") PROMPT>"
}

@test "a hostile name is text in the prompt, and never code" {
	local name n=0 prompts=(
		'$(touch PWNED)' '`touch PWNED`' '${x:=PWNED}' '$x$PATH'
		'\$(touch PWNED)' '\\$(touch PWNED)' 'a]b[0$(touch PWNED)]'
		'\u\w\$\]\[' '\e[31m' '%F{red}%n%m' '%{%}' '%(?.a.b)' '%%'
		'x (touch PWNED)' '{a,b}' '*' '~' '!!' '!touch' '-n' '-e' '\c'
		'%1{a%}' '{$x}' 'x"; touch PWNED; "' 'a;touch PWNED'
	)
	make_named_envs "${prompts[@]}"
	for name in "${prompts[@]}"; do
		n=$((n + 1))
		printf 'cd "$HOME/named/%s"\n\n' $n
	done >lines
	in_shell <lines
	n=0
	for name in "${prompts[@]}"; do
		n=$((n + 1))
		on_screen "($name) PROMPT>" $((2 * n))
	done
	run find "$HOME" -name 'PWNED*'
	assert_output ''
}

@test "a hostile name is text where the shell expands prompts, too" {
	case $SHELL_UNDER_TEST in
	zsh) before_hook <<<'setopt prompt_subst prompt_percent prompt_bang' ;;
	bash) before_hook <<<'shopt -s promptvars' ;;
	esac
	printf 'home = /usr/bin\nprompt = %s\n' '$(touch PWNED)`touch PWNED`%F{red}' \
		>"$E/pyvenv.cfg"
	in_shell <<-'END'
		cd app

	END
	on_screen '($(touch PWNED)`touch PWNED`%F{red}) PROMPT>' 2
	run find "$HOME" -name 'PWNED*'
	assert_output ''
}

@test "control characters in a name do not reach the terminal" {
	printf 'home = /usr/bin\nprompt = a\033]0;title\007b\033[2Jc\177d\302\233e\342\200\256f\n' \
		>"$E/pyvenv.cfg"
	in_shell <<-'END'
		cd app

	END
	on_screen '(a?]0;title?b?[2Jc?d?e?f) PROMPT>' 2
}

# --- hostile directories

@test "any directory name works, exact to the byte, and none is executed" {
	local name n=0
	make_hostile_envs
	for name in "${HOSTILE_NAMES[@]}"; do
		n=$((n + 1))
		export "P$n=$HOME/in/$name"
		printf 'cd "$P%s" && show VIRTUAL_ENV PATH^J\n' $n
		printf 'cd "$HOME" && show VIRTUAL_ENV PATH^J\n'
	done >lines
	in_shell <lines
	for name in "${HOSTILE_NAMES[@]}"; do
		active "$HOME/in/$name/.venv"
		untouched
	done | shown
	run find "$HOME" "${HOME%/*}" -name '*PWNED*' -newer lines
	assert_output ''
}

@test "going from one hostile name to the next switches" {
	local name n=0
	make_hostile_envs
	for name in "${HOSTILE_NAMES[@]}"; do
		n=$((n + 1))
		export "P$n=$HOME/in/$name"
		printf 'cd "$P%s" && show VIRTUAL_ENV PATH^J\n' $n
	done >lines
	in_shell <lines
	for name in "${HOSTILE_NAMES[@]}"; do
		active "$HOME/in/$name/.venv"
	done | shown
}

@test "a path with a colon, which no PATH can hold, is not activated" {
	make_env_bytes 'a:b/.venv'
	in_shell <<-'END'
		cd a:b
		show VIRTUAL_ENV PATH VENV_WHICH_STATE
	END
	shown <<-END
	$(untouched)
	VENV_WHICH_STATE=broken
	END
}

@test "a directory whose name holds a newline is no trouble" {
	local name=$'new\nline'
	make_env_bytes "$name/.venv"
	export P=$HOME/$name
	in_shell <<-'END'
		cd "$P"
		show VIRTUAL_ENV PATH
		cd "$HOME"
		cd app
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(untouched)
	$(active)
	END
}

# --- a good guest

@test "the exit status is kept over prompts, activation and deactivation" {
	in_shell <<-'END'
		false
		show status
		cd app && false
		show status
		mv .venv gone; false
		show status VIRTUAL_ENV
		cd / ; false
		show status
		cd "$HOME"
		show status
	END
	shown <<-END
	status=1
	status=1
	status=1
	VIRTUAL_ENV unset
	status=1
	status=0
	END
}

@test "loading the hook twice is loading it once" {
	local line
	profile "$SHELL_UNDER_TEST"
	# shellcheck disable=SC2059 # the profile's format
	printf -v line "$LOAD" "'$STAGE/bin/venv'"
	after_hook <<<"$line"
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV PATH

		cd .. && show VIRTUAL_ENV PATH

	END
	shown <<-END
	$(active)
	$(untouched)
	END
	off_screen '(app) (app)'
	off_screen '(app)' 4
}

@test "loading it again while active changes nothing" {
	local line
	profile "$SHELL_UNDER_TEST"
	# shellcheck disable=SC2059 # the profile's format
	printf -v line "$LOAD" "'$STAGE/bin/venv'"
	in_shell <<-END
		cd app
		$line
		show VIRTUAL_ENV PATH

		cd ..
		show VIRTUAL_ENV PATH

	END
	shown <<-END
	$(active)
	$(untouched)
	END
	off_screen '(app) (app)'
	off_screen '(app)' 6
}

@test "it adds the names that it documents, and no other" {
	local lines=$'cd app\ncd ..\ncd app\nnames >"$HOME/names"'
	hook_line ''
	in_shell <<<"$lines"
	sort -u names >before
	rm "${HOME%/*}/rc.load"
	in_shell <<<"$lines"
	sort -u names >after
	# In bash the function cd and its like are how it is done on the same line, in tcsh
	# the alias cwdcmd.
	run grep -vxE '(declare -f )?(_venv.*|venv(-which)?|venv_prompt|deactivate|cd|pushd|popd)|_VENV.*|VIRTUAL_ENV(_PROMPT)?|VENV_WHICH(_(AUTO|NAME|VERSION|STATE|PROMPT))?|PROMPT_COMMAND|(chpwd|precmd)_functions|YASH_AFTER_CD|KSH_MATCH|cwdcmd|precmd' <(comm -13 before after)
	assert_output ''
	# Did it look at all?
	run grep -cxE '(declare -f )?_venv.*|VIRTUAL_ENV' after
	refute_output 0
	run comm -23 before after
	assert_output ''
}

@test "it leaves the user's options, traps, aliases and keys as they are" {
	local lines=$'cd app\ncd ..\ncd app\ndeactivate\nmanners >"$HOME/manners"'
	hook_line ''
	in_shell <<<"${lines/deactivate/true}"
	cp manners before
	rm "${HOME%/*}/rc.load"
	in_shell <<<"$lines"
	[[ -s manners ]]
	run diff before manners
	assert_output ''
}

@test "functions of the user's with the names of commands are never called" {
	local name names plain
	names='cat echo printf pwd sed grep head type hash env dirname basename
		readlink realpath stat tr cut awk ls mktemp expr id'
	case $SHELL_UNDER_TEST in
	fish) names+=' . contains count math emit export setenv' ;;
	# Its keywords cannot be one.
	nu) names+=' test print lines default get each any describe
		complete merge split enumerate append skip last ignore' ;;
	*) names+=' test unset export local declare typeset trap shift let print
		true false alias unalias set shopt setopt emulate compgen dirs read
		source autoload zmodload bindkey bind complete enable caller' ;;
	esac
	profile "$SHELL_UNDER_TEST"
	for name in $names; do
		# shellcheck disable=SC2059 # the profile's format
		printf "$TRAP\n" "$name" "$name"
	done | after_hook
	# fish's own cd calls some of them.
	printf '%s\n' 'cd app' '' 'cd ..' >lines
	hook_line ''
	in_shell <lines
	plain=$(<"$OUT")
	rm "${HOME%/*}/rc.load"
	in_shell <lines
	assert_equal "$(<"$OUT")" "$plain"
	cd app
	in_shell <<-'END'
		show VIRTUAL_ENV PATH
		deactivate
		venv on
		venv off
		show VIRTUAL_ENV PATH
		venv use
		show VIRTUAL_ENV
	END
	# What fish itself does as it starts and around each line.
	sed -i.all -e '/^called printf: \\e/d' -e '/^called printf: .]7;file:/d' \
		-e '/^called echo: Sorry but/d' -e '/^called contains: -- -h$/d' \
		-e '/^called type: -q __fish_/d' "$OUT"
	shown <<-END
	$(active)
	$(untouched)
	VIRTUAL_ENV=$E
	END
}

@test "aliases of the user's with the names of commands are never used" {
	local name names='cat pwd sed hash deactivate'
	case $SHELL_UNDER_TEST in
	# In fish an alias is a function, and its own builtins cannot be one.
	fish) ;;
	nu) names+=' echo printf test print lines default get each any describe
		complete merge split enumerate append skip last ignore venv-which' ;;
	*) names+=' echo printf test source unset export local builtin command
		read type typeset declare set return shift emulate print venv-which' ;;
	esac
	for name in $names; do
		printf "alias %s='echo called %s >>\"\$OUT\"'\n" "$name" "$name"
	done | before_hook
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV PATH
		venv off
		venv on
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(untouched)
	END
}

@test "the line that loads it works beside an alias venv, above it and below" {
	local line
	# shellcheck disable=SC2059 # the profile's format
	printf -v line "$LOAD" "$PAST"
	hook_line "$line"
	for where in before_hook after_hook; do
		rm -f "${HOME%/*}"/rc.before "${HOME%/*}"/rc.after
		"$where" <<<"alias venv='touch made-by-alias'"
		in_shell <<-'END'
			cd app && show VIRTUAL_ENV PATH
			cd .. && show VIRTUAL_ENV PATH
		END
		shown <<-END
		$(active)
		$(untouched)
		END
		[[ ! -e made-by-alias ]] || fail "the alias ran: $where"
	done
}

@test "a shell that is not interactive: nothing is defined, nothing is done" {
	profile "$SHELL_UNDER_TEST"
	{
		words
		translate <<<"names >'$HOME/n'"$'\n'"names >'$HOME/before'"
		# shellcheck disable=SC2059 # the profile's format
		printf "$LOAD\n" "'$STAGE/bin/venv'"
		translate <<<"names >'$HOME/after'"$'\ncd ..\ncd app\nshow VIRTUAL_ENV PATH'
	} >script
	cd app
	"$START" ../script
	run diff ../before ../after
	assert_output ''
	[[ -s ../after ]]
	untouched | shown
}

@test "a script run from the project is not touched, and keeps what it inherits" {
	put_program tool 'cd /; echo "$VIRTUAL_ENV" >>"$OUT"'
	in_shell <<-'END'
		cd app
		"$HOME/tool"
	END
	shown <<<"$E"
}

@test "without its helper it says one line, then nothing, and the shell works" {
	fake_helper 'exit 0'
	rm "${HOME%/*}/fake/venv-which"
	in_shell <<-'END'
		cd app

		cd ..
		cd app
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(untouched)
	END
	times_on_screen 1 'venv'
}

@test "after it was uninstalled a shell says so once, and works on" {
	fake_helper "exec '$STAGE/bin/venv-which' \"\$@\""
	export FAKE=${HOME%/*}/fake
	mkdir app/src
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV
		rm "$FAKE/venv-which" "$FAKE/venv"
		cd src && show status
		cd "$HOME"

		cd app
		deactivate
		show status VIRTUAL_ENV PATH
		venv off
		show PATH
	END
	shown <<-END
	VIRTUAL_ENV=$E
	status=0
	status=0
	$(untouched)
	$(untouched | sed -n 2p)
	END
	times_on_screen 1 'venv-which: no answer from '
}

@test "an answer that does not end in end is no answer" {
	fake_helper "echo 'set VIRTUAL_ENV $E'; echo 'name app'"
	in_shell <<-'END'
		cd app
		cd ..
		cd app
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(untouched)
	END
}

@test "loaded again below a line that changes PATH, the environment is first again" {
	before_hook <<<'export PATH="$HOME/mine:$PATH"'
	export RC
	in_shell <<-'END'
		cd app
		source "$RC"
		show PATH
	END
	shown <<<"PATH=$E/bin:$HOME/mine:$HOME/mine:$PATH"
}

@test "after an update to another protocol one line says to start a new shell" {
	fake_helper "printf '%s\n' 'set3 $E' 'end 3'"
	put_program "${HOME%/*}/fake/venv" "[ \"\$1\" = --hook ] || exit 1; echo 'set3 $E'; echo 'end 3'"
	in_shell <<-'END'
		cd app
		cd ..
		cd app
		show status VIRTUAL_ENV PATH
		venv use .
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(untouched)
	status=1
	$(untouched)
	END
	# elvish has one sentence for whatever cannot be read.
	if [[ $SHELL_UNDER_TEST == elvish ]]; then
		times_on_screen 1 'venv-which; start a new shell, or install it again'
	else
		times_on_screen 1 'another version of it was installed, which this shell cannot read; start a new shell'
		off_screen 'no answer'
	fi
}

@test "words from the helper that are not known yet are passed over" {
	fake_helper "'$STAGE/bin/venv-which' \"\$@\" | sed '\$i future \$(touch PWNED) *'"
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV PATH
	END
	active | shown
	run find "$HOME" -name 'PWNED*'
	assert_output ''
}

@test "the interrupt key while the helper hangs gives the prompt back" {
	fake_helper "if rm \"\$HOME/hang\" 2>/dev/null; then
			echo 'the helper hangs' >/dev/tty; exec sleep 1000
		fi
		exec '$STAGE/bin/venv-which' \"\$@\""
	in_shell <<-'END'
		true >"$HOME/hang"
		cd app^J
		^:the helper hangs
		^C
		show PWD

		cd /
		show VIRTUAL_ENV PATH
		cd "$HOME/app"
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	PWD=$HOME/app
	$(untouched)
	$(active)
	END
}

# --- the cost

@test "an idle prompt ten levels deep runs no process, in a project and outside" {
	need_strace
	mkdir -p app/1/2/3/4/5/6/7/8/9 out/1/2/3/4/5/6/7/8/9
	traced_shell <<-'END'
		cd app/1/2/3/4/5/6/7/8/9



		show VIRTUAL_ENV
		cd "$HOME/out/1/2/3/4/5/6/7/8/9"



		show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	END
	assert_equal "$(processes 1 5)" '0 made, 0 run'
	assert_equal "$(processes 6 10)" '0 made, 0 run'
}

@test "cd runs one process, the helper, wherever it goes" {
	need_strace
	mkdir -p app/src
	traced_shell <<-'END'
		cd app
		cd src
		cd ../..
		show VIRTUAL_ENV
	END
	shown <<<'VIRTUAL_ENV unset'
	assert_equal "$(processes 0 1)" '1 made, 1 run'
	assert_equal "$(processes 1 2)" '1 made, 1 run'
	assert_equal "$(processes 2 3)" '1 made, 1 run'
}

@test "so does cd to the same name, which is another directory perhaps" {
	need_strace
	traced_shell <<-'END'
		cd app
		cd .
		show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"
	assert_equal "$(processes 1 2)" '1 made, 1 run'
}

@test "a cd in a command substitution runs nothing" {
	need_strace
	traced_shell <<-'END'
		capture "cd app && pwd"
	END
	shown <<<"captured=$HOME/app"
	assert_equal "$(processes 0 1 | sed 's/.*, //')" '0 run'
}

@test "loading the hook runs one process at most, venv init" {
	local plain init=0
	need_strace
	profile "$SHELL_UNDER_TEST"
	[[ $LOAD != *%s* ]] || init=1
	hook_line ''
	traced_shell </dev/null
	plain=$(grep -c ' execve(' "$TRACE")
	rm "${HOME%/*}/rc.load"
	traced_shell </dev/null
	# The other one is the hook's question at the first prompt.
	assert_equal "$(grep -c ' execve(' "$TRACE")" "$((plain + init + 1))"
}
