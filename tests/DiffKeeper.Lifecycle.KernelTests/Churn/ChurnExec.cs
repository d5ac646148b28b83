namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>A command that is executed in a running container.</summary>
internal sealed record ChurnExec(string Command, bool IsExecuted, bool IsSuccess)
{
    public static IReadOnlyList<ChurnExec> All { get; } =
    [
        new("true", IsExecuted: true, IsSuccess: true),
        new("false", IsExecuted: true, IsSuccess: false),
        new("/no/such/program", IsExecuted: false, IsSuccess: false),
    ];

    /// <summary>Throws where the engine says something else of it.</summary>
    public void Verify(bool succeeded, string output)
    {
        if (succeeded != IsSuccess)
            throw new InvalidOperationException($"'{Command}' {(succeeded ? "succeeded" : "failed")} in a container: {output}");
    }
}
