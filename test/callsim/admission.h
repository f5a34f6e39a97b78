/* Who tells a call processor how much to turn away. */
#ifndef CALLSIM_ADMISSION_H
#define CALLSIM_ADMISSION_H

#include "processor.h"

/* Starts what the settings ask for; a thread of its own, if that takes one. */
void admission_start(struct processor *processor);

#endif
