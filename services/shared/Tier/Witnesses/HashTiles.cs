using System.Globalization;

namespace FundingFlows.Tiers;

/// <summary>Reads the hashes of other bodies' journals, where their tiles are served. Nothing of it is believed before it was compared with a root that was signed.</summary>
public sealed class HashTiles(AddressBook addresses, IOutside outside, TimeProvider time) : IDisposable
{
    private const int MostBytes = 1 << 14;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly WebRequests web = new(outside, MostBytes);

    /// <summary>The root of the first <paramref name="from"/> entries, and a consistency proof from them to the first <paramref name="to"/>, as the body tells them. Null: it does not.</summary>
    public async Task<(byte[] Root, IReadOnlyList<byte[]> Path)?> BeginningAsync(JournalKey journal, long from, long to, CancellationToken cancellation)
    {
        if (addresses.HttpOf(journal.Body) is not { } address)
            return null;
        var prefix = new Uri(address, $"journals/{journal.Body}/{journal.Epoch.ToString(CultureInfo.InvariantCulture)}/");
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var tiles = new TileReader(to, (path, stop) => web.GetAsync(new Uri(prefix, path), stop));
        try
        {
            return (await tiles.RootAsync(from, either.Token), await tiles.ConsistencyAsync(from, either.Token));
        }
        catch (Exception problem) when (problem is HttpRequestException or InvalidDataException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose() => web.Dispose();
}
