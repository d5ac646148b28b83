using System.Globalization;
using DiffKeeper.Injector;
using DiffKeeper.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

const int Failure = 1;
const int Usage = 2;

if (args is not [string given, .. { Length: <= 1 } rest] || !int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int score) || score > OomScore.Max)
{
    await Console.Error.WriteLineAsync($"Usage: diffkeeper-injector SCORE [LEDGER-DIRECTORY]: SCORE is 0 to {OomScore.Max}, the higher the sooner the kernel kills a container for memory.");
    return Usage;
}

HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddSingleton(new OomScore(score));
builder.Services.AddLifecycleTracing().AddInjector<OomScoreInjector>(injection =>
    injection.LedgerDirectory = rest is [string directory] ? directory : "/run/diffkeeper/oom-scores");

try
{
    await builder.Build().RunAsync();
    return 0;
}
catch (Exception e) when (e is LifecycleException or PlatformNotSupportedException)
{
    await Console.Error.WriteLineAsync($"diffkeeper-injector: {e.Message}");
    return Failure;
}
