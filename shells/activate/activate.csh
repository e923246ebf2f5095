# Source this file from csh or tcsh to activate the environment; the command
# `deactivate` undoes it: it sources this file again, with _virtual_env_off set.

# Run as a program it can change no other shell.
if ( $?0 ) then
	if ( "$0:t" == activate.csh ) then
		/bin/sh -c 'echo "activate: you must source this script: source bin/activate.csh" >&2'
		exit 33
	endif
endif
# Where the environment was moved its programs are nobody's.
if ( ! $?_virtual_env_off && ! -e __VENV_DIR__/pyvenv.cfg ) then
	set _virtual_env_gone
endif

# What is active goes first, and only what was added; what the user changed
# meanwhile stays.
if ( $?_OLD_VIRTUAL_PATH && ! $?_virtual_env_gone ) then
	if ( ! $?_virtual_env_bin ) then
		# Another script made it, and has its own way.
		deactivate nondestructive
	else
		set _virtual_env_now = ""
		if ( $?PATH ) then
			set _virtual_env_now = "$PATH:q"
		endif
		if ( $?_virtual_env_path && "$_virtual_env_now:q" == "$_virtual_env_bin:q" ) then
			set path = ( $_virtual_env_path:q )
			unsetenv PATH
		else if ( "$_virtual_env_now:q" == "${_virtual_env_bin:q}:${_OLD_VIRTUAL_PATH:q}" ) then
			# Not by way of $path, which makes a dot of an empty entry.
			setenv PATH "$_OLD_VIRTUAL_PATH:q"
		else
			set _virtual_env_path = ( )
			foreach _virtual_env_now ( $path:q )
				if ( "$_virtual_env_now:q" == "$_virtual_env_bin:q" ) then
					set _virtual_env_bin = ""
				else
					set _virtual_env_path = ( $_virtual_env_path:q "$_virtual_env_now:q" )
				endif
			end
			set path = ( $_virtual_env_path:q )
		endif
		if ( $?_OLD_VIRTUAL_PYTHONHOME && ! $?PYTHONHOME ) then
			setenv PYTHONHOME "$_OLD_VIRTUAL_PYTHONHOME:q"
		endif
		if ( $?_OLD_VIRTUAL_PROMPT && $?prompt ) then
			if ( "$prompt:q" == "$_virtual_env_prompt:q" ) then
				set prompt = "$_OLD_VIRTUAL_PROMPT:q"
			endif
		endif
		unset _virtual_env_now
	endif
	unsetenv VIRTUAL_ENV
	unsetenv VIRTUAL_ENV_PROMPT
	unset _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PYTHONHOME _OLD_VIRTUAL_PROMPT
	unset _virtual_env_bin _virtual_env_path _virtual_env_prompt
endif

if ( ! $?_virtual_env_off && ! $?_virtual_env_gone ) then
	setenv VIRTUAL_ENV __VENV_DIR__
	setenv VIRTUAL_ENV_PROMPT __VENV_PROMPT__

	set _virtual_env_bin = "${VIRTUAL_ENV:q}/bin"
	set _virtual_env_script = "${VIRTUAL_ENV:q}/bin/activate.csh"
	if ( $?PATH ) then
		set _OLD_VIRTUAL_PATH = "$PATH:q"
		setenv PATH "${_virtual_env_bin:q}:${PATH:q}"
	else
		set _OLD_VIRTUAL_PATH = ""
		set _virtual_env_path = ( $path:q )
		setenv PATH "$_virtual_env_bin:q"
	endif

	if ( $?PYTHONHOME ) then
		set _OLD_VIRTUAL_PYTHONHOME = "$PYTHONHOME:q"
		unsetenv PYTHONHOME
	endif

	# A script has no prompt.  In tcsh's, %$ is a reference, whose value is not
	# read again.
	set _virtual_env_now = ""
	if ( $?VIRTUAL_ENV_DISABLE_PROMPT ) then
		set _virtual_env_now = "$VIRTUAL_ENV_DISABLE_PROMPT:q"
	endif
	if ( $?prompt && "$_virtual_env_now:q" == "" ) then
		set _OLD_VIRTUAL_PROMPT = "$prompt:q"
		if ( $?tcsh ) then
			set _virtual_env_prompt = '(%$VIRTUAL_ENV_PROMPT) '
		else
			set _virtual_env_prompt = "(${VIRTUAL_ENV_PROMPT:q}) "
		endif
		set _virtual_env_prompt = "${_virtual_env_prompt:q}${prompt:q}"
		set prompt = "$_virtual_env_prompt:q"
	endif
	unset _virtual_env_now

	# Where the file is gone, what was before is what there is.
	alias deactivate 'set _virtual_env_off; if ( -e "$_virtual_env_script:q" ) source "$_virtual_env_script:q"; if ( $?_OLD_VIRTUAL_PATH ) eval '\''setenv PATH "$_OLD_VIRTUAL_PATH:q"'\''; if ( $?_OLD_VIRTUAL_PROMPT ) eval '\''set prompt = "$_OLD_VIRTUAL_PROMPT:q"'\''; if ( $?_OLD_VIRTUAL_PYTHONHOME ) eval '\''setenv PYTHONHOME "$_OLD_VIRTUAL_PYTHONHOME:q"'\''; unsetenv VIRTUAL_ENV; unsetenv VIRTUAL_ENV_PROMPT; unset _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PYTHONHOME _OLD_VIRTUAL_PROMPT _virtual_env_bin _virtual_env_path _virtual_env_prompt _virtual_env_script _virtual_env_off; unalias deactivate'
endif
if ( $?_virtual_env_gone ) eval 'unset _virtual_env_gone; /bin/sh -c "exec 1>&2; echo activate: this environment was made at another place, and moved here, to make it anew: venv recreate; exit 1"'
