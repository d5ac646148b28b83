// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Fills a ring buffer with records whose content, length and order a reader can check: the producer of the ring reader's
 * tests and benchmarks. Each BPF_PROG_TEST_RUN of fill_ring is one batch; only one may run at a time. Linux 5.10 and later.
 *
 * A record's first 8 bytes are its sequence number, each further byte is that number's lowest byte. A number is spent
 * whether or not its record arrives, so that what a reader misses is exactly what was discarded or refused.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* The verifier walks through every iteration. */
#define MAX_BATCH 4096

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} records SEC(".maps");

/* Set by user space, through the map ".data.config". */
struct {
	__u32 count;         /* records a run, at most MAX_BATCH */
	__u32 size;          /* of each record: 16, 64 or 256 bytes, or 0: see mixed_size */
	__u32 discard_every; /* discards the sequence numbers that this divides; 0: none */
	__u32 flags;         /* BPF_RB_NO_WAKEUP, BPF_RB_FORCE_WAKEUP or 0 */
} config SEC(".data.config");

/* Read by user space, through the map ".data.state". */
struct {
	__u64 next_sequence;
	__u64 submitted;
	__u64 discarded;
	__u64 failed; /* refused by the ring, for want of room */
} state SEC(".data.state");

/* Pseudo-random, and known to the reader from the sequence number alone. */
static __always_inline __u32 mixed_size(__u64 sequence)
{
	__u32 class = (__u32)(sequence * 0x9e3779b97f4a7c15ULL >> 32) % 3;

	return class == 0 ? 16 : class == 1 ? 64 : 256;
}

static __always_inline void put(__u64 size, __u64 sequence)
{
	__u64 filler = (sequence & 0xff) * 0x0101010101010101ULL;
	__u64 *record = bpf_ringbuf_reserve(&records, size, 0);

	if (!record) {
		state.failed++;
		return;
	}

	record[0] = sequence;
#pragma unroll
	for (__u64 i = 1; i < size / sizeof(*record); i++)
		record[i] = filler;

	if (config.discard_every && sequence % config.discard_every == 0) {
		bpf_ringbuf_discard(record, config.flags);
		state.discarded++;
	} else {
		bpf_ringbuf_submit(record, config.flags);
		state.submitted++;
	}
}

/* Not static, so that the verifier looks at it once instead of at every iteration; such a function must return a number. */
__noinline int put_record(__u64 sequence)
{
	switch (config.size ?: mixed_size(sequence)) {
	case 16:
		put(16, sequence);
		break;
	case 64:
		put(64, sequence);
		break;
	case 256:
		put(256, sequence);
		break;
	}
	return 0;
}

SEC("raw_tp")
int fill_ring(void *context)
{
	for (__u32 i = 0; i < MAX_BATCH && i < config.count; i++)
		put_record(state.next_sequence++);
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
