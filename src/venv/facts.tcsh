# What only a shell knows of itself, for `venv doctor`, in tcsh: arguments
# `WORD VALUE`; see facts.h.  The program judges.  Read when it is asked for.

if ("$1" == _venv_laps) goto _venv_laps
_venv_doctor:
if (1) set _venv_facts = ('shell tcsh' "release $tcsh" "version $_venv_release" "bin $_venv_bin" \
	"loads $_venv_loads" "memory $_venv_memory" 'prompt-in the alias precmd' 'chdir-in the alias cwdcmd')
if ($?_OLD_VIRTUAL_PATH) set _venv_facts = ($_venv_facts:q sourced)
foreach _venv_line ("`if (1) alias precmd`")
	if (1) set _venv_facts = ($_venv_facts:q "prompt $_venv_line")
end
foreach _venv_line ("`if (1) alias cwdcmd`")
	if (1) set _venv_facts = ($_venv_facts:q "chdir $_venv_line")
end
if ("$_venv_words" =~ "*--time*") set _venv_text = ("`if (1) source $_venv_script:h:q/doctor.tcsh _venv_laps`")
if ("$_venv_words" =~ "*--time*") set _venv_facts = ($_venv_facts:q "laps 200 20 $_venv_text")
if (1) set _venv_words = (doctor $_venv_facts:q end $_venv_words[2-]:q)
goto _venv_told

# The time before and after nothing, prompts, a program that does nothing, and
# what `cd` asks.  In a process of its own, where all that they change is forgotten.
_venv_laps:
$_venv_bin:q/venv --hook doctor clock
$_venv_bin:q/venv --hook doctor clock
if (1) set _venv_lap = 200
while ($_venv_lap)
	_venv_prompt
	@ _venv_lap--
end
$_venv_bin:q/venv --hook doctor clock
if (1) set _venv_lap = 20 _venv_run = 'if (1) exec $_venv_bin:q/venv-which -V'
while ($_venv_lap)
	if (1) set _venv_text = "`$_venv_run`"
	@ _venv_lap--
end
$_venv_bin:q/venv --hook doctor clock
if (1) set _venv_lap = 20
while ($_venv_lap)
	if (1) source $_venv_script:q _venv_hook
	@ _venv_lap--
end
$_venv_bin:q/venv --hook doctor clock
_venv_told:
