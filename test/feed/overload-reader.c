/*
 * overload-reader: the reader in C of the load-shedding input, for tests, and an example of its use.
 *
 *   overload-reader print FILE NE        prints what NE is asked to do, or why there is nothing
 *   overload-reader count FILE NE READS  reads what TornReadTest writes, and prints how often it was another
 *                                        record than the time before; exits 1 at the first that is torn
 */
#include "vcpuacct_overload.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *name_of(int error)
{
	switch (-error) {
	case ENOENT:
		return "ENOENT";
	case ESTALE:
		return "ESTALE";
	case EACCES:
		return "EACCES";
	case EPROTO:
		return "EPROTO";
	case EAGAIN:
		return "EAGAIN";
	default:
		return strerror(-error);
	}
}

static int print(struct vcpuacct_overload_reader *reader)
{
	struct vcpuacct_overload overload;
	int error = vcpuacct_overload_read(reader, &overload);

	if (error < 0) {
		printf("nothing: %s\n", name_of(error));
		return 0;
	}
	printf("index=%" PRIu32 " sequence=%" PRIu64 " validity-ms=%" PRIu32 " load=%u reduction=%u level=%u cause=%u"
	       " algorithm=%u\n",
	       overload.index, overload.sequence, overload.validity_ms, overload.load, overload.reduction,
	       overload.level, overload.cause, overload.algorithm);
	return 0;
}

/* Asked.overload and TornReadTest.recordOf, from the sequence number. */
static int is_whole(const struct vcpuacct_overload *overload, uint64_t start_ns)
{
	uint64_t sequence = overload->sequence;

	return overload->load == sequence % 101 && overload->reduction == sequence * 7 % 101 &&
	       overload->level == 1 + sequence % 4 && overload->cause == 1 + sequence / 4 % 4 &&
	       overload->measured_ns + sequence == start_ns &&
	       overload->valid_until_ns - sequence == start_ns + UINT64_C(3600000000000) && overload->index == 7;
}

static int count(struct vcpuacct_overload_reader *reader, long reads)
{
	struct vcpuacct_overload overload;
	uint64_t start_ns = 0, last = 0;
	long i, different = 0;

	/* The host may have stopped the writer in the middle: then there is nothing yet. */
	while (vcpuacct_overload_read(reader, &overload) < 0)
		usleep(1000);
	for (i = 0; i < reads; i++) {
		int error = vcpuacct_overload_read(reader, &overload);

		if (error < 0) {
			fprintf(stderr, "read %ld: %s\n", i, name_of(error));
			return 1;
		}
		if (start_ns == 0)
			start_ns = overload.measured_ns + overload.sequence;
		if (!is_whole(&overload, start_ns)) {
			fprintf(stderr, "read %ld is torn: sequence %" PRIu64 "\n", i, overload.sequence);
			return 1;
		}
		different += overload.sequence != last;
		last = overload.sequence;
	}
	printf("%ld\n", different);
	return 0;
}

int main(int argc, char **argv)
{
	struct vcpuacct_overload_reader reader;
	int status;

	if (argc < 4 || (strcmp(argv[1], "count") == 0) != (argc == 5)) {
		fprintf(stderr, "usage: overload-reader print FILE NE | count FILE NE READS\n");
		return 2;
	}
	vcpuacct_overload_init(&reader, argv[2], argv[3]);
	status = argc == 5 ? count(&reader, atol(argv[4])) : print(&reader);
	vcpuacct_overload_close(&reader);
	return status;
}
