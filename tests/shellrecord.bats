# What `venv allow`, `venv deny` and `venv link` do to the shell in which they
# are said.
#
# shells: each

# shellcheck disable=SC2016,SC2030,SC2031
# Text, for the shell under test; each test is a process.

load helper

setup() {
	sandbox
	need_shell
	# One that was copied, and so is blocked.
	make_env made/.venv
	mkdir app
	cp -R made/.venv app/.venv
	E=$HOME/app/.venv
	RECORD=$XDG_STATE_HOME/venv-which/allowed
}

# --- allow

@test "venv allow activates on the same command line" {
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV PATH VENV_WHICH_STATE
		venv allow >/dev/null && capture "command -v python"
		show VIRTUAL_ENV PATH VENV_WHICH_STATE
		cd .. && show VIRTUAL_ENV PATH
		cd app && show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(untouched)
	VENV_WHICH_STATE=blocked
	captured=$E/bin/python
	$(active)
	VENV_WHICH_STATE=active
	$(untouched)
	$(active)
	END
	times_on_screen 1 ' is blocked: '
}

@test "venv allow says what it did, and its status is 0" {
	in_shell <<-'END'
		cd app
		venv allow >"$HOME/said"
		show status VIRTUAL_ENV VENV_WHICH_AUTO
		venv allow >>"$HOME/said"
		show status VIRTUAL_ENV
	END
	shown <<-END
	status=0
	VIRTUAL_ENV=$E
	VENV_WHICH_AUTO=$E
	status=0
	VIRTUAL_ENV=$E
	END
	assert_equal "$(cat said)" "allowed ~/app/.venv"$'\n'"allowed ~/app/.venv"
}

@test "from below the project, or by its path, it activates as well" {
	mkdir app/src
	in_shell <<-'END'
		cd app/src
		venv allow >/dev/null && show VIRTUAL_ENV PATH
		venv allow --forget >/dev/null
		show VIRTUAL_ENV PATH
		venv allow .. >/dev/null && show VIRTUAL_ENV PATH
		venv deny ../.venv >/dev/null && show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(untouched)
	$(active)
	$(untouched)
	END
}

@test "venv allow outside of any project fails, and changes nothing" {
	mkdir empty
	in_shell <<-'END'
		cd empty
		venv allow
		show status VIRTUAL_ENV PATH
		venv deny
		show status VIRTUAL_ENV PATH
		venv allow ../nowhere
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=1
	$(untouched)
	status=1
	$(untouched)
	status=1
	$(untouched)
	END
	[[ ! -e $RECORD ]]
}

@test "what it refuses leaves the active one active" {
	make_env broken/.venv
	rm broken/.venv/bin/python
	in_shell <<-'END'
		cd made
		venv allow --nothing
		show status VIRTUAL_ENV PATH
		venv allow ../broken
		show status VIRTUAL_ENV PATH
		venv deny ../nowhere
		show status VIRTUAL_ENV PATH
		venv allow --forget
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=2
	$(active "$HOME/made/.venv")
	status=4
	$(active "$HOME/made/.venv")
	status=1
	$(active "$HOME/made/.venv")
	status=1
	$(active "$HOME/made/.venv")
	END
}

@test "allowing another project's activates nothing here, but there" {
	in_shell <<-'END'
		venv allow ./app >/dev/null
		show status VIRTUAL_ENV PATH
		cd made
		venv allow ../app >/dev/null && show VIRTUAL_ENV PATH
		cd ../app && show VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(untouched)
	$(active "$HOME/made/.venv")
	$(active)
	END
}

@test "venv allow --list and --help change nothing" {
	in_shell <<-'END'
		cd app
		venv allow --list >"$HOME/list"
		show status VIRTUAL_ENV PATH
		venv allow --help >/dev/null
		show status VIRTUAL_ENV PATH
		venv allow >/dev/null
		venv allow --list >>"$HOME/list"
		show status VIRTUAL_ENV PATH
		venv allow --list --json >/dev/null
		venv deny --help >/dev/null
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	$(untouched)
	status=0
	$(untouched)
	status=0
	$(active)
	status=0
	$(active)
	END
	assert_equal "$(cat list)" "allowed ~/app/.venv"
}

