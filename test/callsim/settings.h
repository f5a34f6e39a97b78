/* What a run is like: the NAME=VALUE arguments. */
#ifndef CALLSIM_SETTINGS_H
#define CALLSIM_SETTINGS_H

#include <stdint.h>

#include "profile.h"

enum admission {
	ADMISSION_NONE,     /* every call is taken */
	ADMISSION_FIXED,    /* the same part is turned away all the time */
	ADMISSION_FEED,     /* what the host's account of the vCPUs leads to */
	ADMISSION_GUEST_CPU /* what the guest's own account of its CPU leads to, by the same policy */
};

struct settings {
	struct profile offered;   /* fresh calls, times the capacity */
	struct profile neighbour; /* share of the pCPUs' time that another takes from the vCPUs, below 1 */
	enum admission admission;
	double reduction; /* percent, of ADMISSION_FIXED */
	double seconds;
	double vcpus;
	double capacity;     /* calls a second of which offered is a multiple; 0: as many as vcpus and call_us make */
	double call_us;      /* time of a vCPU that a call takes on average; simulated, exits and all */
	double turn_away_us; /* and to turn one away, simulated; for real it takes what it takes */
	double guest_share;  /* of that time, the part of which the guest knows */
	double queue;        /* calls that can wait; more are lost */
	double deadline_ms;  /* a caller waits so long for an answer, and then tries again */
	double retries;      /* at most so often */
	double emergency_percent;
	double interval_ms; /* between two samples of the load */
	double noise;       /* the guest's other work, on average and exponential: percent of its vCPUs */
	double bundle_ms;   /* real calls that come within this leave together, as SCTP bundles (RFC 9260 section 6.10) */
	double steps_per_us; /* of real work, as calibrate prints it; 0: each call processor finds out for itself */
	double timers;      /* that a real call arms */
	double seed;
	const char *address; /* of the call processor: unix:PATH, vsock:CID:PORT */
	const char *feed;    /* what a real call processor reads: unix:PATH, vsock:CID:PORT, file:PATH */
	const char *ne;      /* the network element that it is */
};

/* Reads the arguments, over defaults; ends the program if one is wrong. */
void settings_parse(struct settings *settings, char **arguments);

/* Calls a second of which offered is a multiple. */
double settings_capacity(const struct settings *settings);

uint64_t settings_end_ns(const struct settings *settings);

#endif
