# tide: an item.  Copy it to ~/.config/fish/functions/_tide_item_venv_which.fish,
# and once:
#
#	set -U tide_right_prompt_items $tide_right_prompt_items venv_which
#	set -U tide_venv_which_color cyan
#	set -U tide_venv_which_bg_color normal
#
# tide draws in the background, in a fish that has not loaded our script and
# knows none of its variables.  So the program is asked there.
function _tide_item_venv_which
    set -l words (string split -m 1 -- ' ' (@bindir@/venv-which --any -f '%s %n %V'))
    set -q words[2]; or return
    test $words[1] = active; or set words[2] "$words[2]: $words[1]"
    _tide_print_item venv_which $words[2]
end
