# When to ask, in tcsh: the alias cwdcmd does, so that `cd app && pytest` finds
# the right pytest; precmd does when a watched path has come or gone, and when
# somebody has changed what we left.  Otherwise no process is run.

# -- State --------------------------------------------------------------------

# _venv_seen     cwd, VIRTUAL_ENV, VENV_WHICH_AUTO, PATH as we left them
# _venv_ready    1: the first prompt has been, start-up is over
# _venv_loads    how often this was loaded while the shell started
# _venv_test     its watched paths, as a part of an expression
_venv_load:
if (1) set _venv_script = '@scriptdir@/venv.tcsh' _venv_seen = () _venv_more = () _venv_fixed = ()
if (! $_venv_ready) @ _venv_loads++
# A variable that is not set may be named behind `||` alone.
if (1) alias _venv_look 'if (1) set _venv_now = ("$cwd" / - -); if (1) set status = $?VIRTUAL_ENV || if (1) set _venv_now[2] = "$VIRTUAL_ENV"; if (1) set status = $?VENV_WHICH_AUTO || if (1) set _venv_now[3] = "$VENV_WHICH_AUTO"; if (1) set status = $?PATH || if (1) set _venv_now[4] = "$PATH"'
goto _venv_prompts

# -- Asking -------------------------------------------------------------------

