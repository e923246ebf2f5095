/*
 * What a shell says of itself to `venv doctor`: arguments `WORD VALUE`, the
 * value being any text, up to one that is `end`.
 *
 *	shell NAME	bash, zsh, fish
 *	release TEXT	its version
 *	version TEXT	that of the script that it has loaded
 *	bin DIR		where that script has the programs
 *	loads N		how often it was loaded while the shell started
 *	memory TEXT	what the hook's answers have it remember
 *	alias TEXT	what `venv` is an alias for
 *	sourced		an activation script has been sourced
 *	prompt-in TEXT	what lists the hooks of the prompt
 *	prompt TEXT	such a hook, a name or a command; one fact for each
 *	chdir-in TEXT	the same for a change of directory
 *	chdir TEXT
 *	wrap NAME TEXT	a command that the script has a function for, and the
 *			function that there is
 *	universal NAME	a variable that every shell of the user has for good
 *	user-path DIR	a directory that the shell keeps in front of PATH
 *	laps N M T...	readings of the clock; see doctor-time.c
 */
#ifndef FACTS_H
#define FACTS_H

#include <stdbool.h>
#include <stddef.h>

/* Take them from argv[1] on.  The argument that ended them. */
char **facts_take(char **argv);

/* The first value of the word, or NULL. */
const char *facts_value(const char *word);

/* The next one; *at is 0 before the first.  NULL: there is none. */
const char *facts_next(const char *word, size_t *at);

/* How often the values of `word` have the shell's name `name` in them. */
size_t facts_count(const char *word, const char *name);

#endif
