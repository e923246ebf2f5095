# Other people's hooks, prompts and functions in the same shell: two projects,
# in, across, out and back, and all is right at every line.
#
# shells: each

load helper

setup() {
	sandbox
	need_shell
	[[ $SHELL_UNDER_TEST != elvish ]] || need_terminal
	make_env app/.venv
	make_env lib/.venv
	mkdir plain
	E=$HOME/app/.venv L=$HOME/lib/.venv
}

# guest WHERE TEXT: the rc file has TEXT, `above` our line or `below` it.
guest() {
	if [[ $1 == above ]]; then before_hook; else after_hook; fi <<<"$2"
}

# guest_hook WHERE COMMAND...: what the command prints is read by the rc file, in
# a shell for which the tool has a hook.
guest_hook() {
	case $2 in
	direnv) only bash zsh fish tcsh elvish nu ;;
	mise) only bash zsh fish elvish xonsh nu ;;
	esac
	local line="eval \"\$(${*:2})\""
	case $SHELL_UNDER_TEST.$2 in
	fish.*) line="${*:2} | source" ;;
	xonsh.*) line="execx(\$(${*:2}))" ;;
	# What direnv prints itself is in the language of elvish 0.17.
	elvish.direnv) line='set edit:before-readline = [$@edit:before-readline {
	for m [(e:direnv export elvish | from-json)] {
		for k [(keys $m)] { if $m[$k] { set-env $k $m[$k] } else { unset-env $k } }
	}
}]' ;;
	# What direnv's manual has for it; and what mise prints is a module.
	nu.direnv) line='$env.config.hooks.pre_prompt ++= [{|| direnv export json | from json | default {} | load-env }]' ;;
	nu.mise) "${@:2}" >mise.nu && line="use '$HOME/mise.nu'" ;;
	elvish.mise) line="eval &on-end={|mise| \$mise[activate~] } (${*:2} | slurp)" ;;
	esac
	guest "$1" "$line"
}

WAY=(app ../lib ../app ../plain ../lib ..)
WHERE=(app lib app plain lib home)

# walk [LINE]: into each directory, and from each to another one, behind LINE.  What
# stands behind `cd` in the line sees the right Python, and the next line sees all
# of it.
walk() {
	BEFORE=$#
	{
		(($# == 0)) || echo "$1"
		printf 'cd %s && capture "command -v python3"
show VIRTUAL_ENV PATH; capture "command -v python3"\n' "${WAY[@]}"
	} >walk
	in_shell <walk
}

# walked [FRONT]: it recorded that, and PATH in lib is FRONT and what it was;
# the prompt has shown the name.
walked() {
	recorded "$@"
	wanted_prompts >expected
	prompts | sed "1,$((1 + BEFORE))d" >prompts
	diff expected prompts || fail 'the prompts are others'
}

recorded() {
	wanted_records "$@" >expected
	shown <expected
}

wanted_records() {
	local dir python path env
	for dir in "${WHERE[@]}"; do
		path=$PATH env='VIRTUAL_ENV unset'
		case $dir in
		app) path=$E/bin:$PATH env=VIRTUAL_ENV=$E ;;
		lib) path=${1-$L/bin}:$PATH env=VIRTUAL_ENV=$L ;;
		esac
		python=$(PATH=$path command -v python3)
		printf '%s\n' "captured=$python" "$env" "PATH=$path" \
			"captured=$python"
	done
}

wanted_prompts() {
	local dir
	for dir in "${WHERE[@]}"; do
		case $dir in
		app | lib) printf "($dir) PROMPT>\n%.0s" 1 2 ;;
		*) printf 'PROMPT>\n%.0s' 1 2 ;;
		esac
	done
}

# For prompts() below; it is not on the PATH of what is tried.
need_terminal() {
	local PATH=$PATH
	with_tool pyte
}

