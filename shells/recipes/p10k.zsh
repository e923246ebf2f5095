# powerlevel10k: a segment.  Into ~/.p10k.zsh, and `venv_which` into
# POWERLEVEL9K_LEFT_PROMPT_ELEMENTS or POWERLEVEL9K_RIGHT_PROMPT_ELEMENTS.  The
# colours are its own: POWERLEVEL9K_VENV_WHICH_ACTIVE_FOREGROUND and the like.
#
# The text is in psvar, where the hook has put it, and it is looked up when the
# prompt is drawn: a name is text, and it does not matter whose precmd was
# first.  There is no instant_prompt_venv_which: before the first prompt nobody
# knows what is active, and so an instant prompt does not claim anything.
function prompt_venv_which() {
	p10k segment -s ACTIVE -f cyan -c '${psvar[98]-}' -t '%98v'
	p10k segment -s FOUND -f yellow -c '${psvar[99]-}' -t '%99v'
}
