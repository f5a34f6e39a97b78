/* What the program can do; each returns when the run is over. */
#ifndef CALLSIM_COMMANDS_H
#define CALLSIM_COMMANDS_H

#include "settings.h"

/* Callers and call processor, in simulated time. */
void simulate(const struct settings *settings);

#endif
