# When to ask, in tcsh: cwdcmd does, so that `cd app && pytest` finds the right pytest; precmd does when a
# watched path has come or gone, and when somebody has changed what we left.  Otherwise no process is run.

# -- State --------------------------------------------------------------------
# _venv_seen     cwd, VIRTUAL_ENV, VENV_WHICH_AUTO, PATH as we left them
# _venv_test     what is watched, as a part of an expression
# _venv_more     what else the next question says
# _venv_ready    1: the first prompt has been, start-up is over

# -- Asking -------------------------------------------------------------------
# Ask the helper; with _venv_words, the program.  What a variable holds is code in "`…`": the command alone.
_venv_hook:
if (1) set _venv_words = () status = $?VENV_WHICH_DISABLE || if ("x$VENV_WHICH_DISABLE" != x) goto _venv_done
_venv_ask:
if (1) set _venv_facts = (apart "memory=$_venv_memory" $_venv_more:q) _venv_helper = $_venv_bin:q/venv-which \
	_venv_run = 'if (-x $_venv_helper:q) exec $_venv_helper:q --hook $_venv_facts:q $_venv_words:q'
if ($?_OLD_VIRTUAL_PATH) set _venv_facts = ($_venv_facts:q script)
if ($#_venv_words) set _venv_helper = $_venv_bin:q/venv
if (1) set _venv_next = _venv_take _venv_answer = (answer "`$_venv_run`")
if ($#_venv_words) set _venv_status = $status
if ("$_venv_answer[$#_venv_answer]" != "end 2") source $_venv_script:h:q/rest.tcsh _venv_unread
# What is an alias of the user's, or read-only, counts where something is set.
if (! $_venv_looked && ("$_venv_answer" =~ "* set PATH *" || "$_venv_answer" =~ "* deactivate ours *")) \
	source $_venv_script:h:q/rest.tcsh _venv_look_closer
goto $_venv_next
_venv_taken:
if (1) set _venv_more = () _venv_looked = 0
if ("$_venv_answer" =~ "* call *" || "$_venv_answer" =~ "* did *") source $_venv_script:h:q/rest.tcsh _venv_calls
if ($#_venv_more) goto _venv_ask

# A path that was absent is there, one that was there is absent, or what a link leads to is another one.
_venv_asked:
_venv_look
if (1) set _venv_seen = ($_venv_now:q)
if (1) alias _venv_prompt '_venv_look; if (-e $_venv_script:q && ("$_venv_now" != "$_venv_seen"' \
	"$_venv_test))" 'source $_venv_script:q _venv_hook; _venv_show'
_venv_show
goto _venv_done

# -- Trigger ------------------------------------------------------------------
# After a change of directory, while the shell is at work; in backquotes its output is no terminal.
_venv_load:
if (! $_venv_ready) @ _venv_loads++
if (1) set _venv_more = (fresh) _venv_looked = 0
if (1) alias _venv_changed 'if ($_venv_ready && -t 17 && -e $_venv_script:q) source $_venv_script:q _venv_hook'
if (1) alias _venv_prompt '_venv_settle; if (1) source $_venv_script:q _venv_hook'
# A variable that is not set may be named behind `||` alone.
if (1) alias _venv_look 'if (1) set _venv_now = ("$cwd" / - -);' \
	'if (1) set status = $?VIRTUAL_ENV || if (1) set _venv_now[2] = "$VIRTUAL_ENV";' \
	'if (1) set status = $?VENV_WHICH_AUTO || if (1) set _venv_now[3] = "$VENV_WHICH_AUTO";' \
	'if (1) set status = $?PATH || if (1) set _venv_now[4] = "$PATH"'

# -- Registration -------------------------------------------------------------
# What the user has comes first.  At the first prompt the startup files are done: who puts back a PATH, builds
# the prompt, or by `sched` (late in a minute's first second) sets precmd anew, is to come before us.
if (1) alias venv 'if (1) source $_venv_script:q _venv_command'
if (1) alias _venv_settle 'if (! $_venv_ready) source $_venv_script:q _venv_register; if (1) set _venv_ready = 1'
if (1) sched +0:00 _venv_settle
if ("`if (1) alias periodic`" == '') alias periodic 'if (1) unalias periodic; _venv_settle'
if (1) source $_venv_script:h:q/complete.tcsh _venv_register
_venv_register:
if (1) set _venv_text = ("`if (1) alias cwdcmd`") _venv_line = ("`if (1) alias precmd`")
if ("$_venv_text" !~ "*_venv_changed*") alias cwdcmd "$_venv_text; _venv_changed"
if ("$_venv_line" !~ "*_venv_prompt*") alias precmd "$_venv_line; _venv_prompt"
_venv_done:
if (1) set status = $_venv_status
