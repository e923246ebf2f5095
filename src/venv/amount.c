/*
 * Ages and sizes, in the largest unit that says enough.
 */
#include "amount.h"

void amount_age(struct out *out, time_t seconds)
{
	static const struct {
		long from, seconds;
		const char *unit;
	} units[] = {
		{ 365 * 86400, 365 * 86400, " y" }, { 14 * 86400, 7 * 86400,
		" w" }, { 86400, 86400, " d" }, { 3600, 3600, " h" },
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (seconds < units[i].from)
			continue;
		out_number(out, (unsigned long long)(seconds /
						     units[i].seconds), 10);
		out_str(out, units[i].unit);
		return;
	}
	out_number(out, seconds > 0 ? (unsigned long long)seconds / 60 : 0,
		   10);
	out_str(out, " min");
}

void amount_size(struct out *out, unsigned long long bytes)
{
	static const char *const units[] = { " kB", " MB", " GB", " TB" };
	unsigned long long tenths = bytes / 100 + (bytes % 100 >= 50);
	size_t unit = 0;

	while (tenths >= 9995 && unit < sizeof(units) / sizeof(*units) - 1) {
		tenths = (tenths + 500) / 1000;
		unit++;
	}
	if (tenths < 100) {
		out_number(out, tenths / 10, 10);
		out_char(out, '.');
		out_number(out, tenths % 10, 10);
	} else {
		out_number(out, (tenths + 5) / 10, 10);
	}
	out_str(out, units[unit]);
}
