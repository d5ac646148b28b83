namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What Podman's own description of a container (libpod's ContainerConfig) says about who it is.</summary>
internal sealed record PodmanContainerConfig
{
    /// <summary>All 64 digits.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The image's full name; <see langword="null"/> for a container of a bare root file system.</summary>
    public string? Image { get; init; }

    /// <summary>The image's and the container's own.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Reads a description within <see cref="DocumentLimits"/>.</summary>
    /// <param name="json">The whole of it.</param>
    /// <param name="rejection">Why there is no result.</param>
    /// <returns><see langword="null"/> where it can't be used.</returns>
    public static PodmanContainerConfig? Read(ReadOnlySpan<byte> json, out DocumentRejection rejection)
    {
        var values = new DocumentValues();
        var document = new DocumentReader(json);
        Span<char> buffer = stackalloc char[DocumentReader.MaxNameLength];
        while (document.NextProperty())
        {
            DocumentKey key = KeyOf(document.CopyName(buffer));
            if (key == DocumentKey.None)
                document.Skip();
            else
                values.ReadValue(ref document, key);
        }

        values.Finish(ref document);
        var config = new PodmanContainerConfig
        {
            Id = values.Take(DocumentKey.PodmanId),
            Name = values.Take(DocumentKey.PodmanName),
            Image = values.Take(DocumentKey.PodmanImage),
            Labels = DocumentLabels.Read(json, "labels"),
        };
        rejection = values.Rejection;
        return rejection == DocumentRejection.None ? config : null;
    }

    private static DocumentKey KeyOf(ReadOnlySpan<char> name) => name switch
    {
        "id" => DocumentKey.PodmanId,
        "name" => DocumentKey.PodmanName,
        "rootfsImageName" => DocumentKey.PodmanImage,
        _ => DocumentKey.None,
    };
}