# prompts: the first one, and the one after each line that was typed.
prompts() {
	# elvish shows the last prompt until it has another one, of which it writes what
	# differs: a terminal has to tell what is in the row in the end.  That of a `mark`
	# may be read before there is another one.
	if [[ $SHELL_UNDER_TEST == elvish ]]; then
		"$TOOLS/pyte/bin/python" -c 'if 1:
			import pyte, re, sys
			screen = pyte.Screen(500, 99)
			pyte.ByteStream(screen).feed(open(sys.argv[1], "rb").read())
			for row in screen.display:
			    shown = re.match(r"((?:\([a-z]+\) )*PROMPT>) (?!mark \d)", row)
			    if shown: print(shown[1])' "$SCREEN"
		return
	fi
	screen | LC_ALL=C awk '
		/^@[0-9]+@$/ { print last }
		match($0, /(\([a-z]+\) )*PROMPT>/) {
			last = substr($0, RSTART, RLENGTH)
		}'
}

# prompt_is PROMPT N: that is the prompt after the Nth line.
prompt_is() {
	assert_equal "$2: $(prompts | sed -n "$(($2 + 1))p")" "$2: $1"
}

# --- direnv puts back the PATH that it saw

with_direnv() {
	need_tool direnv
	export DIRENV_LOG_FORMAT=
	guest_hook "$1" direnv hook "$SHELL_UNDER_TEST"
}

# envrc DIR TEXT
envrc() {
	printf '%s\n' "$2" >"$1/.envrc"
	direnv allow "$1/.envrc"
}

export_envrc='PATH_add .venv/bin; export VIRTUAL_ENV=$PWD/.venv'
source_envrc='source .venv/bin/activate'
layout_envrc='VIRTUAL_ENV=.venv; layout python3'

@test "direnv above, PATH_add of the project's own environment" {
	with_direnv above
	envrc lib "$export_envrc"
	walk
	walked
}

@test "direnv below, PATH_add of the project's own environment" {
	with_direnv below
	envrc lib "$export_envrc"
	walk
	walked
}

@test "direnv above, source of its activation script" {
	with_direnv above
	envrc lib "$source_envrc"
	walk
	walked
}

@test "direnv below, source of its activation script" {
	with_direnv below
	envrc lib "$source_envrc"
	walk
	walked
}

@test "direnv above, its layout of the project's own environment" {
	with_direnv above
	envrc lib "$layout_envrc"
	walk
	walked
}

@test "direnv below, its layout of the project's own environment" {
	with_direnv below
	envrc lib "$layout_envrc"
	walk
	walked
}

@test "direnv above, PATH_add of another directory" {
	with_direnv above
	envrc lib 'PATH_add tools'
	walk
	walked "$HOME/lib/tools:$L/bin"
}

@test "direnv below, PATH_add of another directory" {
	with_direnv below
	envrc lib 'PATH_add tools'
	walk
	walked "$HOME/lib/tools:$L/bin"
}

@test "direnv in both projects, above and below" {
	with_direnv above
	with_direnv below
	envrc app "$source_envrc"
	envrc lib "$export_envrc"
	walk
	walked
}

@test "direnv where the shell starts, and in a shell within it" {
	with_direnv below
	envrc lib "$export_envrc"
	cd lib
	export NESTED=$SHELL_UNDER_TEST
	in_shell <<-'END'
		show VIRTUAL_ENV PATH
		$NESTED
		show VIRTUAL_ENV PATH
		cd ../app
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
		exit
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$L")
	$(active "$L")
	$(active)
	$(untouched)
	$(active "$L")
	$(untouched)
	END
}

@test "from a direnv project where the shell started into one of ours" {
	with_direnv above
	envrc lib "$export_envrc"
	cd lib
	in_shell <<-'END'
		cd ../app
		show VIRTUAL_ENV PATH
		cd ../lib
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(active "$L")
	$(untouched)
	END
}

@test "direnv's layout does not adopt what is being left" {
	local version
	with_direnv above
	version=$("$PYTHON" -c 'import platform; print(platform.python_version())')
	rm -r lib/.venv
	make_env "lib/.direnv/python-$version"
	envrc lib 'layout python3'
	in_shell <<-'END'
		cd app
		cd ../lib
		show VIRTUAL_ENV PATH
		cd ../app
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/lib/.direnv/python-$version")
	$(active)
	$(untouched)
	END
}

