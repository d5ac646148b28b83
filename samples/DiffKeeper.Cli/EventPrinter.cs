using DiffKeeper.Cli.Output;
using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli;

/// <summary>Prints until the stream ends, or until nobody reads what is printed.</summary>
internal static class EventPrinter
{
    public static async Task RunAsync(IAsyncEnumerable<LifecycleEvent> events, IEventWriter writer)
    {
        try
        {
            await foreach (LifecycleEvent lifecycleEvent in events)
                writer.Write(lifecycleEvent);
        }
        catch (IOException) when (writer is JsonEventWriter)
        {
            // The reader of the pipe has gone (EPIPE): `diffkeeper --output json | head -1` is well used.
        }
    }
}
