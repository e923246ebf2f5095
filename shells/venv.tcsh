# venv-which for tcsh 6.20 and later: does as told.
#: if (1) source '@scriptdir@/venv.tcsh'
# `venv init` prints that.  In ~/.tcshrc:  eval "`\venv init tcsh`"
# The second half of the script, hook/venv.tcsh, decides when to ask; what is to
# be done about the answer is decided in C.
#
# There are no functions: an alias reads this script with the name of a label.
# What stands behind `if (1)` is never an alias of the user's.

# Interactive shells only: nobody else may notice.
if (! $?prompt) exit
if ("$1" =~ "_venv_*") goto "$1"

# -- State --------------------------------------------------------------------

# Where the programs were installed, for an environment could have put its own
# into PATH; and what this script is, for `venv doctor`.
if (1) set _venv_bin = '@bindir@' _venv_release = '@version@' _venv_reference = '%${_venv_prompt}'
# _venv_memory   what the last answer gave to be handed back; empty: never asked
# _venv_prompt   what the prompt shows in front, by _venv_reference
# _venv_own      `ours`: the alias `deactivate` is
# _venv_status   what a command ends with
# What the environment says of these is somebody else's.
if (1) set _venv_text = ("`if (1) alias venv`")
if ("$_venv_text" !~ "*_venv_command*") set _venv_memory = '' _venv_prompt = '' _venv_own = none _venv_status = 0 _venv_warned = '' _venv_ready = 0 _venv_loads = 0 VENV_WHICH_STATE = '' VENV_WHICH_NAME = '' VENV_WHICH_VERSION = '' VENV_WHICH_PROMPT = ''
goto _venv_load

# -- The answer ---------------------------------------------------------------

