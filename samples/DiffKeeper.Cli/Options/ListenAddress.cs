using System.Net;

namespace DiffKeeper.Cli.Options;

/// <summary>Where to listen. Port 0 is one that the kernel chooses.</summary>
internal readonly record struct ListenAddress(IPEndPoint EndPoint);
