/*
 * What a word that means something to run could be.
 */
#ifndef OFFERPROGRAMS_H
#define OFFERPROGRAMS_H

#include "offer.h"

/* Base interpreters, as python_find() takes them: of PATH, pyenv and uv. */
void offer_pythons(struct offer *offer);

/* Programs of the environment that `venv run` would run them in. */
void offer_programs(struct offer *offer);

#endif
