namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>One execution of an OCI runtime: two may share the nanosecond, and process numbers come again, but not both.</summary>
internal readonly record struct InvocationKey(ulong Time, int Pid);
