// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Follows OCI runtimes (runc, crun) from their exec to the exec of a container's entrypoint and on to its exit.
 *
 * A process that executes an OCI runtime is tagged with that invocation; what it forks inherits the tag; the runtime's
 * own re-executions keep it, any other exec clears it. The exec that clears it is a container's entrypoint if it
 * happens in other cgroups than the parent's, or in a deeper pid namespace. Whether the runtime was told to create, run
 * or exec is left to user space, which parses argv better than the verifier would let us.
 */
#include "cgroups.h"
#include "filter.h"
#include "kernel.h"
#include "lifecycle.h"
#include "records.h"
#include "runtimes.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

/* include/linux/sched/signal.h */
#define SIGNAL_GROUP_EXIT 0x00000004
/* What /proc counts a process's beginning in: USER_HZ, 100 a second wherever this runs. */
#define NANOSECONDS_PER_TICK 10000000
/* include/uapi/asm-generic/errno-base.h */
#define EEXIST 17

/* By thread group. Holds only runtimes and containers' processes, so that everybody else pays for a miss. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, __u32);
	__type(value, struct task);
} tasks SEC(".maps");

/* The cgroups of containers, so that the removal of every other cgroup is a miss. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, struct cgroup_key);
	__type(value, __u8);
} cgroups SEC(".maps");

static __always_inline void track(__u32 pid, const struct task *task)
{
	long error;

	if (!bpf_map_update_elem(&tasks, &pid, task, BPF_EXIST))
		return;
	__sync_fetch_and_add(followers(pid), 1);
	error = bpf_map_update_elem(&tasks, &pid, task, BPF_NOEXIST);
	if (!error)
		return;
	__sync_fetch_and_add(followers(pid), -1);
	/* User space was faster, and has counted it. */
	if (error == -EEXIST)
		error = bpf_map_update_elem(&tasks, &pid, task, BPF_EXIST);
	if (error)
		count_loss(LOSS_TASKS_FULL);
}

/* Whether it was this one that ended it. */
static __always_inline bool untrack(__u32 pid)
{
	if (bpf_map_delete_elem(&tasks, &pid))
		return false;
	__sync_fetch_and_add(followers(pid), -1);
	return true;
}

/*
 * css_set pointers tell whether two tasks share all their cgroups, in whatever hierarchy (v1, v2, hybrid) the runtime
 * uses. The pid namespace finds containers that stay in their runtime's cgroup (podman --cgroups=disabled).
 */
static __always_inline bool entered_container(struct task_struct *p)
{
	struct task_struct *parent = p->real_parent;

	return p->cgroups != parent->cgroups || p->thread_pid->level > parent->thread_pid->level;
}

static __always_inline void report_entrypoint(struct task_struct *p, const struct task *task)
{
	struct cgroup *cgroup = own_cgroup(p);
	struct cgroup_key key = {};
	__u8 present = 1;

	if (cgroup) {
		key = key_of(cgroup);
		if (bpf_map_update_elem(&cgroups, &key, &present, BPF_ANY))
			count_loss(LOSS_TASKS_FULL);
	}
	submit_entrypoint(p, task, cgroup, &key);
}

/*
 * `runc init` without a tag: its runtime was executed before the programs were attached. It belongs to that one, which
 * user space will find in /proc and call the same (RunningRuntime.cs).
 */
static __always_inline void join_parent(struct task_struct *p, struct task *task)
{
	struct task_struct *parent = p->real_parent->group_leader;
	__u32 parent_pid = parent->tgid;
	struct task *known = bpf_map_lookup_elem(&tasks, &parent_pid);

	if (known && known->roles & TASK_RUNTIME) {
		task->invocation = known->invocation;
		task->runtime_pid = known->runtime_pid;
	} else {
		task->invocation = parent->start_boottime / NANOSECONDS_PER_TICK * NANOSECONDS_PER_TICK;
		task->runtime_pid = parent_pid;
	}
}

