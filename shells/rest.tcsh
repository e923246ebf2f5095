# The rest of what tcsh does as told: what few answers ask for.
#
# Read by shells/venv.tcsh, with the name of a label, where it is needed.

goto "$1"

# `:q` loses a word that is empty; another one stands for it, longer than each.
_venv_command:
if (1) set _venv_words = ("empty=$argv") _venv_n = 1
while ($_venv_n < $#argv)
	@ _venv_n++
	if (1) set _venv_line = "$argv[$_venv_n]"
	if ("x$_venv_line" == x) set _venv_line = "$argv"
	if (1) set _venv_words = ($_venv_words:q "$_venv_line")
end
goto _venv_rested

# The Nth says that the path of the line before the Nth one exists.
_venv_terms:
while ($#_venv_terms < $#_venv_lines)
	if (1) set _venv_terms = ($_venv_terms:q '|| -e "$_venv_lines['$#_venv_terms']:s/watch //"')
end
goto _venv_rested

# What is active by a link is another one, if the link leads elsewhere.
_venv_moved:
if (1) set _venv_same = "$_venv_line:s/same //"
if (1) set _venv_test = "$_venv_test || -I "'"$_venv_now[2]/." != -I $_venv_same:q'
if (1) set _venv_test = "$_venv_test || -D "'"$_venv_now[2]/." != -D $_venv_same:q'
goto _venv_rested

# Only a process of its own can tell what is an alias, or read-only: it is looked
# at where that counts, and then the same is asked again.
_venv_look_closer:
if (1) set _venv_looked = 1 _venv_text = ("`if (1) alias deactivate`") _venv_now = ('' "`if (1) set -r`")
if ($#_venv_text && "$_venv_own" != ours) set _venv_more = ($_venv_more:q function) _venv_next = _venv_ask
if ("$_venv_now" =~ "* path	*") set _venv_more = ($_venv_more:q fixed) _venv_next = _venv_ask
goto _venv_rested

# An activation script's own alias undoes what the script did; then the same is
# asked again, as the answer says.  Or the user's own are called.
_venv_calls:
foreach _venv_line ($_venv_lines:q)
	if ("$_venv_line" !~ "[acd]*") continue
	if (1) set _venv_text = ()
	if ("$_venv_line" == "call deactivate") set _venv_more = (called) _venv_words = () \
		_venv_text = ("`if (1) alias deactivate`")
	if ("$_venv_line" =~ "ask *") set _venv_words = ($_venv_words:q "$_venv_line:s/ask //")
	if ("$_venv_line" =~ "did activated *") set _venv_text = ("`if (1) alias venv_activated`")
	if ("$_venv_line" =~ "did deactivated *") set _venv_text = ("`if (1) alias venv_deactivated`")
	if ($#_venv_text && "$_venv_line" =~ "call *") then
		deactivate
	else if ($#_venv_text && "$_venv_line" =~ "did activated *") then
		venv_activated "$_venv_line:s/did activated //"
	else if ($#_venv_text) then
		venv_deactivated "$_venv_line:s/did deactivated //"
	endif
end
goto _venv_rested

# What has no end, or another one, changes nothing: an update may have brought
# another protocol.  A program that has failed has said why, and one that was asked
# for help gives it.  Without it one can still get out.
_venv_unread:
if ("$_venv_words" == off && ! -x "$_venv_bin/venv") goto _venv_off
if (1) set _venv_next = _venv_done _venv_text = \
	"no answer from $_venv_bin/venv-which; install it again, or take its line out of ~/.tcshrc"
if ($#_venv_words && $_venv_status) goto _venv_rested
if ("$_venv_answer[$#_venv_answer]" =~ "end *") then
	if (1) set _venv_status = 1 _venv_text = \
		'another version of it was installed, which this shell cannot read; start a new shell'
else if ($#_venv_words) then
	$_venv_bin:q/venv --hook $_venv_words:q
	goto _venv_rested
endif
if ("$_venv_text" != "$_venv_warned") /bin/sh -c 'printf "venv-which: %s\n" "$1" >&2' sh "$_venv_text"
if (1) set _venv_next = _venv_asked _venv_warned = "$_venv_text" _venv_test = ''
goto _venv_rested

_venv_off:
if (! $?VIRTUAL_ENV) setenv VIRTUAL_ENV none
if (1) set _venv_text = () _venv_status = 0 _venv_answer = (answer 'state none' 'deactivate none' \
	'unset VIRTUAL_ENV' 'unset VIRTUAL_ENV_PROMPT' 'unset VENV_WHICH_AUTO' 'end 2')
foreach _venv_line ($path:q)
	if ("$_venv_line" != "$VIRTUAL_ENV/bin") set _venv_text = ($_venv_text:q "$_venv_line")
end
if (1) set path = ($_venv_text:q)

_venv_rested:
