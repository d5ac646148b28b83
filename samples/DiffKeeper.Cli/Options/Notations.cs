using System.Globalization;
using System.Net;

namespace DiffKeeper.Cli.Options;

internal static class Notations
{
    private const double MaxDays = 1;

    public static Notation<OnOff> OnOff { get; } = new("true, 1, yes or on, or else false, 0, no or off is expected", ReadOnOff);

    public static Notation<int> Count { get; } = new("a whole number of at least 1 is expected", ReadCount);

    public static Notation<TimeSpan> Time { get; } = new("a time such as 30s, 500ms, 2m or 1h, and no longer than a day, is expected", ReadTime);

    public static Notation<ListenAddress> Listen { get; } = new("an IP address and a port such as 127.0.0.1:9464, 0.0.0.0:9464 or [::]:9464 is expected", ReadListen);

    private static OnOff? ReadOnOff(string value) => value.ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" or "ON" => new OnOff(true),
        "FALSE" or "0" or "NO" or "OFF" => new OnOff(false),
        _ => null,
    };

    private static int? ReadCount(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : null;

    private static TimeSpan? ReadTime(string value)
    {
        string number = value.TrimEnd(['m', 's', 'h']);
        TimeSpan? unit = value[number.Length..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "" or "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => null,
        };
        bool isNumber = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count);
        return isNumber && count > 0 && count * unit?.TotalDays <= MaxDays ? count * unit : null;
    }

    private static ListenAddress? ReadListen(string value)
    {
        // An address without a port would be an end point, too.
        bool hasPort = value.StartsWith('[') ? value.Contains("]:", StringComparison.Ordinal) : !IPAddress.TryParse(value, out _);
        return hasPort && IPEndPoint.TryParse(value, out IPEndPoint? endPoint) ? new ListenAddress(endPoint) : null;
    }
}
