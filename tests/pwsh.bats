# What is special in PowerShell.  Where this was written nobody had it, so that it
# has no profile; who has it is told whether what was read does run.

# shellcheck disable=SC2016,SC2154 # text for pwsh

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	need_shell pwsh
	export POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
}

# program <LINES: runs them as at work in a shell that has loaded the script.
program() {
	{
		echo 'Invoke-Expression (env venv init pwsh)'
		echo '$global:_venv.ready = $true'
		cat
	} >"$HOME/lines.ps1"
	hear pwsh -NoProfile -File "$HOME/lines.ps1"
}

@test "pwsh: its parser finds no fault in what is installed" {
	cat >parse.ps1 <<-'END'
		foreach ($file in $args) {
			$faults = $null
			$null = [Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $faults)
			foreach ($fault in $faults) { "${file}: $fault" }
		}
	END
	run pwsh -NoProfile -File parse.ps1 "$STAGE/share/venv-which/"*.pwsh
	assert_success
	assert_output ''
}

@test "pwsh: an environment is active on the line of its cd, and gone with the next" {
	make_env app/.venv
	program <<-'END'
		Set-StrictMode -Version Latest
		$ErrorActionPreference = 'Stop'
		cd app; $env:VIRTUAL_ENV
		"$VENV_WHICH_STATE $VENV_WHICH_NAME"
		deactivate
		$VENV_WHICH_STATE
		venv on
		cd ..; $env:PATH
	END
	assert_output "$HOME/app/.venv
active app
off
$PATH"
	assert_equal "$stderr" ''
}

@test "pwsh: the user's prompt has the name in front, and the status as it was" {
	make_env app/.venv
	program <<-'END'
		function global:prompt { "$? $LASTEXITCODE> " }
		Invoke-Expression (env venv init pwsh)
		cd app
		sh -c 'exit 3'
		prompt
	END
	assert_output '(app) False 3> '
}