@test "direnv, and a way to change the directory that nobody sees" {
	with_direnv above
	envrc lib "$source_envrc"
	case $SHELL_UNDER_TEST in
	bash) guest below 'go() { builtin cd "$@"; }' ;;
	zsh) guest below 'go() { cd -q "$@"; }' ;;
	fish) guest below 'function go; cd $argv; end' ;;
	nu) guest below 'def --env go [path] { %cd $path }' ;;
	esac
	in_shell <<-'END'
		go app
		go ../lib
		show VIRTUAL_ENV PATH
		go ../app
		show VIRTUAL_ENV PATH
		go ../lib
		go ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$L")
	$(active)
	$(untouched)
	END
}

# --- other tools

with_mise() {
	with_tool mise
	export MISE_TRUSTED_CONFIG_PATHS=$HOME MISE_OFFLINE=1 MISE_QUIET=1
	guest_hook "$1" mise activate "$SHELL_UNDER_TEST"
}

# walk_with_mise: it puts its own directory into PATH.
walk_with_mise() {
	walk 'show PATH'
	PATH=$(record 1)
	PATH=${PATH#PATH=}
	sed -i.all 1d "$OUT"
}

@test "mise above" {
	with_mise above
	walk_with_mise
	walked
}

@test "mise below" {
	with_mise below
	walk_with_mise
	walked
}

@test "mise with the project's own environment" {
	with_mise below
	printf '[env]\n_.python.venv = ".venv"\n' >lib/mise.toml
	walk_with_mise
	# Where mise is first, it is mise's, and has no name.
	recorded
}

@test "virtualenvwrapper's workon and deactivate in a project" {
	only bash zsh
	with_tool virtualenvwrapper
	export WORKON_HOME=$HOME/envs
	export VIRTUALENVWRAPPER_PYTHON=$TOOLS/virtualenvwrapper/bin/python
	make_env envs/tools
	guest above "source virtualenvwrapper.sh"
	in_shell <<-'END'
		cd app
		workon tools
		show VIRTUAL_ENV PATH
		cd ../lib && show VIRTUAL_ENV PATH
		deactivate
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active "$HOME/envs/tools")
	$(active "$HOME/envs/tools")
	$(active "$L")
	$(untouched)
	END
}

# vte-2.91.sh on Debian, vte.sh elsewhere.
vte_script=$(compgen -G '/etc/profile.d/vte*.sh' | head -n 1)

need_vte() {
	[[ -z $vte_script ]] || return 0
	skip 'no /etc/profile.d/vte*.sh on this machine: make deps-check'
}

@test "VTE's script above" {
	only bash zsh
	need_vte
	export VTE_VERSION=7000
	guest above "source $vte_script"
	walk
	walked
}

@test "VTE's script below" {
	only bash zsh
	need_vte
	export VTE_VERSION=7000
	guest below "source $vte_script"
	walk
	walked
}

# --- the prompt

@test "a prompt that is put back before each command" {
	only bash zsh
	# As a terminal's script does: marks around it while a line is typed.
	if [[ $SHELL_UNDER_TEST == bash ]]; then
		guest above 'guest_precmd() { saved=$PS1; PS1="\[\e[0m\]$PS1"; }
guest_preexec() {
	case $BASH_COMMAND in
	guest_precmd | *VENV_HOOK*) ;;
	*) if [[ -n ${saved-} ]]; then PS1=$saved; fi ;;
	esac
}
PROMPT_COMMAND=guest_precmd
trap guest_preexec DEBUG'
	else
		guest above 'guest_precmd() { saved=$PS1; PS1="%{%}$PS1"; }
guest_preexec() { PS1=$saved; }
precmd_functions+=(guest_precmd)
preexec_functions+=(guest_preexec)'
	fi
	walk
	walked
}

# git's own
git_prompt=/usr/lib/git-core/git-sh-prompt

