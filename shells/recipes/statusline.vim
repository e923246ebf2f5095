" vim and neovim: the environment of the file that one edits, in the status
" line.  From the vimrc:
"
"	source @scriptdir@/recipes/statusline.vim
"	set statusline=%f\ %m%r%=%{VenvWhich()}\ %l,%c
"
" What is between %{ and } is shown as it is, so that a name is text.  The
" program is asked when a buffer is entered, not each time a line is drawn.

function! VenvWhich() abort
	return get(b:, 'venv_which', '')
endfunction

function! s:ask() abort
	let l:command = ['@bindir@/venv-which', '-C', expand('%:p:h'), '-f', '%n %V']
	" neovim runs a list without a shell, in which vim's has to be quoted.
	if !has('nvim')
		let l:command = join(map(l:command, 'shellescape(v:val)'))
	endif
	let b:venv_which = substitute(system(l:command), '\n', '', 'g')
	" What went wrong is in it, too.
	if v:shell_error | let b:venv_which = '' | endif
endfunction

augroup venv_which
	autocmd!
	autocmd BufEnter,BufFilePost,FocusGained * call s:ask()
augroup END
