// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * A storm of processes: each spawner executes /bin/true and waits for it, again and again.
 *
 *   storm SPAWNERS SPAWNS_EACH
 *
 * Answers each line on the standard input with one storm, and prints its nanoseconds.
 */
#include <inttypes.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void spawn(long count)
{
	char *argv[] = { "true", NULL }, *environment[] = { NULL };
	pid_t child;

	while (count--) {
		if (posix_spawn(&child, "/bin/true", NULL, NULL, argv, environment) || waitpid(child, NULL, 0) != child)
			_exit(1);
	}
}

/* Nanoseconds, or 0 where a spawner failed. */
static uint64_t storm(long spawners, long spawns)
{
	struct timespec began, ended;
	int status, failed = 0;

	clock_gettime(CLOCK_MONOTONIC, &began);
	for (long i = 0; i < spawners; i++) {
		pid_t spawner = fork();

		if (spawner == 0) {
			spawn(spawns);
			_exit(0);
		}
		failed |= spawner < 0;
	}
	while (wait(&status) > 0)
		failed |= status;
	clock_gettime(CLOCK_MONOTONIC, &ended);
	return failed ? 0 : (ended.tv_sec - began.tv_sec) * UINT64_C(1000000000) + ended.tv_nsec - began.tv_nsec;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: storm SPAWNERS SPAWNS_EACH\n");
		return 2;
	}
	for (int c; (c = getchar()) != EOF;) {
		uint64_t took;

		if (c != '\n')
			continue;
		took = storm(atol(argv[1]), atol(argv[2]));
		if (!took) {
			fprintf(stderr, "storm: a process could not be spawned\n");
			return 1;
		}
		printf("%" PRIu64 "\n", took);
		fflush(stdout);
	}
	return 0;
}
