# venv-which for tcsh 6.20 and later: what TAB completes.
#
# `venv --complete` says what a word could be; that is data, which tcsh quotes for
# the command line.  Read at each TAB, in a process of its own.

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
# A TAB changes no exit status.
/bin/sh -c 'printf "%s\n" "$@"; exit "$0"' $_venv_kept $_venv_found:q

# -- Registration -------------------------------------------------------------

# By the script, at a TAB.
