/* Stream sockets by their address in words: unix:PATH, or vsock:CID:PORT, where a CID of "any" is to be listened at. */
#ifndef CALLSIM_ADDRESS_H
#define CALLSIM_ADDRESS_H

/* Returns a connected socket, or -1 with errno set; ends the program if the text is no address. */
int address_connect(const char *text);

/* Returns the one connection that is made to an address; ends the program if nobody can listen there. */
int address_accept(const char *text);

#endif