@test "a prompt that git builds anew each time, above" {
	only bash zsh
	[[ -e $git_prompt ]] || skip "no $git_prompt on this machine"
	guest above "source $git_prompt"
	if [[ $SHELL_UNDER_TEST == bash ]]; then
		guest above "PROMPT_COMMAND='__git_ps1 PROMPT \"> \"'"
	else
		guest above 'precmd() { __git_ps1 PROMPT "> " }'
	fi
	git init -q lib
	walk
	sed -i.old 's/PROMPT ([a-z]*)>/PROMPT>/' "$SCREEN"
	walked
}

@test "a prompt that git builds anew each time, below" {
	only bash zsh
	[[ -e $git_prompt ]] || skip "no $git_prompt on this machine"
	guest above "source $git_prompt"
	if [[ $SHELL_UNDER_TEST == bash ]]; then
		guest below "PROMPT_COMMAND=\"\$PROMPT_COMMAND;__git_ps1 PROMPT '> '\""
	else
		guest below 'git_precmd() { __git_ps1 PROMPT "> " }'
		guest below 'precmd_functions+=(git_precmd)'
	fi
	walk
	walked
}

@test "a prompt that is wrapped again whenever it has changed" {
	only bash zsh fish
	# As editors' terminals do, after the rc file.
	case $SHELL_UNDER_TEST in
	bash)
		guest below 'wrap() {
	if [[ $PS1 != "${wrapped-}" ]]; then
		wrapped="\[\e[0m\]$PS1\[\e[0m\]"
		PS1=$wrapped
	fi
}
their_command=$PROMPT_COMMAND
wrap_all() {
	local keep=$?
	builtin eval "$their_command"
	wrap
	return $keep
}
PROMPT_COMMAND=wrap_all'
		;;
	zsh)
		guest below 'wrap() {
	if [[ $PS1 != "$wrapped" ]]; then wrapped="%{%}$PS1%{%}" PS1=$wrapped; fi
}
precmd_functions+=(wrap)'
		;;
	fish)
		guest below 'function wrap --on-event fish_prompt
	functions --erase wrap
	functions --query fish_mode_prompt
	and functions --copy fish_mode_prompt their_mode_prompt
	functions --copy fish_prompt their_prompt
	function fish_mode_prompt
		functions --query their_mode_prompt
		and their_mode_prompt
	end
	function fish_prompt; their_prompt; end
end'
		;;
	esac
	cd app
	in_shell <<-'END'
		cd ..; show PS1
		cd app
		cd ../lib
		cd ../plain
		cd ../app
		cd ../lib
		cd ..; show PS1
	END
	prompt_is '(app) PROMPT>' 2
	prompt_is '(lib) PROMPT>' 3
	prompt_is 'PROMPT>' 4
	prompt_is '(app) PROMPT>' 5
	prompt_is 'PROMPT>' 7
	assert_equal "$(record 2)" "$(record 1)"
}

# --- cd is somebody's

# own_cd WHERE: the user's own cd, which says where one is.
own_cd() {
	case $SHELL_UNDER_TEST in
	bash | zsh) guest "$1" 'cd() {
	builtin cd "$@" && echo "in ${PWD##*/}"
}' ;;
	xonsh) guest "$1" 'aliases["plain_cd"] = aliases["cd"]
def own_cd(args):
    result = aliases["plain_cd"](args)
    print("in", $PWD.rpartition("/")[2])
    return result
aliases["cd"] = own_cd' ;;
	fish)
		guest "$1" 'functions --copy cd their_cd'
		guest "$1" 'function cd
	their_cd $argv; and echo "in "(basename $PWD)
end'
		;;
	nu)
		guest "$1" 'alias plain_cd = cd'
		guest "$1" 'def --env cd [path] { plain_cd $path; print $"in ($env.PWD | path basename)" }'
		;;
	elvish) guest "$1" 'use builtin; use path; fn cd {|@a| builtin:cd $@a; echo in (path:base $pwd) }' ;;
	*) guest "$1" 'cd() { command cd "$@" && echo "in ${PWD##*/}"; }' ;;
	esac
}

