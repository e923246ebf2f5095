/*
 * Variables of the environment.
 */
#ifndef VAR_H
#define VAR_H

/*
 * As getenv(3), which measures each name anew: an answer asks some thirty
 * times, of some forty variables, and that was a quarter of its work.
 */
char *var_get(const char *name);

/* The same; NULL also where it is set to nothing. */
const char *var_set(const char *name);

#endif
