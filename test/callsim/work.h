/* Work that keeps a CPU busy for a known time, and timers that make a guest exit meanwhile. */
#ifndef CALLSIM_WORK_H
#define CALLSIM_WORK_H

/* Of one thread. */
struct work {
	double steps_per_us;
	int timer;
};

/* Finds out how fast a CPU is that nobody else uses just then; takes some 50 ms of one. */
double work_calibrate(void);

void work_init(struct work *work, double steps_per_us);

/*
 * Works for as long as it takes a CPU that is this thread's alone. Each timer, armed one after the other, goes off
 * while it does: to program it and its interrupt are exits.
 */
void work_do(struct work *work, double us, int timers);

#endif