# Do what _venv_lines say, but for what is to be called, which is left in
# _venv_call, _venv_again and _venv_did.  What is to be shown begins with `state`;
# without it all of it stays.  The paths are for _venv_test.  What a name is and
# what its value, only a whole text can tell.
_venv_take:
if (1) set _venv_call = '' _venv_again = () _venv_did = () _venv_keep = () _venv_watch = () _venv_test = ''
# What fails below is asked anew.
if (1) alias _venv_prompt 'if (1) source $_venv_script:q _venv_hook'
foreach _venv_line ($_venv_lines:q)
	if ("$_venv_line" =~ "watch *") set _venv_watch = ($_venv_watch:q "$_venv_line:s/watch //")
	if ("$_venv_line" =~ "watch *") set _venv_test = "$_venv_test || -e "'$_venv_watch['"$#_venv_watch"']:q'
	if ("$_venv_line" == "watch *") set _venv_test = "$_venv_test || 1"
	if ("$_venv_line" =~ "watch *") continue
	if ("$_venv_line" =~ "keep *") set _venv_keep = ($_venv_keep:q "$_venv_line:s/keep //")
	if ("$_venv_line" =~ "keep *") set _venv_test = "$_venv_test || \! -e "'$_venv_keep['"$#_venv_keep"']:q'
	if ("$_venv_line" =~ "same *") set _venv_same = "$_venv_line:s/same //" _venv_test = "$_venv_test || -I "'"$_venv_now[2]/." != -I $_venv_same:q || -D "$_venv_now[2]/." != -D $_venv_same:q'
	if ("$_venv_line" =~ "set PATH *") setenv PATH "$_venv_line:s/set PATH //"
	if ("$_venv_line" =~ "set VIRTUAL_ENV *") setenv VIRTUAL_ENV "$_venv_line:s/set VIRTUAL_ENV //"
	if ("$_venv_line" =~ "set VIRTUAL_ENV_PROMPT *") setenv VIRTUAL_ENV_PROMPT "$_venv_line:s/set VIRTUAL_ENV_PROMPT //"
	if ("$_venv_line" =~ "set VENV_WHICH_AUTO *") setenv VENV_WHICH_AUTO "$_venv_line:s/set VENV_WHICH_AUTO //"
	if ("$_venv_line" =~ "set PYTHONHOME *") setenv PYTHONHOME "$_venv_line:s/set PYTHONHOME //"
	if ("$_venv_line" =~ "set _VENV_PYTHONHOME *") setenv _VENV_PYTHONHOME "$_venv_line:s/set _VENV_PYTHONHOME //"
	if ("$_venv_line" =~ "set _VENV_BEFORE *") setenv _VENV_BEFORE "$_venv_line:s/set _VENV_BEFORE //"
	if ("$_venv_line" =~ "set _VENV_BEFORE_PROMPT *") setenv _VENV_BEFORE_PROMPT "$_venv_line:s/set _VENV_BEFORE_PROMPT //"
	if ("$_venv_line" =~ "unset *") unsetenv "$_venv_line:s/unset //"
	if ("$_venv_line" =~ "state *") set VENV_WHICH_STATE = "$_venv_line:s/state //" VENV_WHICH_NAME = '' VENV_WHICH_VERSION = '' VENV_WHICH_PROMPT = '' _venv_prompt = ''
	if ("$_venv_line" =~ "name *") set VENV_WHICH_NAME = "$_venv_line:s/name //"
	if ("$_venv_line" =~ "version *") set VENV_WHICH_VERSION = "$_venv_line:s/version //"
	if ("$_venv_line" =~ "prompt *") set _venv_prompt = "$_venv_line:s/prompt //"
	if ("$_venv_line" =~ "label *") set VENV_WHICH_PROMPT = "($_venv_line:s/label //) "
	if ("$_venv_line" =~ "mark *") set VENV_WHICH_PROMPT = "${VENV_WHICH_PROMPT}($_venv_line:s/mark //) "
	if ("$_venv_own $_venv_line" == "ours deactivate none") unalias deactivate
	if ("$_venv_line" == "deactivate ours") alias deactivate 'if (0) : \!*; if (1) source $_venv_script:q _venv_command off'
	if ("$_venv_line" =~ "deactivate *") set _venv_own = "$_venv_line:s/deactivate //"
	if ("$_venv_line" =~ "memory *") set _venv_memory = "$_venv_line:s/memory //"
	if ("$_venv_line" =~ "say *") /bin/sh -c 'printf "%s\n" "$1" >&2' sh "$_venv_line:s/say //"
	if ("$_venv_line" =~ "call *") set _venv_call = "$_venv_line:s/call //"
	if ("$_venv_line" =~ "ask *") set _venv_again = ($_venv_again:q "$_venv_line:s/ask //")
	if ("$_venv_line" =~ "did *") set _venv_did = ($_venv_did:q "$_venv_line:s/did //")
end
goto _venv_taken

# -- Prompt -------------------------------------------------------------------

# The prompt refers to a variable, whose value is not expanded again: a name is
# never code.  Or the user's own prompt shows it.
_venv_prompts:
if (1) alias _venv_show 'if (1) set status = $?prompt || if ("x$_venv_prompt" != x && "$prompt" \!~ "*_venv_prompt*" && "$prompt" \!~ "*VENV_WHICH_PROMPT*") set prompt = "$_venv_reference$prompt"'
goto _venv_register

# -- Commands -----------------------------------------------------------------

# The first ones act on the shell, which tells `doctor` what only it knows.
# Every other one may change the answer about this directory.
_venv_command:
if (1) shift
if (1) set _venv_status = 0
if ("$1" == off && ! -x "$_venv_bin/venv") goto _venv_off
if ("$1" == use || "$1" == pick || "$1" == off || "$1" == on) goto _venv_ask
if ("$1" == doctor) source $_venv_script:h:q/doctor.tcsh _venv_doctor $argv[2-]:q
if ("$1" != doctor) set _venv_facts = ($argv:q)
$_venv_bin:q/venv --hook "memory=$_venv_memory" $_venv_facts:q
if (1) set _venv_status = $status
_venv_changed
goto _venv_done

