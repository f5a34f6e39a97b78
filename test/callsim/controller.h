/*
 * The controller at the other end of standard input and output, which is the daemon's own: it is told how a vCPU spent
 * the last interval, and answers how many percent to turn away.
 */
#ifndef CALLSIM_CONTROLLER_H
#define CALLSIM_CONTROLLER_H

#include <stdint.h>
#include <stdio.h>

#include "fail.h"

/* Shares of the vCPUs' time, percent. */
struct load {
	double useful;
	double overhead;
	double contention;
};

static inline double controller_ask(uint64_t now_ns, const struct load *load)
{
	double reduction;

	printf("sample %llu %.2f %.2f %.2f\n", (unsigned long long)now_ns, load->useful, load->overhead,
	       load->contention);
	fflush(stdout);
	if (scanf("%lf", &reduction) != 1)
		fail("no controller answers on standard input: want the reduction, percent");
	return reduction;
}

#endif
