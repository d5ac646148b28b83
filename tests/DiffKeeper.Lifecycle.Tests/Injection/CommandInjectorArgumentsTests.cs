namespace DiffKeeper.Lifecycle.Tests.Injection;

/// <summary>What a program is told, byte by byte.</summary>
public sealed class CommandInjectorArgumentsTests : CommandInjectorFixture
{
    private const string Recorder = """
        printf '%s\0' "$@" > "$here/argv"
        cat /proc/self/environ > "$here/environ"
        """;

    [Test]
    public async Task The_program_is_told_of_the_container_by_one_argument_and_the_environment()
    {
        LifecycleEvent container = Told.Start("web-1") with
        {
            Pid = 4711,
            Namespace = "shop",
            PodName = "web",
            PodUid = "0c2f",
            ContainerName = "nginx",
            Image = "docker.io/library/nginx:1",
            RuntimeNamespace = "k8s.io",
            Bundle = "/run/bundle",
        };

        await InjectAsync(container, o => (o.StateDirectory, o.Store) = ("/data", "/deltas/db.bolt"));

        Assert.That(Argv(), Is.EqualTo(new[] { "web-1" }));
        Assert.That(Variables(), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["DIFFKEEPER_CONTAINER_ID"] = "web-1",
            ["DIFFKEEPER_STATE"] = "start",
            ["DIFFKEEPER_RUNTIME"] = "containerd",
            ["DIFFKEEPER_RUNTIME_NAMESPACE"] = "k8s.io",
            ["DIFFKEEPER_NAMESPACE"] = "shop",
            ["DIFFKEEPER_POD_NAME"] = "web",
            ["DIFFKEEPER_POD_UID"] = "0c2f",
            ["DIFFKEEPER_CONTAINER_NAME"] = "nginx",
            ["DIFFKEEPER_IMAGE"] = "docker.io/library/nginx:1",
            ["DIFFKEEPER_PID"] = "4711",
            ["DIFFKEEPER_BUNDLE"] = "/run/bundle",
            ["DIFFKEEPER_STATE_DIR"] = "/data",
            ["DIFFKEEPER_STORE"] = "/deltas/db.bolt",
        }));
    }

    [Test]
    public async Task What_is_not_known_is_not_set()
    {
        await InjectAsync(Told.Create() with { Bundle = null });

        Assert.That(Variables().Keys, Is.EquivalentTo(new[] { "DIFFKEEPER_CONTAINER_ID", "DIFFKEEPER_STATE", "DIFFKEEPER_RUNTIME" }));
        Assert.That(Variables()["DIFFKEEPER_STATE"], Is.EqualTo("create"));
    }

    [Test]
    public async Task Each_run_has_a_marker_of_its_own()
    {
        await InjectAsync(Told.Start());
        string first = WholeEnvironment()["DIFFKEEPER_INJECTION"];
        await InjectAsync(Told.Start());

        Assert.That(WholeEnvironment()["DIFFKEEPER_INJECTION"], Is.Not.Empty.And.Not.EqualTo(first));
    }

    [Test]
    public async Task Of_this_process_s_own_environment_only_what_is_named_is_passed_on()
    {
        Environment.SetEnvironmentVariable("LC_TEST", "passed");
        Environment.SetEnvironmentVariable("SECRET_TOKEN", "kept");
        Environment.SetEnvironmentVariable("DOCKER_TEST", "named");
        try
        {
            await InjectAsync(Told.Start(), o => o.PassedEnvironment = ["DOCKER_TEST", "ABSENT"]);
        }
        finally
        {
            foreach (string name in (string[])["LC_TEST", "SECRET_TOKEN", "DOCKER_TEST"])
                Environment.SetEnvironmentVariable(name, null);
        }

        string[] foreign = [.. WholeEnvironment().Keys.Where(static name => !name.StartsWith("DIFFKEEPER_", StringComparison.Ordinal))];
        // The shell sets PWD itself.
        string[] known = ["PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TZ", "LANG", "LANGUAGE", "PWD", "DOCKER_TEST"];
        Assert.That(foreign, Does.Contain("PATH").And.Contain("LC_TEST").And.Contain("DOCKER_TEST"));
        Assert.That(foreign.Where(static name => !name.StartsWith("LC_", StringComparison.Ordinal)), Is.SubsetOf(known));
    }

    [TestCase("$(touch $here/interpreted)")]
    [TestCase("`id`;id|id&&id>x<y*?[a]{b}~#!%^'\"\\")]
    [TestCase("two\nlines\r\nand\ttabs and  spaces ")]
    [TestCase("DIFFKEEPER_STATE=create")]
    [TestCase("ünïcödé \U0001F4E6")]
    [TestCase("-rf")]
    public async Task A_name_of_any_characters_arrives_as_it_is(string name)
    {
        await InjectAsync(Told.Start("c" + name) with { PodName = name, Image = name });

        Assert.That(Argv(), Is.EqualTo(new[] { "c" + name }));
        Assert.That(Variables()["DIFFKEEPER_CONTAINER_ID"], Is.EqualTo("c" + name));
        Assert.That(Variables()["DIFFKEEPER_POD_NAME"], Is.EqualTo(name));
        Assert.That(Variables()["DIFFKEEPER_IMAGE"], Is.EqualTo(name));
        Assert.That(File.Exists(Directory.File("interpreted")), Is.False);
    }

    [Test]
    public async Task A_name_of_64_KiB_arrives_whole()
    {
        string name = new('x', 64 * 1024);

        await InjectAsync(Told.Start(name) with { PodName = name });

        Assert.That(Argv(), Is.EqualTo(new[] { name }));
        Assert.That(Variables()["DIFFKEEPER_POD_NAME"], Is.EqualTo(name));
    }

    [Test]
    public async Task The_longest_value_that_the_kernel_takes_arrives_and_a_longer_one_is_refused()
    {
        const int Longest = (128 * 1024) - 1;
        string fits = new('x', Longest - "DIFFKEEPER_POD_NAME=".Length);

        await InjectAsync(Told.Start() with { PodName = fits });
        InjectionResult refused = await TryAsync(Told.Start() with { PodName = fits + "x" });

        Assert.That(Variables()["DIFFKEEPER_POD_NAME"], Is.EqualTo(fits));
        Assert.That(refused, Is.EqualTo(InjectionResult.Failed("DIFFKEEPER_POD_NAME is longer than the 128 KiB that can be handed to a program.", mayRetry: false)));
    }

    [TestCase("-rf", "begins with '-'")]
    [TestCase("", "is empty")]
    [TestCase("a\0b", "NUL")]
    public async Task An_ID_that_can_not_be_handed_on_as_it_is_is_refused_and_nothing_is_run(string id, string why)
    {
        InjectionResult result = await TryAsync(Told.Start(id));

        Assert.That((result.Outcome, result.MayRetry), Is.EqualTo((InjectionOutcome.Failed, false)));
        Assert.That(result.Reason, Does.Contain(why));
        Assert.That(File.Exists(Directory.File("argv")), Is.False);
    }

    [Test]
    public async Task A_value_that_is_no_Unicode_is_refused_rather_than_changed()
    {
        InjectionResult result = await TryAsync(Told.Start() with { PodName = "a" + (char)0xD800 });

        Assert.That(result.Reason, Is.EqualTo("DIFFKEEPER_POD_NAME is not valid Unicode, and can't be handed to a program as it is."));
    }

    [Test]
    public void Variables_are_passed_on_by_name_and_never_in_place_of_the_injector_s_own()
    {
        var options = new CommandInjectorOptions();

        Assert.That(() => options.PassedEnvironment = ["A=B"], Throws.ArgumentException);
        Assert.That(() => options.PassedEnvironment = [""], Throws.ArgumentException);
        Assert.That(() => options.PassedEnvironment = ["DIFFKEEPER_INJECTION"], Throws.ArgumentException);
    }

    private async Task InjectAsync(LifecycleEvent container, Action<CommandInjectorOptions>? configure = null)
        => Assert.That(await TryAsync(container, configure), Is.EqualTo(InjectionResult.Succeeded));

    private async Task<InjectionResult> TryAsync(LifecycleEvent container, Action<CommandInjectorOptions>? configure = null)
        => await Injector(Recorder, configure).InjectAsync(container, CancellationToken.None);

    private string[] Argv() => Strings("argv");

    private Dictionary<string, string> WholeEnvironment() => Strings("environ").Select(static variable => variable.Split('=', 2)).ToDictionary(static parts => parts[0], static parts => parts[1]);

    /// <summary>What the injector says, without the marker.</summary>
    private Dictionary<string, string> Variables()
        => WholeEnvironment().Where(static variable => variable.Key.StartsWith("DIFFKEEPER_", StringComparison.Ordinal) && variable.Key != "DIFFKEEPER_INJECTION").ToDictionary();

    private string[] Strings(string file) => File.ReadAllText(Directory.File(file)).Split('\0')[..^1];
}
