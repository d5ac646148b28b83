namespace DiffKeeper.Lifecycle.Interop;

/// <summary>What a file is, whose it is, and who may do what with it: the inode's mode (inode(7)) and owner.</summary>
internal readonly record struct FileOwnership(uint Owner, ushort Mode)
{
    private const ushort KindMask = 0xF000; // S_IFMT
    private const ushort RegularKind = 0x8000; // S_IFREG
    private const ushort DirectoryKind = 0x4000; // S_IFDIR
    private const ushort LinkKind = 0xA000; // S_IFLNK

    public bool IsRegular => (Mode & KindMask) == RegularKind;

    public bool IsDirectory => (Mode & KindMask) == DirectoryKind;

    public bool IsLink => (Mode & KindMask) == LinkKind;

    /// <summary>Where there is an access control list, this is its mask, beyond which it grants nothing to anybody but the owner (acl(5)).</summary>
    public UnixFileMode Permissions => (UnixFileMode)(Mode & ~KindMask);
}
