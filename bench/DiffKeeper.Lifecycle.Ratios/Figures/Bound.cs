namespace DiffKeeper.Lifecycle.Ratios.Figures;

internal enum Bound
{
    AtMost,
    AtLeast,
}
