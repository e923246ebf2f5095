/*
 * What tools make of a project's path, to have a name for its environment:
 * SHA-256 (FIPS 180-4), and of that the first 48 bits in RFC 4648's base64 for
 * file names.
 */
#ifndef HASH_H
#define HASH_H

#define HASH_SIZE 9

/* The eight characters for `text`, and a NUL. */
void hash_text(const char *text, char ret[HASH_SIZE]);

#endif
