using DiffKeeper.Lifecycle;

await using var tracer = LifecycleTracer.Create(); // attached when it returns: nothing is missed from here on
Console.WriteLine("Tracing: start a container.");

await foreach (LifecycleEvent e in tracer.ReadAllAsync())
{
    string ending = e.OomKilled ? "out of memory" : e.ExitCode is { } code ? $"exit {code}" : "";
    Console.WriteLine($"{e.Timestamp:HH:mm:ss.fff} {e.State} {e.ContainerId} {e.Runtime} {e.Namespace} {e.PodName} {e.Pid} {ending}");
}
