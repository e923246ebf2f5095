# What the product does in zsh alone.

load helper

setup() {
	SHELL_UNDER_TEST=zsh
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
	usual_walk
}

@test "zsh: cd -q is seen at the next prompt, and so are autocd and a function" {
	before_hook <<<'setopt autocd autopushd'
	in_shell <<-'END'
		cd -q app
		show VIRTUAL_ENV
		..
		show VIRTUAL_ENV
		./app && show VIRTUAL_ENV
		f() { local PATH=$PATH; cd .. }; f
		show VIRTUAL_ENV PATH
		dirs -v >>"$OUT"
	END
	shown <<-END
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	PATH=$PATH
	0	~
	1	~/app
	2	~
	3	~/app
	4	~
	END
}

@test "zsh: a subshell may cd, and the shell stays right" {
	in_shell <<-'END'
		(cd app && pwd >>"$OUT")
		show VIRTUAL_ENV PATH
		x=$(cd app && pwd) && show x VIRTUAL_ENV
	END
	shown <<-END
	$HOME/app
	VIRTUAL_ENV unset
	PATH=$PATH
	x=$HOME/app
	VIRTUAL_ENV unset
	END
}

@test "zsh: chpwd, chpwd_functions and precmd_functions of the user's run, in order" {
	before_hook <<-'END'
		chpwd() { echo chpwd >>$OUT }
		first() { echo first >>$OUT }
		chpwd_functions=(first)
		typeset -aU precmd_functions
	END
	after_hook <<-'END'
		last() { echo last: $VIRTUAL_ENV >>$OUT }
		chpwd_functions+=(last)
	END
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
	END
	shown <<-END
	chpwd
	first
	last: $E
	VIRTUAL_ENV=$E
	END
}

@test "zsh: what a function of chpwd makes is active in the line of the cd" {
	mv app/.venv app/later
	after_hook <<-'END'
		make() { [[ ! -d ~/app/later ]] || mv ~/app/later ~/app/.venv }
		chpwd_functions+=(make)
	END
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"
}

@test "zsh: loading twice registers once" {
	after_hook <<<"eval \"\$('$STAGE/bin/venv' init zsh)\""
	in_shell <<-'END'
		print -l $chpwd_functions >>"$OUT"
		echo --- >>"$OUT"
		print -l $precmd_functions >>"$OUT"
	END
	run sort "$OUT"
	run sed -n '1,/---/p' "$OUT"
	assert_equal "${#lines[@]}" 3
	run sed -n '/---/,$p' "$OUT"
	assert_equal "${#lines[@]}" 2
}

@test "zsh: commands that zsh remembered are looked up anew" {
	before_hook <<<'setopt hash_cmds hash_dirs'
	in_shell <<-'END'
		python3 -c "import sys; print(sys.prefix)" >/dev/null
		cd app && python3 -c "import sys; print(sys.prefix)" >>"$OUT"
		cd ..
		whence -p python3 >>"$OUT"
	END
	shown <<-END
	$E
	$(command -v python3)
	END
}

@test "zsh: any shell option: the same walk, silent, and the option stays" {
	local option
	for option in no_unset warn_create_global ksh_arrays sh_word_split \
		glob_subst extended_glob null_glob no_nomatch rc_expand_param \
		csh_null_glob prompt_subst no_alias_func_def posix_builtins \
		c_bases err_return no_clobber ksh_glob sh_glob no_glob chase_links \
		no_equals magic_equal_subst no_function_argzero octal_zeroes \
		posix_identifiers typeset_silent no_short_loops no_rcs \
		numeric_glob_sort no_bare_glob_qual brace_ccl pipe_fail \
		no_multios ksh_typeset no_prompt_percent cdable_vars \
		pushd_silent no_hash_cmds debug_before_cmd local_options; do
		echo "# $option"
		: >"${HOME%/*}/rc.before"
		before_hook <<<"setopt $option"
		{ cat walk; printf '%s\n' "[[ -o $option ]]" 'show status'; } >lines
		in_shell <lines
		shown <<<"$walked
status=0"
		off_screen 'zsh: '
		off_screen '_venv'
	done
}

# What they are about is the shell itself, or all that it would run.
@test "zsh: cd follows with each option turned over, and says nothing" {
	mkdir -p app/deep
	after_hook <<-'END'
		turned() {
			local option
			for option in ${(k)options}; do
				case $option in
				(exec|singlecommand|onecmd|interactive|login|restricted|shinstdin|stdin|privileged|xtrace|verbose) continue ;;
				esac
				over $option 2>>$HOME/said
			done
			print -r -- done >>$OUT
		}
		over() {
			setopt local_options
			[[ -o $1 ]] && unsetopt $1 || setopt $1
			cd ~/app
			cd ~/app/deep || \builtin true
			local in=${VIRTUAL_ENV-}
			cd ~ || \builtin true
			\builtin emulate -L zsh
			[[ $in == ~/app/.venv && -z ${VIRTUAL_ENV-} ]] || print -r -- "$1: $in, ${VIRTUAL_ENV-}" >>$OUT
		}
	END
	in_shell <<<turned
	shown <<<'done'
	assert_equal "$(<said)" ''
}

