namespace DiffKeeper.Lifecycle.KernelTests.Recordings;

/// <summary>Where recordings are put that are to become fixtures of the tests without privileges; <c>DIFFKEEPER_TEST_KEEP_RECORDINGS</c> names a directory.</summary>
internal static class KeptRecordings
{
    private static string? Target => Environment.GetEnvironmentVariable("DIFFKEEPER_TEST_KEEP_RECORDINGS");

    /// <param name="name">Of the session.</param>
    /// <param name="recording">Its file.</param>
    /// <param name="told">What was told of it while it was recorded, as JSON lines.</param>
    public static async Task KeepAsync(string name, string recording, IEnumerable<string> told)
    {
        if (Target is not { Length: > 0 } directory)
            return;
        Directory.CreateDirectory(directory);
        File.Copy(recording, Path.Combine(directory, $"{name}.dkrec"), overwrite: true);
        await File.WriteAllLinesAsync(Path.Combine(directory, $"{name}.jsonl"), told);
    }
}
