using System.Buffers.Binary;
using DiffKeeper.Lifecycle.Recordings;
using DiffKeeper.Lifecycle.Tests.Injection;

namespace DiffKeeper.Lifecycle.Tests.Recordings;

[CancelAfter(120_000)]
public sealed class RecordingFormatTests
{
    private static readonly byte[] Recording = Record();

    private readonly RecordingLogs _logs = new();

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(9)]
    public void What_is_shorter_than_the_opening_is_no_recording(int length)
        => Assert.That(() => Replay(Recording[..length]), Throws.InstanceOf<RecordingException>().With.Message.Contains("no recording"));

    [Test]
    public void Any_other_file_is_no_recording()
        => Assert.That(() => Replay([.. "root:x:0:0:root:/root:/bin/bash\n"u8]), Throws.InstanceOf<RecordingException>().With.Message.Contains("no recording"));

    [Test]
    public void A_recording_whose_ends_of_lines_were_changed_is_none()
    {
        byte[] changed = [.. Recording[..4], .. Recording[5..]];

        Assert.That(changed[4], Is.EqualTo((byte)'\n'), "CR LF is LF now");
        Assert.That(() => Replay(changed), Throws.InstanceOf<RecordingException>().With.Message.Contains("no recording"));
    }

    [Test]
    public void A_newer_version_s_is_refused_by_its_number()
    {
        byte[] newer = [.. Recording];
        BinaryPrimitives.WriteUInt16LittleEndian(newer.AsSpan(8), RecordingFormat.Version + 1);

        Assert.That(() => Replay(newer), Throws.InstanceOf<RecordingException>().With.Message.Contains($"has version {RecordingFormat.Version + 1}"));
    }

    [Test]
    public void A_file_that_is_not_there_is_refused_by_its_name()
        => Assert.That(() => LifecycleTracer.Replay("/nonexistent/x.dkrec"), Throws.InstanceOf<RecordingException>().With.Message.Contains("'/nonexistent/x.dkrec'"));

    [Test]
    public async Task A_recording_that_is_whole_is_not_said_to_be_cut_off()
    {
        await ReplayAsync(Recording);

        Assert.That(_logs.Lines, Has.None.StartWith("Warning"));
    }

    [Test]
    public async Task Wherever_a_recording_is_cut_off_what_is_whole_before_is_told_and_the_log_says_so()
    {
        IReadOnlyList<string> whole = await ReplayAsync(Recording);
        int told = 0;
        for (int length = LengthOfSession(); length < Recording.Length - RecordingFormat.FrameHeaderBytes; length++)
        {
            var logs = new RecordingLogs();
            IReadOnlyList<string> lines = await JsonLines.ReplayAsync(Recording[..length], WithLogs(logs));

            Assert.That(lines, Is.EqualTo(whole.Take(lines.Count)), $"cut off at {length}");
            Assert.That(lines, Has.Count.GreaterThanOrEqualTo(told), $"cut off at {length}");
            if (length < Recording.Length - (2 * RecordingFormat.FrameHeaderBytes))
                Assert.That(logs.Lines, Has.One.Contains("was cut off"), $"cut off at {length}");
            told = lines.Count;
        }

        Assert.That(told, Is.EqualTo(whole.Count));
    }

    [Test]
    public async Task Of_a_session_that_was_killed_everything_is_told()
    {
        using var killed = new RecordedTracker();
        killed.Reconcile();
        killed.RunContainer("c1");
        byte[] recording = killed.Kill();

        Assert.That(await ReplayAsync(recording), Is.EqualTo(await killed.ToldAsync()));
        Assert.That(_logs.Lines, Has.One.Contains("was cut off"));
    }

    [TestCase(0x7FFFFFFF)]
    [TestCase(-1)]
    public async Task A_frame_that_can_not_be_as_long_as_it_says_ends_the_stream_with_an_exception(int length)
    {
        byte[] damaged = [.. Recording];
        BinaryPrimitives.WriteInt32LittleEndian(damaged.AsSpan(LengthOfSession()), length);

        await AssertIsDamagedAsync(damaged);
    }

    [Test]
    public async Task Whatever_byte_is_damaged_there_is_a_replay_or_one_exception()
    {
        // Every byte of a recording is tried, one at a time.
        for (int at = 0; at < Recording.Length; at++)
        {
            byte[] damaged = [.. Recording];
            damaged[at] ^= 0xFF;
            try
            {
                await JsonLines.ReplayAsync(damaged);
            }
            catch (RecordingException)
            {
                // As promised.
            }
        }
    }

    private async Task AssertIsDamagedAsync(byte[] recording)
    {
        var thrown = await Assert.ThrowsAsync<RecordingException>(() => ReplayAsync(recording));
        Assert.That(thrown!.Message, Does.StartWith("The recording is damaged"));
    }

    private Task<IReadOnlyList<string>> ReplayAsync(byte[] recording) => JsonLines.ReplayAsync(recording, WithLogs(_logs));

    private static ILifecycleTracer Replay(byte[] recording) => LifecycleTracer.Replay(new MemoryStream(recording));

    private static LifecycleTracerOptions WithLogs(RecordingLogs logs) => new() { LoggerFactory = logs };

    /// <summary>Up to the end of the frame that says of what the recording is, and of its round's.</summary>
    private static int LengthOfSession()
    {
        const int Opening = 10;
        return Opening + RecordingFormat.FrameHeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(Recording.AsSpan(Opening)) + RecordingFormat.FrameHeaderBytes;
    }

    private static byte[] Record()
    {
        using var recorded = new RecordedTracker();
        recorded.Reconcile();
        recorded.RunContainer("c1");
        recorded.Reconcile();
        return recorded.End();
    }
}
