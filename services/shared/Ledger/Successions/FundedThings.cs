namespace FundingFlows.Ledger;

/// <summary>What a body that funds another hands over of that: the agreements, the awards, and what was released under them.</summary>
internal sealed class FundedThings(Books books, string recipient)
{
    public IEnumerable<InHand> All()
    {
        foreach (var agreement in books.Agreements.All.Where(agreement => agreement.Funder == books.Body && agreement.Recipient == recipient && agreement.WasInForce))
        {
            yield return new InHand { Agreement = Of(agreement) };
            foreach (var award in books.Awards.All.Where(award => award.Agreement == agreement.Id && award.State == AwardStage.Accepted))
            {
                yield return new InHand { Award = Of(award) };
                foreach (var given in GivenUnder(award))
                    yield return new InHand { Given = given };
            }
        }
        foreach (var report in books.Reports.Latest().Where(report => report.Report.Body == recipient))
            yield return new InHand { Report = new ReportInHand { Report = report } };
    }

    private static AgreementInHand Of(FundingAgreement agreement) => new()
    {
        Agreement = agreement.Id.ToRef(),
        Basis = agreement.Clauses.Basis,
        Recipient = agreement.Recipient,
        FundersAbove = { agreement.Clauses.FundersAbove },
        RecipientsBelow = { agreement.RecipientsBelow },
        Suspended = agreement.State == AgreementStage.Suspended,
        Ended = !agreement.IsInForce,
    };

    private static AwardInHand Of(FundingAward award) => new()
    {
        Award = award.Id.ToRef(),
        Agreement = award.Agreement.ToRef(),
        Recipient = award.Recipient,
        Terms = award.Terms,
        EarlierTerms = { award.AllTerms.Skip(1) },
        Promises = { award.Promises.Select(promise => promise.AsPromise()) },
        ReleasedPence = { award.Promises.Select(promise => promise.ReleasedPence) },
    };

    /// <summary>Lot by lot, in as many things as fit into entries.</summary>
    private IEnumerable<GivenInHand> GivenUnder(FundingAward award)
    {
        var given = books.Transfers.GivenUnder(award.Id).OrderBy(one => one.Lot).ToList();
        var pieces = from one in given from line in one.Money.Left where line.Value > 0 select PieceOf(one.Lot, line.Key, line.Value);
        return Parts.Cut(pieces).Where(part => part.Count > 0).Select(part => new GivenInHand { Award = award.Id.ToRef(), Given = { part } });
    }

    private GivenPiece PieceOf(LotId id, FundLine line, long pence)
    {
        var lot = GivenLot.Of(books, id)!;
        return new GivenPiece
        {
            Lot = id.ToRef(),
            Line = line.ToLine(),
            LeftPence = pence,
            TermsVersion = lot.Terms[^1].Version,
            History = { lot.Terms.SkipLast(1).Select(terms => terms.ToRef()) },
            Origin = lot.Origin.ToOrigin(),
            // What came from a predecessor is held under what goes on here from its award.
            Award = lot.Award is { } award ? (books.Lots.Find(id) is null ? InheritedMoney.HeldUnder(books, award) ?? award : award).ToRef() : null,
            FunderLot = lot.FunderLot?.ToRef(),
        };
    }
}
