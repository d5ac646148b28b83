/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The records that lifecycle.bpf.c writes to the ring, and what user space must know of its maps.
 * LifecycleRecord.cs in the library is the other half of this file: change both.
 */
#pragma once

#include <linux/types.h>

enum record_kind {
	/* An OCI runtime was executed; argv follows. */
	RECORD_RUNTIME_EXEC = 1,
	/* A process that an OCI runtime forked executed something else inside a container. */
	RECORD_ENTRYPOINT = 2,
	/* A process that RECORD_ENTRYPOINT told of exited. */
	RECORD_ENTRYPOINT_EXIT = 3,
	/* A process that RECORD_RUNTIME_EXEC told of exited. */
	RECORD_RUNTIME_EXIT = 4,
	/* A process that an OCI runtime had left waiting in a container exited before it executed an entrypoint. */
	RECORD_INIT_EXIT = 5,
	/* A cgroup that RECORD_ENTRYPOINT named was removed. */
	RECORD_CGROUP_REMOVED = 6,
};

enum record_flags {
	/* The process's credentials belong to the initial user namespace. */
	RECORD_INITIAL_USER_NAMESPACE = 1 << 0,
	/* The OOM killer chose the process. */
	RECORD_OOM_KILLED = 1 << 1,
	/* argv was longer than the record. */
	RECORD_ARGV_CUT = 1 << 2,
	/* The process is in the initial pid namespace. */
	RECORD_INITIAL_PID_NAMESPACE = 1 << 3,
};

struct record {
	__u8 kind;
	__u8 flags;
	__u16 text_length;	/* bytes behind the record, NULs included: a runtime's argv, or the names of an entrypoint's cgroups, the innermost first */
	__u32 pid;		/* thread group, in the initial pid namespace */
	__u64 time;		/* CLOCK_BOOTTIME, ns */
	__u64 start_time;	/* of the process, CLOCK_BOOTTIME, ns */
	__u64 invocation;	/* the time of the OCI runtime's exec that this process comes from; unique with runtime_pid */
	__u64 cgroup_id;	/* the container's, 0 where it has none of its own; the one removed */
	__u32 parent_pid;
	__u32 namespace_pid;	/* in the innermost pid namespace */
	__u32 mount_namespace;	/* inode number */
	__u32 uid;		/* in the initial user namespace */
	__s32 exit_status;	/* as wait(2) gives it */
	__u32 runtime_pid;	/* of the process that executed the OCI runtime */
	__u64 root_inode;	/* of the process's root directory */
	__u32 cgroup_hierarchy;	/* of cgroup_id: 0 for cgroup v2 */
	__u32 root_device;	/* of the process's root directory, as the kernel numbers it: major << 20 | minor */
	char comm[16];
	char parent_comm[16];
};

/*
 * Three sizes for every record: the ring takes only constant sizes (the verifier's rule), and a reader that meets
 * equal sizes can predict where the next record begins.
 */
#define RECORD_SIZE_SMALL 128
#define RECORD_SIZE_MEDIUM 1024
#define RECORD_SIZE_LARGE 4096

_Static_assert(sizeof(struct record) <= RECORD_SIZE_SMALL, "every size holds a record");

/*
 * User space puts processes into the map `tasks` that began before the programs were attached: keys are thread groups.
 */
enum task_role {
	/* An OCI runtime's process, or what it forked and has not executed anything else. */
	TASK_RUNTIME = 1 << 0,
	/* A process that came into a container through an entrypoint. */
	TASK_ENTRYPOINT = 1 << 1,
	/* An OCI runtime of whose exec the ring had no room to tell. */
	TASK_UNTOLD = 1 << 2,
};

struct task {
	__u64 invocation;	/* the time of the runtime's exec */
	__u64 argv0_hash;	/* the runtime's */
	__u64 start_time;	/* of a process that came through an entrypoint, CLOCK_BOOTTIME, ns */
	__u64 root_inode;	/* the runtime's, as in struct record */
	__u32 runtime_pid;
	__u32 roles;
	__u32 root_device;
	__u32 unused;
};

/*
 * Says of most processes that they are in no map (filter.h). Whoever adds one to `tasks` counts it in `followed` before, and
 * whoever deletes one discounts it after that: a slot that is 0 is nobody's.
 */
#define FILTER_PAGES 16
#define FILTER_SLOTS 1024
/* The first two bytes of a name decide, since what stands behind a name's end is not defined on every kernel. */
#define RUNTIME_BIT(first, second) (((first) * 31 + (second)) % 64)

/* A page of memory, with all that an exec looks at: another page is another miss of the processor's (37 ns of an exec's 218). */
union filter_page {
	__u64 runtimes;			/* a bit for the names that runtimes have, the same in every page */
	__u32 followed[FILTER_SLOTS];	/* how many of `tasks` have this pid, or one that shares the slot; the first two are the names' */
};

/* Key of the map `cgroups`: ids are unique within a hierarchy only. */
struct cgroup_key {
	__u64 id;
	__u32 hierarchy;
	__u32 unused;
};

/* Keys of the map `losses`. */
enum loss {
	LOSS_RING_FULL = 0,	/* records that found no room in the ring */
	LOSS_TASKS_FULL = 1,	/* processes and cgroups that found no room in the maps that follow them */
	LOSS_KINDS,
};
