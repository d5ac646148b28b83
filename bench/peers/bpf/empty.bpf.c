// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Nothing at all, on the hooks that every process passes: what the hooks and the kernel's statistics cost by themselves. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("tp_btf/sched_process_exec")
int empty_exec(void *context)
{
	return 0;
}

SEC("tp_btf/sched_process_fork")
int empty_fork(void *context)
{
	return 0;
}

SEC("tp_btf/sched_process_exit")
int empty_exit(void *context)
{
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