@test "the user's own cd above" {
	own_cd above
	walk
	walked
	on_screen 'in lib' 3
}

@test "the user's own cd below" {
	own_cd below
	walk
	walked
	on_screen 'in lib' 3
}

@test "functions that are called when the directory changes" {
	only bash zsh
	# In bash, RVM's and mise's; they see the right Python, too.
	if [[ $SHELL_UNDER_TEST == bash ]]; then
		guest below 'cd() {
	builtin cd "$@" || return
	for f in "${chpwd_functions[@]}"; do "$f"; done
}'
	fi
	guest below 'look() { PATH=$PATH:; PATH=${PATH%:}; }'
	guest below 'chpwd_functions+=(look)'
	walk
	walked
}

@test "a typed subshell has the environment of where it goes" {
	only bash zsh
	in_shell <<-'END'
		cd app
		(cd ../lib && command -v python3 >>"$OUT")
		(cd ../plain && command -v python3 >>"$OUT")
		(cd ../plain; cd ../lib; command -v python3 >>"$OUT")
		show VIRTUAL_ENV PATH
		capture "cd ../lib && command -v python3"
		cd .. && show VIRTUAL_ENV PATH
	END
	shown <<-END
	$L/bin/python3
	$(command -v python3)
	$L/bin/python3
	$(active)
	captured=$E/bin/python3
	$(untouched)
	END
}

# --- shells without us

@test "a shell without us that inherits PROMPT_COMMAND" {
	only bash
	guest above "export PROMPT_COMMAND='history -a'"
	guest below 'export -f mark show'
	in_shell <<-'END'
		cd app
		bash --norc
		show VIRTUAL_ENV

		exit
		cd .. && show VIRTUAL_ENV PATH
	END
	off_screen 'not found'
	shown <<-END
	VIRTUAL_ENV=$E
	$(untouched)
	END
}

@test "our functions work alone, without those that begin with _" {
	only bash zsh fish
	local line
	line='for f in cd pushd popd venv deactivate venv_prompt; do
	declare -f $f; done'
	case $SHELL_UNDER_TEST in
	zsh) line='functions venv deactivate venv_prompt' ;;
	fish) line='for f in venv deactivate venv_prompt; functions $f; end' ;;
	esac
	cat >taken <<-'END'
		cd lib && echo moved
		venv_prompt && echo prompt
		deactivate && echo deactivate
		venv list >/dev/null && echo list
	END
	[[ $SHELL_UNDER_TEST == fish ]] || cat >>taken <<-'END'
		pushd ../app >/dev/null && echo pushed
		popd >/dev/null && echo popped
	END
	export FUNCTIONS=$line
	in_shell <<-'END'
		cd app
		eval "$FUNCTIONS" >~/snapshot
	END
	cat snapshot taken >all
	run "$SHELL_UNDER_TEST" all
	assert_success
	if [[ $SHELL_UNDER_TEST == fish ]]; then
		assert_output $'moved\nprompt\ndeactivate\nlist'
	else
		assert_output $'moved\nprompt\ndeactivate\nlist\npushed\npopped'
	fi
}

# --- by hand, by habit, from outside

@test "seeded by an editor: it is ours, with its name and deactivate" {
	export VIRTUAL_ENV=$E
	cd app
	PATH=$E/bin:$PATH in_shell <<-'END'
		deactivate
		show VIRTUAL_ENV PATH
		venv on
		cd ../lib && show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	prompt_is '(app) PROMPT>' 0
	prompt_is 'PROMPT>' 1
	shown <<-END
	$(untouched)
	$(active "$L")
	$(untouched)
	END
}

@test "activated by hand, ended by hand: it stays off" {
	export HAND=$E/bin/$ACTIVATE
	in_shell <<-'END'
		source "$HAND"
		cd app
		deactivate
		show VIRTUAL_ENV PATH
		deactivate
		show status
		cd ../lib && show VIRTUAL_ENV PATH
		cd ../app && show VIRTUAL_ENV PATH
	END
	sed -i.old '/^status/d' "$OUT"
	shown <<-END
	$(untouched)
	$(active "$L")
	$(active)
	END
}

