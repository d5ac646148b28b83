// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Follows OCI runtimes (runc, crun) from their exec to the exec of a container's entrypoint and on to its exit.
 *
 * A process that executes an OCI runtime is tagged with that invocation; what it forks inherits the tag; the runtime's
 * own re-executions keep it, any other exec clears it. The exec that clears it is a container's entrypoint if it
 * happens in other cgroups than the parent's, or in a deeper pid namespace. Whether the runtime was told to create, run
 * or exec is left to user space, which parses argv better than the verifier would let us.
 */
#include "kernel.h"
#include "lifecycle.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

/* include/linux/proc_ns.h: the inode numbers of the initial namespaces, the same on every kernel. */
#define PROC_USER_INIT_INO 0xEFFFFFFDU
#define PROC_PID_INIT_INO 0xEFFFFFFCU
/* include/linux/sched/signal.h */
#define SIGNAL_GROUP_EXIT 0x00000004

#define ARGV0_SIZE 128
#define FNV_PRIME 0x100000001b3ULL

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} records SEC(".maps");

/* The names (comm) of OCI runtimes, filled by user space before the programs are attached. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, char[TASK_COMM_LEN]);
	__type(value, __u8);
} runtimes SEC(".maps");

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

static __always_inline void track(__u32 pid, const struct task *task)
{
	if (bpf_map_update_elem(&tasks, &pid, task, BPF_ANY))
		count_loss(LOSS_TASKS_FULL);
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
	record->argv_length = 0;
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
					 __u8 flags, const struct cgroup_key *cgroup)
{
	struct record *record = bpf_ringbuf_reserve(&records, RECORD_SIZE_SMALL, 0);

	if (!record) {
		count_loss(LOSS_RING_FULL);
		return;
	}
	fill_record(record, kind, p, task, bpf_ktime_get_boot_ns());
	record->exit_status = exit_status;
	record->flags |= flags;
	if (cgroup) {
		record->cgroup_id = cgroup->id;
		record->cgroup_hierarchy = cgroup->hierarchy;
	}
	bpf_ringbuf_submit(record, 0);
}

/* With a constant size, as bpf_ringbuf_reserve() wants it. */
static __always_inline void submit_with_argv(struct task_struct *p, const struct task *task, const __u32 size)
{
	const __u32 capacity = size - sizeof(struct record);
	struct record *record = bpf_ringbuf_reserve(&records, size, 0);
	__u64 start, length;

	if (!record) {
		count_loss(LOSS_RING_FULL);
		return;
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
		record->argv_length = length;
	bpf_ringbuf_submit(record, 0);
}

static __always_inline void submit_runtime_exec(struct task_struct *p, const struct task *task)
{
	__u64 length = p->mm->arg_end - p->mm->arg_start;

	if (length <= RECORD_SIZE_MEDIUM - sizeof(struct record))
		submit_with_argv(p, task, RECORD_SIZE_MEDIUM);
	else
		submit_with_argv(p, task, RECORD_SIZE_LARGE);
}

static __always_inline bool is_runtime(const char name[TASK_COMM_LEN])
{
	return bpf_map_lookup_elem(&runtimes, name);
}

/* Zero for a process without argv. Longer names than ARGV0_SIZE are told apart by what fits. */
static __always_inline __u64 hash_argv0(struct task_struct *p, long *length)
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

/*
 * css_set pointers tell whether two tasks share all their cgroups, in whatever hierarchy (v1, v2, hybrid) the runtime
 * uses. The pid namespace finds containers that stay in their runtime's cgroup (podman --cgroups=disabled).
 */
static __always_inline bool entered_container(struct task_struct *p)
{
	struct task_struct *parent = p->real_parent;

	return p->cgroups != parent->cgroups || p->thread_pid->level > parent->thread_pid->level;
}

static __always_inline struct cgroup_key key_of(struct cgroup *cgroup)
{
	struct cgroup_key key = {};

	key.id = BPF_CORE_READ(cgroup, kn, id);
	key.hierarchy = BPF_CORE_READ(cgroup, root, hierarchy_id);
	return key;
}

static __always_inline struct cgroup *cgroup_of_subsys(struct css_set *set, int subsys)
{
	struct cgroup_subsys_state *state = NULL;

	/* subsys[] by hand: the index isn't known before the running kernel is. */
	bpf_probe_read_kernel(&state, sizeof(state),
			      (void *)set + bpf_core_field_offset(struct css_set, subsys) + subsys * sizeof(state));
	return BPF_CORE_READ(state, cgroup);
}

/*
 * The cgroup that the container has for itself: in the v2 hierarchy, or on a host without one in that of a v1 controller
 * which every runtime uses. All reads are of plain addresses, as BPF_CORE_READ() gives them.
 */
static __always_inline struct cgroup_key own_cgroup(struct task_struct *p)
{
	struct css_set *own = BPF_CORE_READ(p, cgroups), *parents = BPF_CORE_READ(p, real_parent, cgroups);
	struct cgroup *cgroup = BPF_CORE_READ(own, dfl_cgrp);
	struct cgroup_key none = {};

	if (cgroup != BPF_CORE_READ(parents, dfl_cgrp))
		return key_of(cgroup);
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, pids_cgrp_id)) {
		int subsys = bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id);

		cgroup = cgroup_of_subsys(own, subsys);
		if (cgroup != cgroup_of_subsys(parents, subsys))
			return key_of(cgroup);
	}
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, memory_cgrp_id)) {
		int subsys = bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id);

		cgroup = cgroup_of_subsys(own, subsys);
		if (cgroup != cgroup_of_subsys(parents, subsys))
			return key_of(cgroup);
	}
	return none;
}

