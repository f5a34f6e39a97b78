/*
 * Those who call. Fresh calls come as they come (Poisson), however many are unanswered. One that has not been
 * answered within the deadline is tried again, for a bounded number of times; one that was turned away is not: it was
 * told to keep away for longer than a run takes. Whether time is real or simulated is the caller's business.
 */
#ifndef CALLSIM_CALLERS_H
#define CALLSIM_CALLERS_H

#include <stdbool.h>
#include <stdint.h>

#include "rng.h"
#include "settings.h"

/* A try of a call, as it is sent to the call processor. */
struct attempt {
	uint32_t id; /* one more than that of the attempt before */
	bool emergency;
};

enum answer { ANSWER_DONE, ANSWER_TURNED_AWAY };

struct tally {
	unsigned offered;     /* fresh calls */
	unsigned done;        /* answered within the deadline */
	unsigned turned_away; /* told to keep away, within the deadline */
	unsigned retried;     /* attempts but the first of a call */
	unsigned failed;      /* calls given up */
	unsigned emergencies; /* fresh calls that may not be turned away */
	unsigned emergencies_done;
};

struct sent_attempt;

struct callers {
	const struct settings *settings;
	struct rng rng;
	uint64_t deadline_ns;
	uint64_t start_ns;
	uint64_t fresh_ns; /* when the next fresh call comes */
	struct sent_attempt *sent;
	uint32_t oldest; /* [oldest, next) have been sent, and their deadline is not known to be over */
	uint32_t next;
	struct tally tally; /* since the caller last took it */
};

void callers_init(struct callers *callers, const struct settings *settings, uint64_t start_ns);

void callers_free(struct callers *callers);

/* When callers_take has something again, unless something is answered. */
uint64_t callers_due_ns(struct callers *callers);

/* Takes an attempt that is due by now; false if there is none. */
bool callers_take(struct callers *callers, uint64_t now_ns, struct attempt *attempt);

/* An attempt has been answered. An answer that comes too late is of no use to anybody. */
void callers_answer(struct callers *callers, uint32_t id, enum answer answer, uint64_t now_ns);

/* Prints what has been counted, and counts from 0 again. load and reduction are in percent; below 0: not known. */
void callers_report(struct callers *callers, uint64_t now_ns, double load, double reduction);

#endif
