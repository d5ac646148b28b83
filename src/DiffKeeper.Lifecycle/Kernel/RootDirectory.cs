namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>Which directory a process calls <c>/</c>.</summary>
/// <param name="Device">As the kernel numbers it: <c>major &lt;&lt; 20 | minor</c>.</param>
/// <param name="Inode">Unique on the device.</param>
internal readonly record struct RootDirectory(uint Device, ulong Inode);
