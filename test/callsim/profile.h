/* A figure that changes in steps in the course of a run: "0.5,10@20,0.5@50" is 10 from second 20 to 50. */
#ifndef CALLSIM_PROFILE_H
#define CALLSIM_PROFILE_H

#include <stdint.h>

enum { PROFILE_STEPS = 16 };

struct profile {
	int steps;
	double value[PROFILE_STEPS];
	uint64_t from_ns[PROFILE_STEPS];
};

/* Returns 0, or -1 if the text is no profile. */
int profile_parse(struct profile *profile, const char *text);

/* The value at an instant of the run. */
double profile_at(const struct profile *profile, uint64_t run_ns);

#endif
