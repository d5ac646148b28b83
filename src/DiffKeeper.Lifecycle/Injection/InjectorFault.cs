namespace DiffKeeper.Lifecycle.Injection;

/// <summary>What is wrong with an injector's file.</summary>
/// <param name="Explanation">A sentence without its full stop.</param>
/// <param name="Cure">What to do, as the end of that sentence.</param>
internal sealed record InjectorFault(string Explanation, string Cure)
{
    public override string ToString() => $"{Explanation}: {Cure}.";
}
