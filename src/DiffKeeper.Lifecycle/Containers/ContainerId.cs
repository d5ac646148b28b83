using System.Buffers;
using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Decides what may be a container's ID, over the bytes that an argv, a path or a file brings.</summary>
/// <remarks>
/// The characters are runc's (<c>validateID</c> in libcontainer/factory_linux.go); crun takes any name that isn't a path. Both accept a leading
/// <c>-</c> after <c>--</c>, which is refused here: an ID becomes an argument of the injector's program.
/// </remarks>
internal static class ContainerId
{
    /// <summary>The most bytes an ID may have. The runtimes set no limit of their own; a state directory's name ends at 255.</summary>
    public const int MaxLength = 1024;

    private const int LongLength = 64;

    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-."u8);

    private static readonly SearchValues<byte> LowerHex = SearchValues.Create("0123456789abcdef"u8);

    public static bool IsValid(ReadOnlySpan<byte> id) =>
        id.Length is > 0 and <= MaxLength
        && id[0] != (byte)'-'
        && !id.ContainsAnyExcept(Allowed)
        && !id.SequenceEqual("."u8)
        && !id.SequenceEqual(".."u8);

    /// <summary>Whether this is the form that Docker, containerd's CRI, CRI-O and Podman make: 64 lower-case hexadecimal digits.</summary>
    public static bool IsLong(ReadOnlySpan<byte> id) => id.Length == LongLength && !id.ContainsAnyExcept(LowerHex);

    /// <summary>The ID as a string; <see langword="null"/> where <see cref="IsValid"/> refuses it.</summary>
    public static string? ToStringOrNull(ReadOnlySpan<byte> id) => IsValid(id) ? Encoding.ASCII.GetString(id) : null;
}
