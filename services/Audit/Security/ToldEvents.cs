using System.Text.RegularExpressions;
using FundingFlows.Contracts.Links.V1;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Audit;

/// <summary>
/// Takes over what an instance tells of what it turned away. An instance is believed no more than a stranger: only what has the form that an honest one
/// gives it is shown on, so that nobody has the auditor say his words, and of one instance no more than an honest one remembers.
/// </summary>
/// <param name="isBody">Whether a body has an address.</param>
public sealed partial class ToldEvents(string instance, Func<string, bool> isBody)
{
    // What is beyond years is no time of a clock, and what is beyond seconds cannot be written as a time.
    private static readonly DateTimeOffset Latest = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, SecurityEvent> taken = [];

    /// <summary>What was taken over.</summary>
    public IReadOnlyCollection<SecurityEvent> Taken => taken.Values;

    /// <summary>How many were not.</summary>
    public int Dropped { get; private set; }

    public bool IsFull => taken.Count >= SecurityRecord.Most;

    public void Take(SecurityEvent told)
    {
        if (IsFull || !IsOfTheForm(told))
        {
            Dropped++;
            return;
        }
        // Made anew: what else came with it stays behind.
        var seen = new SecurityEvent
        {
            Kind = told.Kind,
            Reason = told.Reason,
            ClaimedSender = told.ClaimedSender,
            Receiver = told.Receiver,
            Count = told.Count,
            FirstAt = told.FirstAt,
            LastAt = told.LastAt,
            Instance = instance,
        };
        if (!taken.TryAdd(SecurityRecord.KeyOf(seen), seen))
            Dropped++;
    }

    private bool IsOfTheForm(SecurityEvent told) =>
        told.Kind != SecurityEventKind.Unspecified && System.Enum.IsDefined(told.Kind)
        && ReasonForm().IsMatch(told.Reason) && IsBodyOrNone(told.ClaimedSender) && IsBodyOrNone(told.Receiver)
        && told.Count is >= 1 and <= long.MaxValue && IsTime(told.FirstAt) && IsTime(told.LastAt);

    private bool IsBodyOrNone(string body) => body.Length == 0 || isBody(body);

    private static bool IsTime(Timestamp? at) =>
        at is { Nanos: >= 0 and < 1_000_000_000, Seconds: >= 0 } && at.Seconds < Latest.ToUnixTimeSeconds();

    /// <summary>As stable reasons are written.</summary>
    [GeneratedRegex(@"^[A-Z][A-Z0-9_]{0,62}\z")]
    private static partial Regex ReasonForm();
}
