using Google.Protobuf;

namespace FundingFlows.Ledger;

/// <summary>Why a report is not submitted, in the order in which the rules are checked.</summary>
public enum SubmitReportRefusal
{
    /// <summary>The day up to which it reports is in no financial year.</summary>
    [Refuses(RefusalClass.Malformed)] DayMalformed = 1,

    /// <summary>This body does not know the fund.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown,

    /// <summary>That funder has no accepted award of that fund with this body.</summary>
    [Refuses(RefusalClass.Rule)] NoAwardFromFunder,

    /// <summary>The funder was closed: nobody is left to report to.</summary>
    [Refuses(RefusalClass.Rule)] FunderClosed,

    /// <summary>Terms of an award say how often reports are due, and it is not said up to which day this one is.</summary>
    [Refuses(RefusalClass.Rule)] DayMissing,

    /// <summary>The report would not fit in an entry: too many lines, lots, or bodies below.</summary>
    [Refuses(RefusalClass.Rule)] TooLong,
}

/// <summary>
/// This body reports to a funder on what came under its awards of a fund. Figures are computed from the journal up to this entry, and name its size and
/// root, so that anyone can compute them again; nobody types them.
/// </summary>
/// <param name="UpTo">The last day that it is about: it is the report for every period that ended by then. Null: it is not said.</param>
public sealed record SubmitReport(string Fund, string Funder, DateOnly? UpTo = null) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (UpTo is { } day && !Dates.IsDay(day))
            return Decision.Refuse(SubmitReportRefusal.DayMalformed, $"{Dates.InWords(day)} is in no financial year that is known here.");
        if (books.Funds.Newest(Fund) is not { } terms)
            return Decision.Refuse(SubmitReportRefusal.FundUnknown, $"{books.Body} does not know a fund {Fund}.", ("fund", Fund));
        var awards = books.Awards.All.Where(award => award.Funder == Funder && award.Recipient == books.Body && award.Terms.Fund == Fund && award.State == AwardStage.Accepted);
        if (!awards.Any())
            return Decision.Refuse(
                SubmitReportRefusal.NoAwardFromFunder, $"{Funder} has made {books.Body} no award of {terms.Title} that was accepted, so there is nothing to report to it.",
                ("funder", Funder));
        if (books.Closed.Contains(Funder))
            return Decision.Refuse(SubmitReportRefusal.FunderClosed, $"{Funder} was closed, so there is nobody to report to.", ("funder", Funder));
        if (UpTo is null && awards.Any(ReportsDue.AreAskedFor))
            return Decision.Refuse(
                SubmitReportRefusal.DayMissing, $"Reports on {terms.Title} to {Funder} are for periods: say up to which day this one is.", ("fund", Fund));
        var figures = FunderFigures.Of(books, Fund, Funder);
        var report = new ReportSubmitted
        {
            To = books.Deliveries.Address(Funder),
            Fund = Fund,
            JournalSize = (ulong)around.Next.Index,
            JournalRoot = ByteString.CopyFrom(around.JournalRoot()),
            Lines = { figures.Lines },
            Children = { figures.Children },
            Totals = figures.Totals,
            Lots = { figures.Lots },
            CommittedPence = books.Awards.CommittedPence(books.Body, Fund),
            OwedPence = Figures.OwedPence(books, Fund, Funder),
            Agent = books.Custodies.Of(books.Body)?.Agent ?? "",
            PaidAsAgent = { books.Instructions.PaidAsAgent(Fund) },
            UpTo = UpTo?.ToDate(),
        };
        return report.CalculateSize() > Parts.MostBytes
            ? Decision.Refuse(SubmitReportRefusal.TooLong, $"The report would take {report.CalculateSize()} bytes; at most {Parts.MostBytes} fit in an entry.")
            : Decision.Accept(new Fact { ReportSubmitted = report });
    }
}