@test "zsh: a trap on ZERR and one on DEBUG stay the user's, and are not fired" {
	after_hook <<-'END'
		TRAPZERR() { echo ZERR >>$OUT }
	END
	in_shell <walk
	shown <<<"$walked"
	fake_helper 'exit 1'
	in_shell <<-'END'
		cd app
		cd ..
		show status
	END
	shown <<<'status=0'
}

@test "zsh: an alias deactivate of the user's is no parse error" {
	before_hook <<<"alias deactivate='echo mine' venv='echo mine' cd='builtin cd'"
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"
	off_screen 'zsh: '
	off_screen 'parse error'
}

@test "zsh: typeset -U path: one entry, and only ours goes" {
	before_hook <<<'typeset -U path PATH'
	in_shell <<-'END'
		cd app
		show PATH
		path+=(/opt/mine)
		cd ..
		show PATH
	END
	shown <<-END
	PATH=$E/bin:$PATH
	PATH=$PATH:/opt/mine
	END
}

@test "zsh: typeset -U path with our bin already in it" {
	before_hook <<<'typeset -U path PATH'
	in_shell <<-END
		path=(/usr/bin "$E/bin" /bin)
		cd app
		show PATH
		cd ..
		show VIRTUAL_ENV
	END
	shown <<-END
	PATH=$E/bin:/usr/bin:/bin
	VIRTUAL_ENV unset
	END
}

@test "zsh: a PATH that is not exported is not exported by us" {
	in_shell <<-'END'
		typeset +x PATH
		cd app
		show PATH
		typeset -p PATH | grep -c "^export" >>"$OUT"
	END
	shown <<-END
	PATH=$E/bin:$PATH
	0
	END
}

@test "zsh: a restricted shell: no loop, no flood, and it works" {
	# There are no redirections there, for the words of the tests neither.
	before_hook <<<'mark() { builtin echo "@$1@" }'
	in_shell "$START" -o restricted <<-'END'

		echo "alive: $VIRTUAL_ENV"

	END
	on_screen 'alive: '
	said_once
}

@test "zsh: a prompt with psvar and one set meanwhile stay the user's" {
	before_hook <<<"psvar=(a b); PS1='%1v%2v PROMPT> '"
	in_shell <<-'END'

		cd app

		PS1='%1v NEW> '

		cd ..

		show PS1
	END
	on_screen 'ab PROMPT>' 1
	on_screen '(app) ab PROMPT>' 3
	on_screen 'a NEW>' 5
	off_screen '(app)' 7
	shown <<<'PS1=%(97V.%97v.)%1v NEW> '
}

