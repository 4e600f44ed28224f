namespace FundingFlows.Audit.Tests;

/// <summary>What bodies of a forged federation honestly do, in few words.</summary>
internal static class Deeds
{
    private static readonly DateOnly PaidOn = new(ForgedFederation.Year, 6, 1);
    private static readonly DocumentDigest Digest = new() { Sha256 = Google.Protobuf.ByteString.CopyFrom(new byte[32]) };

    /// <summary>The fund of tests: capital 60 %, revenue 15 %, for forums 25 %.</summary>
    public static void OpenFund(this ForgedFederation federation, string name = ForgedFederation.FundName, uint? carryForward = null, params IReadOnlyList<string> mergeInto) => federation[ForgedFederation.Central].Do(new OpenFund(
        name, "Place Fund", Digest, new Years(ForgedFederation.Year, ForgedFederation.Year + 2),
        [
            new SplitShare { Kind = Kind.Capital, BasisPoints = 6_000 },
            new SplitShare { Kind = Kind.Revenue, BasisPoints = 1_500 },
            new SplitShare { Kind = Kind.Either, Earmarks = { ForgedFederation.ForForums }, BasisPoints = 2_500 },
        ],
        [new Earmark { Name = ForgedFederation.ForForums, Spenders = { Tier.NeighbourhoodForum } }], new FundRules(mergeInto, CarryForwardBasisPoints: carryForward)));

    public static EntryId Issue(this ForgedFederation federation, long pence, string reference = "estimate-2026-27") =>
        federation[ForgedFederation.Central].Do(new IssueMoney(ForgedFederation.FundId, new SourceId(SourceKind.ParliamentaryVote, reference), pence));

    public static void Agree(
        this ForgedFederation federation, string funder, string recipient, AgreementBasis basis = AgreementBasis.Funding)
    {
        var agreement = federation[funder].Do(new ProposeAgreement(recipient, basis));
        federation.Carry();
        federation[recipient].Do(new AcceptAgreement(agreement));
        federation.Carry();
    }

    public static EntryId Award(this ForgedFederation federation, string funder, string recipient, Kind kind, long pence, params string[] earmarks)
    {
        var award = federation[funder].Do(new OfferAward(
            recipient, ForgedFederation.FundId, [new Promise { FinancialYear = ForgedFederation.Year, Kind = kind, Earmarks = { earmarks }, AmountPence = pence }]));
        federation.Carry();
        federation[recipient].Do(new AnswerAward(award, Accept: true));
        federation.Carry();
        return award;
    }

    /// <summary>Sends money, and does not carry it.</summary>
    public static EntryId Release(this ForgedFederation federation, EntryId award, Kind kind, long pence, params string[] earmarks) =>
        federation[award.Body].Do(new ReleaseFunds(award, ForgedFederation.Year, kind, EarmarkSet.Of(earmarks), pence));

    /// <summary>Sends money back, and does not carry it.</summary>
    public static EntryId Repay(this ForgedFederation federation, string body, EntryId award, long pence) =>
        federation[body].Do(new RepayUnderspend(award, null, pence));

    public static EntryId Pay(this ForgedFederation federation, string body, Kind kind, long pence, string organisation = "GB-CHC-0000001", string fund = ForgedFederation.FundId) =>
        federation[body].Do(new MakePayment(
            fund, federation[body].Project(), ForgedFederation.Year, PaidOn, kind, "community-building", "E05009057",
            new Payee { Organisation = organisation }, Charge.Of(pence), $"INV-{federation[body].Size}", Digest));

    /// <summary>The council keeps the forum's money, and the forum tells it to pay.</summary>
    public static EntryId Instruct(this ForgedFederation federation, long pence)
    {
        federation.Keep();
        var instruction = federation.Pay(ForgedFederation.Forum, Kind.Revenue, pence);
        federation.Carry();
        return instruction;
    }

    public static void Keep(this ForgedFederation federation)
    {
        var custody = federation[ForgedFederation.Forum].Do(new ProposeCustody(ForgedFederation.Council));
        federation.Carry();
        federation[ForgedFederation.Council].Do(new AcceptCustody(custody));
        federation.Carry();
    }

