// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * libbpf's reader as a C program uses it: ring_buffer__consume with a callback that reads each record's first eight bytes.
 *
 *   consume RING_MAP_ID FILLER_PROGRAM_ID
 *
 * Each line on the standard input has the kernel fill the ring once; what then is drained is answered with
 * "RECORDS SUM NANOSECONDS".
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int add(void *sum, void *record, size_t size)
{
	(void)size;
	*(uint64_t *)sum += *(uint64_t *)record;
	return 0;
}

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * UINT64_C(1000000000) + time.tv_nsec;
}

int main(int argc, char **argv)
{
	struct ring_buffer *ring;
	uint64_t sum = 0;
	int filler;

	if (argc != 3) {
		fprintf(stderr, "usage: consume RING_MAP_ID FILLER_PROGRAM_ID\n");
		return 2;
	}
	ring = ring_buffer__new(bpf_map_get_fd_by_id(atoi(argv[1])), add, &sum, NULL);
	filler = bpf_prog_get_fd_by_id(atoi(argv[2]));
	if (!ring || filler < 0) {
		perror("consume: the ring or its filler can't be opened");
		return 1;
	}

	for (int c; (c = getchar()) != EOF;) {
		LIBBPF_OPTS(bpf_test_run_opts, options);
		uint64_t began;
		int records;

		if (c != '\n')
			continue;
		if (bpf_prog_test_run_opts(filler, &options)) {
			perror("consume: the ring can't be filled");
			return 1;
		}
		sum = 0;
		began = now();
		records = ring_buffer__consume(ring);
		printf("%d %" PRIu64 " %" PRIu64 "\n", records, sum, now() - began);
		fflush(stdout);
	}
	return 0;
}