@test "zsh: a theme that stays the last to build the prompt shows it itself, always" {
	# As powerlevel10k does: from the second prompt on it comes behind the hook.
	before_hook <<-'END'
		_p9k_precmd() {
			PROMPT='${_p9k__1-}${VIRTUAL_ENV:+own }PROMPT> '
			precmd_functions=(${precmd_functions:#_p9k_precmd} _p9k_precmd)
		}
		setopt prompt_subst
		precmd_functions+=(_p9k_precmd)
	END
	cd app
	in_shell <<-'END'
		cd ..
		cd app
	END
	on_screen 'own PROMPT>' 2
	off_screen '(app)'
}

@test "zsh: a theme that builds psvar anew at each prompt does not lose the name" {
	before_hook <<-'END'
		theme() { psvar=(theme) }
		precmd_functions=(theme)
		PS1='%1v PROMPT> '
		RPS1='%(98V.[%98v].)'
	END
	in_shell <<-'END'
		cd app


		RPS1=
		deactivate
		venv use


	END
	on_screen 'theme PROMPT> [(app' 2
	on_screen 'theme PROMPT> [(app' 3
	on_screen '(app) theme PROMPT>' 7
	on_screen '(app) theme PROMPT>' 8
}

@test "zsh: PS1 that is unset is no trouble" {
	before_hook <<<'unset PS1'
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"
}

@test "zsh: not interactive, or emulating sh: nothing happens" {
	local script=$STAGE/share/venv-which/venv.zsh
	cd app
	run "$START" -f -c "source '$script'; cd .; echo \${(k)functions}\${VIRTUAL_ENV-none}"
	assert_output 'none'
	run "$START" -f -s <<<"source '$script'; cd .; echo \${VIRTUAL_ENV-none}"
	assert_output 'none'
	run "$START" -f -eu -c "source '$script'; echo fine"
	assert_output 'fine'
}

@test "zsh: it takes the script as it was compiled, and no older one than the text" {
	local script=$STAGE/share/venv-which/venv.zsh
	need_strace
	mkdir share
	cp "$script" "$script.zwc" share
	touch -r share/venv.zsh share/venv.zsh.zwc
	opened() { strace -f -e trace=openat -o calls "$START" -f -i -c "source '$1'; print \$+functions[_venv_take]"; }
	run opened "$PWD/share/venv.zsh"
	assert_output 1
	grep -q '/share/venv.zsh.zwc"' calls
	run grep '/share/venv.zsh"' calls
	assert_failure
	touch -t 200001010000 share/venv.zsh.zwc
	run opened "$PWD/share/venv.zsh"
	assert_output 1
	grep -q '/share/venv.zsh"' calls
}

@test "zsh: loading it again under glob_subst and sh_word_split is no trouble" {
	make_env 'two words/.venv'
	export RC
	before_hook <<<'setopt glob_subst sh_word_split'
	in_shell <<-'END'
		cd "two words"
		source "$RC"
		cd .. && show VIRTUAL_ENV PATH
	END
	shown <<-END
	VIRTUAL_ENV unset
	PATH=$PATH
	END
	off_screen 'venv.zsh'
}

@test "zsh: a function called builtin keeps it from loading, with one line" {
	export STAGE
	run zsh -fic 'function builtin { print in the way }
		eval "$("$STAGE/bin/venv" init zsh)"
		typeset -f _venv_hook; print loaded' </dev/null
	refute_output --partial _venv_hook
	refute_line 'in the way'
	assert_line --partial 'nothing will be activated'
	assert_line loaded
}

# --- TAB

@test "zsh: TAB completes wherever compinit stands, and without it nothing is said" {
	local hook
	make_env .virtualenvs/tools
	for hook in before_hook after_hook; do
		rm -f "${HOME%/*}/rc."*
		"$hook" <<<"$COMPLETION"
		completes_both
	done
	rm "${HOME%/*}/rc."*
	completes <<-'END'
		venv use to^I
		venv use to|
	END
	off_screen compdef
}

@test "zsh: TAB completes as soon as compinit has run, and is registered once" {
	make_env .virtualenvs/tools
	in_shell <<-END
		true
		$COMPLETION
		^=venv use to^I
		compdef -d venv
		^=venv use to^I
	END
	shown < <(printf '%s\n' 'line=venv use tools ' 'line=venv use to')
}

@test "zsh: without our script compinit finds what completes in fpath" {
	make_env .virtualenvs/tools
	hook_line "fpath=('$STAGE/share/complete/zsh' \$fpath); $COMPLETION"
	completes <<-'END'
		venv use to^I
		venv use tools |
		venv use "to^I
		venv use "tools" |
		venv-which --ex^I
		venv-which --explain |
	END
}

@test "zsh: what the user has set up for TAB stays" {
	before_hook <<-END
		$COMPLETION
		_mine() { compadd mine }
		compdef _mine venv
	END
	completes <<-'END'
		venv mi^I
		venv mine |
		venv-which --ex^I
		venv-which --explain |
	END
}

@test "zsh: TAB takes strict and odd options" {
	make_env '.virtualenvs/two words'
	before_hook <<-END
		$COMPLETION
		setopt no_unset ksh_arrays sh_word_split ksh_glob null_glob no_clobber \\
			err_return glob_subst rc_expand_param warn_create_global
	END
	completes <<-'END'
		venv use tw^I
		venv use two\ words |
		venv run --env="tw^I
		venv run --env=two\ words |
		venv use ~/ap^I
		venv use ~/app |
	END
}

@test "zsh: the list says what they are, and no name is an escape sequence" {
	make_env_bytes $'.virtualenvs/t\033[31mred'
	make_env_bytes '.virtualenvs/t%F{red}'
	before_hook <<<"$COMPLETION"
	in_shell <<<'^=venv use t^I^I'
	on_screen 't^[[31mred  -- 3.11.2'
	on_screen 't%F{red}    -- 3.11.2'
}

@test "zsh: a theme that builds psvar anew does not lose what is blocked" {
	before_hook <<-'END'
		theme() { psvar=(theme) }
		precmd_functions=(theme)
	END
	after_hook <<<'PS1="$VENV_WHICH_PROMPT%1v PROMPT> "'
	cp -R app copy
	in_shell <<-'END'
		cd copy


	END
	on_screen '(copy: blocked) theme PROMPT>' 2
	on_screen '(copy: blocked) theme PROMPT>' 3
}

@test "zsh: a venv_prompt of the user's own leaves VENV_WHICH_PROMPT to us" {
	before_hook <<<'venv_prompt() { print mine }'
	after_hook <<<'setopt prompt_subst; PS1='\''$VENV_WHICH_PROMPT%% PROMPT> '\'
	in_shell <<-'END'
		cd app

	END
	on_screen '(app 3' 2
}
