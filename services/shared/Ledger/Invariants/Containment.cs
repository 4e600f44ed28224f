namespace FundingFlows.Ledger;

/// <summary><see cref="Invariant.Containment"/>.</summary>
internal static class Containment
{
    public static InvariantResult Check(Federation federation)
    {
        var findings = new Findings();
        foreach (var books in federation.All)
        {
            foreach (var lot in books.Lots.All)
                CheckLot(federation, books, lot, findings);
            foreach (var payment in books.Payments.All)
                CheckPayment(books, payment, findings);
            foreach (var award in books.Awards.All)
                CheckTerms(federation, books, award, findings);
        }
        return findings.For(Invariant.Containment);
    }

    private static void CheckLot(Federation federation, Books books, Lot lot, Findings findings)
    {
        if (lot.Parent is null)
            findings.Examine(
                lot.Origin.Lot == lot.Id && lot.Origin.Fund == lot.Line.Fund && books.Funds.Version(lot.Line.Fund, lot.TermsVersion) is { } terms
                && terms.Split.Any(share => share.Kind == lot.Line.Kind && EarmarkSet.Of(share.Earmarks) == lot.Line.Earmarks)
                && Years.From(terms.Years) == lot.Line.Years,
                () => $"Lot {lot.Id} was issued otherwise than the terms of its fund say.");
        else if (federation.HasSeen(lot.Parent.Value.Entry))
            findings.Examine(
                federation.Find(lot.Parent.Value) is { } parent && parent.Line.Contains(lot.Line) && parent.Origin == lot.Origin && parent.TermsVersion == lot.TermsVersion,
                () => $"Lot {lot.Id} may be used for more than its parent {lot.Parent}, or claims another origin.");
        if (lot.Award is { } id)
            findings.Examine(
                books.Awards.Find(id) is { } award && award.Promises.Any(promise => award.LineOf(promise).Contains(lot.Line)),
                () => $"Lot {lot.Id} may be used for more than award {id} promises.");
    }

    /// <summary>An earmark means what the body that opened the fund says, whoever hands its terms on.</summary>
    private static void CheckTerms(Federation federation, Books books, FundingAward award, Findings findings)
    {
        var (fund, version) = (award.Terms.Fund, award.Terms.Version);
        if (federation.Of(fund.Split('.')[0])?.Funds.Version(fund, version) is { } opened)
            findings.Examine(opened.Equals(award.Terms), () => $"Award {award.Id} came to {books.Body} with other terms than {fund} was opened with.");
    }

    private static void CheckPayment(Books books, Payment payment, Findings findings)
    {
        foreach (var piece in payment.Pieces)
        {
            var lot = books.Lots.Find(piece.Lot)!;
            findings.Examine(
                lot.Line.Fund == payment.Made.Fund && books.Funds.Version(lot.Line.Fund, lot.TermsVersion) is { } terms
                && RingFence.Between(lot.Line, terms, payment.UseBy(books.Tier)) is null,
                () => $"Payment {payment.Id} was made from lot {lot.Id}, which is kept for something else.");
        }
    }
}
