namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Where a bundle's <c>config.json</c> (OCI runtime specification, config.md) keeps the values of identity.</summary>
internal static class BundleDocument
{
    public static DocumentValues Read(ReadOnlySpan<byte> json)
    {
        var values = new DocumentValues();
        var document = new DocumentReader(json);
        Span<char> buffer = stackalloc char[DocumentReader.MaxNameLength];
        bool hasAnnotations = false, hasLinux = false;
        while (document.NextProperty())
        {
            switch (document.CopyName(buffer))
            {
                case "annotations":
                    values.ReadObject(ref document, ref hasAnnotations, AnnotationKey);
                    break;
                case "linux":
                    values.ReadObject(ref document, ref hasLinux, LinuxKey);
                    break;
                default:
                    document.Skip();
                    break;
            }
        }

        return values.Finish(ref document);
    }

    private static DocumentKey LinuxKey(ReadOnlySpan<char> name) => name is "cgroupsPath" ? DocumentKey.CgroupsPath : DocumentKey.None;

    private static DocumentKey AnnotationKey(ReadOnlySpan<char> name) => name switch
    {
        "io.container.manager" => DocumentKey.Manager,
        "io.kubernetes.cri.sandbox-namespace" => DocumentKey.CriNamespace,
        "io.kubernetes.cri.sandbox-name" => DocumentKey.CriPodName,
        "io.kubernetes.cri.sandbox-uid" => DocumentKey.CriPodUid,
        "io.kubernetes.cri.sandbox-id" => DocumentKey.CriSandboxId,
        "io.kubernetes.cri.container-name" => DocumentKey.CriContainerName,
        "io.kubernetes.cri.container-type" => DocumentKey.CriContainerType,
        "io.kubernetes.cri.image-name" => DocumentKey.CriImage,
        "io.kubernetes.pod.namespace" => DocumentKey.PodNamespace,
        "io.kubernetes.pod.name" => DocumentKey.PodName,
        "io.kubernetes.pod.uid" => DocumentKey.PodUid,
        "io.kubernetes.container.name" => DocumentKey.ContainerName,
        "io.kubernetes.cri-o.SandboxID" => DocumentKey.CriOSandboxId,
        "io.kubernetes.cri-o.ImageName" => DocumentKey.CriOImage,
        "spoofed.crio.io" => DocumentKey.CriOSpoofed,
        _ => DocumentKey.None,
    };
}
