#define _GNU_SOURCE
#include "address.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <linux/vm_sockets.h>

#include "fail.h"

enum { VSOCK_BUFFER_BYTES = 1 << 13 };

struct address {
	union {
		struct sockaddr any;
		struct sockaddr_un local;
		struct sockaddr_vm guest;
	} to;
	socklen_t bytes;
};

static int parse_unix(struct address *address, const char *path)
{
	if (strlen(path) >= sizeof address->to.local.sun_path)
		return -1;
	address->to.local.sun_family = AF_UNIX;
	memcpy(address->to.local.sun_path, path, strlen(path) + 1);
	address->bytes = sizeof address->to.local;
	return 0;
}

static int parse_vsock(struct address *address, const char *cid_and_port)
{
	unsigned cid = VMADDR_CID_ANY, port;
	int end = 0;

	if (sscanf(cid_and_port, "any:%u%n", &port, &end) != 1 && sscanf(cid_and_port, "%u:%u%n", &cid, &port, &end) != 2)
		return -1;
	if (cid_and_port[end] != '\0')
		return -1;
	address->to.guest.svm_family = AF_VSOCK;
	address->to.guest.svm_cid = cid;
	address->to.guest.svm_port = port;
	address->bytes = sizeof address->to.guest;
	return 0;
}

static struct address parse(const char *text)
{
	struct address address = {.bytes = 0};
	int error = -1;

	if (text && strncmp(text, "unix:", 5) == 0)
		error = parse_unix(&address, text + 5);
	else if (text && strncmp(text, "vsock:", 6) == 0)
		error = parse_vsock(&address, text + 6);
	if (error < 0)
		fail("address %s: want unix:PATH or vsock:CID:PORT", text ? text : "missing");
	return address;
}

/*
 * With the quarter of a megabyte that vsock gives, a call processor that cannot keep up would take calls of many
 * seconds ago. An accepted socket has the size of the one that listens.
 */
static int make_socket(const struct address *address)
{
	int fd = socket(address->to.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	uint64_t bytes = VSOCK_BUFFER_BYTES;

	if (fd >= 0 && address->to.any.sa_family == AF_VSOCK &&
	    setsockopt(fd, AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE, &bytes, sizeof bytes) < 0)
		fail("cannot set the buffer of a vsock socket: %s", strerror(errno));
	return fd;
}

int address_connect(const char *text)
{
	struct address address = parse(text);
	int fd = make_socket(&address);

	if (fd >= 0 && connect(fd, &address.to.any, address.bytes) < 0) {
		int error = errno;

		close(fd);
		errno = error;
		return -1;
	}
	return fd;
}

int address_accept(const char *text)
{
	struct address address = parse(text);
	int fd = make_socket(&address);
	int connection;

	if (fd < 0 || bind(fd, &address.to.any, address.bytes) < 0 || listen(fd, 1) < 0)
		fail("cannot listen at %s: %s", text, strerror(errno));
	connection = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
	if (connection < 0)
		fail("nobody comes to %s: %s", text, strerror(errno));
	close(fd);
	return connection;
}
