using FundingFlows.Ledger;

namespace FundingFlows.Benchmarks;

/// <summary>How much memory things take, as the books of bodies hold them: in bytes, all included that grows with them.</summary>
/// <param name="Lots">How many lots were held.</param>
/// <param name="OfALot">Of a lot that was issued.</param>
/// <param name="Transfers">How many transfers were made.</param>
/// <param name="OfATransferSent">Of a transfer at its sender, once it has arrived.</param>
/// <param name="OfATransferReceived">Of a transfer at its receiver, with the lot that it made.</param>
internal sealed record MemoryMeasure(int Lots, double OfALot, int Transfers, double OfATransferSent, double OfATransferReceived)
{
    private const int LotsForATransfer = 10;

    public static MemoryMeasure Of(int lots)
    {
        var transfers = Math.Max(1, lots / LotsForATransfer);
        var ofALot = BytesOfALot(lots);
        var (sent, received) = BytesOfATransfer(transfers);
        return new MemoryMeasure(lots, ofALot, transfers, sent, received);
    }

    private static double BytesOfALot(int lots)
    {
        var body = Issuer();
        body.Do(new IssueMoney(Officers.FundId, Vote, 100));
        var before = Used();
        for (var i = 0; i < lots; i++)
            body.Do(new IssueMoney(Officers.FundId, Vote, 100));
        var after = Used();
        if (body.Books.Lots.All.Count != lots + 1)
            throw new InvalidOperationException($"{body.Books.Lots.All.Count} lots were made.");
        return (double)(after - before) / lots;
    }

    private static (double Sent, double Received) BytesOfATransfer(int transfers)
    {
        var (funder, recipient) = (Issuer(), new BodyInMemory(TestTopology.Durham, Tier.Council));
        var agreement = funder.Do(new ProposeAgreement(recipient.Books.Body), recipient);
        recipient.Do(new AcceptAgreement(agreement), funder);
        funder.Do(new IssueMoney(Officers.FundId, Vote, transfers + 1));
        var award = funder.Do(new OfferAward(recipient.Books.Body, Officers.FundId, [new Promise { FinancialYear = Officers.Year, Kind = Kind.Capital, AmountPence = transfers + 1 }]), recipient);
        recipient.Do(new AnswerAward(award, true), funder);
        var release = new ReleaseFunds(award, Officers.Year, Kind.Capital, EarmarkSet.None, 1);
        funder.Do(release, recipient);
        var before = Used();
        for (var i = 0; i < transfers; i++)
            funder.Do(release, recipient);
        var both = Used() - before;
        if (recipient.Books.Lots.All.Count != transfers + 1)
            throw new InvalidOperationException($"{recipient.Books.Lots.All.Count} transfers were received.");
        recipient = null;
        var sender = Used() - before;
        GC.KeepAlive(funder);
        return ((double)sender / transfers, (double)(both - sender) / transfers);
    }

    private static SourceId Vote => new(SourceKind.ParliamentaryVote, "estimate-2026-27");

    /// <summary>A body with a fund of one share.</summary>
    private static BodyInMemory Issuer()
    {
        var body = new BodyInMemory(TestTopology.Central, Tier.CentralGovernment);
        body.Do(new OpenFund(
            Officers.Fund, "Benchmark", new DocumentDigest(), new Years(Officers.Year, Officers.Year + 2), [new SplitShare { Kind = Kind.Either, BasisPoints = OpenFund.WholeInBasisPoints }], [], FundRules.None));
        return body;
    }

    private static long Used() => GC.GetTotalMemory(forceFullCollection: true);
}
