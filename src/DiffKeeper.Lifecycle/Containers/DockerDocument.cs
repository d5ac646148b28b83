namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Where Docker's <c>config.v2.json</c> keeps the values of identity.</summary>
internal static class DockerDocument
{
    public static DocumentValues Read(ReadOnlySpan<byte> json)
    {
        var values = new DocumentValues();
        var document = new DocumentReader(json);
        Span<char> buffer = stackalloc char[DocumentReader.MaxNameLength];
        bool hasConfig = false;
        while (document.NextProperty())
        {
            switch (document.CopyName(buffer))
            {
                case "ID":
                    values.ReadValue(ref document, DocumentKey.DockerId);
                    break;
                case "Name":
                    values.ReadValue(ref document, DocumentKey.DockerName);
                    break;
                case "Config":
                    ReadConfig(ref document, values, ref hasConfig);
                    break;
                default:
                    document.Skip();
                    break;
            }
        }

        return values.Finish(ref document);
    }

    // "Image" stands at the top too, as a digest: only the one in "Config" is what was asked for.
    private static void ReadConfig(ref DocumentReader document, DocumentValues values, ref bool entered)
    {
        if (!document.EnterObjectOnce(ref entered))
            return;

        Span<char> buffer = stackalloc char[DocumentReader.MaxNameLength];
        bool hasLabels = false;
        while (document.NextProperty())
        {
            switch (document.CopyName(buffer))
            {
                case "Image":
                    values.ReadValue(ref document, DocumentKey.DockerImage);
                    break;
                case "Labels":
                    values.ReadObject(ref document, ref hasLabels, LabelKey);
                    break;
                default:
                    document.Skip();
                    break;
            }
        }
    }

    private static DocumentKey LabelKey(ReadOnlySpan<char> name) => name switch
    {
        "io.kubernetes.pod.namespace" => DocumentKey.PodNamespace,
        "io.kubernetes.pod.name" => DocumentKey.PodName,
        "io.kubernetes.pod.uid" => DocumentKey.PodUid,
        "io.kubernetes.sandbox.id" => DocumentKey.DockerSandboxId,
        _ => DocumentKey.None,
    };
}
