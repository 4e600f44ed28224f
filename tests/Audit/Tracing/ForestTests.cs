using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>The forest as it is built, entry by entry, in whatever order journals come.</summary>
public sealed class ForestTests
{
    [Fact]
    public void Payments_WhicheverJournalIsReadFirst_AreTheNewestFirst()
    {
        using var federation = new ForgedFederation();
        federation.OpenFund();
        federation.Issue(1_000_00);
        federation.Agree(Central, Region);
        var award = federation.Award(Central, Region, Kind.Capital, 100_00);
        federation.Release(award, Kind.Capital, 100_00);
        federation.Carry();
        var made = new List<EntryId>();
        for (var i = 0; i < 6; i++)
            made.Add(federation.Pay(i % 2 == 0 ? Central : Region, Kind.Capital, 1_00));
        made.Reverse();

        var oneWay = ForestOf(federation, Central, Region);
        var otherWay = ForestOf(federation, Region, Central);

        Assert.Equal(made, oneWay.Payments.Values);
        Assert.Equal(oneWay.Payments, otherWay.Payments);
        Assert.Equal(oneWay.Payments.Keys.Order(StringComparer.Ordinal), oneWay.Payments.Keys);
    }

    [Fact]
    public void Payment_OfSeveralParts_IsOneHoweverItsPartsAreSeen()
    {
        using var federation = new ForgedFederation();
        federation.OpenFund();
        for (var i = 0; i < 300; i++)
            federation.Issue(10_00);
        federation.Agree(Central, Region);
        var award = federation.Award(Central, Region, Kind.Capital, 100_00);
        federation.Release(award, Kind.Capital, 100_00);
        federation.Carry();
        var other = federation.Pay(Region, Kind.Capital, 1_00);
        var payment = federation.Pay(Central, Kind.Capital, 280 * 6_00);
        Assert.Equal(2, federation[Central].Size - payment.Index);

        // The other body's payment comes between the two parts.
        var forest = new Forest();
        Look(forest, federation[Central], 0, payment.Index + 1);
        Look(forest, federation[Region], 0, federation[Region].Size);
        Look(forest, federation[Central], payment.Index + 1, federation[Central].Size);

        Assert.Equal([payment, other], forest.Payments.Values);
        var drawn = federation[Central].Books.Payments.Find(payment)!.Pieces;
        Assert.True(drawn.Count >= 280);
        Assert.All(drawn, piece => Assert.Equal([payment], forest.PaymentsFrom(piece.Lot)));
    }

    [Fact]
    public void Lots_OfIssuesReceiptsAndReversals_HangWhereTheyCameFrom()
    {
        using var federation = new ForgedFederation();
        federation.OpenFund();
        var issue = federation.Issue(100_00);
        federation.Agree(Central, Region);
        var award = federation.Award(Central, Region, Kind.Capital, 60_00);
        var refused = federation.Release(award, Kind.Capital, 60_00);
        federation.Refuse(refused);
        var sent = federation.Release(award, Kind.Capital, 60_00);
        federation.Carry();

        var forest = ForestOf(federation, Region, Central);

        var root = new LotId(issue, 0);
        Assert.Equal([root, new LotId(issue, 1), new LotId(issue, 2)], forest.Roots);
        var back = Assert.Single(forest.ChildrenOf(root));
        Assert.Equal(Central, back.Entry.Body);
        var received = Assert.Single(forest.ChildrenOf(back));
        Assert.Equal(Region, received.Entry.Body);
        Assert.Equal(sent, forest.ReceivedBy(received.Entry));
        Assert.Null(forest.ReceivedBy(back.Entry));
        Assert.Empty(forest.ChildrenOf(received));
        Assert.Empty(forest.PaymentsFrom(root));
    }

    private static Forest ForestOf(ForgedFederation federation, params string[] bodies)
    {
        var forest = new Forest();
        foreach (var body in bodies)
            Look(forest, federation[body], 0, federation[body].Size);
        return forest;
    }

    private static void Look(Forest forest, ForgedJournal journal, long from, long to)
    {
        var replica = new JournalReplica(new KnownBody(journal.Body, 1, journal.Verifier, null), journal.Genesis.Federation);
        for (var i = from; i < to; i++)
            forest.Look(replica, journal.EntryAt(i));
    }
}
