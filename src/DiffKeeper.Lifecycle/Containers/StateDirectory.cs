namespace DiffKeeper.Lifecycle.Containers;

/// <summary>A directory in which an OCI runtime keeps the state of its containers, a directory each.</summary>
internal sealed class StateDirectory(string path)
{
    private const string RuncFile = "state.json";
    private const string CrunFile = "status";
    private const string RuncDefault = "/run/runc";
    private const string CrunDefault = "/run/crun";

    public string Path => path;

    /// <summary>As it was given to the runtime: empty where it is its default.</summary>
    public string ExplicitRoot => path is RuncDefault or CrunDefault ? "" : path;

    public OwnedState? Read(HostFiles files, string id)
    {
        if (files.Parse($"{path}/{id}/{RuncFile}", DocumentLimits.MaxBytes, RuntimeState.ReadRunc) is { } runc)
            return new OwnedState("runc", runc);
        return files.Parse($"{path}/{id}/{CrunFile}", DocumentLimits.MaxBytes, RuntimeState.ReadCrun) is { } crun ? new OwnedState("crun", crun) : null;
    }

    /// <param name="Runtime">Whose form the state has.</param>
    /// <param name="State">What it says.</param>
    public sealed record OwnedState(string Runtime, RuntimeState State);
}