    /// <summary>The council pays, and does not say so yet.</summary>
    public static EntryId Execute(this ForgedFederation federation, EntryId instruction) =>
        federation[ForgedFederation.Council].Do(new ExecuteInstruction(instruction, PaidOn, Digest));

    /// <summary>The body's project, which is registered when it is first asked for.</summary>
    private static EntryId Project(this ForgedJournal journal) => journal.Books.Projects.All is [var first, ..] ? first.Id : journal.Do(new RegisterProject(
        new ProjectDescription { Title = "The village hall", Deliverer = "GB-CHC-0000002", Place = "E05009057", Category = "community-building" }));

    /// <summary>A body refuses what it was sent, as only it can decide, and the sender hears of it.</summary>
    public static void Refuse(this ForgedFederation federation, EntryId transfer)
    {
        var sent = federation[transfer.Body].EntryAt(transfer.Index).Fact.TransferSent;
        var answer = federation[sent.To.Body].Write(new Fact
        {
            TransferRefused = new TransferRefused
            {
                Delivery = new DeliveryRef
                {
                    Entry = transfer.ToRef(),
                    Sequence = sent.To.Sequence,
                    LeafHashes = { Google.Protobuf.ByteString.CopyFrom(federation[transfer.Body].LeafHash(transfer.Index)) },
                },
                Reason = DeliveryRefusal.Malformed,
            },
        });
        federation.Answer(transfer.Body, sent.To.Body, ((long)sent.To.Sequence, new RecordedAnswer(answer, 1)));
    }

    /// <summary>
    /// Money through four tiers: £1,000 is issued, all of it that is for forums goes down to the forum, which spends a
    /// part; the council has capital of two issues, and spends more than the first of them gave it.
    /// </summary>
    /// <param name="carryForward">How much of what is unspent may be used in later years. Null: all.</param>
    /// <returns>The awards, from the top.</returns>
    public static (EntryId ToRegion, EntryId ToCouncil, EntryId ToForum) PlayFourTiers(this ForgedFederation federation, uint? carryForward = null)
    {
        federation.OpenFund(carryForward: carryForward);
        federation.Issue(400_00);
        federation.Issue(600_00, "estimate-2026-27-second");
        federation.Agree(ForgedFederation.Central, ForgedFederation.Region);
        federation.Agree(ForgedFederation.Region, ForgedFederation.Council);
        federation.Agree(ForgedFederation.Council, ForgedFederation.Forum);
        var toRegion = federation.Award(ForgedFederation.Central, ForgedFederation.Region, Kind.Capital, 600_00);
        var toCouncil = federation.Award(ForgedFederation.Region, ForgedFederation.Council, Kind.Capital, 600_00);
        var forForums = federation.Award(ForgedFederation.Central, ForgedFederation.Region, Kind.Either, 250_00, ForgedFederation.ForForums);
        var forForumsDown = federation.Award(ForgedFederation.Region, ForgedFederation.Council, Kind.Either, 250_00, ForgedFederation.ForForums);
        var toForum = federation.Award(ForgedFederation.Council, ForgedFederation.Forum, Kind.Either, 250_00, ForgedFederation.ForForums);
        federation.Release(toRegion, Kind.Capital, 500_00);
        federation.Release(forForums, Kind.Either, 250_00, ForgedFederation.ForForums);
        federation.Carry();
        federation.Release(toCouncil, Kind.Capital, 400_00);
        federation.Release(forForumsDown, Kind.Either, 250_00, ForgedFederation.ForForums);
        federation.Carry();
        federation.Release(toForum, Kind.Either, 200_00, ForgedFederation.ForForums);
        federation.Carry();
        federation.Pay(ForgedFederation.Council, Kind.Capital, 300_00);
        federation.Pay(ForgedFederation.Forum, Kind.Revenue, 50_01);
        return (toRegion, toCouncil, toForum);
    }

    /// <summary>Every body reports to its funder, from the bottom.</summary>
    public static void Report(this ForgedFederation federation)
    {
        foreach (var (body, funder) in new[] { (ForgedFederation.Forum, ForgedFederation.Council), (ForgedFederation.Council, ForgedFederation.Region), (ForgedFederation.Region, ForgedFederation.Central) })
        {
            federation[body].Do(new SubmitReport(ForgedFederation.FundId, funder));
            federation.Carry();
        }
    }
}
