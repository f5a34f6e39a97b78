#define _GNU_SOURCE
#include "work.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "clock.h"
#include "fail.h"

enum { CALIBRATIONS = 20, CALIBRATION_STEPS = 1000000 };

static void spin(uint64_t steps)
{
	for (volatile uint64_t step = 0; step < steps; step++)
		;
}

static int compare(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

/* The median: a guest's clock of CPU time may be off by much, both ways, while its VMM is busy. */
double work_calibrate(void)
{
	uint64_t took_ns[CALIBRATIONS];

	for (int i = 0; i < CALIBRATIONS; i++) {
		uint64_t from_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID);

		spin(CALIBRATION_STEPS);
		took_ns[i] = clock_ns(CLOCK_THREAD_CPUTIME_ID) - from_ns;
	}
	qsort(took_ns, CALIBRATIONS, sizeof took_ns[0], compare);
	return (double)CALIBRATION_STEPS * NS_PER_US / (double)took_ns[CALIBRATIONS / 2];
}

void work_init(struct work *work, double steps_per_us)
{
	work->steps_per_us = steps_per_us;
	work->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	if (work->timer < 0)
		fail("no timer: %s", strerror(errno));
}

static void arm(const struct work *work, double us)
{
	struct itimerspec after = {.it_value = {.tv_nsec = 1 + (long)(us * NS_PER_US)}};

	if (timerfd_settime(work->timer, 0, &after, NULL) < 0)
		fail("cannot arm a timer: %s", strerror(errno));
}

static void collect(const struct work *work)
{
	uint64_t expirations;

	if (read(work->timer, &expirations, sizeof expirations) < 0 && errno != EAGAIN)
		fail("cannot read a timer: %s", strerror(errno));
}

void work_do(struct work *work, double us, int timers)
{
	double slice_us = us / (timers > 0 ? timers : 1);

	for (int i = 0; i < timers; i++) {
		arm(work, slice_us / 2);
		spin((uint64_t)(slice_us * work->steps_per_us));
		collect(work);
	}
	if (timers == 0)
		spin((uint64_t)(us * work->steps_per_us));
}
