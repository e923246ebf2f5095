# venv-which for tcsh 6.20 and later: what TAB completes.
#
# `venv --complete` says what a word could be; that is data, which tcsh quotes for
# the command line.  Read at each TAB, in a process of its own.

if ("$1" == _venv_register) goto _venv_register

# -- State --------------------------------------------------------------------

# Without the rest of the script.
if (! $?_venv_bin) set _venv_bin = '@bindir@'

# -- The question -------------------------------------------------------------

# The words up to the cursor; tcsh has taken their quotes away.
if (1) set _venv_words = ($COMMAND_LINE:x) _venv_found = ()
if (1) set _venv_run = '/bin/sh -c '"'"'exec "$0" "$@" 2>/dev/null'"'"' $_venv_bin:q/venv --complete $_venv_words[1]:t:q -- $_venv_words[2-]:q'
if ("$COMMAND_LINE" =~ "* ") set _venv_run = "$_venv_run ''"

# -- The answer ---------------------------------------------------------------

# Up to the tab; what has a blank in it cannot be told to tcsh, and what may not go
# to a terminal would be shown.
foreach _venv_line ("`$_venv_run`")
	if ("$_venv_line" =~ "	*" || "$_venv_line" =~ "* *	*" || "$_venv_line" =~ "*odd characters") continue
	if (1) set _venv_line = ($_venv_line:x)
	if (1) set _venv_found = ($_venv_found:q "$_venv_line[1]")
end
# One that is not finished is followed by no blank: it is not alone.
if ($#_venv_found == 1 && "$_venv_found" =~ "*[/=]") set _venv_found = ($_venv_found:q "$_venv_found.")
/bin/sh -c 'printf "%s\n" "$@"' sh $_venv_found:q
# A TAB changes no exit status.
exit $_venv_kept

# -- Registration -------------------------------------------------------------

# By the script.  A home is for tcsh to complete, and what the user has set up stays.
_venv_register:
if (1) alias _venv_complete 'if (1) set _venv_kept = $status; if (1) source $_venv_script:h:q/complete.tcsh'
if (1) set _venv_text = ("`if (1) complete venv; if (1) complete venv-which`") _venv_line = ()
if ($#_venv_text) set _venv_text = ("`if (1) complete venv`") _venv_line = ("`if (1) complete venv-which`")
if (! $#_venv_text) complete venv 'C%[~$]*%f%' 'p%*%`_venv_complete`%'
if (! $#_venv_line) complete venv-which 'C%[~$]*%f%' 'p%*%`_venv_complete`%'
