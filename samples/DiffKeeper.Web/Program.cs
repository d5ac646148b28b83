using DiffKeeper.Lifecycle;
using DiffKeeper.Web;
using Microsoft.Extensions.Options;

const int Failure = 1;
const int Usage = 2;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddLifecycleTracing(builder.Configuration.GetSection("Tracing"));
builder.Services.AddHealthChecks().AddLifecycleTracing();

WebApplication app = builder.Build();
app.UseMiddleware<PagePolicy>();
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapGet("/events", EventFeed.Open);
app.MapHealthChecks("/healthz");

try
{
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException e)
{
    await Console.Error.WriteLineAsync($"diffkeeper-web: {e.Message}");
    return Usage;
}
catch (Exception e) when (e is LifecycleException or PlatformNotSupportedException)
{
    await Console.Error.WriteLineAsync($"diffkeeper-web: {e.Message}");
    return Failure;
}