@test "the habit: its script is sourced over it on the line that goes there" {
	in_shell <<-END
		cd app && source .venv/bin/$ACTIVATE
		show VIRTUAL_ENV PATH
		cd ../lib && source .venv/bin/$ACTIVATE
		show VIRTUAL_ENV PATH
		cd ../app && show VIRTUAL_ENV PATH
		cd .. && show VIRTUAL_ENV PATH
	END
	shown <<-END
	$(active)
	$(active "$L")
	$(active)
	$(untouched)
	END
}

@test "what was active when the shell started is there again after leaving" {
	make_env opt
	export VIRTUAL_ENV=$HOME/opt PATH=$HOME/opt/bin:$PATH
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV PATH
		venv use
		show VIRTUAL_ENV
		cd ../lib
		show VIRTUAL_ENV
		cd ..
		show VIRTUAL_ENV PATH
		cd app
		show VIRTUAL_ENV PATH
	END
	on_screen 'venv use' 1
	shown <<-END
	VIRTUAL_ENV=$HOME/opt
	PATH=$PATH
	VIRTUAL_ENV=$E
	VIRTUAL_ENV=$L
	VIRTUAL_ENV=$HOME/opt
	PATH=$PATH
	VIRTUAL_ENV=$HOME/opt
	PATH=$PATH
	END
}

@test "an inherited VIRTUAL_ENV that is not there is nobody's, and said once" {
	export VIRTUAL_ENV=/nowhere
	walk
	walked
	times_on_screen 1 /nowhere
}

# --- the user's own functions

@test "the user's functions are told what was activated and deactivated" {
	case $SHELL_UNDER_TEST in
	bash | zsh | dash | *ksh* | yash)
		guest above 'venv_activated() { echo "in $1 $VIRTUAL_ENV" >>"$OUT"; }'
		guest below 'venv_deactivated() {
	echo "out $1 ${VIRTUAL_ENV-}" >>"$OUT"
	false
}'
		;;
	elvish)
		guest above 'fn venv_activated {|dir| echo in $dir (get-env VIRTUAL_ENV) >>$E:OUT }'
		guest below 'fn venv_deactivated {|dir| echo out $dir $E:VIRTUAL_ENV >>$E:OUT; fail this }'
		;;
	nu)
		guest above '$env.venv_activated = {|dir| $"in ($dir) ($env.VIRTUAL_ENV)(char nl)" | save -a $env.OUT }'
		guest below '$env.venv_deactivated = {|dir| $"out ($dir) ($env.VIRTUAL_ENV?)(char nl)" | save -a $env.OUT; error make { msg: this } }'
		;;
	tcsh)
		guest above 'alias venv_activated '\''echo "in \!:1 $VIRTUAL_ENV" >>$OUT:q'\'
		guest below 'alias venv_deactivated '\''printf "out %s %s\n" \!:1 "`printenv VIRTUAL_ENV`" >>$OUT:q; false'\'
		;;
	fish)
		guest above 'function on_in --on-event venv_activated
	echo "in $argv[1] $VIRTUAL_ENV" >>$OUT
end'
		guest below 'function on_out --on-event venv_deactivated
	echo "out $argv[1] $VIRTUAL_ENV" >>$OUT
	false
end'
		;;
	xonsh)
		guest above 'def venv_activated(path):
    with open($OUT, "a") as out: print("in", path, $VIRTUAL_ENV, file=out)'
		guest below 'def venv_deactivated(path):
    with open($OUT, "a") as out: print("out", path, ${...}.get("VIRTUAL_ENV", ""), file=out)
    return False'
		;;
	esac
	in_shell <<-'END'
		cd app; show status
		cd ../lib; show status
		cd ..; show status
		cd lib
		deactivate
		venv on
	END
	local none=''
	shown <<-END
	in $E $E
	status=0
	out $E $L
	in $L $L
	status=0
	out $L $none
	status=0
	in $L $L
	out $L $none
	in $L $L
	END
}
