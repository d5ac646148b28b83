using System.Diagnostics;
using System.Globalization;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.Ratios.Scanning;

/// <summary>What an engine leaves in the file system of a node for containers that run: their tasks, their state, and a process each.</summary>
internal sealed class ExistingContainers : IDisposable
{
    private const string Namespace = "k8s.io";
    private const string IdPrefix = "diffkeeper-scan-";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("diffkeeper-scan-");
    private readonly Process _processes;

    public ExistingContainers(int count)
    {
        // A session of their own, in which all can be killed at once.
        string script = $"i=0; while [ $i -lt {count} ]; do sleep 1000 & echo $!; i=$((i+1)); done; wait";
        _processes = Process.Start(new ProcessStartInfo("setsid", ["/bin/sh", "-c", script]) { RedirectStandardOutput = true })!;
        for (int i = 0; i < count; i++)
            Write(i, _processes.StandardOutput.ReadLine()!);
    }

    /// <summary>Where a tracer is to look.</summary>
    public string Root => _root.FullName;

    /// <summary>Attaches a tracer in this process, which has not done so before, and prints the milliseconds that took and how many containers it found.</summary>
    public static async Task<int> TimeScanAsync(string root)
    {
        long began = Stopwatch.GetTimestamp();
        await using LifecycleTracer tracer = LifecycleTracer.Create(new LifecycleTracerOptions { HostRoot = root });
        double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.000} {tracer.Snapshot().Count(static e => e.ContainerId.StartsWith(IdPrefix, StringComparison.Ordinal))}"));
        return 0;
    }

    public void Dispose()
    {
        ProcessSignal.Send(-_processes.Id, ProcessSignal.Kill);
        _processes.WaitForExit();
        _processes.Dispose();
        _root.Delete(recursive: true);
    }

    private void Write(int number, string pid)
    {
        string id = IdPrefix + number.ToString(CultureInfo.InvariantCulture);
        string bundle = $"/run/containerd/io.containerd.runtime.v2.task/{Namespace}/{id}";
        Write($"{bundle}/init.pid", pid);
        Write($"{bundle}/config.json", Configuration(id));
        // Besides these, runc's holds the whole configuration, which here is nobody's to read.
        Write($"/run/containerd/runc/{Namespace}/{id}/state.json", $$$"""{"id":"{{{id}}}","init_process_pid":{{{pid}}},"init_process_start":1,"config":{"labels":["bundle={{{bundle}}}"]}}""");
    }

    private void Write(string path, string content)
    {
        var file = new FileInfo(Root + path);
        file.Directory!.Create();
        File.WriteAllText(file.FullName, content);
    }

    /// <summary>As large as containerd's: the identity stands behind mounts and capabilities.</summary>
    private static string Configuration(string id)
    {
        string mounts = string.Join(',', Enumerable.Range(0, 24).Select(static i => $$"""{"destination":"/mnt/{{i}}","type":"bind","source":"/var/lib/kubelet/pods/{{i}}/volumes","options":["rbind","rprivate","rw"]}"""));
        string capabilities = string.Join(',', Enumerable.Range(0, 56).Select(static i => $"\"CAP_NUMBER_{i}\""));
        return $$$"""
            {"ociVersion":"1.0.2","process":{"args":["/bin/app"],"env":["PATH=/bin"],"capabilities":{"bounding":[{{{capabilities}}}]}},"mounts":[{{{mounts}}}],
            "linux":{"cgroupsPath":"/kubepods/burstable/pod{{{Guid.NewGuid()}}}/{{{id}}}"},
            "annotations":{"io.kubernetes.cri.container-name":"app","io.kubernetes.cri.container-type":"container","io.kubernetes.cri.image-name":"registry/app:1",
            "io.kubernetes.cri.sandbox-id":"{{{id}}}","io.kubernetes.cri.sandbox-name":"app-1","io.kubernetes.cri.sandbox-namespace":"default"}}
            """;
    }
}
