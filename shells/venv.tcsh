# venv-which for tcsh 6.20 and later: does as told.
#: if (1) source '@scriptdir@/venv.tcsh'
# `venv init` prints that.  In ~/.tcshrc:  eval "`\venv init tcsh`"
# The second half, hook/venv.tcsh, decides when to ask; what is to be done about
# the answer is decided in C.  There are no functions: an alias reads this script with
# the name of a label.  What stands behind `if (1)` is never an alias of the user's.

# Interactive shells only: nobody else may notice.
if (! $?prompt) exit
if ("$1" =~ "_venv_*") goto "$1"

# -- State --------------------------------------------------------------------
# Where the programs were installed, for an environment could have put its own
# into PATH; and what this script is, for `venv doctor`.
if (1) set _venv_bin = '@bindir@' _venv_release = '@version@' _venv_script = '@scriptdir@/venv.tcsh'
# _venv_memory   what the last answer gave to be handed back; empty: never asked
# _venv_prompt   what the prompt shows in front
# _venv_own      `ours`: the alias `deactivate` is
# What the environment says of these is somebody else's; it has no lists.
if (1) set status = $?_venv_loaded || if ("x$#_venv_loaded" == x2) goto _venv_prompts
if (1) set _venv_loaded = (by us) _venv_memory = '' _venv_prompt = '' _venv_own = none \
	_venv_status = 0 _venv_warned = '' _venv_ready = 0 _venv_loads = 0 _venv_terms = () \
	VENV_WHICH_STATE = '' VENV_WHICH_NAME = '' VENV_WHICH_VERSION = '' VENV_WHICH_PROMPT = ''
goto _venv_prompts

# -- The answer ---------------------------------------------------------------
# Do what the lines say, but for what is to be called.  What is to be shown begins
# with `state`; without it all of it stays.  What is watched comes last.  What fails is asked anew.
_venv_take:
if (1) set _venv_lines = ($_venv_answer:q) _venv_n = 1 _venv_name = '' _venv_test = ''
if (1) alias _venv_prompt 'if (-e $_venv_script:q) source $_venv_script:q _venv_hook'
foreach _venv_line ($_venv_lines:q)
	if ("$_venv_line" =~ "keep *") set _venv_test = "$_venv_test || ! -e "'"$_venv_lines['$_venv_n']:s/keep //"'
	@ _venv_n++
	if ("$_venv_line" =~ "watch *") break
	# Each command that is passed over costs some twenty system calls.
	if ("$_venv_line" =~ "[stu]*") then
		if ("$_venv_line" =~ "same *") source $_venv_script:h:q/rest.tcsh _venv_moved
		if ("$_venv_line" =~ "set *") set _venv_name = "$_venv_line:s/set //"
		if ("$_venv_line" =~ "to *") setenv $_venv_name "$_venv_line:s/to //"
		if ("$_venv_line" =~ "unset *") unsetenv "$_venv_line:s/unset //"
		if ("$_venv_line" =~ "say *") /bin/sh -c 'printf "%s\n" "$1" >&2' sh "$_venv_line:s/say //"
		if ("$_venv_line" =~ "state *") set VENV_WHICH_STATE = "$_venv_line:s/state //" \
			VENV_WHICH_NAME = '' VENV_WHICH_VERSION = '' VENV_WHICH_PROMPT = '' _venv_prompt = ''
	else
		if ("$_venv_line" =~ "name *") set VENV_WHICH_NAME = "$_venv_line:s/name //"
		if ("$_venv_line" =~ "version *") set VENV_WHICH_VERSION = "$_venv_line:s/version //"
		if ("$_venv_line" =~ "prompt *") set _venv_prompt = "$_venv_line:s/prompt //"
		if ("$_venv_line" =~ "label *") set VENV_WHICH_PROMPT = "($_venv_line:s/label //) "
		if ("$_venv_line" =~ "mark *") set VENV_WHICH_PROMPT = "${VENV_WHICH_PROMPT}($_venv_line:s/mark //) "
		if ("$_venv_own $_venv_line" == "ours deactivate none") unalias deactivate
		if ("$_venv_line" == "deactivate ours") alias deactivate 'if (1) source $_venv_script:q _venv_deactivate'
		if ("$_venv_line" =~ "deactivate *") set _venv_own = "$_venv_line:s/deactivate //"
		if ("$_venv_line" =~ "memory *") set _venv_memory = "$_venv_line:s/memory //"
	endif
end
if ($#_venv_terms < $#_venv_lines) source $_venv_script:h:q/rest.tcsh _venv_terms
if (1) set _venv_test = "$_venv_test $_venv_terms[$_venv_n-$#_venv_lines]"
goto _venv_taken

# -- Prompt -------------------------------------------------------------------
# The prompt refers to a variable, whose value is not expanded again: a name is
# never code.  Or the user's own prompt shows it.
_venv_prompts:
if (1) set _venv_reference = '%${_venv_prompt}'
if (1) alias _venv_show 'if (1) set status = $?prompt || if ("x$_venv_prompt" != x &&' \
	'"$prompt" !~ "*_venv_prompt*" && "$prompt" !~ "*VENV_WHICH_PROMPT*") set prompt = "$_venv_reference$prompt"'
goto _venv_load

# -- Commands -----------------------------------------------------------------
# The first ones act on the shell, which tells `doctor` what only it knows.
# Every other one may change the answer about this directory.
_venv_deactivate:
if ("$1" == _venv_deactivate) set argv = (_venv_command off)
_venv_command:
if (1) set _venv_words = ($argv[2-]:q) _venv_status = 0
if ($#_venv_words < $#argv - 1) source $_venv_script:h:q/rest.tcsh
if ("$2" == use || "$2" == pick || "$2" == off || "$2" == on) goto _venv_ask
if ("$2" == doctor) source $_venv_script:h:q/doctor.tcsh _venv_doctor
$_venv_bin:q/venv --hook "memory=$_venv_memory" $_venv_words:q
if (1) set _venv_status = $status
_venv_changed
goto _venv_done

