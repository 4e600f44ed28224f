using System.Diagnostics;
using FundingFlows.Contracts.Ledger.V1;

namespace FundingFlows.Benchmarks;

/// <summary>One flow at a time: from the caller's release at the centre until the forum says, asked again and again, that its journal durably holds the receipt.</summary>
internal static class IdleFlows
{
    /// <summary>Long enough for the answers on their way back and for who follows.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(60);
    private const int MostNotCounted = 200;

    /// <summary>Milliseconds of each, the fastest first.</summary>
    public static async Task<IReadOnlyList<double>> MeasureAsync(FlowFederation federation, int flows, TimeProvider time, CancellationToken cancellation)
    {
        var centre = new TransferService.TransferServiceClient(federation.To("central"));
        var forums = new LedgerService.LedgerServiceClient(federation.To("forums"));
        var way = FlowTopology.Ways.Count - 1;
        var forum = FlowTopology.Ways[way].Forum;
        var size = await SizeAsync();
        var taken = new List<double>();
        var notCounted = Math.Min(flows, MostNotCounted);
        for (var i = 0; i < notCounted + flows; i++)
        {
            await Task.Delay(Rest, time, cancellation);
            var start = Stopwatch.GetTimestamp();
            var releasing = centre.ReleaseFundsAsync(Releasing.Release(federation.Awards[way]), federation.Headers, cancellationToken: cancellation).ResponseAsync;
            while (await SizeAsync() == size)
            {
                // Each answer says how far it was a moment ago.
            }
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            await releasing;
            size++;
            if (i >= notCounted)
                taken.Add(elapsed);
        }
        taken.Sort();
        return taken;

        async Task<ulong> SizeAsync() => (await forums.GetBodyAsync(new GetBodyRequest { Body = forum }, cancellationToken: cancellation)).Body.JournalSize;
    }
}