static __noinline void follow_exec(struct task_struct *p)
{
	/* Zeroed: from Linux 5.17 to 6.3 the helper pads nothing, and the key of a hash is compared whole. */
	char comm[TASK_COMM_LEN] = {};
	__u32 pid = p->tgid;
	struct task *known, task = {};
	long argv0_length;
	bool runtime;

	known = bpf_map_lookup_elem(&tasks, &pid);
	if (known)
		task = *known;
	bpf_get_current_comm(comm, sizeof(comm));
	runtime = is_runtime(comm);
	if (!task.roles && !runtime)
		return;

	if (task.roles & TASK_RUNTIME) {
		if (is_reexecution(p, &task))
			return;

		task.roles &= ~(TASK_RUNTIME | TASK_UNTOLD);
		if (!(task.roles & TASK_ENTRYPOINT) && entered_container(p)) {
			task.roles |= TASK_ENTRYPOINT;
			task.start_time = p->group_leader->start_boottime;
			report_entrypoint(p, &task);
		}
	}

	if (runtime) {
		task.argv0_hash = hash_argv0(p, &argv0_length);
		task.root_inode = p->fs->root.dentry->d_inode->i_ino;
		task.root_device = p->fs->root.mnt->mnt_sb->s_dev;
		task.roles |= TASK_RUNTIME;
		if (is_init(p, argv0_length)) {
			join_parent(p, &task);
		} else {
			task.invocation = bpf_ktime_get_boot_ns();
			task.runtime_pid = pid;
			if (!submit_runtime_exec(p, &task))
				task.roles |= TASK_UNTOLD;
		}
	}

	if (task.roles)
		track(pid, &task);
	else
		untrack(pid);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(handle_exec, struct task_struct *p, int old_pid, struct linux_binprm *bprm)
{
	rarely(may_be_followed(p->tgid) | may_be_runtime(p), follow);
	return 0;
follow:
	follow_exec(p);
	return 0;
}

static __noinline void follow_fork(__u32 parent_pid, __u32 child_pid)
{
	struct task *known, task;

	/* A thread, not a process. */
	if (child_pid == parent_pid)
		return;
	known = bpf_map_lookup_elem(&tasks, &parent_pid);
	if (!known || !(known->roles & TASK_RUNTIME))
		return;

	task = *known;
	task.roles = TASK_RUNTIME;
	track(child_pid, &task);
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(handle_fork, struct task_struct *parent, struct task_struct *child)
{
	rarely(may_be_followed(parent->tgid), follow);
	return 0;
follow:
	follow_fork(parent->tgid, child->tgid);
	return 0;
}

/* What wait(2) gives: the group's code where the group was told to exit, else the leader's own (kernel/exit.c). */
static __always_inline __s32 exit_status(struct task_struct *p)
{
	struct signal_struct *signal = p->signal;

	return signal->flags & SIGNAL_GROUP_EXIT ? signal->group_exit_code : p->group_leader->exit_code;
}

/*
 * Whether the runtime itself has ended. While it runs, its own exit tells how things went, and the stages that
 * `runc init` passes through come and go.
 */
static __always_inline bool is_orphan(const struct task *task)
{
	__u32 pid = task->runtime_pid;
	struct task *runtime = bpf_map_lookup_elem(&tasks, &pid);

	return !runtime || runtime->invocation != task->invocation;
}

static __noinline void follow_exit(struct task_struct *p)
{
	__u32 pid = p->tgid;
	struct task *known, task;
	__u8 flags;

	/* Threads are left: the process goes on. */
	if (p->signal->live.counter != 0)
		return;
	known = bpf_map_lookup_elem(&tasks, &pid);
	if (!known)
		return;
	task = *known;
	/* Two last threads may both see no other; the one that deletes the entry tells of the exit. */
	if (!untrack(pid))
		return;

	flags = p->signal->oom_mm ? RECORD_OOM_KILLED : 0;
	if (task.roles & TASK_ENTRYPOINT)
		submit_small(RECORD_ENTRYPOINT_EXIT, p, &task, exit_status(p), flags);
	if (task.roles & TASK_RUNTIME && task.runtime_pid == pid)
		submit_small(RECORD_RUNTIME_EXIT, p, &task, exit_status(p), flags);
	else if (task.roles & TASK_RUNTIME && is_orphan(&task))
		submit_small(RECORD_INIT_EXIT, p, &task, exit_status(p), flags);
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(handle_exit, struct task_struct *p)
{
	rarely(may_be_followed(p->tgid), follow);
	return 0;
follow:
	follow_exit(p);
	return 0;
}

SEC("tp_btf/cgroup_rmdir")
int BPF_PROG(handle_cgroup_rmdir, struct cgroup *cgroup, const char *path)
{
	struct cgroup_key key = { .id = cgroup->kn->id, .hierarchy = cgroup->root->hierarchy_id };
	struct record *record;

	if (bpf_map_delete_elem(&cgroups, &key))
		return 0;
	record = bpf_ringbuf_reserve(&records, RECORD_SIZE_SMALL, 0);
	if (!record) {
		count_loss(LOSS_RING_FULL);
		return 0;
	}
	/* Who removed it says nothing: it may be systemd. */
	__builtin_memset(record, 0, sizeof(*record));
	record->kind = RECORD_CGROUP_REMOVED;
	record->time = bpf_ktime_get_boot_ns();
	record->cgroup_id = key.id;
	record->cgroup_hierarchy = key.hierarchy;
	bpf_ringbuf_submit(record, 0);
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
