using System.Globalization;
using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Diagnostics;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Diagnostics;

/// <summary>The files of a node on which nothing is missing, to take away from.</summary>
internal sealed class FakeNode : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("diffkeeper-node-");
    private Action<LifecycleTracerOptions> _load = static _ => { };

    public FakeNode()
    {
        Write("/proc/sys/kernel/osrelease", "6.12.3-amd64\n");
        Write("/sys/kernel/btf/vmlinux", "");
        Grant(39, 38, 2, 19);
        Link("/proc/self/ns/user", "user:[4026531837]");
        Link("/proc/self/ns/pid", "pid:[4026531836]");
        const string Mounts = "23 1 254:0 / / rw - ext4 /dev/vda rw\n31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
        Write("/proc/self/mountinfo", Mounts);
        Write("/proc/1/mountinfo", Mounts);
        Write("/usr/bin/runc", "");
    }

    /// <summary>How the kernel takes the programs.</summary>
    public FakeNode Loading(Action<LifecycleTracerOptions> load)
    {
        _load = load;
        return this;
    }

    public FakeNode Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Below(path))!);
        File.WriteAllText(Below(path), content);
        return this;
    }

    public FakeNode Remove(string path)
    {
        File.Delete(Below(path));
        return this;
    }

    public FakeNode Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Below(path))!);
        Remove(path);
        File.CreateSymbolicLink(Below(path), target);
        return this;
    }

    public FakeNode MakeDirectory(string path)
    {
        Directory.CreateDirectory(Below(path));
        return this;
    }

    /// <param name="capabilities">The numbers of those that the process has, and no others.</param>
    public FakeNode Grant(params int[] capabilities) => GrantTo(65534, capabilities);

    public FakeNode GrantTo(int user, params int[] capabilities)
    {
        ulong bits = capabilities.Aggregate(0UL, static (all, capability) => all | (1UL << capability));
        return Write("/proc/self/status", string.Create(CultureInfo.InvariantCulture, $"Name:\tdiffkeeper\nUid:\t1000\t{user}\t1000\t1000\nCapPrm:\t0\nCapEff:\t{bits:x16}\n"));
    }

    public IReadOnlyList<RequirementResult> Check(LifecycleTracerOptions? options = null, CommandInjectorOptions? injector = null, bool isLinux = true)
    {
        var files = new SystemFiles(_root.FullName);
        KernelEnvironment kernel = KernelEnvironment.Read(files) with { IsLinux = isLinux, Architecture = Architecture.X64, Platform = isLinux ? "linux-x64" : "osx-arm64" };
        return TracingRequirements.Examine(new ExaminedSystem(kernel, files, _load), options ?? new LifecycleTracerOptions(), injector);
    }

    public RequirementResult Check(TracingRequirement requirement, LifecycleTracerOptions? options = null)
        => Check(options).Single(result => result.Requirement == requirement);

    public void Dispose() => _root.Delete(recursive: true);

    private string Below(string path) => _root.FullName + path;
}