static __always_inline void report_entrypoint(struct task_struct *p, const struct task *task)
{
	struct cgroup_key cgroup = own_cgroup(p);
	__u8 present = 1;

	if (cgroup.id && bpf_map_update_elem(&cgroups, &cgroup, &present, BPF_ANY))
		count_loss(LOSS_TASKS_FULL);
	submit_small(RECORD_ENTRYPOINT, p, task, 0, 0, &cgroup);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(handle_exec, struct task_struct *p, int old_pid, struct linux_binprm *bprm)
{
	/* Zeroed: from Linux 5.17 to 6.3 the helper pads nothing, and the key of a hash is compared whole. */
	char comm[TASK_COMM_LEN] = {};
	__u32 pid = p->tgid;
	struct task *known = bpf_map_lookup_elem(&tasks, &pid);
	struct task task = {};
	long argv0_length;
	bool runtime;

	if (known)
		task = *known;
	bpf_get_current_comm(comm, sizeof(comm));
	runtime = is_runtime(comm);
	if (!task.roles && !runtime)
		return 0;

	if (task.roles & TASK_RUNTIME) {
		if (is_reexecution(p, &task))
			return 0;

		task.roles &= ~TASK_RUNTIME;
		if (!(task.roles & TASK_ENTRYPOINT) && entered_container(p)) {
			task.roles |= TASK_ENTRYPOINT;
			task.start_time = p->group_leader->start_boottime;
			report_entrypoint(p, &task);
		}
	}

	if (runtime) {
		task.invocation = bpf_ktime_get_boot_ns();
		task.argv0_hash = hash_argv0(p, &argv0_length);
		task.runtime_pid = pid;
		task.root_inode = p->fs->root.dentry->d_inode->i_ino;
		task.root_device = p->fs->root.mnt->mnt_sb->s_dev;
		task.roles |= TASK_RUNTIME;
		submit_runtime_exec(p, &task);
	}

	if (task.roles)
		track(pid, &task);
	else
		bpf_map_delete_elem(&tasks, &pid);
	return 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(handle_fork, struct task_struct *parent, struct task_struct *child)
{
	__u32 parent_pid = parent->tgid;
	__u32 child_pid = child->tgid;
	struct task *known, task;

	/* A thread, not a process. */
	if (child_pid == parent_pid)
		return 0;
	known = bpf_map_lookup_elem(&tasks, &parent_pid);
	if (!known || !(known->roles & TASK_RUNTIME))
		return 0;

	task = *known;
	task.roles = TASK_RUNTIME;
	track(child_pid, &task);
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

SEC("tp_btf/sched_process_exit")
int BPF_PROG(handle_exit, struct task_struct *p)
{
	__u32 pid = p->tgid;
	struct task *known, task;
	__u8 flags;

	/* Threads are left: the process goes on. */
	if (p->signal->live.counter != 0)
		return 0;
	known = bpf_map_lookup_elem(&tasks, &pid);
	if (!known)
		return 0;
	task = *known;
	/* Two last threads may both see no other; the one that deletes the entry tells of the exit. */
	if (bpf_map_delete_elem(&tasks, &pid))
		return 0;

	flags = p->signal->oom_mm ? RECORD_OOM_KILLED : 0;
	if (task.roles & TASK_ENTRYPOINT)
		submit_small(RECORD_ENTRYPOINT_EXIT, p, &task, exit_status(p), flags, NULL);
	if (task.roles & TASK_RUNTIME && task.runtime_pid == pid)
		submit_small(RECORD_RUNTIME_EXIT, p, &task, exit_status(p), flags, NULL);
	else if (task.roles & TASK_RUNTIME && is_orphan(&task))
		submit_small(RECORD_INIT_EXIT, p, &task, exit_status(p), flags, NULL);
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
