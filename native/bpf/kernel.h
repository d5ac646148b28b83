/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The kernel's own types, cut down to the fields that are read here. CO-RE finds their offsets in the running
 * kernel's BTF, so order and padding don't matter, and the object stays at a few KiB where a whole vmlinux.h makes
 * it ten times that for the same instructions.
 */
#pragma once

#include <linux/bpf.h>
#include <stdbool.h>

#define TASK_COMM_LEN 16

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct ns_common {
	unsigned int inum;
};

struct pid_namespace {
	struct ns_common ns;
};

struct user_namespace {
	struct ns_common ns;
};

struct mnt_namespace {
	struct ns_common ns;
};

struct nsproxy {
	struct mnt_namespace *mnt_ns;
};

struct upid {
	int nr;
	struct pid_namespace *ns;
};

struct pid {
	unsigned int level;
	struct upid numbers[1];
};

struct kernfs_node {
	__u64 id;
	const char *name;
};

/* Hierarchy 0 is the default one, cgroup v2. */
struct cgroup_root {
	int hierarchy_id;
};

struct cgroup_subsys_state {
	struct cgroup *cgroup;
	struct cgroup_subsys_state *parent;
};

struct cgroup {
	struct cgroup_subsys_state self;
	struct kernfs_node *kn;
	struct cgroup_root *root;
};

enum cgroup_subsys_id {
	memory_cgrp_id,
	pids_cgrp_id,
};

/* A css_set stands for one combination of cgroups over all hierarchies; tasks in the same cgroups share it. */
struct css_set {
	struct cgroup_subsys_state *subsys[1];
	struct cgroup *dfl_cgrp;
};

struct super_block {
	__u32 s_dev;
};

struct vfsmount {
	struct super_block *mnt_sb;
};

struct inode {
	unsigned long i_ino;
};

struct dentry {
	struct inode *d_inode;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct fs_struct {
	struct path root;
};

struct mm_struct {
	unsigned long arg_start;
	unsigned long arg_end;
};

typedef struct {
	int counter;
} atomic_t;

struct signal_struct {
	atomic_t live;
	int group_exit_code;
	unsigned int flags;
	struct mm_struct *oom_mm;
};

typedef struct {
	unsigned int val;
} kuid_t;

struct cred {
	kuid_t uid;
	struct user_namespace *user_ns;
};

struct task_struct {
	int pid;
	int tgid;
	int exit_code;
	__u64 start_boottime;
	char comm[TASK_COMM_LEN];
	struct task_struct *group_leader;
	struct task_struct *real_parent;
	struct mm_struct *mm;
	struct signal_struct *signal;
	struct css_set *cgroups;
	struct nsproxy *nsproxy;
	struct fs_struct *fs;
	struct pid *thread_pid;
	const struct cred *cred;
};

struct linux_binprm;

#pragma clang attribute pop