@test "in a directory of any name it activates, and runs nothing" {
	local name n=0
	make_hostile_envs
	# To where they do not say that they are.
	mv in moved
	for name in "${HOSTILE_NAMES[@]}"; do
		n=$((n + 1))
		export "P$n=$HOME/moved/$name"
		printf 'cd "$P%s"; show VIRTUAL_ENV^J\n' $n
		printf 'venv allow >/dev/null && show VIRTUAL_ENV PATH^J\n'
		printf 'venv deny >/dev/null && show VIRTUAL_ENV PATH^J\n'
	done >lines
	in_shell <lines
	for name in "${HOSTILE_NAMES[@]}"; do
		echo 'VIRTUAL_ENV unset'
		active "$HOME/moved/$name/.venv"
		untouched
	done | shown
	run find "$HOME" "${HOME%/*}" -name '*PWNED*' -newer lines
	assert_output ''
}

# --- deny, and forget

@test "venv deny deactivates on the same command line" {
	in_shell <<-'END'
		cd made
		show VIRTUAL_ENV PATH
		venv deny >"$HOME/said" && show VIRTUAL_ENV PATH
		show status VENV_WHICH_STATE VENV_WHICH_AUTO VIRTUAL_ENV_PROMPT
		cd .. && show VIRTUAL_ENV PATH
		cd made && show VIRTUAL_ENV PATH
		venv allow >/dev/null && show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/made/.venv")
	$(untouched)
	status=0
	VENV_WHICH_STATE=blocked
	VENV_WHICH_AUTO unset
	VIRTUAL_ENV_PROMPT unset
	$(untouched)
	$(untouched)
	$(active "$HOME/made/.venv")
	END
	assert_equal "$(cat said)" "denied ~/made/.venv"
}

@test "of PATH only our entry goes, byte for byte" {
	local path before active after again n=0
	E=$HOME/made/.venv
	for path in /usr/bin:/bin :/usr/bin::/bin: "/a b:/usr/bin:/bin" \
		"/usr/bin:$E/bin:/bin" "/a*b:/usr/bin:/[c]:/bin"; do
		printf 'export PATH="%s"\nshow PATH\n' "$path"
		printf 'cd made && show VIRTUAL_ENV\n'
		printf 'venv deny >/dev/null && show PATH\n'
		printf 'venv allow --forget >/dev/null && show VIRTUAL_ENV\n'
		printf 'cd ..\n'
	done >lines
	in_shell <lines
	while IFS= read -r before && IFS= read -r active && IFS= read -r after &&
		IFS= read -r again; do
		assert_equal "$active" "VIRTUAL_ENV=$E"
		assert_equal "$after" "$before"
		assert_equal "$again" "VIRTUAL_ENV=$E"
		n=$((n + 1))
	done <"$OUT"
	assert_equal "$n" 5
}

@test "what the user did to PATH meanwhile stays" {
	in_shell <<-'END'
		cd made
		export PATH="/opt/first:$PATH:/opt/last"
		venv deny >/dev/null && show PATH
		venv allow >/dev/null && show PATH
	END
	shown <<-END
	PATH=/opt/first:$PATH:/opt/last
	PATH=$HOME/made/.venv/bin:/opt/first:$PATH:/opt/last
	END
}

@test "venv allow --forget deactivates what only that decision let in" {
	in_shell <<-'END'
		cd app
		venv allow >/dev/null && show VIRTUAL_ENV PATH
		venv allow --forget >/dev/null && show VIRTUAL_ENV PATH
		show status VENV_WHICH_STATE
		venv allow --forget >/dev/null
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(untouched)
	status=0
	VENV_WHICH_STATE=blocked
	status=1
	$(untouched)
	END
}

