using System.Runtime.InteropServices;
using System.Threading.Channels;
using DiffKeeper.Cli.Terminals;

namespace DiffKeeper.Cli.Top;

/// <summary>Shows the containers on the terminal until a key or a signal ends it.</summary>
internal sealed class TopSession(NodeContainers containers, TopNotices notices, TopView view, TimeProvider timeProvider) : IDisposable
{
    private const int WaitingInputs = 256;

    /// <summary>However many events there are, the eye gets no more than this.</summary>
    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(50);

    /// <summary>Ages are told in seconds.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    private readonly Channel<Key?> _inputs = Channel.CreateBounded<Key?>(new BoundedChannelOptions(WaitingInputs) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly ScreenPainter _painter = new(hasColours: string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
    private readonly Terminal _terminal = new();

    /// <summary>Something has changed that may be shown.</summary>
    public void Refresh() => _inputs.Writer.TryWrite(null);

    /// <summary>Returns when it was left; throws what <paramref name="source"/> throws.</summary>
    /// <param name="source">What tells of the containers.</param>
    /// <param name="cancellationToken">Leaves it.</param>
    public async Task RunAsync(Task source, CancellationToken cancellationToken)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var resized = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Refresh());
        using var resumed = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Resume());
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Leave(context, left));
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Leave(context, left));
        using ITimer ages = timeProvider.CreateTimer(_ => Refresh(), null, LongestLook, LongestLook);
        new Thread(ReadKeys) { Name = "diffkeeper keys", IsBackground = true }.Start();
        _ = source.ContinueWith(_ => Refresh(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        try
        {
            while (!view.IsLeft && !source.IsCompleted)
            {
                Draw();
                await Task.Delay(ShortestLook, timeProvider, left.Token);
                await _inputs.Reader.WaitToReadAsync(left.Token);
                while (_inputs.Reader.TryRead(out Key? key))
                    Press(key);
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
        }

        if (source.IsFaulted)
            await source;
    }

    public void Dispose() => _terminal.Dispose();

    private static void Leave(PosixSignalContext context, CancellationTokenSource left)
    {
        context.Cancel = true;
        left.Cancel();
    }

    private void Resume()
    {
        _terminal.Take();
        _inputs.Writer.TryWrite(KeyKind.Redraw);
    }

    private void Press(Key? key)
    {
        if (key is { Kind: KeyKind.Redraw })
            _painter.Forget();
        else if (key is { } pressed)
            view = Fit(view.Press(pressed, TopPage.RowsOn(Terminal.Size.Rows)));
    }

    /// <summary>At once, so that a key that comes back from the end does so from the last row.</summary>
    private TopView Fit(TopView pressed) => pressed.Fit(RowOrder.Select(containers.List(timeProvider.GetUtcNow()), pressed).Count, TopPage.RowsOn(Terminal.Size.Rows));

    private void Draw()
    {
        (int Columns, int Rows) size = Terminal.Size;
        DateTimeOffset now = timeProvider.GetUtcNow();
        IReadOnlyList<ContainerRow> rows = containers.List(now);
        view = view.Fit(RowOrder.Select(rows, view).Count, TopPage.RowsOn(size.Rows));
        _terminal.Write(_painter.Paint(TopPage.Lay(rows, view, now, size, containers.Injects, notices.Current), size));
    }

    /// <summary>Waits in read(2), so that it has a thread of its own, which ends with the process.</summary>
    private void ReadKeys()
    {
        Span<byte> input = stackalloc byte[256];
        try
        {
            while (_terminal.Read(input) is > 0 and var length)
            {
                foreach (Key key in KeyDecoder.Decode(input[..length]))
                    _inputs.Writer.TryWrite(key);
            }
        }
        catch (IOException)
        {
            // The terminal has gone; a signal tells of that.
        }
    }
}
