namespace FundingFlows.Ledger;

/// <summary><see cref="Invariant.Containment"/>.</summary>
internal static class Containment
{
    public static InvariantResult Check(Federation federation)
    {
        var findings = new Findings();
        foreach (var books in federation.All)
        {
            foreach (var issue in books.Lots.All.Where(lot => lot.Parent is null).GroupBy(lot => lot.Id.Entry))
                CheckIssue(books, issue.Key, [.. issue], findings);
            foreach (var lot in books.Lots.All)
                CheckLot(federation, books, lot, findings);
            foreach (var terms in books.Funds.EveryVersion.Concat(books.Awards.All.SelectMany(award => award.AllTerms)).Distinct())
                CheckTerms(federation, books, terms, findings);
            foreach (var payment in books.Payments.All)
                CheckPayment(books, payment, findings);
        }
        return findings.For(Invariant.Containment);
    }

    /// <summary>Money enters only into a fund of the body itself, and is divided to the penny as the newest terms say.</summary>
    private static void CheckIssue(Books books, EntryId id, List<Lot> lots, Findings findings) => findings.Examine(
        lots[0].Line.Fund.StartsWith(books.Body + ".", StringComparison.Ordinal)
        && books.Funds.NewestBefore(lots[0].Line.Fund, id) is { } terms
        && terms.Split.Count == lots.Count && terms.Split.All(share => share.BasisPoints > 0)
        && lots.Select(lot => lot.Origin).All(origin => origin.Source == lots[0].Origin.Source)
        && lots.Zip(terms.Split).All(pair => IsShare(pair.First, pair.Second, terms))
        && lots.All(lot => lot.AmountPence >= 0)
        && lots.Select(lot => lot.AmountPence).SequenceEqual(Apportionment.Split(lots.Sum(lot => lot.AmountPence), [.. terms.Split.Select(share => (long)share.BasisPoints)])),
        () => $"The money of {id} was issued otherwise than the terms of its fund say.");

    private static bool IsShare(Lot lot, SplitShare share, FundTerms terms) =>
        lot.Line == new FundLine(terms.Fund, share.Kind, Years.From(terms.Years), EarmarkSet.Of(share.Earmarks))
        && lot.TermsVersion == terms.Version && lot.Origin.Lot == lot.Id && lot.Origin.Fund == terms.Fund;

    private static void CheckLot(Federation federation, Books books, Lot lot, Findings findings)
    {
        if (lot.Parent is { } parentId && federation.HasSeen(parentId.Entry))
            findings.Examine(
                federation.Find(parentId) is { } parent && parent.Origin == lot.Origin
                && (parent.Line.Contains(lot.Line) && parent.Terms.SequenceEqual(lot.Terms) || IsRelabelled(books, parent, lot))
                && (parentId.Entry.Body != books.Body || parentId.Entry.Index < lot.Id.Entry.Index),
                () => $"Lot {lot.Id} may be used for more than its parent {lot.Parent}, or claims another origin.");
        if (lot.Award is { } id)
            findings.Examine(
                books.Awards.Find(id) is { } award && lot.Terms.Any(terms => terms.Fund == award.Terms.Fund)
                && award.Promises.Any(promise => award.LineOf(promise).Contains(lot.Line with { Fund = award.Terms.Fund })),
                () => $"Lot {lot.Id} may be used for more than award {id} promises.");
    }

    /// <summary>
    /// Whether a lot is its parent in another fund of the same body: every terms that bind the parent permit it, or the parent was
    /// in that fund before; its line is what both permit, and it is held under the same award and bound by all the same terms.
    /// </summary>
    private static bool IsRelabelled(Books books, Lot parent, Lot lot) =>
        parent.Id.Entry.Body == books.Body && parent.Line.Fund != lot.Line.Fund
        && lot.Award == parent.Award && lot.FunderLot == parent.FunderLot
        && parent.Terms.Append(lot.Terms[^1]).All(id => books.Funds.Find(id) is not null)
        && Relabelling.Of(parent, books.Funds.TermsOf(parent), books.Funds.Find(lot.Terms[^1])!).To is { } label
        && label.Line == lot.Line && label.Terms.SequenceEqual(lot.Terms);

    /// <summary>A ring-fence is what the body that opened the fund says, not what those that hold its money remember of it.</summary>
    private static void CheckTerms(Federation federation, Books books, FundTerms terms, Findings findings)
    {
        if (federation.Of(terms.Fund.Split('.')[0]) is { } opener && opener != books && opener.Funds.Version(terms.Fund, terms.Version) is { } opened)
            findings.Examine(opened.Equals(terms), () => $"{books.Body} holds other terms of {terms.Fund} than {opener.Body} opened it with.");
    }

    private static void CheckPayment(Books books, Payment payment, Findings findings)
    {
        var above = payment.Pieces.SelectMany(piece => books.Lots.Find(piece.Lot)!.Terms).Distinct().Select(books.Funds.Find).OfType<FundTerms>().SecondApprovalAbovePence();
        findings.Examine(
            !(payment.AmountPence > above) || payment.Made.Preparation is not null,
            () => $"Payment {payment.Id} is above {Pence.InPounds(above!.Value)}, and one person alone made it.");
        foreach (var piece in payment.Pieces)
        {
            var lot = books.Lots.Find(piece.Lot)!;
            findings.Examine(
                lot.Line.Fund == payment.Made.Fund && lot.Terms.All(id => books.Funds.Find(id) is not null)
                && RingFence.Between(lot.Line, books.Funds.TermsOf(lot), payment.UseBy(books.Tier)) is null,
                () => $"Payment {payment.Id} was made from lot {lot.Id}, which is kept for something else.");
        }
    }
}
