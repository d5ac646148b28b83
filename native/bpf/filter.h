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
struct filter filter;

static __always_inline bool may_be_runtime(struct task_struct *p)
{
	return filter.runtimes >> RUNTIME_BIT((__u8)p->comm[0], (__u8)p->comm[1]) & 1;
}

static __always_inline __u32 *followers(__u32 pid)
{
	return &filter.followed[pid % FOLLOWED_SLOTS];
}

static __always_inline bool may_be_followed(__u32 pid)
{
	return *(volatile __u32 *)followers(pid);
}
