/* What a call processor does with an attempt, in a simulation and for real. */
#ifndef CALLSIM_CALL_H
#define CALLSIM_CALL_H

#include "callers.h"
#include "rng.h"

/* Turns away so many percent of all but emergency calls, by chance: the algorithm loss of RFC 7339. */
static inline enum answer call_answer(struct rng *rng, const struct attempt *attempt, double reduction)
{
	return !attempt->emergency && rng_uniform(rng) * 100 < reduction ? ANSWER_TURNED_AWAY : ANSWER_DONE;
}

/* Time of a vCPU that the answer takes, us: of a call from half to one and a half times the average. */
static inline double call_work_us(struct rng *rng, const struct settings *settings, enum answer answer)
{
	return answer == ANSWER_DONE ? settings->call_us * (0.5 + rng_uniform(rng)) : settings->turn_away_us;
}

#endif
