using System.Net;

namespace DiffKeeper.Cli.Status;

/// <summary>Nothing can be served at the address.</summary>
internal sealed class ListenException(IPEndPoint endPoint, Exception cause)
    : Exception($"Metrics and health cannot be served at {endPoint} ({cause.GetBaseException().Message}): name another address or port with --listen.", cause);
