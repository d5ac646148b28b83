/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* How an OCI runtime is recognised: by its name, and once it is known, as it executes itself again, by its argv. */
#pragma once

#include "kernel.h"
#include "lifecycle.h"

#include <bpf/bpf_helpers.h>

#define ARGV0_SIZE 128
#define FNV_PRIME 0x100000001b3ULL

/* The names (comm) of OCI runtimes, filled by user space before the programs are attached. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, char[TASK_COMM_LEN]);
	__type(value, __u8);
} runtimes SEC(".maps");

static __always_inline bool is_runtime(const char name[TASK_COMM_LEN])
{
	return bpf_map_lookup_elem(&runtimes, name);
}

/* Zero for a process without argv. Longer names than ARGV0_SIZE are told apart by what fits. */
static __noinline __u64 hash_argv0(struct task_struct *p, long *length)
{
	__u64 words[ARGV0_SIZE / sizeof(__u64)] = {};
	__u64 hash = 0;

	*length = bpf_probe_read_user_str(words, sizeof(words), (void *)p->mm->arg_start);
	if (*length <= 0)
		return 0;
	for (int i = 0; i < ARGV0_SIZE / sizeof(__u64); i++)
		hash = (hash ^ words[i]) * FNV_PRIME;
	return hash;
}

static __always_inline bool is_init(struct task_struct *p, long argv0_length)
{
	char verb[sizeof("init")] = {};

	if (bpf_probe_read_user(verb, sizeof(verb), (void *)p->mm->arg_start + argv0_length))
		return false;
	return verb[0] == 'i' && verb[1] == 'n' && verb[2] == 'i' && verb[3] == 't' && verb[4] == '\0';
}

static __always_inline bool has_root_of(struct task_struct *p, const struct task *task)
{
	return p->fs->root.dentry->d_inode->i_ino == task->root_inode && p->fs->root.mnt->mnt_sb->s_dev == task->root_device;
}

/*
 * Runtimes execute themselves through a file descriptor (/proc/self/exe, a memfd), where comm may say anything ("6",
 * "exe", "memfd:runc_clon"), but they always hand their own argv[0] on: crun with the same argv in the same process, and
 * `runc init` on its way to an entrypoint. That one still has the runtime's root directory; an entrypoint that calls
 * itself `runc init` has its image's.
 */
static __always_inline bool is_reexecution(struct task_struct *p, const struct task *task)
{
	long length;

	if (hash_argv0(p, &length) != task->argv0_hash)
		return false;
	return task->runtime_pid == p->tgid || (is_init(p, length) && has_root_of(p, task));
}
