namespace FundingFlows.Ledger;

/// <summary>How far a body has come towards its end: it tells those whom it had to do with, asks to be closed, and is sealed.</summary>
public sealed class Ending
{
    private readonly Dictionary<string, (uint Epoch, long Sequence)> last = [];

    /// <summary>The last day of the body, once it has begun to end and was not refused. Null: it has not.</summary>
    public DateOnly? LastDay { get; internal set; }

    /// <summary>It has told others that it is about to be closed: it begins nothing any more.</summary>
    public bool HasTold { get; internal set; }

    /// <summary>It has asked to be closed, and was not refused.</summary>
    public bool IsAsked { get; internal set; }

    /// <summary>Its journal is sealed: no entry follows.</summary>
    public bool IsSealed { get; internal set; }

    /// <summary>The bodies that know, and the last delivery that each of them has sent.</summary>
    public IReadOnlyDictionary<string, (uint Epoch, long Sequence)> Last => last;

    /// <summary>The first, by its id, of those that know, that something which it sent has not come from. Null: all has come.</summary>
    public string? Awaited(DeliveryBook deliveries) => last.Where(told => deliveries.ExpectedSequence(told.Key, told.Value.Epoch) <= told.Value.Sequence)
        .Select(told => told.Key).Order(StringComparer.Ordinal).FirstOrDefault();

    internal void Knows(string body, uint epoch, long sequence) => last[body] = (epoch, sequence);
}
