namespace FundingFlows.Ledger;

/// <summary>Why money is not released, in the order in which the rules are checked.</summary>
public enum ReleaseFundsRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>The day of the release is in no financial year.</summary>
    [Refuses(RefusalClass.Malformed)] DayMalformed,

    /// <summary>This body knows no such award.</summary>
    [Refuses(RefusalClass.Missing)] AwardUnknown,

    /// <summary>The award was made by another body; only its funder releases.</summary>
    [Refuses(RefusalClass.Rule)] NotTheFunder,

    /// <summary>The recipient has not accepted the award, as far as is known here.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AwardNotAccepted,

    /// <summary>A party has suspended the agreement that the award is under.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AgreementSuspended,

    /// <summary>The agreement that the award is under has ended.</summary>
    [Refuses(RefusalClass.Rule)] AgreementEnded,

    /// <summary>The award promises nothing for that year, kind and earmarks.</summary>
    [Refuses(RefusalClass.Rule)] NoSuchPromise,

    /// <summary>The day of the release is before the year that the promise is for.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] TooEarly,

    /// <summary>The promise leaves less than that.</summary>
    [Refuses(RefusalClass.Rule)] PromiseExceeded,

    /// <summary>Terms of the award hold money back until reports have come, and the day of the release is not said.</summary>
    [Refuses(RefusalClass.Rule)] DayMissing,

    /// <summary>On that day a report of the recipient is overdue, and terms of the award hold money back until it has come.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] ReportOverdue,

    /// <summary>With it more would have been released here than accounts can hold when it comes back.</summary>
    [Refuses(RefusalClass.Rule)] TotalTooLarge,

    /// <summary>There is not enough money.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotEnoughMoney,

    /// <summary>There is enough money, but it is kept for something else.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] KeptForSomethingElse,

    /// <summary>It would take more pieces of lots than one transfer can carry.</summary>
    [Refuses(RefusalClass.Rule)] TooManyPieces,
}

/// <summary>
/// The funder of an award releases money against one of its promises and sends it. Drawn are lots that permit all that was
/// promised, so that the recipient holds exactly what it was promised and never less.
/// </summary>
/// <param name="On">The day of the release. Null: it is not said.</param>
public sealed record ReleaseFunds(EntryId Award, int Year, Kind Kind, EarmarkSet Earmarks, long AmountPence, DateOnly? On = null) : ICommand
{
    private static readonly RingFence NotInTheOffer = new("terms", "awards that name all terms it came under");

    /// <summary>Why it is released where nobody commands it: a standing instruction says so. Null: a person commands it.</summary>
    internal PassedOn? Because { get; init; }

    /// <summary>The lots that it may draw on, in their order. Null: all of the fund, in drawing order.</summary>
    internal IReadOnlyList<LotId>? Lots { get; init; }

