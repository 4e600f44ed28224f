namespace FundingFlows.Ledger;

/// <summary>
/// What a body that funds another, vouches for it or keeps its money hands over of that: the agreements, the awards, what was released under them and is
/// claimed of it, what was reported, the custody, the registration.
/// </summary>
internal sealed class FundedThings(Books books, string recipient)
{
    public IEnumerable<InHand> All()
    {
        // With whom it funds in the place of one that was abolished itself, it has made agreements of their own.
        foreach (var agreement in books.Agreements.All.Where(agreement => agreement.Funder == books.Body && agreement.Recipient == recipient && agreement.WasInForce && !books.Abolished.Contains(recipient)))
        {
            yield return new InHand { Agreement = Of(agreement) };
            foreach (var award in books.Awards.All.Where(award => award.Agreement == agreement.Id && award.State == AwardStage.Accepted))
            {
                yield return new InHand { Award = Of(award) };
                foreach (var given in GivenUnder(award))
                    yield return new InHand { Given = given };
                foreach (var claim in books.Clawbacks.All.Where(claim => claim.Award == award.Id && claim.RecordedBy is null && !claim.IsRefused))
                    yield return new InHand { Clawback = Of(claim) };
            }
        }
        foreach (var report in books.Reports.Latest().Where(report => report.Report.Body == recipient))
            yield return new InHand { Report = new ReportInHand { Report = report } };
        foreach (var custody in books.Custodies.All.Where(custody => custody.Principal == recipient && custody.Agent == books.Body && custody.State == CustodyStage.Active))
            yield return new InHand { Custody = new CustodyInHand { Custody = custody.Id.ToRef(), Principal = recipient } };
        if (books.Registrations.GetValueOrDefault(recipient) is { IsClosed: false } registrant)
            yield return new InHand { Registration = Of(registrant) };
    }

    private static ClawbackInHand Of(Clawback claim) => new()
    {
        Clawback = claim.Id.ToRef(),
        Award = claim.Award.ToRef(),
        Kind = claim.Kind,
        Earmarks = { claim.Earmarks.Names },
        AmountPence = claim.AmountPence,
        WithdrawnPence = claim.WithdrawnPence,
        MetPence = claim.MetPence,
        OwnPence = claim.OwnPence,
    };

    private static RegistrationInHand Of(Registrant registrant) => new()
    {
        Registration = registrant.Registration,
        Keys = { registrant.Keys },
        Order = registrant.Succession?.Order.ToRef(),
        Terms = registrant.Succession?.Terms,
        Epochs = { registrant.Epochs },
    };

    /// <summary>One with a successor itself goes over as one that has ended: no successor funds another for it.</summary>
    private AgreementInHand Of(FundingAgreement agreement) => new()
    {
        Agreement = agreement.Id.ToRef(),
        Basis = agreement.Clauses.Basis,
        Recipient = agreement.Recipient,
        FundersAbove = { agreement.Clauses.FundersAbove },
        RecipientsBelow = { agreement.RecipientsBelow },
        AccountableBody = agreement.Clauses.AccountableBody,
        Suspended = agreement.State == AgreementStage.Suspended,
        Ended = !agreement.IsInForce || books.Vesting!.Succession.Successors.Contains(recipient),
    };

    private AwardInHand Of(FundingAward award) => new()
    {
        Award = award.Id.ToRef(),
        Agreement = award.Agreement.ToRef(),
        Recipient = award.Recipient,
        Terms = award.Terms,
        EarlierTerms = { award.AllTerms.Skip(1) },
        Promises = { award.Promises.Select(promise => promise.AsPromise()) },
        ReleasedPence = { award.Promises.Select(promise => promise.ReleasedPence) },
        Root = books.Transfers.RootOf(award.Id) is var root && root != award.Id ? root.ToRef() : null,
    };

    /// <summary>Lot by lot, in as many things as fit into entries. What was given under several that go on from one award goes with the first that the same successor takes.</summary>
    private IEnumerable<GivenInHand> GivenUnder(FundingAward award)
    {
        var root = books.Transfers.RootOf(award.Id);
        if (books.Awards.All.First(one => books.Transfers.RootOf(one.Id) == root && one.State == AwardStage.Accepted && TakerOf(one.Recipient) == TakerOf(recipient) && !books.Abolished.Contains(one.Recipient)) != award)
            return [];
        var given = books.Transfers.GivenUnder(root).OrderBy(one => one.Lot).ToList();
        var pieces = from one in given from left in one.Money.Left where left.Pence > 0 select PieceOf(one.Lot, left.Line, left.Pence);
        return Parts.Cut(pieces).Where(part => part.Count > 0).Select(part => new GivenInHand { Award = award.Id.ToRef(), Given = { part } });
    }

    private string? TakerOf(string partner) => books.Vesting!.Told.GetValueOrDefault(partner)?.Taker;

    private GivenPiece PieceOf(LotId id, FundLine line, long pence)
    {
        var lot = GivenLot.Of(books, id)!;
        // What came from a predecessor is held under what goes on here from its award.
        var held = books.Lots.Find(id) is null ? lot.Held.Here(books) ?? lot.Held : lot.Held;
        return new GivenPiece
        {
            Lot = id.ToRef(),
            Line = line.ToLine(),
            LeftPence = pence,
            TermsVersion = lot.Terms[^1].Version,
            History = { lot.Terms.SkipLast(1).Select(terms => terms.ToRef()) },
            Origin = lot.Origin.ToOrigin(),
            Award = held.Award?.ToRef(),
            FunderLot = held.FunderLot?.ToRef(),
        };
    }
}
