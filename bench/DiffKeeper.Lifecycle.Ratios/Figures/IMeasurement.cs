namespace DiffKeeper.Lifecycle.Ratios.Figures;

/// <summary>Something that is run once, and gives figures that belong together.</summary>
internal interface IMeasurement
{
    IReadOnlyList<Figure> Figures { get; }

    Task<IReadOnlyList<Measured>> MeasureAsync();
}