    public Decision Decide(Books books, Surroundings around)
    {
        if (!Pence.IsAmount(AmountPence))
            return Decision.Refuse(
                ReleaseFundsRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be released: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (On is { } day && !Dates.IsDay(day))
            return Decision.Refuse(ReleaseFundsRefusal.DayMalformed, $"{Dates.InWords(day)} is in no financial year that is known here.");
        if (books.Awards.Find(Award) is not { } award)
            return Decision.Refuse(ReleaseFundsRefusal.AwardUnknown, $"{books.Body} knows no award {Award}.", ("award", $"{Award}"));
        if (award.Funder != books.Body)
            return Decision.Refuse(ReleaseFundsRefusal.NotTheFunder, $"{Award} was made by {award.Funder}; only it releases money against it.", ("funder", award.Funder));
        if (award.State != AwardStage.Accepted)
            return Decision.Refuse(
                ReleaseFundsRefusal.AwardNotAccepted, $"{award.Recipient} has not accepted {Award}: it is {award.State.ToString().ToLowerInvariant()}.", ("award", $"{Award}"));
        if (books.Agreements.Find(award.Agreement) is { State: not AgreementStage.Active } agreement)
            return NotActive(agreement);
        var place = award.PlaceOf(Year, Kind, Earmarks);
        if (place < 0)
            return Decision.Refuse(
                ReleaseFundsRefusal.NoSuchPromise, $"{Award} promises nothing for {Years.InWords(Year)} of that kind and with those earmarks.",
                ("financial_year", $"{Year}"), ("kind", $"{Kind}"), ("earmarks", $"{Earmarks}"));
        if (On is { } on && Years.Of(on) < Year)
            return Decision.Refuse(
                ReleaseFundsRefusal.TooEarly, $"{Award} promises that for {Years.InWords(Year)}, which has not begun on {Dates.InWords(on)}.", ("financial_year", $"{Year}"));
        var promise = award.Promises[place];
        if (AmountPence > promise.LeftPence)
            return Decision.Refuse(
                ReleaseFundsRefusal.PromiseExceeded,
                $"{Award} promises {Pence.InPounds(promise.AmountPence)} for {Years.InWords(Year)}, of which {Pence.InPounds(promise.LeftPence)} is left; {Pence.InPounds(AmountPence)} was asked for.",
                ("left_pence", $"{promise.LeftPence}"), ("wanted_pence", $"{AmountPence}"));
        if (HeldBack(books, award) is { } heldBack)
            return heldBack;
        if (books.Accounts.Total[Account.Granted] + books.Accounts.Total[Account.InTransit] + AmountPence > Pence.Most)
            return Decision.Refuse(
                ReleaseFundsRefusal.TotalTooLarge, $"With it more than {Pence.InPounds(Pence.Most)} would have been released here; accounts hold no more.");
        return Draw(books, award, place);
    }

    private Decision NotActive(FundingAgreement agreement) => agreement.State == AgreementStage.Suspended
        ? Decision.Refuse(
            ReleaseFundsRefusal.AgreementSuspended, $"The agreement that {Award} is under is suspended by {string.Join(" and ", agreement.SuspendedBy)}.", ("agreement", $"{agreement.Id}"))
        : Decision.Refuse(ReleaseFundsRefusal.AgreementEnded, $"The agreement that {Award} is under has ended, so nothing more is released.", ("agreement", $"{agreement.Id}"));

    private Decision? HeldBack(Books books, FundingAward award)
    {
        if (On is not { } day)
            return ReportsDue.HoldBack(award)
                ? Decision.Refuse(
                    ReleaseFundsRefusal.DayMissing, $"Money of {award.Terms.Title} waits for reports that are overdue: say on which day it is released.", ("award", $"{Award}"))
                : null;
        return ReportsDue.Overdue(books, award, day) is not { } report
            ? null
            : Decision.Refuse(
                ReleaseFundsRefusal.ReportOverdue,
                $"{award.Recipient} has not reported on {award.Terms.Title} for {Dates.InWords(report.First)} to {Dates.InWords(report.Last)}, which was due on {Dates.InWords(report.DueOn)}: no more is released to it until it has.",
                ("recipient", award.Recipient), ("fund", award.Terms.Fund), ("period_end", $"{report.Last:O}"), ("due_on", $"{report.DueOn:O}"));
    }

    private Decision Draw(Books books, FundingAward award, int place)
    {
        var fund = award.Terms.Fund;
        var wanted = award.Promises[place].AsPromise();
        var drawing = Drawing.From(
            Lots?.Select(lot => books.Lots[lot]) ?? books.Lots.Remaining(fund),
            lot => RingFence.Of(books, lot, wanted) ?? (award.Names(lot.Terms) ? null : NotInTheOffer), AmountPence);
        if (drawing.Pieces is null)
        {
            // First what another award would help against.
            var shortage = Shortage.Of(drawing with { KeptBack = [.. drawing.KeptBack.OrderByDescending(kept => kept.Fence == NotInTheOffer)] }, books, fund, AmountPence);
            return Decision.Refuse(
                shortage.IsKeptBack ? ReleaseFundsRefusal.KeptForSomethingElse : ReleaseFundsRefusal.NotEnoughMoney, shortage.Sentence, shortage.Details);
        }
        var pieces = drawing.Pieces.Select(piece => new TransferPiece
        {
            Lot = piece.Lot.Id.ToRef(),
            AmountPence = piece.AmountPence,
            Line = (piece.Lot.Line with { Kind = Kind, Earmarks = Earmarks }).ToLine(),
            TermsVersion = piece.Lot.TermsVersion,
            Origin = piece.Lot.Origin.ToOrigin(),
            History = { piece.Lot.HistoryRefs },
        });
        return Sending.Parts(books, award.Recipient, pieces, () => new TransferSent
        {
            Purpose = TransferPurpose.Allocation,
            Award = Award.ToRef(),
            Promise = (uint)place,
            AmountPence = AmountPence,
            PassedOn = Because,
            ReleasedOn = On?.ToDate(),
        }) is { } facts
            ? Decision.Accept(facts)
            : Decision.Refuse(
                ReleaseFundsRefusal.TooManyPieces, "The money lies in too many small pieces for one transfer: release it in smaller amounts.",
                ("pieces", $"{drawing.Pieces.Count}"));
    }
}
