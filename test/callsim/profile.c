#include "profile.h"

#include <stdlib.h>

#include "clock.h"

/* Reads a number that is at least 0. Returns what follows it, or NULL. */
static const char *parse_number(const char *text, double *number)
{
	char *end;

	*number = strtod(text, &end);
	return end != text && *number >= 0 && *number < 1e9 ? end : NULL;
}

int profile_parse(struct profile *profile, const char *text)
{
	int step = 0;

	for (;; text++, step++) {
		double from_s = 0;

		if (step == PROFILE_STEPS)
			return -1;
		text = parse_number(text, &profile->value[step]);
		if (text && *text == '@')
			text = parse_number(text + 1, &from_s);
		if (!text || (step == 0) != (from_s == 0))
			return -1;
		profile->from_ns[step] = (uint64_t)(from_s * NS_PER_SECOND);
		if (step > 0 && profile->from_ns[step] <= profile->from_ns[step - 1])
			return -1;
		if (*text == '\0')
			break;
		if (*text != ',')
			return -1;
	}
	profile->steps = step + 1;
	return 0;
}

double profile_at(const struct profile *profile, uint64_t run_ns)
{
	int step = profile->steps - 1;

	while (step > 0 && profile->from_ns[step] > run_ns)
		step--;
	return profile->value[step];
}
