namespace FundingFlows.Ledger;

/// <summary>How far a standing instruction has come.</summary>
public enum StandingStage
{
    /// <summary>For a second person.</summary>
    Waits,

    InForce,

    /// <summary>At a refusal, until a person resumes it.</summary>
    Stopped,

    Ended,
}

/// <summary>What one body is passed on of the money that comes.</summary>
/// <param name="Award">An award that this body gives.</param>
/// <param name="PartsPerMillion">1 to 1,000,000.</param>
public readonly record struct StandingPart(EntryId Award, int PartsPerMillion);

/// <summary>What a standing instruction is about: money that comes under an award, of a kind and with just these earmarks.</summary>
public readonly record struct StandingLine(EntryId Award, Kind Kind, EarmarkSet Earmarks);

/// <summary>That shares of what comes under an award are passed on at once.</summary>
/// <param name="id">The entry that set it.</param>
/// <param name="setBy">Handle of the person who did.</param>
public sealed class StandingInstruction(EntryId id, StandingLine line, IReadOnlyList<StandingPart> shares, string setBy, bool waits)
{
    public const int Whole = 1_000_000;
    public const int MostShares = 64;

    public EntryId Id { get; } = id;

    public StandingLine Line { get; } = line;

    public IReadOnlyList<StandingPart> Shares { get; } = shares;

    public string SetBy { get; } = setBy;

    public StandingStage State { get; internal set; } = waits ? StandingStage.Waits : StandingStage.InForce;

    /// <summary>Passed on by it and not refused, in pence.</summary>
    public long PassedOnPence { get; internal set; }

    /// <summary>The newest stop. Null: it has never stopped.</summary>
    public StandingStop? Stop { get; internal set; }

    /// <summary>Whether nothing comes under it any more although nobody ended it: its award is over, or the body is abolished.</summary>
    public bool HasLapsed(Books books) => State != StandingStage.Ended && (books.Vesting is not null || books.Awards[Line.Award].IsOver);

    /// <summary>The shares of an amount, in whole pence and in their order; what they leave stays. With that they add up to the amount.</summary>
    public long[] Split(long pence) => Apportionment.Split(pence, [.. Shares.Select(share => (long)share.PartsPerMillion), Whole - Shares.Sum(share => (long)share.PartsPerMillion)])[..^1];
}

/// <summary>The refusal at which a standing instruction stopped.</summary>
/// <param name="Entry">The entry that says so.</param>
/// <param name="To">The award under which it was to be passed on.</param>
/// <param name="Share">Which share, from 0.</param>
/// <param name="AmountPence">What was to be passed on.</param>
/// <param name="Reason">Stable and machine-readable.</param>
public sealed record StandingStop(EntryId Entry, EntryId To, int Share, long AmountPence, string Reason)
{
    /// <summary>The reason where the receiver of a share refused it.</summary>
    public const string ReceiverRefused = "RECEIVER_REFUSED";

    /// <summary>The reason where a new epoch of the journal has begun: what came before may come again, and its shares may have gone on already.</summary>
    public const string NewEpoch = "NEW_EPOCH";

    private static readonly Dictionary<string, string> Because = new()
    {
        [ReceiverRefused] = "its recipient refused it",
        [Refusal.ReasonOf(ReleaseFundsRefusal.AwardNotAccepted)] = "its recipient has not accepted the award",
        [Refusal.ReasonOf(ReleaseFundsRefusal.AgreementSuspended)] = "the agreement that the award is under is suspended",
        [Refusal.ReasonOf(ReleaseFundsRefusal.AgreementEnded)] = "the agreement that the award is under has ended",
        [Refusal.ReasonOf(ReleaseFundsRefusal.NoSuchPromise)] = "the award promises nothing for that year",
        [Refusal.ReasonOf(ReleaseFundsRefusal.PromiseExceeded)] = "the award leaves less than that",
        [Refusal.ReasonOf(ReleaseFundsRefusal.DayMissing)] = "the money waits for reports that are overdue, and it came without a day of its release",
        [Refusal.ReasonOf(ReleaseFundsRefusal.ReportOverdue)] = "a report of its recipient is overdue",
        [Refusal.ReasonOf(ReleaseFundsRefusal.KeptForSomethingElse)] = "the money that came is kept for something else",
        [Refusal.ReasonOf(ReleaseFundsRefusal.NotEnoughMoney)] = "less than that is left of the money that came",
        [Refusal.ReasonOf(ReleaseFundsRefusal.TooManyPieces)] = "the money came in too many small pieces",
        [Refusal.ReasonOf(BodyRefusal.Succeeded)] = "this body was abolished",
        [Refusal.ReasonOf(BodyRefusal.Closing)] = "this body is about to be closed",
        [Refusal.ReasonOf(AddresseeRefusal.Closed)] = "its recipient was closed",
    };

    /// <summary>For people.</summary>
    public string Sentence => Reason == NewEpoch
        ? "A new epoch of this body's journal has begun: what came before may come again, and nothing of it is passed on twice."
        : $"{Pence.InPounds(AmountPence)} was not passed on under {To}: {Because.GetValueOrDefault(Reason, "a rule of money forbids it")}.";
}
