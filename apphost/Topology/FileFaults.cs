namespace FundingFlows.Topologies;

/// <summary>What is wrong with a file, told as one sentence: the first fault and its line, and how many more there are.</summary>
internal static class FileFaults
{
    public static string Sentence(string name, List<(int Line, string Fault)> faults)
    {
        var (line, fault) = faults.OrderBy(one => one.Line).First();
        var more = faults.Count == 1 ? "" : faults.Count == 2 ? " (And one more fault.)" : $" (And {faults.Count - 1} more faults.)";
        return $"{name}, line {line}: {fault}{more}";
    }
}
