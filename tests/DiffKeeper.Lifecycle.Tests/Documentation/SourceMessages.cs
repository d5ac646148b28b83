using System.Text;
using System.Text.RegularExpressions;

namespace DiffKeeper.Lifecycle.Tests.Documentation;

/// <summary>What the library's exceptions say, read out of its source: sentences, with … for what is filled in.</summary>
internal static partial class SourceMessages
{
    /// <summary>Every sentence in a file that makes such an exception, or the sentence for one.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/DiffKeeper.Lifecycle"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .Where(static source => Maker().IsMatch(source))
            .SelectMany(static source => Literals(Pair().Replace(Concatenation().Replace(source, ""), "\"$1: $2.\"")))
            .Where(static text => Sentence().IsMatch(text))
            .Distinct()];

    /// <summary>The string literals, an expression within one as …; it may have literals of its own.</summary>
    private static IEnumerable<string> Literals(string source)
    {
        var literal = new StringBuilder();
        int depth = 0;
        bool inside = false;
        foreach (char c in source.Replace("\\\"", "'", StringComparison.Ordinal))
        {
            if (c is '"' && depth == 0)
            {
                if (inside)
                    yield return literal.ToString();
                literal.Clear();
                inside = !inside;
            }
            else if (c is '\n')
            {
                // Comments have apostrophes and quotes of their own: no literal is longer than its line.
                inside = false;
                depth = 0;
            }
            else if (inside && c is '{' && depth++ == 0)
            {
                literal.Append('…');
            }
            else if (inside && c is '}')
            {
                depth--;
            }
            else if (inside && depth == 0)
            {
                literal.Append(c);
            }
        }
    }

    [GeneratedRegex(@"new (TracingUnavailable|InjectionLedger|InjectorFile|RingBuffer|Recording|PlatformNotSupported|InvalidOperation)Exception\(|RequirementResult\.Missing\(|class (InjectorFile|TracingInterruptedException)\b")]
    private static partial Regex Maker();

    [GeneratedRegex(@"""\s*\+\s*\$?""")]
    private static partial Regex Concatenation();

    /// <summary>What is wrong and what to do, which are put together into a sentence where it is thrown.</summary>
    [GeneratedRegex(@"(?:new InjectorFault\(|RequirementResult\.Missing\([^"";]*?)\$?""((?:\{[^}]*\}|[^""{])*)"",\s*\$?""((?:\{[^}]*\}|[^""{])*)""")]
    private static partial Regex Pair();

    [GeneratedRegex(@"^(\p{Lu}|…)\S* .*\.$")]
    private static partial Regex Sentence();
}