@test "and leaves active what was made here, and activates what was denied" {
	in_shell <<-'END'
		cd made
		venv allow >/dev/null && show VIRTUAL_ENV PATH
		venv allow --forget >/dev/null && show VIRTUAL_ENV PATH
		venv deny >/dev/null && show VIRTUAL_ENV PATH
		venv allow --forget >/dev/null && show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/made/.venv")
	$(active "$HOME/made/.venv")
	$(untouched)
	$(active "$HOME/made/.venv")
	END
}

@test "denying another project's deactivates nothing here" {
	in_shell <<-'END'
		cd made
		venv deny ../app >/dev/null && show VIRTUAL_ENV PATH
		cd ../app && show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/made/.venv")
	$(untouched)
	END
}

@test "venv use refuses what was denied, and takes what was allowed" {
	in_shell <<-'END'
		venv deny ./made >/dev/null
		venv use ./made
		show status VIRTUAL_ENV PATH
		venv allow ./app >/dev/null
		venv use ./app && show VIRTUAL_ENV PATH
	END
	shown <<-END
	status=3
	$(untouched)
	$(active)
	END
}

# --- whose is it

@test "what was activated by hand is left alone by both" {
	local n
	make_env other/.venv
	export HAND=$HOME/other/.venv/bin/$ACTIVATE
	in_shell <<-'END'
		source "$HAND"
		cd app
		venv allow >/dev/null
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
		venv deny >/dev/null
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
		venv deny ../other >/dev/null
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
		venv allow --forget >/dev/null
		show status VIRTUAL_ENV PATH VENV_WHICH_AUTO
	END
	for n in 1 2 3 4; do
		echo status=0
		active "$HOME/other/.venv"
		echo 'VENV_WHICH_AUTO unset'
	done | shown
}

@test "where another tool set VIRTUAL_ENV, nothing of it is touched" {
	make_env theirs
	export VIRTUAL_ENV=$HOME/theirs
	in_shell <<-'END'
		cd app
		venv allow >/dev/null
		show status VIRTUAL_ENV PATH
		venv deny >/dev/null
		show status VIRTUAL_ENV PATH
	END
	shown <<-END
	status=0
	VIRTUAL_ENV=$HOME/theirs
	PATH=$PATH
	status=0
	VIRTUAL_ENV=$HOME/theirs
	PATH=$PATH
	END
}

@test "two shells: what one allows, the other has at its next prompt" {
	local inner
	export RECORD
	inner_shells | grep -v dash >inner
	while read -r inner; do
		cat <<-END
			cd app
			show VIRTUAL_ENV PATH
			$inner
			show VIRTUAL_ENV
			venv allow
			show VIRTUAL_ENV
			exit
			show VIRTUAL_ENV PATH
			cd ..
			rm "\$RECORD"
		END
	done <inner >lines
	in_shell <lines
	while read -r inner; do
		untouched && echo 'VIRTUAL_ENV unset' && echo "VIRTUAL_ENV=$E" && active
	done <inner | shown
}

@test "and what a script or an editor allows, too" {
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
		command venv allow >/dev/null
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	VIRTUAL_ENV unset
	$(active)
	END
}

@test "aliases and functions of the user's do not come between" {
	local name
	for name in cat read test echo command; do
		[[ $SHELL_UNDER_TEST != fish || $name == cat ]] || continue
		printf "alias %s='echo called %s >>\"\$OUT\"'\n" "$name" "$name"
	done | before_hook
	in_shell <<-'END'
		cd app
		venv allow >/dev/null
		show VIRTUAL_ENV PATH
		venv deny >/dev/null
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(untouched)
	END
}

# --- link

@test "venv link activates what it links, on the same command line" {
	make_env .virtualenvs/one
	make_env .virtualenvs/two
	mkdir linked
	in_shell <<-'END'
		cd linked
		venv link one >/dev/null && show VIRTUAL_ENV PATH
		venv link two >/dev/null && show VIRTUAL_ENV PATH
		cd .. && show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/.virtualenvs/one")
	$(active "$HOME/.virtualenvs/two")
	$(untouched)
	END
}
