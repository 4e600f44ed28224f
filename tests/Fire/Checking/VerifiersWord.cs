namespace FundingFlows.Fire;

/// <summary>What the program <c>verify</c> said. Nothing is no word for it: it must say of every journal that it holds.</summary>
internal static class VerifiersWord
{
    private const string Holds = ": holds. ";

    /// <summary>What is wrong, a sentence each.</summary>
    /// <param name="code">Its exit code.</param>
    /// <param name="said">All that it printed.</param>
    /// <param name="journals">How many it was to check.</param>
    public static IEnumerable<string> Findings(int code, string said, int journals)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var held = lines.Count(line => line.Contains(Holds, StringComparison.Ordinal));
        if (code == 0)
            return held == journals ? [] : [$"The verifier ended as if all held, and said so of {held} of {journals} journals."];
        var wrong = lines.Where(line => !line.Contains(Holds, StringComparison.Ordinal)).ToList();
        return wrong.Count > 0 ? wrong.Select(line => $"The verifier says: {line}") : [$"The verifier ended with the exit code {code}, and never said what is wrong."];
    }
}
