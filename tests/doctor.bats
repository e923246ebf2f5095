# venv doctor, the program: what it says of the environment, the files and the
# facts that a shell hands over.  What the shells hand over is in
# shelldoctor.bats.

# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154
# Text; each test is a process; for helper.bash; `run` sets output.

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	CONFIG=$XDG_CONFIG_HOME/venv-which/config
	RECORD=$XDG_STATE_HOME/venv-which/allowed
	mkdir -p "${CONFIG%/*}" "${RECORD%/*}"
	# What a shell that is well says of itself.
	FACTS=('shell bash' 'release 5.2' "version $(venv -V | sed 's/venv //')"
		"bin $STAGE/bin" 'loads 1' 'memory ' 'prompt-in PROMPT_COMMAND'
		'prompt _venv_prompt' 'wrap cd cd () { builtin cd && _venv_changed; }')
}

teardown() {
	leave_public
}

# --- words of these tests

# ask [ARG...]: what it says of the shell that FACTS describe.
ask() {
	hear "$WITHIN" 60 "$STAGE/bin/venv" --hook doctor \
		"${FACTS[@]}" end "$@"
	cat -v <<<"$output"
	assert_equal "$stderr" ''
	advised
}

# advised: what to do stands below what is wrong; have it in the same line.
advised() {
	output=${output//$'\n    '/; }
	all_lines lines output
}

# finds TEXT: that is wrong, says a line, and behind a semicolon what to do.
finds() {
	local LC_ALL=C line shorter
	assert_failure 1
	advised
	shorten shorter "$1"
	for line in "${lines[@]}"; do
		[[ $line != *"$1"* && $line != *"$shorter"* ]] ||
			[[ ! $line =~ ^'!!  '[A-Za-z]+': '.*'; '. ]] || return 0
	done
	fail "not found: $1"
}

# well [TEXT]: nothing is wrong, says a line.
well() {
	local LC_ALL=C line shorter said=
	assert_success
	all_lines lines output
	shorten shorter "${1-}"
	for line in "${lines[@]}"; do
		[[ $line == 'ok  '* || $line == 'no problems' ]] ||
			fail "something is wrong: $line"
		[[ $line != *"${1-}"* && $line != *"$shorter"* ]] || said=1
	done
	[[ -n $said ]] || fail "it does not say: $1"
}

# found N: so many findings.
found() {
	local line n=0
	all_lines lines output
	for line in "${lines[@]}"; do
		[[ $line != '!!'* ]] || n=$((n + 1))
	done
	assert_equal "$n found" "$1 found"
}

# fact WORD [VALUE]: FACTS with another value, or without it.
fact() {
	local i
	for i in "${!FACTS[@]}"; do
		[[ ${FACTS[i]} != "$1 "* ]] || unset "FACTS[$i]"
	done
	(($# == 1)) || FACTS+=("$1 $2")
}

# activate DIR: as the hook does.
activate() {
	export VIRTUAL_ENV=$1 VENV_WHICH_AUTO=$1 PATH=$1/bin:$PATH
	fact memory "2 m$1"
}

# --- the report

@test "of what is well it says that it was looked at, with status 0" {
	ask
	well 'hook: version'
	for line in helper: prompt: cd: rivals: environment: named: settings: \
		config: decisions:; do
		assert_line --partial "ok  $line"
	done
}

@test "-q says only what is wrong" {
	ask -q
	says ''
	export VENV_WHICH_TRUST=hree
	ask --quiet
	finds VENV_WHICH_TRUST
	assert_equal "${#lines[@]}" 1
}

@test "no colour goes to a file, and no text of the user's raw" {
	export VENV_WHICH_TRUST=$'\033[31m\ntwo'
	ask
	finds 'VENV_WHICH_TRUST=?[31m?two is neither'
	refute_output --partial $'\033'
}

@test "with operands, or a letter that it does not know, it is called wrongly" {
	for arg in x -x --tim; do
		hear venv doctor "$arg"
		refused venv 2 'usage: venv doctor [-q] [--json] | --time'
	done
}

# --- the hook

@test "the program alone says that the hook is not loaded, and the line for it" {
	local shell line
	for shell in $SHELLS; do
		SHELL=/usr/bin/$shell hear venv doctor
		profile "$shell"
		# shellcheck disable=SC2059 # the profile's format
		printf -v line "$LOAD" "$PAST"
		finds "this shell has not loaded it"
		if [[ -n ${ONCE-} ]]; then
			assert_line --partial "; type once, in $shell: $ONCE"
		else
			assert_line --partial "; add to ~/$(sed "s|^$HOME/||" <<<"$RC")"
			assert_line --partial ": $line"
		fi
	done
	for SHELL in /bin/csh '' /bin/ba; do
		export SHELL
		hear venv doctor
		finds '`venv help init`'
	done
}

@test "it says how it was installed, and how that is updated" {
	ask
	# Below whose home it was built the test cannot know.
	assert_line --regexp "^ok  installed: by make install; to update it: git pull && (make prefix=$STAGE && sudo )?make install prefix=$STAGE, in its clone\$"
}

@test "a shell with another version of the script is named" {
	fact version 0.0.1
	ask
	finds "this shell has loaded version 0.0.1 of it, and $STAGE/bin/venv is"
	found 1
}

@test "an alias that hides the command is named" {
	fact alias "'python3 -m venv'"
	ask
	finds "is an alias here, for \`'python3 -m venv'\`"
	found 1
}

@test "a line that stands in two startup files is named" {
	fact loads 2
	ask
	finds 'loaded 2 times while this shell started'
	assert_line --partial 'read once, by no other startup file as well: ~/.bashrc: eval "$(command venv init bash)"'
}

@test "a hook that is called twice is named, and one that is not called" {
	FACTS+=('prompt x; _venv_prompt')
	ask
	finds 'the hook is in PROMPT_COMMAND more than once'
	fact prompt 'x_venv_prompt;_venv_prompt_2'
	ask
	finds 'something has taken the hook out of PROMPT_COMMAND'
	fact chdir-in chpwd_functions
	ask
	finds 'something has taken the hook out of chpwd_functions'
	FACTS+=('chdir _venv_changed')
	ask
	assert_line 'ok  cd: the hook is in chpwd_functions'
}

@test "a function of the user's own in the hook's place is named, and one that is gone" {
	fact wrap 'cd cd () { builtin cd "$@"; }'
	ask
	finds "cd: a function of your own took the place of the hook's"
	found 1
	fact wrap 'pushd '
	ask
	finds "pushd: the hook's function of that name is gone"
}

@test "a helper that is gone is named, and another one that is first in PATH" {
	mkdir -p other empty
	fact bin "$HOME/empty"
	ask
	finds "$HOME/empty/venv-which is no program"
	fact bin "$STAGE/bin"
	put_program other/venv-which :
	PATH=$HOME/other:$PATH
	ask
	finds "$HOME/other/venv-which is first in PATH"
	found 1
	# The same by another name is no other.
	rm -r other
	ln -s "$STAGE/bin" other
	ask
	well
}

# --- the environment that is active

@test "what is in front of the environment and hides its Python is named" {
	make_env app/.venv
	mkdir -p .pyenv/shims conda/bin conda/conda-meta plain
	activate "$HOME/app/.venv"
	ask
	well "PATH: $HOME/app/.venv/bin is first"
	local dir what
	while IFS='|' read -r dir what; do
		put_program "$dir/python" :
		PATH=$HOME/$dir:$PATH ask
		finds "$HOME/$dir$what is in front of $HOME/app/.venv/bin, so that its \`python\`"
		rm "$dir/python"
	done <<-'END'
		.pyenv/shims| (pyenv's shims)
		conda/bin| (conda's)
		plain|
	END
}

@test "what pyenv-virtualenv has activated runs by its shims, and all is well" {
	make_env .pyenv/versions/3.11.2/envs/px
	ln -s 3.11.2/envs/px .pyenv/versions/px
	mkdir .pyenv/shims
	FACTS+=("prompt _pyenv_virtualenv_hook;foo")
	export VIRTUAL_ENV=$HOME/.pyenv/versions/px
	fact memory '2'
	PATH=$HOME/.pyenv/shims:$PATH ask
	finds "$HOME/.pyenv/versions/px/bin is not in PATH"
	export PYENV_VIRTUAL_ENV=$HOME/.pyenv/versions/3.11.2/envs/px
	PATH=$HOME/.pyenv/shims:$PATH ask
	well "PATH: pyenv's shims run what is in $HOME/.pyenv/versions/px/bin"
	well "rivals: pyenv-virtualenv has activated $HOME/.pyenv/versions/px, which the hook leaves alone"
	# Without them it is not there, and of another one they run nothing.
	ask
	finds "$HOME/.pyenv/versions/px/bin is not in PATH"
	make_env other
	VIRTUAL_ENV=$HOME/other PATH=$HOME/.pyenv/shims:$PATH ask
	finds "$HOME/other/bin is not in PATH"
}

@test "of what is in front, the one that does harm is named" {
	make_env app/.venv
	mkdir -p first second
	activate "$HOME/app/.venv"
	PATH=$HOME/first:$HOME/second:$PATH
	ask
	well 'hides nothing of it'
	put_program app/.venv/bin/pytest :
	put_program second/pytest :
	ask
	finds "$HOME/second is in front of $HOME/app/.venv/bin, so that its \`pytest\`"
	found 1
}

@test "fish_user_paths in front is named, be it with a Python or without" {
	make_env app/.venv
	mkdir mine
	activate "$HOME/app/.venv"
	FACTS+=("user-path $HOME/mine")
	PATH=$PATH:$HOME/mine ask
	well
	PATH=$HOME/mine:$PATH
	ask
	finds "$HOME/mine (in fish_user_paths) is in front of"
	put_program mine/python :
	ask
	finds 'its `python`'
	assert_line --partial 'take it out of fish_user_paths'
}

@test "an environment whose bin is not in PATH, or that is gone, is named" {
	make_env app/.venv
	export VIRTUAL_ENV=$HOME/app/.venv
	ask
	finds "$HOME/app/.venv/bin is not in PATH"
	rm -r app
	activate "$HOME/app/.venv"
	ask
	finds "active: $HOME/app/.venv is broken"
}

@test "an environment that was not activated by the hook is put first by venv use" {
	make_env tools
	mkdir front
	put_program front/python :
	activate "$HOME/tools"
	unset VENV_WHICH_AUTO
	PATH=$HOME/front:$PATH ask
	finds "; \`venv use \"\$VIRTUAL_ENV\"\` puts the environment first again"
	PATH=/usr/bin:/bin hear "$STAGE/bin/venv" --hook doctor "${FACTS[@]}" end
	finds "is not in PATH, though VIRTUAL_ENV says that the environment is active; \`venv use"
	# No command does that for one that is gone.
	export VIRTUAL_ENV=/gone/env
	hear "$STAGE/bin/venv" --hook doctor "${FACTS[@]}" end
	finds 'active: /gone/env is broken'
	[[ $output != *'PATH: '* ]]
}

@test "a program called venv in the environment itself is no second installation" {
	make_env app/.venv
	put_program app/.venv/bin/venv :
	activate "$HOME/app/.venv"
	ask
	well
}

@test "an environment at which uv would warn is named" {
	make_env app/.venv
	make_env other
	mkdir bin app/src
	put_program bin/uv :
	touch app/pyproject.toml
	cd app/src
	activate "$HOME/app/.venv"
	PATH=$PATH:$HOME/bin
	ask
	well 'uv: uses the active environment'
	PATH=$HOME/other/bin:$PATH
	export VIRTUAL_ENV=$HOME/other
	ask
	finds "match the project environment path $HOME/app/.venv, and not use $HOME/other"
	found 1
	UV_PROJECT_ENVIRONMENT=../other ask
	well 'uv: uses'
	# One that uv has not made yet.
	UV_PROJECT_ENVIRONMENT=.none ask
	finds "; \`uv sync\` makes the project's own"
	# No project, or no uv.
	rm ../pyproject.toml
	ask
	well
	touch ../pyproject.toml
	rm ~/bin/uv
	ask
	well
}

# --- other tools

@test "other tools that activate are named, with what to take out" {
	local word hook tool mend
	while IFS='|' read -r word hook tool mend; do
		FACTS+=("$word $hook")
		ask
		finds "$tool is at work in this shell as well"
		assert_line --partial "; $mend"
		# A cd of theirs in the place of ours is a fault of its own.
		[[ $word == wrap ]] && found 2 || found 1
		unset "FACTS[-1]"
	done <<-'END'
		chdir|check_venv|zsh-autoswitch-virtualenv|take it out of the plugins in ~/.zshrc
		chdir|auto_vrun|oh-my-zsh's plugin `python`|take PYTHON_AUTO_VRUN out
		chdir|_togglePoetryShell|oh-my-zsh's plugin `poetry-env`|take it out of the plugins in ~/.zshrc
		chdir|_togglePipenvShell|oh-my-zsh's plugin `pipenv`|put zstyle ':omz:plugins:pipenv' auto-shell no above
		chdir|workon_cwd|oh-my-zsh's plugin `virtualenvwrapper`|put DISABLE_VENV_CD=1 above
		chdir|_python-workon-cwd|prezto's module `python`|put zstyle ':prezto:module:python:virtualenv' auto-switch no
		chdir|__auto_source_venv|fish's auto-venv|do `fisher remove nakulj/auto-venv`
		prompt|_pyenv_virtualenv_hook;foo|pyenv-virtualenv|take the line with `pyenv virtualenv-init`
		chdir|__vfsupport_auto_activate|virtualfish|do `vf delplugins
		wrap|cd cd () { autoenv_cd "$@"; }|autoenv|take its activate.sh out
		wrap|cd cd () { builtin cd "$@" && autoenv_init; }|autoenv|take its activate.sh out
	END
}

@test "what conda has active is named, and what ends it" {
	# It is behind what the hook activates, and so no fault.
	export CONDA_SHLVL=1 CONDA_PREFIX=$HOME/conda CONDA_DEFAULT_ENV=base
	ask
	well "rivals: conda's base is active as well, behind what the hook activates; \`conda config --set auto_activate_base false\` ends that"
	CONDA_DEFAULT_ENV=science ask
	well "rivals: conda's science is active as well, behind what the hook activates; \`conda deactivate\` ends that"
	CONDA_SHLVL=0 ask
	well 'no other tool activates'
}

@test "where nothing is active, what uv has for the project is named" {
	mkdir app
	touch app/pyproject.toml
	cd app
	export UV_PROJECT_ENVIRONMENT=../envs/app
	ask
	well "uv: it will make $HOME/envs/app, as UV_PROJECT_ENVIRONMENT says"
	make_env ../envs/app
	ask
	well "uv: it has $HOME/envs/app, as UV_PROJECT_ENVIRONMENT says"
	# As JSON, too.
	run "$STAGE/bin/venv" --hook doctor "${FACTS[@]}" end --json
	"$PYTHON" -c '
import json, sys
uv = [f for f in json.load(sys.stdin) if f["subject"] == "uv"]
assert len(uv) == 1 and uv[0]["ok"], uv' <<<"$output"
	mkdir -p ~/.config/venv-which
	echo 'tools = poetry' >~/.config/venv-which/config
	ask
	finds "uv: it has $HOME/envs/app for this project, as UV_PROJECT_ENVIRONMENT says, and \`tools\` in the config file leaves uv out"
	UV_PROJECT_ENVIRONMENT='' ask
	well
	cd ..
	ask
	well
}

@test "mise and direnv are named where they have activated what is active" {
	local hook tool
	make_env app/.venv
	make_env .virtualenvs/tools
	cd app
	while read -r hook tool; do
		unset VIRTUAL_ENV VENV_WHICH_AUTO
		[[ $tool != direnv ]] || export DIRENV_DIR=-$HOME/app
		fact memory ''
		FACTS+=("prompt $hook")
		ask
		well "$tool is loaded as well"
		# Ours, and the user's own by our command.
		activate "$HOME/app/.venv"
		ask
		well "$tool is loaded as well"
		unset VENV_WHICH_AUTO
		ask
		well "$tool is loaded as well"
		fact memory ''
		FACTS+=(sourced)
		ask
		well "$tool is loaded as well"
		unset "FACTS[-1]"
		ask
		finds "$tool has activated $HOME/app/.venv"
		# What a shell inherits may be of `venv use` in the one around it.
		activate "$HOME/.virtualenvs/tools"
		fact memory ''
		unset VENV_WHICH_AUTO
		ask
		well "$tool is loaded as well"
		fact prompt _venv_prompt
	done <<-'END'
		_mise_hook mise
		_mise_hook_precmd mise
		_mise_hook_prompt_command mise
		__mise_env_eval mise
		_direnv_hook direnv
		__direnv_export_eval direnv
	END
}

@test "where mise is loaded, and direnv has activated, it is direnv" {
	make_env app/.venv
	activate "$HOME/app/.venv"
	fact memory ''
	unset VENV_WHICH_AUTO
	FACTS+=('prompt _mise_hook')
	DIRENV_DIR=-$HOME/app ask
	finds "direnv has activated $HOME/app/.venv"
	found 1
	# And where another tool says that it was that, it is nobody of these.
	FACTS+=('prompt _direnv_hook')
	POETRY_ACTIVE=1 ask
	well
}

# --- environments

@test "a dangling interpreter is named, with venv recreate" {
	make_env app/.venv
	make_env .virtualenvs/tools
	rm app/.venv/bin/python .virtualenvs/tools/bin/python
	ln -s /nowhere/python app/.venv/bin/python
	cd app
	ask
	finds "environment: $HOME/app/.venv is broken"
	finds "make it anew: venv recreate $HOME/app/.venv"
	finds "named: $HOME/.virtualenvs/tools is broken"
	found 2
}

@test "a moved environment is named, and a copy, with venv recreate" {
	make_env old/.venv
	make_env .virtualenvs/tools
	mv old app
	cp -R .virtualenvs/tools .virtualenvs/copy
	cd app
	ask
	finds "it was made at $HOME/old/.venv, and moved or copied here; make it anew: venv recreate"
	finds "named: $HOME/.virtualenvs/copy is blocked: it is a copy of"
	found 2
}

@test "what the user denied, or has not allowed yet, is as he wants it" {
	make_env app/.venv
	make_env .virtualenvs/tools
	venv deny tools >/dev/null
	cd app
	venv deny >/dev/null
	ask
	well "$HOME/app/.venv is blocked, as you want it"
	venv allow --forget >/dev/null
	export VENV_WHICH_TRUST=allow
	ask
	well "$HOME/app/.venv is blocked, as you want it"
}

@test "what a killed creation left in the container directory is named" {
	mkdir -p .virtualenvs/half
	touch .virtualenvs/half/.pyvenv.cfg.new
	ask
	finds "named: $HOME/.virtualenvs/half is broken: its creation did not come to an end"
}

@test "a container directory that is none, or cannot be read, is named" {
	touch .virtualenvs
	ask
	finds "$HOME/.virtualenvs is no directory"
	WORKON_HOME='~nobody/envs' ask
	finds 'WORKON_HOME=~nobody/envs is not absolute'
	need_root
	public_place
	mkdir -m 700 "$PUBLIC/envs"
	cp "$STAGE/bin/venv" "$PUBLIC/venv"
	HOME=$PUBLIC WORKON_HOME=$PUBLIC/envs run setpriv --reuid=61234 \
		--regid=61234 --clear-groups "$PUBLIC/venv" doctor
	finds 'cannot read ~/envs: Permission denied'
}

# --- settings

@test "variables that are not understood are named" {
	local name value what
	while IFS='|' read -r name value what; do
		(
			export "$name=$value"
			ask
			finds "$name=$value $what"
			found 1
		)
	done <<-'END'
		VENV_WHICH_TRUST|hree|is neither `here` nor `allow`
		VENV_WHICH_QUIET|maybe|is neither `yes` nor `no`
		VENV_WHICH_NAMES|.venv a/b|has a name that is a path
		VENV_WHICH_NAMES|..|has a name that is a path
		VENV_WHICH_CEILING|/home:src|has a directory that is not absolute
		VENV_WHICH_TRSUT|here|is no setting
		XDG_STATE_HOME|state|is not absolute
		XDG_CACHE_HOME|cache|is not absolute
	END
}

@test "every variable of ours that a manual page has is known" {
	local name
	for name in $(grep -ohE 'VENV_WHICH_[A-Z]+' "$ROOT"/man/*.1 | sort -u); do
		export "$name=/"
	done
	ask
	refute_output --partial 'is no setting'
	assert_output --partial 'VENV_WHICH_TRUST=/ is neither'
}

@test "what is understood is no finding, in whatever way it is written" {
	local pair
	for pair in TRUST=HERE TRUST=allow TRUST= QUIET=1 QUIET=off QUIET=Yes \
		'NAMES=.venv:env venv' CEILING=/home::/srv CEILING= PATIENCE=5 \
		STATE=active; do
		(
			export "VENV_WHICH_$pair"
			ask
			well 'settings: the variables are understood'
		)
	done
}

@test "where there is no home, or no working directory, that is named" {
	local home
	for home in '' relative; do
		HOME=$home ask
		finds 'HOME is no absolute path'
	done
	mkdir gone
	cd gone
	rmdir ~/gone
	ask
	finds 'cannot tell the working directory: No such file or directory; cd to'
}

@test "a hook that is turned off is named" {
	VENV_WHICH_DISABLE=1 ask
	finds 'VENV_WHICH_DISABLE turns the hook off'
}

@test "universal variables of fish are named" {
	FACTS+=('universal VIRTUAL_ENV')
	ask
	finds 'VIRTUAL_ENV is a universal variable'
	# This one is a setting; tide has it so.
	fact universal VIRTUAL_ENV_DISABLE_PROMPT
	ask
	well 'settings: the variables are understood'
}

@test "lines of the config file that are not understood are named by number" {
	printf '%s\r\n' '# a comment' 'names = .venv' '' 'color = red' '# old = 1' \
		'quiet' 'trust = yes' 'quiet = no' 'NAMES = env' \
		'under = src:~/work' 'ceiling = ~/x' 'quiet =' >"$CONFIG"
	ask
	finds "$CONFIG, line 4: \`color = red\` is no setting"
	finds 'line 6: `quiet` says nothing without `=`'
	finds 'line 7: `trust` is neither'
	finds 'line 9: `names` is there a second time'
	finds 'line 10: `under` has a directory that is not absolute'
	finds 'line 11: `ceiling` has a directory that is not absolute'
	finds 'line 12: `quiet` is there a second time'
	found 7
}

@test "a config file that is understood is no finding" {
	printf '%s\n' $'\357\273\277names=.venv:venv' 'Ceiling = /home' \
		'quiet = TRUE' 'trust = allow' 'under = ~/work:/srv' 'x' |
		sed '$d' >"$CONFIG"
	ask
	well "config: $CONFIG"
}

@test "a config file that others may write, or nobody can read, is named" {
	echo 'under = /srv' >"$CONFIG"
	chmod 666 "$CONFIG"
	ask
	finds "$CONFIG may be written by others"
	rm "$CONFIG"
	mkdir "$CONFIG"
	ask
	finds "$CONFIG cannot be read"
	rmdir "$CONFIG"
	head -c 70000 /dev/zero | tr '\0' x >"$CONFIG"
	ask
	finds "$CONFIG cannot be read, and counts as empty: File too large"
}

@test "hostile lines of the config file are shown safely" {
	local name
	for name in "${HOSTILE_NAMES[@]}"; do
		printf 'x%s = 1\n' "$name"
	done >"$CONFIG"
	ask
	found "${#HOSTILE_NAMES[@]}"
	! LC_ALL=C grep -aq $'[\033\007\377]' <<<"$output" || fail 'raw'
	[[ ! -e PWNED ]]
}

# --- decisions

@test "a record that others may write, or nobody can read, is named" {
	make_env app/.venv
	venv allow ./app >/dev/null
	ask
	well "decisions: 1 in $RECORD"
	chmod 666 "$RECORD"
	ask
	finds "$RECORD may be written by others"
	rm "$RECORD"
	mkdir "$RECORD"
	ask
	finds "$RECORD cannot be read"
}

@test "names with quotes or commas, as other files have them, are not understood" {
	local names
	for names in '".venv"' "'.venv' venv" .venv,venv; do
		printf 'names = %s\n' "$names" >"$CONFIG"
		ask
		finds 'line 1: `names` has names with quotes or commas in them'
		VENV_WHICH_NAMES=$names ask
		finds "VENV_WHICH_NAMES=$names has names with quotes or commas"
		rm "$CONFIG"
	done
}

# --- the time

@test "where the hook is turned off there is nothing to measure" {
	VENV_WHICH_DISABLE=1 hear venv --hook doctor "${FACTS[@]}" \
		'laps 1 1 1 2 3 4 5' end --time
	refused venv 1 'VENV_WHICH_DISABLE turns the hook off; unset it'
}

@test "facts without their end are no facts" {
	hear venv --hook doctor -q
	finds 'this shell has not loaded it'
}

@test "the program alone measures nothing, and says why" {
	hear venv doctor --time
	refused venv 1 'this one has not loaded the hook; see `venv help init`'
	for laps in '' '1 2 3' 'x' '1000 50 1 2 3 4 y'; do
		fact laps "$laps"
		hear venv --hook doctor "${FACTS[@]}" end --time
		refused venv 1 'could not measure itself'
	done
}

@test "it reckons what a prompt and a cd cost, less what a reading costs" {
	fact laps '1000 50 1000000 2000000 15000000 66000000 132000000'
	ask --time
	says 'prompt 0.01 ms, cd 1.3 ms (a program start: 1.0 ms)'
	# A clock that stands still, or goes back, is no reason to divide by 0.
	for laps in '1000 50 5 5 5 5 5' '0 0 9 8 7 6 5'; do
		fact laps "$laps"
		ask --time
		assert_success
		says 'prompt 0.00 ms, cd 0.00 ms (a program start: 0.00 ms)'
	done
}
