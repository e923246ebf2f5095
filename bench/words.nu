# How bench/run measures in nu.  Sourced by an interactive shell, below the line that
# loads the hook of $TOOL, it defines the words of the plans; words.bash explains them.

# What marks the trace.  To print it would run two processes without a terminal.
def echo [text: string] { $"($text)\n" | save --append /dev/stdout }

# What nu calls at a prompt.  No other hook is there.
def --env prompt [] { do --env $env.config.hooks.pre_prompt.0.code }

def --env block [label: string, n: int, ...words: string] {
    let what = match $words.0 {
        nothing => {|| }
        run => {|| ^$env.EMPTY }
        capture => {|| let output = (^$env.EMPTY) }
        prompt => $env.config.hooks.pre_prompt.0.code
        go => {|| cd $words.1; cd $words.2 }
        type_go => {|| cd $words.1; prompt; cd $words.2; prompt }
        tab => {|| tab }
    }
    ^$env.STAMP start o>> $env.OUT
    for _ in 1..$n { do --env $what }
    ^$env.STAMP $label $n o>> $env.OUT
}
def tab [] { $"0 offered (_venv_complete [venv use ''] | length)\n" | save --append $env.OUT }
def proof [] { ^$env.STAMP active $env.VIRTUAL_ENV o>> $env.OUT }
