using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Ledger;

/// <summary>What the body expected, at one time, to spend of a fund.</summary>
/// <param name="Id">The entry that recorded it.</param>
/// <param name="Years">In their order, each once.</param>
public sealed record Forecast(EntryId Id, string Fund, IReadOnlyList<ForecastYear> Years, Timestamp RecordedAt);

/// <summary>What the body expects to spend of each fund, and what it expected before.</summary>
public sealed class ForecastBook
{
    private readonly List<Forecast> recorded = [];
    private readonly Dictionary<string, Forecast> newest = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Forecast> All => recorded;

    /// <summary>Null: this body recorded no such forecast.</summary>
    public Forecast? Find(EntryId id) => recorded.FindLast(forecast => forecast.Id == id);

    /// <summary>The one that counts for a fund. Null: there is none.</summary>
    public Forecast? Newest(string fund) => newest.GetValueOrDefault(fund);

    internal void Add(EntryId at, Entry entry)
    {
        var forecast = new Forecast(at, entry.Fact.ForecastRecorded.Fund, entry.Fact.ForecastRecorded.Years, entry.RecordedAt);
        recorded.Add(forecast);
        newest[forecast.Fund] = forecast;
    }
}
