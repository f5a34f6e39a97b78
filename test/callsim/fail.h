/* Ends the program, status 2, with one line that says why. */
#ifndef CALLSIM_FAIL_H
#define CALLSIM_FAIL_H

#include <stdio.h>
#include <stdlib.h>

#define fail(...)                               \
	do {                                    \
		fprintf(stderr, "callsim: ");   \
		fprintf(stderr, __VA_ARGS__);   \
		fputc('\n', stderr);            \
		exit(2);                        \
	} while (0)

#endif
