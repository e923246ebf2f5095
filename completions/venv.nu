# venv-which for nu 0.115 and later: what TAB completes.
#
# `venv --complete` says what a word could be; that is data, which is quoted here
# for the command line.  Read by the script, for nu reads nothing at a TAB; and with the
# commands themselves, for what completes a command is a part of its definition.

# -- State --------------------------------------------------------------------

# What no word is quoted for, also as a part of a candidate's line, for to read one by
# one is slow; and what is left out, for it is not UTF-8, or would go to the terminal
# as it is.
const _VENV_PLAIN = '^[\w.+/:@%,=-]+$'
const _VENV_CANDIDATE = '^(?=[^\t])(?P<plain>[\w.+/:@%,=-]*)(?P<rest>.*)\t(?P<description>[^\t]*)$'
const _VENV_ODD = '[\x00-\x08\x0a-\x1f\x7f\x{fffd}]|odd characters$'

# -- The question -------------------------------------------------------------

# Of the words as they are typed the last may have an open quote.
export def _venv_complete [spans: list<string>] {
    let words = ($spans | %skip 1 | %each { _venv_unquote })
    let program = ($spans.0 | %str trim --left --char '^' | %path basename)
    let lines = (try { ^$'($_VENV_BIN)/venv' --complete $program -- ...$words | %decode utf-8 | %split row "\n" } catch { [] })
    let other = ($lines | %parse --regex '^\tcommand (?P<at>\d+)$')
    if ($other | %is-not-empty) { return (_venv_complete_other ($spans | %skip ($other.0.at | %into int))) }
    let typed = ($spans | %last)
    let bare = ($typed !~ '^["~]')
    $lines | where $it !~ $_VENV_ODD | %parse --regex $_VENV_CANDIDATE | %each {|it|
        let value = $'($it.plain)($it.rest)'
        let text = if $bare and $it.rest == '' { $value } else { _venv_quote $value ($it.rest == '') $typed }
        let end = if ($value ends-with '/') or ($value ends-with '=') { '' } else { ' ' }
        { value: $'($text)($end)', description: $it.description }
    }
}

def _venv_unquote []: string -> string {
    let word = $in
    match ($word | %str substring 0..0) {
        "'" | '`' => { $word | %str trim --char ($word | %str substring 0..0) }
        '"' => { try { $'($word)"' | %from json } catch { try { $word | %from json } catch { $word | %str substring 1.. } } }
        '~' => { $word | %str replace --regex '^~(?=/)' $env.HOME }
        _ => $word
    }
}

# It is a command line of its own that begins at a word.  Nothing: nu's own files.
def _venv_complete_other [spans: list<string>] {
    let completer = $env.config.completions.external.completer?
    if $completer != null { do $completer $spans }
}

# -- The answer ---------------------------------------------------------------

# The quote that the user has opened stays; `~` means something where there is none.
def _venv_quote [value: string, plain: bool, typed: string] {
    let home = $'($env.HOME)/'
    if $typed starts-with '"' { $value | %to json
    } else if $typed starts-with '~/' and $value starts-with $home and ($value | %str replace $home '') =~ $_VENV_PLAIN {
        $value | %str replace $home '~/'
    } else if $plain { $value
    } else if "'" not-in $value { $"'($value)'"
    } else { $value | %to json }
}

# -- Registration -------------------------------------------------------------

@complete _venv_complete
export extern venv-which []

# The first ones act on the shell; others may change the answer about this directory.
# What is to be had by a pipe has to come last.
@complete _venv_complete
export def --env --wrapped venv [...words] {
    let program = { ^$'($_VENV_BIN)/venv' --hook $'memory=($env._venv.memory)' ...$words }
    match ($words.0? | %default '') {
        use | pick | off | on => { _venv_verb ...$words }
        doctor => { _venv_doctor ...($words | %skip 1) }
        create | recreate | remove | link | allow | deny if '--list' not-in $words => {
            do $program
            _venv_changed
        }
        _ => { do $program }
    }
}
