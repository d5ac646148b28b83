/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Records on their way to user space, and the count of those that found no room. */
#pragma once

#include "cgroups.h"
#include "kernel.h"
#include "lifecycle.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

/* include/linux/proc_ns.h: the inode numbers of the initial namespaces, the same on every kernel. */
#define PROC_USER_INIT_INO 0xEFFFFFFDU
#define PROC_PID_INIT_INO 0xEFFFFFFCU
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} records SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, LOSS_KINDS);
	__type(key, __u32);
	__type(value, __u64);
} losses SEC(".maps");

static __always_inline void count_loss(__u32 kind)
{
	__u64 *count = bpf_map_lookup_elem(&losses, &kind);

	if (count)
		(*count)++;
}

/* A function of its own, called from four places: inlined, it would be most of the object. */
static __noinline void fill_record(struct record *record, __u8 kind, struct task_struct *p,
					const struct task *task, __u64 time)
{
	struct task_struct *parent = p->real_parent;
	/* Read as a number: the verifier allows no variable index into a kernel structure, and so numbers[level] is reckoned by hand. */
	struct pid *pid = BPF_CORE_READ(p, group_leader, thread_pid);
	unsigned int level = BPF_CORE_READ(pid, level);
	struct upid upid = {};

	bpf_probe_read_kernel(&upid.nr, sizeof(upid.nr),
			      (void *)pid + bpf_core_field_offset(struct pid, numbers) +
				      level * bpf_core_type_size(struct upid) + bpf_core_field_offset(struct upid, nr));
	bpf_probe_read_kernel(&upid.ns, sizeof(upid.ns),
			      (void *)pid + bpf_core_field_offset(struct pid, numbers) +
				      level * bpf_core_type_size(struct upid) + bpf_core_field_offset(struct upid, ns));

	record->kind = kind;
	record->flags = 0;
	if (p->cred->user_ns->ns.inum == PROC_USER_INIT_INO)
		record->flags |= RECORD_INITIAL_USER_NAMESPACE;
	if (BPF_CORE_READ(upid.ns, ns.inum) == PROC_PID_INIT_INO)
		record->flags |= RECORD_INITIAL_PID_NAMESPACE;
	record->text_length = 0;
	record->pid = p->tgid;
	record->time = time;
	record->start_time = p->group_leader->start_boottime;
	record->invocation = task->invocation;
	record->cgroup_id = 0;
	record->cgroup_hierarchy = 0;
	record->parent_pid = parent->tgid;
	record->namespace_pid = upid.nr;
	record->mount_namespace = p->nsproxy->mnt_ns->ns.inum;
	record->uid = p->cred->uid.val;
	record->exit_status = 0;
	record->runtime_pid = task->runtime_pid;
	record->root_device = p->fs->root.mnt->mnt_sb->s_dev;
	record->root_inode = p->fs->root.dentry->d_inode->i_ino;
	bpf_probe_read_kernel(record->comm, sizeof(record->comm), p->comm);
	bpf_probe_read_kernel(record->parent_comm, sizeof(record->parent_comm), parent->comm);
}

static __always_inline void submit_small(__u8 kind, struct task_struct *p, const struct task *task, __s32 exit_status,
					 __u8 flags)
{
	struct record *record = bpf_ringbuf_reserve(&records, RECORD_SIZE_SMALL, 0);

	if (!record) {
		count_loss(LOSS_RING_FULL);
		return;
	}
	fill_record(record, kind, p, task, bpf_ktime_get_boot_ns());
	record->exit_status = exit_status;
	record->flags |= flags;
	bpf_ringbuf_submit(record, 0);
}

/* cgroup is the container's own, or NULL. */
static __always_inline void submit_entrypoint(struct task_struct *p, const struct task *task, struct cgroup *cgroup,
					      const struct cgroup_key *key)
{
	struct record *record = bpf_ringbuf_reserve(&records, RECORD_SIZE_MEDIUM, 0);

	if (!record) {
		count_loss(LOSS_RING_FULL);
		return;
	}
	fill_record(record, RECORD_ENTRYPOINT, p, task, bpf_ktime_get_boot_ns());
	record->cgroup_id = key->id;
	record->cgroup_hierarchy = key->hierarchy;
	if (cgroup)
		record->text_length = read_names(cgroup, (char *)(record + 1), RECORD_SIZE_MEDIUM - sizeof(*record));
	bpf_ringbuf_submit(record, 0);
}

/* With a constant size, as bpf_ringbuf_reserve() wants it. */
static __always_inline bool submit_with_argv(struct task_struct *p, const struct task *task, const __u32 size)
{
	const __u32 capacity = size - sizeof(struct record);
	struct record *record = bpf_ringbuf_reserve(&records, size, 0);
	__u64 start, length;

	if (!record) {
		count_loss(LOSS_RING_FULL);
		return false;
	}
	fill_record(record, RECORD_RUNTIME_EXEC, p, task, task->invocation);
	start = p->mm->arg_start;
	length = p->mm->arg_end - start;
	if (length > capacity) {
		length = capacity;
		record->flags |= RECORD_ARGV_CUT;
	}
	/* In memory still: the kernel itself has just copied it there. */
	if (bpf_probe_read_user(record + 1, length, (void *)start) == 0)
		record->text_length = length;
	bpf_ringbuf_submit(record, 0);
	return true;
}

/* Whether there was room for it. */
static __always_inline bool submit_runtime_exec(struct task_struct *p, const struct task *task)
{
	__u64 length = p->mm->arg_end - p->mm->arg_start;

	if (length <= RECORD_SIZE_MEDIUM - sizeof(struct record))
		return submit_with_argv(p, task, RECORD_SIZE_MEDIUM);
	return submit_with_argv(p, task, RECORD_SIZE_LARGE);
}
