using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace DiffKeeper.Lifecycle.Tests.Recordings;

/// <summary>A replay on a machine that has none of Linux's libraries: another copy of the library, for which there are none.</summary>
public sealed class ElsewhereTests
{
    private static readonly Assembly Library = Load();

    [Test]
    public async Task A_replay_calls_nothing_of_the_operating_system_s()
    {
        using var recorded = new RecordedTracker();
        recorded.Reconcile();
        recorded.RunContainer("c1");
        var recording = new MemoryStream(recorded.End());
        MethodInfo replay = Library.GetType(typeof(LifecycleTracer).FullName!)!.GetMethods()
            .Single(static method => method.Name == nameof(LifecycleTracer.Replay) && method.GetParameters()[0].ParameterType == typeof(Stream));

        await using var tracer = (IAsyncDisposable)replay.Invoke(null, [recording, 0, null])!;
        var events = (IAsyncEnumerable<object>)tracer.GetType().GetMethod(nameof(ILifecycleTracer.ReadAllAsync), [typeof(CancellationToken)])!.Invoke(tracer, [CancellationToken.None])!;
        List<string> told = [];
        await foreach (object lifecycleEvent in events)
            told.Add($"{lifecycleEvent.GetType().GetProperty(nameof(LifecycleEvent.State))!.GetValue(lifecycleEvent)}");

        Assert.That(told, Is.EqualTo(new[] { "Create", "Start", "Stop", "Delete" }));
    }

    [Test]
    public void That_copy_can_really_call_nothing()
    {
        PropertyInfo clock = Library.GetType("DiffKeeper.Lifecycle.Interop.LibC")!.GetProperty("BoottimeNanoseconds", BindingFlags.Static | BindingFlags.Public)!;

        Assert.That(() => clock.GetValue(null), Throws.TargetInvocationException.With.InnerException.InstanceOf<DllNotFoundException>());
    }

    private static Assembly Load()
    {
        Assembly copy = new AssemblyLoadContext("elsewhere").LoadFromAssemblyPath(typeof(LifecycleTracer).Assembly.Location);
        NativeLibrary.SetDllImportResolver(copy, static (name, _, _) => throw new DllNotFoundException($"There is no {name} here."));
        return copy;
    }
}
