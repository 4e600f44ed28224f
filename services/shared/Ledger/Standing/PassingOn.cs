namespace FundingFlows.Ledger;

/// <summary>A share of money that came, which is passed on before anything else is recorded.</summary>
/// <param name="Receipt">What came.</param>
/// <param name="Year">The financial year of the promise that it came against.</param>
/// <param name="On">The day on which it was released. Null: its sender did not say it.</param>
/// <param name="Share">Which share of the instruction, from 0.</param>
/// <param name="AmountPence">Above zero.</param>
public sealed record DueShare(StandingInstruction Instruction, ReceivedTransfer Receipt, int Year, DateOnly? On, int Share, long AmountPence)
{
    /// <summary>The award that it is passed on under.</summary>
    public EntryId Award => Instruction.Shares[Share].Award;

    internal PassedOn Because => new() { Instruction = Instruction.Id.ToRef(), Receipt = Receipt.RecordedBy.ToRef(), Share = (uint)Share };
}

/// <summary>
/// What a body does by itself because of what it has just recorded: it passes on shares of the money that came, or stops at the
/// first refusal. Each transfer is an operation of its own, and all of them are made durable with the receipt. Which money is still to
/// be passed on is what the journal says: where it was cut off behind a receipt, it goes on with the next operation.
/// </summary>
public static class PassingOn
{
    /// <summary>The facts of the next operation. Null: there is nothing more to do.</summary>
    public static IReadOnlyList<Fact>? Next(Books books, Surroundings around)
    {
        ArgumentNullException.ThrowIfNull(books);
        if (books.Ending.IsSealed)
            return null;
        if (books.Standing.CameBack is { } back)
            return [Stopped(back)];
        return Due(books) is { } due ? Next(books, due, around) : null;
    }

    /// <summary>What is passed on next of the money that came last. Null: nothing (more).</summary>
    public static DueShare? Due(Books books)
    {
        ArgumentNullException.ThrowIfNull(books);
        return books.Ending.IsSealed || books.Standing.ToPassOn is not { } money ? null
            : new DueShare(money.Instruction, money.Receipt, money.Year, money.On, money.Share, money.Pence[money.Share]);
    }

    private static IReadOnlyList<Fact> Next(Books books, DueShare due, Surroundings around)
    {
        var (_, kind, earmarks) = due.Instruction.Line;
        var release = new ReleaseFunds(due.Award, due.Year, kind, earmarks, due.AmountPence, due.On) { Because = due.Because, Lots = due.Receipt.Lots };
        var decision = Deciding.Of(release, books, around);
        return decision.Refusal is { } refusal ? [Stopped(release, refusal.Reason)] : decision.Facts;
    }

    /// <summary>That what was to be done could not be recorded.</summary>
    /// <param name="facts">As <see cref="Next(Books, Surroundings)"/> answered with them.</param>
    /// <param name="reason">Stable and machine-readable.</param>
    public static Fact Stopped(IReadOnlyList<Fact> facts, string reason)
    {
        var sent = facts[0].TransferSent;
        return new Fact
        {
            StandingInstructionStopped = new StandingInstructionStopped
            {
                Instruction = sent.PassedOn.Instruction,
                Receipt = sent.PassedOn.Receipt,
                Share = sent.PassedOn.Share,
                AmountPence = sent.AmountPence,
                Reason = reason,
            },
        };
    }

    private static Fact Stopped(ReleaseFunds release, string reason) => new()
    {
        StandingInstructionStopped = new StandingInstructionStopped
        {
            Instruction = release.Because!.Instruction,
            Receipt = release.Because.Receipt,
            Share = release.Because.Share,
            AmountPence = release.AmountPence,
            Reason = reason,
        },
    };

    private static Fact Stopped(Transfer back) => new()
    {
        StandingInstructionStopped = new StandingInstructionStopped
        {
            Instruction = back.PassedOnBy!.Value.ToRef(),
            Transfer = back.Id.ToRef(),
            Share = (uint)back.PassedOnShare,
            AmountPence = back.AmountPence,
            Reason = StandingStop.ReceiverRefused,
        },
    };
}
