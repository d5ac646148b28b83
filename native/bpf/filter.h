/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Lets everybody who is no container's business leave at once. A look into a hash misses the processor's caches, since nobody
 * else has use for its buckets between two processes: 230 to 390 ns a fork and 700 an exec, beside a storm of them. This is
 * a few bytes that neighbouring processes share: pids follow one another.
 */
#pragma once

#include "kernel.h"
#include "lifecycle.h"

/* In memory that user space maps: it follows processes, too, and names the runtimes before the programs are attached. */
union filter_page filter[FILTER_PAGES];

/*
 * Goes to a label if the value isn't 0. Between two processes the processor forgets these branches, and takes one that it does not know for one
 * that goes straight on: it should be what nearly everybody does, so that what comes next doesn't wait for memory. clang turns the
 * two ways around, __builtin_expect() or not (36 ns of the 232 of a fork, an exec and an exit).
 */
#define rarely(value, label) asm goto("if %0 != 0 goto %l1" : : "r"((__u64)(value)) : : label)

static __always_inline union filter_page *filter_page(__u32 pid)
{
	return &filter[pid / FILTER_SLOTS % FILTER_PAGES];
}

static __always_inline __u64 may_be_runtime(struct task_struct *p)
{
	return filter_page(p->tgid)->runtimes >> RUNTIME_BIT((__u8)p->comm[0], (__u8)p->comm[1]) & 1;
}

/* Two pids have the slots of others, since theirs are the names': set by a bit and not by a sum, which Linux 5.10 to 6.12 do not take for bounded. */
static __always_inline __u32 *followers(__u32 pid)
{
	__u32 slot = pid % FILTER_SLOTS;

	if (slot < 2)
		slot |= 2;
	return &filter_page(pid)->followed[slot];
}

static __always_inline __u64 may_be_followed(__u32 pid)
{
	return *(volatile __u32 *)followers(pid);
}
