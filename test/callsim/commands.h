/* What the program can do; each returns when the run is over. */
#ifndef CALLSIM_COMMANDS_H
#define CALLSIM_COMMANDS_H

#include "settings.h"

/* Callers and call processor, in simulated time. */
void simulate(const struct settings *settings);

/* Callers, in real time. */
void generate(const struct settings *settings);

/* Prints how much work this CPU does in 1 us. */
void calibrate(const struct settings *settings);

/* A call processor, in real time, until its callers are gone. */
void process(const struct settings *settings);

#endif
