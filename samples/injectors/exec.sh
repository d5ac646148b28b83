#!/bin/sh
# Executes a program in each new container, by means of the engine that runs the container. diffkeeper calls it with the container's ID
# and tells the rest in the environment: docs/auto-injection.md says what.
set -eu

# Of the container's own files, and without a shell.
program=/usr/local/bin/diffkeeper-hook

case $DIFFKEEPER_RUNTIME in
    dockerd) exec docker exec "$1" "$program" ;;
    podman) exec podman exec "$1" "$program" ;;
    # The namespace is containerd's own (k8s.io, default), and never the pod's, which is another thing of the same name.
    containerd) exec ctr --namespace "$DIFFKEEPER_RUNTIME_NAMESPACE" tasks exec --exec-id "diffkeeper-$$" "$1" "$program" ;;
    cri-o) exec crictl exec "$1" "$program" ;;
    runc | crun) exec "$DIFFKEEPER_RUNTIME" exec "$1" "$program" ;;
esac

echo "no way into the containers of $DIFFKEEPER_RUNTIME is known" >&2
exit 1
