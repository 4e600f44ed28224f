namespace FundingFlows.Ledger.Tests;

/// <summary>How a body is abolished, told in one line.</summary>
internal static class Abolished
{
    public static readonly DateOnly Day = new(2027, 4, 1);

    public static SuccessionTerms Terms(string predecessor, params (string Body, int BasisPoints)[] successors) => new()
    {
        Predecessor = predecessor,
        Successors = { successors.Select(one => new Successor { Body = one.Body, BasisPoints = (uint)one.BasisPoints }) },
        VestingDay = Day.ToDate(),
    };

    public static RegisterBody Registering(TestBody body) => new(new BodyRegistered
    {
        Body = body.Id,
        OfficialName = $"Body {body.Id}",
        Tier = body.Books.Tier,
        LegalForm = LegalForm.LocalAuthority,
        Epoch = 1,
        Origin = Names.Origin("test", body.Id, 1),
        PublicKey = Write.Key(body.Id),
    });

    /// <summary>The command by which the stage's council goes to two others, which are made and registered for it.</summary>
    public static OrderSuccession Ordering(this Stage stage, int first = 6_000)
    {
        foreach (var id in new[] { "E06000021", "E06000022" })
            stage.Federation.Add(id, Tier.Council);
        foreach (var id in new[] { stage.Council.Id, "E06000021", "E06000022" })
            stage.Government.Do(Registering(stage.Federation[id]));
        return new OrderSuccession(stage.Council.Id, Terms(stage.Council.Id, ("E06000021", first), ("E06000022", 10_000 - first)).Successors, Day);
    }

    /// <summary>The council hands over until it waits for others or is sealed. Answers with how many portions that were.</summary>
    public static int HandsOver(this TestBody body, params (string Thing, string Successor)[] takers)
    {
        var portions = 0;
        while (body.Run(new HandOver(takers)).Facts.Count > 0)
            portions++;
        return portions;
    }

    /// <summary>All is carried and handed over until the predecessor has ended.</summary>
    public static void Ends(this TestFederation federation, TestBody body, params (string Thing, string Successor)[] takers)
    {
        var rounds = 0;
        do
        {
            Assert.InRange(rounds++, 0, 1_000);
            federation.Settle();
        }
        while (body.HandsOver(takers) > 0);
        Assert.True(body.Books.Ending.IsSealed);
    }

    public static Inventory InventoryOf(this TestFederation federation, TestBody body) =>
        Inventory.Of(new Federation(federation.Bodies.Select(one => one.Books)), body.Books)!;

    /// <summary>Money of a predecessor of the council under an award that the council has not heard of.</summary>
    public static Delivery EarlyMoney(Stage stage)
    {
        Inherit(stage);
        stage.Council.Append(new Fact { TakenOver = new TakenOver { Delivery = Quote(stage, 2), Thing = new InHand { Terms = stage.Council.Books.Funds.Newest(stage.Fund) } } });
        var lot = stage.Council.Books.Lots.All[0];
        return Answers.Forged(stage.Stranger, stage.Council, new Fact
        {
            TransferSent = new TransferSent
            {
                To = new Addressed(),
                Purpose = TransferPurpose.Succession,
                Award = Order.ToRef(),
                AmountPence = 5,
                Pieces =
                {
                    new TransferPiece
                    {
                        Lot = new LotId(new EntryId(stage.Stranger.Id, 1, 0), 0).ToRef(),
                        AmountPence = 5,
                        Line = lot.Line.ToLine(),
                        TermsVersion = lot.TermsVersion,
                        Origin = lot.Origin.ToOrigin(),
                        Award = new EntryId("GOV", 1, 999).ToRef(),
                        FunderLot = lot.FunderLot!.Value.ToRef(),
                    },
                },
            },
        });
    }

    /// <summary>A repayment to the council of an award that a predecessor made, and has not handed over.</summary>
    public static Delivery EarlyRepayment(Stage stage)
    {
        Inherit(stage);
        var lot = stage.Forum.Books.Lots.All[0];
        return Answers.Forged(stage.Forum, stage.Council, new Fact
        {
            TransferSent = new TransferSent
            {
                To = new Addressed(),
                Purpose = TransferPurpose.Repayment,
                Award = new EntryId(stage.Stranger.Id, 1, 3).ToRef(),
                AmountPence = 5,
                Pieces =
                {
                    new TransferPiece
                    {
                        Lot = lot.Id.ToRef(), AmountPence = 5, Line = lot.Line.ToLine(), TermsVersion = lot.TermsVersion, Origin = lot.Origin.ToOrigin(),
                        ReturningTo = new LotId(new EntryId(stage.Stranger.Id, 1, 2), 0).ToRef(),
                    },
                },
            },
        });
    }

    private static EntryId Order => new("GOV", 1, 9);

    private static void Inherit(Stage stage) => stage.Council.Append(new Fact
    {
        HandOverExpected = new HandOverExpected { Delivery = Quote(stage, 1), Order = Order.ToRef(), Terms = Terms(stage.Stranger.Id, (stage.Council.Id, 10_000)) },
    });

    private static DeliveryRef Quote(Stage stage, ulong sequence) =>
        new() { Entry = new EntryId(stage.Stranger.Id, 1, 0).ToRef(), Sequence = sequence, LeafHashes = { Write.Key("told") } };
}
