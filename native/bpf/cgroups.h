/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The cgroup that a container has for itself, in whatever hierarchy. */
#pragma once

#include "kernel.h"
#include "lifecycle.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

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
