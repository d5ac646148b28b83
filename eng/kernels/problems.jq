# What is wrong with the events of the containers that guest/init runs: a sentence each.
def exits($code): .exitCode == $code and .signal == null and .oomKilled == null;
def expectations: {
    exits: exits(7),
    steps: (.signal == 9 and .exitCode == 137 and .oomKilled == null),
    memory: (.signal == 9 and .oomKilled == true),
    last: exits(0)
};

. as $events
| ["exits", "steps", "memory", "last"][] as $id
| [$events[] | select(.containerId == $id)] as $seen
| (select([$seen[].state] != ["create", "start", "stop", "delete"]) | "\($id) was told of as \([$seen[].state] | join(", "))"),
  (select(any($seen[]; .ociRuntime != "runc")) | "the runtime of \($id) is not runc"),
  (select(any($seen[] | select(.state == "start"); .pid > 1 | not)) | "\($id) was started without a process"),
  ($seen[] | select(.state == "stop" and (expectations[$id] | not)) | "\($id) stopped with \({exitCode, signal, oomKilled})"),
  (select([$seen[] | select(.state == "start" or .state == "stop").pid] | unique | length > 1) | "\($id) changed its process"),
  (select([$seen[].timestamp] | . != sort) | "\($id) is told of out of order")
