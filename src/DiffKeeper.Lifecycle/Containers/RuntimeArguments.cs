using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>How an OCI runtime was executed to create a container that was found, put together again.</summary>
/// <param name="Runtime">The executable's name.</param>
/// <param name="Root">Its state directory; empty where it was left to the runtime.</param>
/// <param name="Bundle">The bundle's directory.</param>
/// <param name="Id">The container's ID.</param>
internal sealed record RuntimeArguments(string Runtime, string Root, string Bundle, string Id)
{
    /// <summary>So that a container that was found goes the same way as one whose creation is seen.</summary>
    public byte[] ToArgv()
    {
        string[] root = Root.Length == 0 ? [] : ["--root", Root];
        return Encoding.UTF8.GetBytes(string.Concat(((string[])[Runtime, .. root, "create", "--bundle", Bundle, Id]).Select(static argument => argument + '\0')));
    }
}
