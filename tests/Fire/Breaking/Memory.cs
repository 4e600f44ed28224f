using Google.Protobuf;

namespace FundingFlows.Fire;

/// <summary>What the load remembers; one command altered or forgotten, if that was asked for.</summary>
internal static class Memory
{
    public static IReadOnlyList<Acknowledged> Of(IReadOnlyList<Acknowledged> acknowledged, IReadOnlyList<Breakage> breaks)
    {
        var remembered = acknowledged.ToList();
        if (breaks.Contains(Breakage.AlteredResult) && remembered.Count > 0)
            remembered[^1] = Altered(remembered[^1]);
        if (breaks.Contains(Breakage.ForgottenCommand) && remembered.Count > 1)
            remembered.RemoveAt(0);
        return remembered;
    }

    private static Acknowledged Altered(Acknowledged command)
    {
        var recorded = command.Recorded.Clone();
        recorded.LeafHash = ByteString.CopyFrom([.. recorded.LeafHash.Select(one => (byte)(one ^ 1))]);
        return command with { Recorded = recorded };
    }
}
