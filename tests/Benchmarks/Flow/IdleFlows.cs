using System.Diagnostics;

namespace FundingFlows.Benchmarks;

/// <summary>One flow at a time: from the caller's release at the centre until the forum's journal, followed on the same clock, holds the receipt.</summary>
internal static class IdleFlows
{
    /// <summary>Long enough for the answers on their way back and for who follows.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);
    private const int MostNotCounted = 200;

    /// <summary>Milliseconds of each, the fastest first.</summary>
    public static async Task<IReadOnlyList<double>> MeasureAsync(FlowFederation federation, int flows, TimeProvider time, CancellationToken cancellation)
    {
        var centre = new TransferService.TransferServiceClient(federation.To("central"));
        var forums = federation.To("forums");
        var way = FlowTopology.Ways.Count - 1;
        var forum = FlowTopology.Ways[way].Forum;
        var size = (await new Contracts.Ledger.V1.LedgerService.LedgerServiceClient(forums).GetBodyAsync(
            new Contracts.Ledger.V1.GetBodyRequest { Body = forum }, cancellationToken: cancellation)).Body.JournalSize;
        using var following = new JournalService.JournalServiceClient(forums).FollowJournal(
            new FollowJournalRequest { Body = forum, FromIndex = (ulong)size }, cancellationToken: cancellation);
        var taken = new List<double>();
        var notCounted = Math.Min(flows, MostNotCounted);
        for (var i = 0; i < notCounted + flows; i++)
        {
            await Task.Delay(Rest, time, cancellation);
            var start = Stopwatch.GetTimestamp();
            var releasing = centre.ReleaseFundsAsync(Releasing.Release(federation.Awards[way]), federation.Headers, cancellationToken: cancellation).ResponseAsync;
            do
                await following.ResponseStream.MoveNext(cancellation);
            while (following.ResponseStream.Current.Page.Entries.Count == 0);
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            await releasing;
            if (i >= notCounted)
                taken.Add(elapsed);
        }
        taken.Sort();
        return taken;
    }
}
