/*
 * Candidates for a word of a command line of ours.
 */
#include "offer.h"

bool offer_is_option(const struct offer *offer, const char *name)
{
	return *name == '-' && !offer->dashes;
}
