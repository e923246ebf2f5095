# Activates the environment in PowerShell:  . bin/Activate.ps1
# The command `deactivate` undoes it.

# Where the environment was moved its programs are nobody's.
if (-not (Test-Path -LiteralPath (__VENV_DIR__ + '/pyvenv.cfg'))) {
    Write-Error 'this environment was made at another place, and moved here; to make it anew: venv recreate'
    return
}

# What another script made active is undone by its own function.
if ((Test-Path -LiteralPath env:_OLD_VIRTUAL_PATH) -and
    (Test-Path -LiteralPath function:deactivate)) {
    deactivate -NonDestructive
}

# Takes out what was added; what the user changed meanwhile stays.
function global:deactivate ([switch]$NonDestructive) {
    $old = Get-Variable -Name _VirtualEnv -Scope Global -ValueOnly -ErrorAction Ignore
    if ($null -ne $old) {
        $found = $false
        $rest = @()
        foreach ($entry in @("$env:PATH" -split ':')) {
            if (-not $found -and $entry -ceq $old['Bin']) {
                $found = $true
            } else {
                $rest += $entry
            }
        }
        if ($found) {
            $env:PATH = $rest -join ':'
        }
        if ($null -ne $old['Home'] -and -not (Test-Path -LiteralPath env:PYTHONHOME)) {
            $env:PYTHONHOME = $old['Home']
        }
        if ($null -ne $old['Prompt'] -and "$function:prompt" -ceq "$($old['Shown'])") {
            Set-Item -LiteralPath function:global:prompt -Value $old['Prompt']
        }
        Remove-Variable -Name _VirtualEnv -Scope Global -Force
        Remove-Item -LiteralPath env:VIRTUAL_ENV, env:VIRTUAL_ENV_PROMPT -ErrorAction Ignore
    }
    if (-not $NonDestructive) {
        Remove-Item -LiteralPath function:deactivate
    }
}

deactivate -NonDestructive

$global:_VirtualEnv = @{
    Bin = __VENV_DIR__ + '/bin'
    Home = $env:PYTHONHOME
    Prompt = $null
    Shown = $null
}
$env:VIRTUAL_ENV = __VENV_DIR__
$env:VIRTUAL_ENV_PROMPT = __VENV_PROMPT__
if (Test-Path -LiteralPath env:PATH) {
    $env:PATH = $global:_VirtualEnv['Bin'] + ':' + $env:PATH
} else {
    $env:PATH = $global:_VirtualEnv['Bin']
}
if (Test-Path -LiteralPath env:PYTHONHOME) {
    Remove-Item -LiteralPath env:PYTHONHOME
}

if (-not $env:VIRTUAL_ENV_DISABLE_PROMPT -and (Test-Path -LiteralPath function:prompt)) {
    $global:_VirtualEnv['Prompt'] = $function:prompt
    $global:_VirtualEnv['Shown'] = {
        Write-Host -NoNewline ('(' + $env:VIRTUAL_ENV_PROMPT + ') ')
        & $global:_VirtualEnv['Prompt']
    }
    Set-Item -LiteralPath function:global:prompt -Value $global:_VirtualEnv['Shown']
}
