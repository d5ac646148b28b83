/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The cgroup that a container has for itself, in whatever hierarchy. */
#pragma once

#include "kernel.h"
#include "lifecycle.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

/* Deeper than any seen: a pod's container below a kubelet in a container of its own is at 9. */
#define CGROUP_LEVELS 16
/* Twice the longest that engines give. */
#define CGROUP_NAME_SIZE 128

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
static __always_inline struct cgroup *own_cgroup(struct task_struct *p)
{
	struct css_set *own = BPF_CORE_READ(p, cgroups), *parents = BPF_CORE_READ(p, real_parent, cgroups);
	struct cgroup *cgroup = BPF_CORE_READ(own, dfl_cgrp);

	if (cgroup != BPF_CORE_READ(parents, dfl_cgrp))
		return cgroup;
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, pids_cgrp_id)) {
		int subsys = bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id);

		cgroup = cgroup_of_subsys(own, subsys);
		if (cgroup != cgroup_of_subsys(parents, subsys))
			return cgroup;
	}
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, memory_cgrp_id)) {
		int subsys = bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id);

		cgroup = cgroup_of_subsys(own, subsys);
		if (cgroup != cgroup_of_subsys(parents, subsys))
			return cgroup;
	}
	return NULL;
}

/*
 * Writes the names of a cgroup and of all above it but the root, each ended by a NUL, the innermost first: so nobody has to ask /proc for the
 * path, where the process may be gone and what others do with cgroups is waited for (45 us of the 250 from an entrypoint's exec to its event).
 * Returns their length; 0 where they find no room.
 */
static __always_inline __u16 read_names(struct cgroup *cgroup, char *names, const long size)
{
	struct cgroup *parent;
	long length = 0, name;

	for (int i = 0; i < CGROUP_LEVELS; i++) {
		parent = BPF_CORE_READ(cgroup, self.parent, cgroup);
		if (!parent)
			return length;
		if (length < 0 || length > size - CGROUP_NAME_SIZE)
			return 0;
		name = bpf_probe_read_kernel_str(names + length, CGROUP_NAME_SIZE, BPF_CORE_READ(cgroup, kn, name));
		/* One that fills its room may be longer. */
		if (name <= 1 || name >= CGROUP_NAME_SIZE)
			return 0;
		length += name;
		cgroup = parent;
	}
	return 0;
}
