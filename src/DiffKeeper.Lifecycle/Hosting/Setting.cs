namespace DiffKeeper.Lifecycle.Hosting;

internal static class Setting
{
    /// <summary>What a setter has to say, without what only a programmer needs: the name of the setter's parameter and the value once more.</summary>
    public static string Explain(ArgumentException refusal)
        => refusal.Message.ReplaceLineEndings("\n").Split('\n')[0].Replace($" (Parameter '{refusal.ParamName}')", "", StringComparison.Ordinal);
}
