using Google.Protobuf;

namespace FundingFlows.Ledger;

/// <summary>Why a report is not submitted, in the order in which the rules are checked.</summary>
public enum SubmitReportRefusal
{
    /// <summary>This body does not know the fund.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown = 1,

    /// <summary>That funder has no accepted award of that fund with this body.</summary>
    [Refuses(RefusalClass.Rule)] NoAwardFromFunder,

    /// <summary>The funder was closed: nobody is left to report to.</summary>
    [Refuses(RefusalClass.Rule)] FunderClosed,

    /// <summary>The report would not fit in an entry: too many lines, lots, or bodies below.</summary>
    [Refuses(RefusalClass.Rule)] TooLong,
}

/// <summary>
/// This body reports to a funder on what came under its awards of a fund. Figures are computed from the journal up to this entry, and name its size and
/// root, so that anyone can compute them again; nobody types them.
/// </summary>
public sealed record SubmitReport(string Fund, string Funder) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Funds.Newest(Fund) is not { } terms)
            return Decision.Refuse(SubmitReportRefusal.FundUnknown, $"{books.Body} does not know a fund {Fund}.", ("fund", Fund));
        if (!books.Awards.All.Any(award => award.Funder == Funder && award.Recipient == books.Body && award.Terms.Fund == Fund && award.State == AwardStage.Accepted))
            return Decision.Refuse(
                SubmitReportRefusal.NoAwardFromFunder, $"{Funder} has made {books.Body} no award of {terms.Title} that was accepted, so there is nothing to report to it.",
                ("funder", Funder));
        if (books.Closed.Contains(Funder))
            return Decision.Refuse(SubmitReportRefusal.FunderClosed, $"{Funder} was closed, so there is nobody to report to.", ("funder", Funder));
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
        };
        return report.CalculateSize() > Parts.MostBytes
            ? Decision.Refuse(SubmitReportRefusal.TooLong, $"The report would take {report.CalculateSize()} bytes; at most {Parts.MostBytes} fit in an entry.")
            : Decision.Accept(new Fact { ReportSubmitted = report });
    }
}
