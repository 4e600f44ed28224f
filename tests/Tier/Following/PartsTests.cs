using FundingFlows.Ledger;

namespace FundingFlows.Tiers.Tests;

/// <summary>A command of several facts is seen whole or not at all, wherever pages and checkpoints end.</summary>
public sealed class PartsTests : IAsyncLifetime
{
    private const int Lots = Parts.MostPieces + 1;
    private readonly MadeJournal root = new("mhclg", Tier.CentralGovernment);
    private readonly MadeJournal council;
    private readonly int before;
    private MadeHost host = null!;

    public PartsTests()
    {
        council = new MadeJournal("durham", Tier.Council, root.Body);
        var agreement = root.Do(new ProposeAgreement(council.Body));
        root.Deliver(agreement, council);
        council.Deliver(council.Do(new AcceptAgreement(agreement)), root);
        for (var lots = 0; lots < Lots; lots++)
            root.Issue(1);
        var award = root.Do(new OfferAward(council.Body, MadeMoney.FundOf(root), [new Promise { FinancialYear = MadeMoney.Year, Kind = Kind.Revenue, AmountPence = Lots }]));
        root.Deliver(award, council);
        council.Deliver(council.Do(new AnswerAward(award, true)), root);
        before = root.Size;
        root.Do(new ReleaseFunds(award, MadeMoney.Year, Kind.Revenue, EarmarkSet.None, Lots));
    }

    public async ValueTask InitializeAsync() => host = await MadeHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        root.Dispose();
        council.Dispose();
    }

    [Fact]
    public void Transfer_OfManyLots_TakesTwoParts() => Assert.Equal(before + 2, root.Size);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Command_CutInTwo_IsAppliedAsOne(bool byEventsAlone, bool checkpointBetween)
    {
        host.Show(root, before);
        var archive = new KeptInMemory();
        await using var follower = new Follower(host, root, [root], byEventsAlone, archive: archive);
        await follower.AppliedAsync(root, before);

        host.Show(root, before + 1, checkpointBetween ? root.Note(before + 1) : root.Note());
        follower.Journals.Hear(News.Of(root.Body, ""));
        await follower.SeenAsync(root, replica => replica.Next == before + 1, "the first part");
        await Wait.UntilAsync(() => follower.Follow(root).Known == (checkpointBetween ? before + 1 : before + 2), "the checkpoint");
        Assert.Equal((before, 0), (follower.Look(root, replica => replica.Books.Size), InTransit(follower)));

        host.Show(root);
        follower.Journals.Hear(News.Of(root.Body, ""));
        await follower.AppliedAsync(root);

        Assert.Equal(Lots, InTransit(follower));
        Assert.DoesNotContain(before + 1, archive.Kept.Select(kept => kept.Size));
        Assert.All(archive.Kept, kept => Assert.Equal(root.Note(kept.Size), new Journal.Checkpoint(root.Verifier.Name, kept.Size, kept.Root).Sign(root.Verifier, root.Key)));
    }

    private long InTransit(Follower follower) => follower.Look(root, replica => replica.Books.Accounts.Total[Account.InTransit]);
}
