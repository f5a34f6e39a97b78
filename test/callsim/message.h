/* What callers and call processor send each other, in the byte order of the machine that both are on. */
#ifndef CALLSIM_MESSAGE_H
#define CALLSIM_MESSAGE_H

#include <stdint.h>

enum message_kind {
	MESSAGE_CALL,        /* to the call processor: id, emergency */
	MESSAGE_DONE,        /* from it: id */
	MESSAGE_TURNED_AWAY, /* from it: id */
	MESSAGE_LOAD,        /* from it: what the guest knows of its CPU in the last interval, hundredths of a percent */
	MESSAGE_REDUCTION    /* to it, what it is to turn away; from it, what it turns away from now on: hundredths */
};

struct message {
	uint32_t id;
	uint8_t kind;
	uint8_t emergency;
	uint16_t hundredths;
};

#endif