# Ask the helper; with words, the program, about `venv WORD...`.  What a variable
# holds would be code in "`…`": it holds the command alone.
_venv_hook:
if (1) set argv = ()
if (1) set status = $?VENV_WHICH_DISABLE || if ("x$VENV_WHICH_DISABLE" != x) goto _venv_done
_venv_ask:
if (1) set _venv_text = () _venv_facts = ($_venv_more:q $_venv_fixed:q)
if ("x$_venv_memory" != x) set _venv_facts = ($_venv_facts:q "memory=$_venv_memory")
if (! $#_venv_seen) set _venv_facts = ($_venv_facts:q fresh)
if ($?_OLD_VIRTUAL_PATH) set _venv_facts = ($_venv_facts:q script)
if (1) set status = $?VIRTUAL_ENV_DISABLE_PROMPT || if ("x$VIRTUAL_ENV_DISABLE_PROMPT" != x) set _venv_facts = ($_venv_facts:q plain)
if (1) set _venv_run = 'if (-x $_venv_bin:q/venv-which) exec $_venv_bin:q/venv-which --hook $_venv_facts:q'
if ($#argv) set _venv_run = 'if (1) exec $_venv_bin:q/venv --hook $_venv_facts:q $argv:q'
if (1) set _venv_lines = (answer "`$_venv_run`")
if ($#argv) set _venv_status = $status
if ($#argv && $_venv_status) goto _venv_done
if ("$_venv_lines[$#_venv_lines]" != "end 2") goto _venv_unread
# Only a process of its own can tell what is an alias, or read-only: it is looked
# at where that counts; then again.
if ("$_venv_own" != ours && "$_venv_more" !~ "*function*" && "$_venv_lines" =~ "*deactivate ours*") set _venv_text = ("`if (1) alias deactivate`")
if ($#_venv_text) set _venv_more = ($_venv_more:q function)
if (1) set _venv_now = ('')
if (! $#_venv_fixed && "$_venv_lines" =~ "* set PATH *") set _venv_now = ('' "`if (1) set -r`")
if ("$_venv_now" =~ "* path	*") set _venv_fixed = (fixed)
if ($#_venv_text || "$_venv_now" =~ "* path	*") goto _venv_ask
goto _venv_take

# An activation script's own alias undoes what the script did; then the same is
# asked again, as the answer said.  Then the user's own are called.
_venv_taken:
if (1) set _venv_more = ()
if ("$_venv_call" == deactivate) then
	if (1) set _venv_more = (called) argv = ($_venv_again:q) _venv_text = ("`if (1) alias deactivate`")
	if ($#_venv_text) then
		deactivate
	endif
	goto _venv_ask
endif
foreach _venv_line ($_venv_did:q)
	if ("$_venv_line" =~ "activated *") set _venv_text = ("`if (1) alias venv_activated`")
	if ("$_venv_line" =~ "deactivated *") set _venv_text = ("`if (1) alias venv_deactivated`")
	if ($#_venv_text && "$_venv_line" =~ "activated *") then
		venv_activated "$_venv_line:s/activated //"
	else if ($#_venv_text) then
		venv_deactivated "$_venv_line:s/deactivated //"
	endif
end

# A path that was absent is there, or one that was there is absent, or what is
# active by a link is another one by now; `*` is asked about each time.
_venv_asked:
_venv_look
if (1) set _venv_seen = ($_venv_now:q)
if (1) alias _venv_prompt '_venv_look; if ("$_venv_now" \!= "$_venv_seen"'"$_venv_test) source "'$_venv_script:q _venv_hook; _venv_show'
_venv_show
goto _venv_done

# What has no end, or another one, changes nothing: an update may have brought
# another protocol.  A program that was asked for help gives it.
_venv_unread:
if (1) set _venv_test = '' _venv_text = "no answer from $_venv_bin/venv-which; install it again, or take its line out of ~/.tcshrc"
if ("$_venv_lines[$#_venv_lines]" =~ "end *") set _venv_status = 1 _venv_text = 'another version of it was installed, which this shell cannot read; start a new shell'
if ($#argv && ! $_venv_status) $_venv_bin:q/venv $argv:q
if ($#argv && ! $_venv_status) goto _venv_done
if ("$_venv_text" != "$_venv_warned") /bin/sh -c 'printf "venv-which: %s\n" "$1" >&2' sh "$_venv_text"
if (1) set _venv_warned = "$_venv_text"
goto _venv_asked

# Without the program one can still get out.
_venv_off:
if (! $?VIRTUAL_ENV) goto _venv_done
if (1) set _venv_lines = ('state none' 'deactivate none' 'unset VIRTUAL_ENV' 'unset VIRTUAL_ENV_PROMPT' 'unset VENV_WHICH_AUTO' 'end 2') _venv_text = ()
foreach _venv_line ($path:q)
	if ("$_venv_line" != "$VIRTUAL_ENV/bin") set _venv_text = ($_venv_text:q "$_venv_line")
end
if (1) set path = ($_venv_text:q)
goto _venv_take

# -- Trigger ------------------------------------------------------------------

# After a change of directory it is asked while the shell is at work; in
# backquotes its output is no terminal.
_venv_register:
if (1) alias _venv_changed 'if ($_venv_ready && -t 17) source $_venv_script:q _venv_hook'
if (! $_venv_ready) alias _venv_prompt '_venv_settle; if (1) source $_venv_script:q _venv_hook'

# -- Registration -------------------------------------------------------------

# What the user has there comes first.  At the first prompt the startup files are
# done: who has put back a PATH, or builds the prompt, is to come before us, and
# so is who has set the alias precmd anew, by `sched` then.
if (1) set _venv_text = ("`if (1) alias cwdcmd`") _venv_line = ("`if (1) alias precmd`")
if ("$_venv_text" !~ "*_venv_changed*") alias cwdcmd "$_venv_text; _venv_changed"
if ("$_venv_line" !~ "*_venv_prompt*") alias precmd "$_venv_line; _venv_prompt"
if ("$1" == _venv_register) goto _venv_done
if (1) alias venv 'if (1) source $_venv_script:q _venv_command \!*'
if (1) alias _venv_settle 'if (1) set _venv_ready = 1; if (1) source $_venv_script:q _venv_register'
if (1) sched +0:00 _venv_settle
# What completes is read at a TAB; a home is for tcsh to complete.  What the user
# has set up stays.
if (1) set _venv_text = ("`if (1) complete venv`") _venv_line = ("`if (1) complete venv-which`")
if (! $#_venv_text) complete venv 'C%[~$]*%f%' 'p%*%`if (1) set _venv_kept = $status; if (1) source $_venv_script:h:q/complete.tcsh`%'
if (! $#_venv_line) complete venv-which 'C%[~$]*%f%' 'p%*%`if (1) set _venv_kept = $status; if (1) source $_venv_script:h:q/complete.tcsh`%'

_venv_done:
if (1) set status = $_venv_status
