using System.Text;
using BenchmarkDotNet.Attributes;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Benchmarks.Containers;

/// <summary>What is parsed of every OCI runtime that is executed, and of every process that is looked up.</summary>
[MemoryDiagnoser]
public class ParserBenchmark
{
    private const string Id = "5f23730df209fd11b18381f98e8b3d6070a94bea53f4d2411a8e285b496f9b9f";

    private readonly byte[] _argv = Encoding.UTF8.GetBytes(
        $"runc --root /run/containerd/runc/k8s.io --log /run/log.json --log-format json create --bundle /run/containerd/b/{Id} --pid-file /run/p {Id} ".Replace(' ', '\0'));

    private readonly byte[] _cgroups = Encoding.UTF8.GetBytes($"12:pids:/docker/{Id}\n4:memory:/docker/{Id}\n0::/kubepods/burstable/pod1-2/{Id}\n");

    [Benchmark]
    public int CommandLine() => RuntimeCommandLine.Parse(_argv).ContainerId.Length;

    [Benchmark]
    public int Cgroups() => CgroupPath.ParseProcFile(_cgroups).ContainerId.Length;
}
