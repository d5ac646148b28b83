using System.Net;
using DiffKeeper.Lifecycle.KernelTests.CommandLine;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Samples;

/// <summary>The page of the web sample, in a browser.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(240_000)]
[RequireKernel("containerd", "ctr", "dockerd", "docker", "runc", "busybox", "chromium", "chromedriver")]
public sealed class WebTests
{
    private const string Listening = "Now listening on: ";

    private PrivateDirectory _directory = null!;
    private Browser _browser = null!;
    private DockerEngine _docker = null!;

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        _directory = new PrivateDirectory("web");
        _docker = await SharedEngines.DockerAsync();
        _browser = new Browser(_directory);
    }

    [OneTimeTearDown]
    public async Task StopBrowser()
    {
        _browser?.Dispose();
        await _directory.DisposeAsync();
    }

    [Test]
    public async Task A_container_appears_on_the_page_when_it_starts_and_dies_there_with_it()
    {
        await using RunningProgram program = await StartAsync();
        _browser.Open(AddressOf(program));
        _browser.WaitFor("[data-connection=live]");

        string id = await _docker.StartAsync(ContainerSpec.Lasting with { Name = "shop" });
        _browser.WaitFor($"{RowOf(id)}[data-state=start]");
        string running = _browser.Text(RowOf(id));
        string failed = (await _docker.RunAsync(ContainerSpec.Exiting(3) with { Name = "migration" })).Id;
        string greedy = (await _docker.RunAsync(ContainerSpec.OutOfMemory with { Name = "report" })).Id;
        _browser.WaitFor($"{RowOf(failed)}[data-gone]");
        _browser.WaitFor($"{RowOf(greedy)}[data-gone]");
        SaveScreenshot();
        await _docker.SignalAsync(id, ProcessSignal.Kill);
        _browser.WaitFor($"{RowOf(id)}[data-state=stop]");
        await _docker.RemoveAsync(id);
        _browser.WaitFor($"{RowOf(id)}[data-gone]");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(running, Does.StartWith("running shop").And.Contains(BusyboxImage.Name).And.Contains("dockerd"));
            Assert.That(_browser.Text(RowOf(id)), Does.StartWith("signal 9 shop"));
            Assert.That(_browser.Text(RowOf(failed)), Does.StartWith("exit 3 migration"));
            Assert.That(_browser.Text(RowOf(greedy)), Does.StartWith("out of memory report"));
        }
    }

    [Test]
    public async Task A_page_that_lost_its_connection_starts_over_with_what_runs_then()
    {
        await using RunningProgram program = await StartAsync();
        string address = AddressOf(program);
        string gone = await _docker.StartAsync(ContainerSpec.Lasting);
        _browser.Open(address);
        _browser.WaitFor($"{RowOf(gone)}[data-state=start]");

        await program.EndAsync(ProcessSignal.Kill);
        _browser.WaitFor("[data-connection=connecting]");
        await _docker.RemoveAsync(gone);
        string there = await _docker.StartAsync(ContainerSpec.Lasting);
        await using RunningProgram next = await StartAsync(address);
        _browser.WaitFor($"{RowOf(there)}[data-state=start]");
        bool stillShown = _browser.Has(RowOf(gone));
        await _docker.RemoveAsync(there);

        Assert.That(stillShown, Is.False);
    }

    [Test]
    public async Task It_ends_with_SIGTERM_also_while_a_page_is_open()
    {
        await using RunningProgram program = await StartAsync();
        _browser.Open(AddressOf(program));
        _browser.WaitFor("[data-connection=live]");

        Assert.That(await program.EndAsync(ProcessSignal.Terminate), Is.Zero);
    }

    /// <summary>Otherwise any web site that the user visits could have its own name lead here, and read along.</summary>
    [Test]
    public async Task A_request_under_another_name_is_refused()
    {
        await using RunningProgram program = await StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(program) + "/events") { Headers = { Host = "elsewhere.example" } };
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    /// <summary>The README shows this one.</summary>
    private void SaveScreenshot()
    {
        string file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "diffkeeper-web.png");
        _browser.SaveScreenshot(file);
        TestContext.AddTestAttachment(file);
    }

    private static async Task<RunningProgram> StartAsync(string address = "http://127.0.0.1:0")
    {
        var program = new RunningProgram(SampleProgram.Describe("WebDirectory", "diffkeeper-web", "--urls", address));
        await program.WaitUntilAsync(() => program.Output.Any(static line => line.Contains(Listening, StringComparison.Ordinal)));
        return program;
    }

    private static string AddressOf(RunningProgram program) =>
        program.Output.First(static line => line.Contains(Listening, StringComparison.Ordinal)).Split(Listening)[1];

    private static string RowOf(string id) => $"[data-container='{id}']";
}
