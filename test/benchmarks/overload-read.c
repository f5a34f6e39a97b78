/*
 * overload-read FILE NE READS ROUNDS: prints the time of a look at a valid record of the load-shedding input, ns, as
 * the least and the median of the rounds: what vcpuacct_overload_read costs, clock_gettime included.
 */
#include "vcpuacct_overload.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static int by_size(const void *one, const void *other)
{
	double difference = *(const double *)one - *(const double *)other;

	return (difference > 0) - (difference < 0);
}

/* Time of a look, ns; negative if there was nothing to read. */
static double time_looks(struct vcpuacct_overload_reader *reader, long reads)
{
	struct vcpuacct_overload overload;
	volatile uint32_t used;
	uint64_t start_ns = vcpuacct_overload_now_ns();
	long i;

	for (i = 0; i < reads; i++) {
		if (vcpuacct_overload_read(reader, &overload) < 0)
			return -1;
		used = overload.reduction;
	}
	(void)used;
	return (double)(vcpuacct_overload_now_ns() - start_ns) / (double)reads;
}

int main(int argc, char **argv)
{
	struct vcpuacct_overload_reader reader;
	long reads, rounds, i;
	double *ns;

	if (argc != 5 || (reads = atol(argv[3])) < 1 || (rounds = atol(argv[4])) < 1) {
		fprintf(stderr, "usage: overload-read FILE NE READS ROUNDS\n");
		return 2;
	}
	ns = calloc((size_t)rounds, sizeof(*ns));
	if (!ns)
		return 1;
	vcpuacct_overload_init(&reader, argv[1], argv[2]);
	for (i = 0; i < rounds; i++) {
		ns[i] = time_looks(&reader, reads);
		if (ns[i] < 0) {
			fprintf(stderr, "overload-read: there is no valid record of %s in %s\n", argv[2], argv[1]);
			return 1;
		}
	}
	vcpuacct_overload_close(&reader);
	qsort(ns, (size_t)rounds, sizeof(*ns), by_size);
	printf("%.1f %.1f\n", ns[0], ns[rounds / 2]);
	free(ns);
	return 0;
}
